# SPDX-License-Identifier: Apache-2.0
# Debian packages. Headers of others are SYSTEM, so that our warnings stay ours.
find_package(Threads REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost REQUIRED COMPONENTS program_options)
find_package(Ceres REQUIRED)

find_path(SYSTEMC_INCLUDE_DIR systemc REQUIRED)
find_library(SYSTEMC_LIBRARY systemc REQUIRED)
add_library(cellrig_systemc INTERFACE)
add_library(cellrig::systemc ALIAS cellrig_systemc)
target_include_directories(cellrig_systemc SYSTEM INTERFACE ${SYSTEMC_INCLUDE_DIR})
# Debian builds its library for C++17; the library checks this macro at link time (docs/adr).
target_compile_definitions(cellrig_systemc INTERFACE SC_CPLUSPLUS=201703L)
target_link_libraries(cellrig_systemc INTERFACE ${SYSTEMC_LIBRARY} Threads::Threads)

find_path(MODBUS_INCLUDE_DIR modbus.h PATH_SUFFIXES modbus REQUIRED)
find_library(MODBUS_LIBRARY modbus REQUIRED)
add_library(cellrig_modbus INTERFACE)
add_library(cellrig::modbus ALIAS cellrig_modbus)
target_include_directories(cellrig_modbus SYSTEM INTERFACE ${MODBUS_INCLUDE_DIR})
target_link_libraries(cellrig_modbus INTERFACE ${MODBUS_LIBRARY})
