# Seeded defects of the rig itself. Each changes one text that stands exactly once in one source; the program built from it must
# turn red. The changed file is compiled into the program, so the archive's own copy of that file is never linked.
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
  add_executable(rig_defect_${name} ${CMAKE_CURRENT_BINARY_DIR}/${name}/changed.cpp ${ARGN})
  target_include_directories(rig_defect_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(rig_defect_${name} PRIVATE rig::cli rig::bench_sim)
endfunction()

# The judge: its own tests must die.
file(GLOB judge_tests ${CMAKE_SOURCE_DIR}/tests/rig/expect/*_test.cpp)
foreach(defect comparison_flipped within_from_the_wrong_edge)
  if(defect STREQUAL comparison_flipped)
    rig_defect(${defect} rig/expect/literal.cpp "direction_ * (right_(values) - left_(values))" "direction_ * (left_(values) - right_(values))" ${judge_tests})
  else()
    rig_defect(${defect} rig/expect/when_then.cpp "const bool rises = when && !when_" "const bool rises = !when && when_" ${judge_tests})
  endif()
  target_link_libraries(rig_defect_${defect} PRIVATE GTest::gmock GTest::gtest_main)
  add_test(NAME RigDefect.${defect} COMMAND rig_defect_${defect})
  set_tests_properties(RigDefect.${defect} PROPERTIES PASS_REGULAR_EXPRESSION "FAILED TEST")
endforeach()

# The board: one cell's measurement is frozen; a shipped scenario must fail.
rig_defect(one_cell_frozen rig/bench/sim/sim_board_converters.cpp "plant.cell_V(input.index, t)"
  "(input.index == 2 ? 3.3 : plant.cell_V(input.index, t))" ${CMAKE_SOURCE_DIR}/rig/main.cpp)
add_test(NAME RigDefect.one_cell_frozen
  COMMAND rig_defect_one_cell_frozen run ${CMAKE_SOURCE_DIR}/scenarios/protection/overcharge.yaml --firmware $<TARGET_FILE:firmware_jk>
          --out ${CMAKE_CURRENT_BINARY_DIR}/one_cell_frozen/out)
set_tests_properties(RigDefect.one_cell_frozen PROPERTIES ENVIRONMENT "CELLRIG_SCENARIOS=${CMAKE_SOURCE_DIR}/scenarios"
  PASS_REGULAR_EXPRESSION "FAIL  overcharge_of_one_strong_cell")
