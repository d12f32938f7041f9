# The simulated bench: plant, board, firmware and client on one SystemC kernel.
add_library(rig_identity STATIC identity.cpp)
add_library(rig::identity ALIAS rig_identity)
target_link_libraries(rig_identity PUBLIC rig::scenario reports::render PRIVATE cellrig::warnings)

add_library(rig_bench_sim STATIC
  board_run.cpp can_bus.cpp can_listener.cpp clients.cpp cues.cpp figures.cpp jk_client.cpp modbus_poller.cpp outcome.cpp plant_loop.cpp player.cpp rs485_bus.cpp run_scenario.cpp sim_board.cpp sim_board_buses.cpp sim_board_converters.cpp sim_board_nv.cpp sim_build.cpp sim_signals.cpp sim_spi.cpp wire_signals.cpp)
add_library(rig::bench_sim ALIAS rig_bench_sim)
target_include_directories(rig_bench_sim PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(rig_bench_sim
  PUBLIC rig::firmware rig::identity rig::scenario rig::expect rig::record rig::telemetry models::pack models::flash models::ntc models::afe reports::render
  PRIVATE cellrig::warnings)
