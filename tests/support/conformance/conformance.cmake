# Firmwares that obey, or break, one rule of the boundary each. Built like foreign code: C11, board.h alone, no sanitizer.
function(conformance_firmware name source)
  add_library(conformance_${name} MODULE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${source})
  set_target_properties(conformance_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name} C_VISIBILITY_PRESET hidden
                        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/conformance)
  target_link_libraries(conformance_${name} PRIVATE firmware::board cellrig::warnings)
  target_compile_options(conformance_${name} PRIVATE -fno-sanitize=all -O1)
  target_compile_definitions(conformance_${name} PRIVATE ${ARGN})
  add_dependencies(conformance conformance_${name})
endfunction()

add_custom_target(conformance)
foreach(name step idle services echo_buses run blocked globals reentrant crash crash_run kicks_run hang hang_run livelock livelock_run
             yield_for_ever blocking_in_irq never_kicks probes_ahead resets_itself spi_step precharges halts past refusing searches no_symbol minor_0 flash flash_run flash_in_irq flash_resets)
  conformance_firmware(${name} ${name}.c)
endforeach()
conformance_firmware(unique_globals unique_globals.cpp)
set(defects other_major small_table no_style no_create no_step no_run returns_null)
foreach(defect ${defects})
  string(TOUPPER ${defect} enumerator)
  conformance_firmware(${defect} defective_table.c DEFECT=${enumerator})
endforeach()
