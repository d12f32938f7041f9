# The coverage of the whole library, which takes a run of it.
cellrig_test(library_coverage_test SOURCES library_coverage_test.cpp LIBS nlohmann_json::nlohmann_json LABELS full)
add_dependencies(library_coverage_test cellrig firmware_jk)
