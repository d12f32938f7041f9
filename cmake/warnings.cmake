# SPDX-License-Identifier: Apache-2.0
# One target holds the warnings; every target of ours links it.
option(CELLRIG_WERROR "Warnings are errors" OFF)
add_library(cellrig_warnings INTERFACE)
add_library(cellrig::warnings ALIAS cellrig_warnings)
target_compile_options(cellrig_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # GCC 12 invents overlaps in std::string (its bug 105651)
# A merged source sees its neighbours: names shadow theirs, and GCC takes anonymous namespaces for those of a header. The
# preset dev compiles each source alone and asks both.
if(CMAKE_UNITY_BUILD)
  target_compile_options(cellrig_warnings INTERFACE -Wno-shadow
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<COMPILE_LANGUAGE:CXX>>:-Wno-subobject-linkage>)
endif()
# GCC's manual: sanitizers make it warn of variables that are set (here inside std::regex).
if(CELLRIG_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(cellrig_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
if(CELLRIG_WERROR)
  target_compile_options(cellrig_warnings INTERFACE -Werror)
endif()
