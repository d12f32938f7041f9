include(${CMAKE_CURRENT_LIST_DIR}/../../support/conformance/conformance.cmake)
foreach(part load step run reset guard)
  cellrig_test(rig_firmware_${part}_test
    SOURCES ${CMAKE_CURRENT_LIST_DIR}/firmware_${part}_test.cpp ${CMAKE_CURRENT_LIST_DIR}/sc_main.cpp
    LIBS GTest::gtest_main rig::firmware
    DEFINITIONS SC_INCLUDE_DYNAMIC_PROCESSES CONFORMANCE_DIR="${CMAKE_BINARY_DIR}/conformance")
  add_dependencies(rig_firmware_${part}_test conformance)
endforeach()
cellrig_test(rig_agenda_test
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/agenda_test.cpp ${CMAKE_CURRENT_LIST_DIR}/sc_main.cpp
  LIBS GTest::gtest_main rig::firmware
  DEFINITIONS SC_INCLUDE_DYNAMIC_PROCESSES)
cellrig_test(rig_uart_wire_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/uart_wire_test.cpp ${CMAKE_CURRENT_LIST_DIR}/sc_main.cpp LIBS GTest::gtest_main rig::firmware)
