# cellrig_test(name SOURCES a.cpp b.cpp LIBS x y): one GoogleTest program, each of its tests a CTest entry in a process of its own.
function(cellrig_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;DEFINITIONS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} cellrig::warnings GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE CELLRIG_SOURCE_DIR="${CMAKE_SOURCE_DIR}" CELLRIG_BINARY_DIR="${CMAKE_BINARY_DIR}" ${ARG_DEFINITIONS})
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
