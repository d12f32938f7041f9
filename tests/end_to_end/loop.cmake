# The whole program against the shipped scenarios: words, repeatability, misbehaving firmware, seeded defects.
foreach(part cell_faults trace_interval words repeatability misbehaviour foreign junit probe)
  cellrig_test(end_to_end_${part}_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/${part}_test.cpp LIBS reports::render reports::trace reports::digest nlohmann_json::nlohmann_json
    DEFINITIONS CELLRIG_CONFORMANCE_DIR="${CMAKE_BINARY_DIR}/conformance")
  add_dependencies(end_to_end_${part}_test cellrig firmware_jk conformance)
endforeach()
get_property(defects GLOBAL PROPERTY CELLRIG_DEFECTS_SHOWN)
list(JOIN defects "," names)
cellrig_test(end_to_end_defects_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/defects_test.cpp LIBS reports::render
  DEFINITIONS CELLRIG_DEFECTS="${names}")
add_dependencies(end_to_end_defects_test cellrig firmware_jk firmware_defects)
