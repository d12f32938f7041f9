# `cellrig live` with clients at its pseudo-terminals.
cellrig_test(live_test SOURCES live_test.cpp clients_test.cpp LIBS rig::telemetry rig::modbus
  DEFINITIONS CELLRIG_CONFORMANCE_DIR="${CMAKE_BINARY_DIR}/conformance")
add_dependencies(live_test cellrig firmware_jk conformance)
