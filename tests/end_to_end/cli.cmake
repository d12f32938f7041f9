# SPDX-License-Identifier: Apache-2.0
# How the built program behaves at a shell.
cellrig_test(end_to_end_cli_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/cli_test.cpp LIBS reports::render)
add_dependencies(end_to_end_cli_test cellrig firmware_jk)
cellrig_test(end_to_end_fit_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/fit_test.cpp)
add_dependencies(end_to_end_fit_test cellrig)
