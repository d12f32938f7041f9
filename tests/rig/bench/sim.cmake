# Parts of the simulated bench; whole scenarios in processes of their own, each with the shipped firmware.
cellrig_test(rig_bench_sim_test SOURCES bursts_test.cpp can_bus_test.cpp cues_test.cpp plant_loop_test.cpp rs485_bus_test.cpp run_watch_test.cpp serial_line_test.cpp sim_buses_test.cpp sim_nv_test.cpp sim_spi_test.cpp LIBS rig::campaign rig::bench_sim
  DEFINITIONS SC_INCLUDE_DYNAMIC_PROCESSES CELLRIG_SCENARIOS="${CMAKE_SOURCE_DIR}/scenarios" CONFORMANCE_DIR="${CMAKE_BINARY_DIR}/conformance")
add_dependencies(rig_bench_sim_test firmware_jk conformance)
