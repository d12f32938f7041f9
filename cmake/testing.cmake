# SPDX-License-Identifier: Apache-2.0
# Merged tests: a third less time to build; what they test is optimised.
function(cellrig_soon_built name)
  if(CMAKE_UNITY_BUILD AND CMAKE_BUILD_TYPE MATCHES "Rel")
    target_compile_options(${name} PRIVATE -O0)
    if(NOT CELLRIG_SANITIZE)
      target_compile_options(${name} PRIVATE -g0)
    endif()
  endif()
endfunction()

# Fifty programs, each in half the time.
find_program(GOLD_PROGRAM ld.gold)
function(cellrig_soon_linked name)
  if(GOLD_PROGRAM AND NOT CELLRIG_SANITIZE)
    target_link_options(${name} PRIVATE -fuse-ld=gold)
  endif()
endfunction()

# cellrig_test(name [TOGETHER] SOURCES a.cpp b.cpp LIBS x y [DEFINITIONS D=1] [LABELS full|spice]): one GoogleTest program, each of its
# tests a CTest entry in a process of its own (SystemC keeps global state).
# TOGETHER: one CTest entry for the whole program, which names what fails; for tests that share work.
# LABELS full: takes long; `./cellrig test` leaves it out, .ci/full runs it.
# LABELS spice: needs ngspice; `./cellrig test -L spice` installs it and runs these, as .ci/run does.
function(cellrig_test name)
  cmake_parse_arguments(ARG "TOGETHER" "" "SOURCES;LIBS;DEFINITIONS;LABELS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cellrig_test(${name}): not understood: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} cellrig::warnings GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE CELLRIG_SOURCE_DIR="${CMAKE_SOURCE_DIR}" CELLRIG_BINARY_DIR="${CMAKE_BINARY_DIR}" ${ARG_DEFINITIONS})
  cellrig_soon_built(${name})
  cellrig_soon_linked(${name})
  if(CELLRIG_LOOK_ONLY)
    return()
  endif()
  set(properties TIMEOUT 300)
  if(ARG_LABELS STREQUAL "full")
    set(properties TIMEOUT 3600 LABELS full)
  elseif(ARG_LABELS STREQUAL "spice")
    list(APPEND properties LABELS spice)
  elseif(ARG_LABELS)
    message(FATAL_ERROR "cellrig_test(${name}): LABELS ${ARG_LABELS}: neither `full` nor `spice`")
  endif()
  if(ARG_TOGETHER)
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES ${properties})
    return()
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES ${properties})
endfunction()
