# The whole program at a shell and against the shipped scenarios: words, repeatability, misbehaving firmware, seeded defects.
get_property(defects GLOBAL PROPERTY CELLRIG_DEFECTS_SHOWN_OF_firmware_defects)
list(JOIN defects "," names)
cellrig_test(end_to_end_test
  SOURCES cli_test.cpp fit_test.cpp words_test.cpp repeatability_test.cpp misbehaviour_test.cpp foreign_test.cpp junit_test.cpp
          coverage_test.cpp verify_test.cpp invariants_test.cpp probe_test.cpp guard_band_test.cpp claim_figures_test.cpp board_parts_test.cpp cell_faults_test.cpp trace_interval_test.cpp several_boards_test.cpp defects_test.cpp
  LIBS reports::manifest reports::render reports::trace reports::digest nlohmann_json::nlohmann_json
  DEFINITIONS CELLRIG_CONFORMANCE_DIR="${CMAKE_BINARY_DIR}/conformance" CELLRIG_DEFECTS="${names}")
add_dependencies(end_to_end_test cellrig firmware_jk conformance firmware_defects)
