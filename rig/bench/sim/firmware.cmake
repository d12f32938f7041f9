# The firmware under test, loaded and guarded on the SystemC kernel.
set(firmware_sources core elf guard host_table loader module threads)
list(TRANSFORM firmware_sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/firmware_)
list(TRANSFORM firmware_sources APPEND .cpp)
add_library(rig_firmware STATIC ${firmware_sources})
add_library(rig::firmware ALIAS rig_firmware)
target_include_directories(rig_firmware PUBLIC ${CMAKE_SOURCE_DIR})
target_compile_definitions(rig_firmware PRIVATE SC_INCLUDE_DYNAMIC_PROCESSES)
target_link_libraries(rig_firmware PUBLIC cellrig::systemc firmware::board PRIVATE cellrig::warnings ${CMAKE_DL_LIBS} rt)
