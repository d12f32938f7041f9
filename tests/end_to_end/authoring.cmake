# SPDX-License-Identifier: Apache-2.0
# What a writer of scenarios meets.
cellrig_test(end_to_end_authoring_test SOURCES examples_test.cpp new_test.cpp)
add_dependencies(end_to_end_authoring_test cellrig firmware_jk)
