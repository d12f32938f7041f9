include(${CMAKE_CURRENT_LIST_DIR}/../../support/conformance/conformance.cmake)
cellrig_test(rig_bench_test
  SOURCES firmware_load_test.cpp firmware_step_test.cpp firmware_run_test.cpp firmware_reset_test.cpp firmware_guard_test.cpp firmware_flash_test.cpp
          agenda_test.cpp uart_wire_test.cpp sc_main.cpp
  LIBS rig::firmware
  DEFINITIONS SC_INCLUDE_DYNAMIC_PROCESSES CONFORMANCE_DIR="${CMAKE_BINARY_DIR}/conformance")
add_dependencies(rig_bench_test conformance)
