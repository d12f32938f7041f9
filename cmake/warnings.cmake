# SPDX-License-Identifier: Apache-2.0
# One target holds the warnings; every target of ours links it.
option(CELLRIG_WERROR "Warnings are errors" OFF)
add_library(cellrig_warnings INTERFACE)
add_library(cellrig::warnings ALIAS cellrig_warnings)
target_compile_options(cellrig_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # GCC 12 invents overlaps in std::string (its bug 105651)
if(CELLRIG_WERROR)
  target_compile_options(cellrig_warnings INTERFACE -Werror)
endif()
