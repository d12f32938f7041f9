# SPDX-License-Identifier: Apache-2.0
# Instrumented libraries take minutes to build; these targets need a few of their sources.
function(fuzz_part name)
  cmake_parse_arguments(ARG "" "" "FROM;SOURCES;LIBS" ${ARGN})
  list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_SOURCE_DIR}/${ARG_FROM}/)
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LIBS} PRIVATE cellrig::warnings)
endfunction()

fuzz_part(fuzz_text FROM rig/scenario SOURCES csv.cpp problems.cpp quantity.cpp text.cpp)
fuzz_part(fuzz_yaml FROM rig/scenario SOURCES tree.cpp tree_source.cpp LIBS fuzz_text yaml-cpp)
fuzz_part(fuzz_parser FROM rig/scenario SOURCES catalogue.cpp catalogue_jk.cpp dimensions.cpp expression_parser.cpp fields.cpp lexer.cpp LIBS fuzz_yaml)
fuzz_part(fuzz_expect FROM rig/expect SOURCES formula.cpp literal.cpp program.cpp slots.cpp LIBS fuzz_parser)
fuzz_part(fuzz_json FROM reports/render SOURCES json_read.cpp json_write.cpp text.cpp words.cpp LIBS nlohmann_json::nlohmann_json)
fuzz_part(fuzz_slcan FROM rig/live SOURCES slcan.cpp LIBS firmware::board)

set(csv_libs fuzz_text)
set(expression_libs fuzz_expect)
set(quantity_libs fuzz_text)
set(result_json_libs fuzz_json)
set(slcan_libs fuzz_slcan)
set(yaml_libs fuzz_yaml)
