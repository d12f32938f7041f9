# Seeded defects of the rig itself. Each changes one text that stands exactly once in one source; the program built from it must
# turn red. The changed file is compiled into the program, so the archive's own copy of that file is never linked; therefore that
# copy stays an object of its own where sources are merged.
function(rig_defect name source find replace)
  file(READ ${CMAKE_SOURCE_DIR}/${source} content)
  string(FIND "${content}" "${find}" first)
  string(FIND "${content}" "${find}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "seeded defect ${name}: this must stand exactly once in ${source}: ${find}")
  endif()
  string(REPLACE "${find}" "${replace}" content "${content}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}/changed.cpp CONTENT "${content}" @ONLY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${source})
  cmake_path(GET source PARENT_PATH folder)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/${source} DIRECTORY ${CMAKE_SOURCE_DIR}/${folder} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  add_executable(rig_defect_${name} ${CMAKE_CURRENT_BINARY_DIR}/${name}/changed.cpp ${ARGN})
  target_include_directories(rig_defect_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(rig_defect_${name} PRIVATE rig::cli rig::bench_sim rig::live)
  cellrig_soon_linked(rig_defect_${name})
  set_target_properties(rig_defect_${name} PROPERTIES CXX_CLANG_TIDY "" UNITY_BUILD OFF)
endfunction()

# The judge: its own tests must die.
foreach(defect comparison_flipped within_from_the_wrong_edge)
  if(defect STREQUAL comparison_flipped)
    rig_defect(${defect} rig/expect/literal.cpp "direction_ * (right_(values) - left_(values))" "direction_ * (left_(values) - right_(values))" $<TARGET_OBJECTS:rig_expect_tests>)
  else()
    rig_defect(${defect} rig/expect/when_then.cpp "const bool rises = when && !when_" "const bool rises = !when && when_" $<TARGET_OBJECTS:rig_expect_tests>)
  endif()
  target_link_libraries(rig_defect_${defect} PRIVATE GTest::gmock GTest::gtest_main)
  target_link_options(rig_defect_${defect} PRIVATE -Wl,--undefined=sc_main)  # the SystemC library wants it
  add_test(NAME RigDefect.${defect} COMMAND rig_defect_${defect})
  set_tests_properties(RigDefect.${defect} PROPERTIES PASS_REGULAR_EXPRESSION "FAILED TEST")
endforeach()

# The board: one cell's measurement is frozen; a shipped scenario must fail.
rig_defect(one_cell_frozen rig/bench/sim/sim_board_converters.cpp "plant.cell_V(c.input.index, std::max(at, now))"
  "(c.input.index == 2 ? 3.3 : plant.cell_V(c.input.index, std::max(at, now)))" ${CMAKE_SOURCE_DIR}/rig/main.cpp)
add_test(NAME RigDefect.one_cell_frozen
  COMMAND rig_defect_one_cell_frozen run ${CMAKE_SOURCE_DIR}/scenarios/protection/overcharge.yaml --firmware $<TARGET_FILE:firmware_jk>
          --out ${CMAKE_CURRENT_BINARY_DIR}/one_cell_frozen/out)
set_tests_properties(RigDefect.one_cell_frozen PROPERTIES ENVIRONMENT "CELLRIG_SCENARIOS=${CMAKE_SOURCE_DIR}/scenarios"
  PASS_REGULAR_EXPRESSION "FAIL  overcharge_of_one_strong_cell")
