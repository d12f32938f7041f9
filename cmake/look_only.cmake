# SPDX-License-Identifier: Apache-2.0
# Code that nobody runs need not be made: objects, archives and programs are empty files, so that ninja knows what was looked at.
set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/cmake/headers_only)
set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/cmake/headers_only)
foreach(language C CXX)
  set(CMAKE_${language}_ARCHIVE_CREATE "<CMAKE_COMMAND> -E touch <TARGET>")
  set(CMAKE_${language}_ARCHIVE_FINISH "")
  foreach(made LINK_EXECUTABLE CREATE_SHARED_LIBRARY CREATE_SHARED_MODULE)
    set(CMAKE_${language}_${made} "<CMAKE_COMMAND> -E touch <TARGET>")
  endforeach()
endforeach()
