# firmware_row_defects(TABLE): for each row of the protection table and each way in which TABLE says that it may go wrong a shared
# object firmware/defects/rows/<row>_<kind>.so. They are one firmware, compiled once from a copy of protection.cpp that asks
# row_defects.hpp, and linked with two numbers each. Target firmware_row_defects; the folder also holds `shown`, a line a
# defect: name, then scenarios to begin with.

# FIND must stand in the copy exactly once.
function(hook_row_defects out content find replace)
  defect_require_once(rows protection.cpp "${content}" "${find}")
  string(REPLACE "${find}" "${replace}" content "${content}")
  set(${out} "${content}" PARENT_SCOPE)
endfunction()

function(write_hooked_protection path)
  set(source ${CMAKE_SOURCE_DIR}/firmware-under-test/jk/core/protection.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} text)
  hook_row_defects(text "${text}" "#include <algorithm>" "#include <algorithm>\n#include \"tests/defects/row_defects.hpp\"")
  hook_row_defects(text "${text}" "limits_[i] = limits_of(row, settings);" "limits_[i] = defects::limits(row, limits_of(row, settings));")
  hook_row_defects(text "${text}" "is_at_or_beyond(row.direction, reading.value," "defects::is_at_or_beyond(row, reading.value,")
  hook_row_defects(text "${text}" "if (!is_beyond) return set(pending_, id, false);"
    "if (!is_beyond) return defects::is(protection_table[i], defects::Kind::unbroken) ? void() : set(pending_, id, false);")
  hook_row_defects(text "${text}" "is_released = reading.is_known &&" "is_released = !defects::is(row, defects::Kind::stays) && reading.is_known &&")
  hook_row_defects(text "${text}" "is_released = now_ns - since_ns_[i] >=" "is_released = !defects::is(row, defects::Kind::stays) && now_ns - since_ns_[i] >=")
  hook_row_defects(text "${text}" "open_gates_ |= protection_table[static_cast<std::size_t>(std::countr_zero(left))].gates;"
    "open_gates_ |= defects::gates(protection_table[static_cast<std::size_t>(std::countr_zero(left))]);")
  hook_row_defects(text "${text}" "alarms |= alarm_bit(protection_table[static_cast<std::size_t>(std::countr_zero(left))].alarm);"
    "alarms |= defects::alarms(protection_table[static_cast<std::size_t>(std::countr_zero(left))]);")
  hook_row_defects(text "${text}" "tripped_ = trips & resumable_trips;" "tripped_ = defects::resumed(trips & resumable_trips);")
  file(CONFIGURE OUTPUT ${path} CONTENT "${text}" @ONLY)
endfunction()

# Names between { and } of an enumeration, in order.
function(enumerators out file head)
  file(READ ${file} text)
  string(REGEX MATCH "${head} {[^}]*}" text "${text}")
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  string(REGEX REPLACE "^[^{]*{|}|[ \n]" "" text "${text}")
  string(REPLACE "," ";" names "${text}")
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

function(add_row_defect name row kind step)
  set(file ${CMAKE_BINARY_DIR}/firmware/defects/rows/${name}.so)
  set(switch ${CMAKE_CURRENT_SOURCE_DIR}/row_switch.cpp)
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_CXX_COMPILER} -shared -fPIC -DCELLRIG_DEFECT_ROW=${row} -DCELLRIG_DEFECT_KIND=${kind}
            -DCELLRIG_DEFECT_STEP=${step} ${switch} $<TARGET_OBJECTS:firmware_with_row_defects> -o ${file}
    DEPENDS ${switch} firmware_with_row_defects $<TARGET_OBJECTS:firmware_with_row_defects> COMMENT "" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY CELLRIG_ROW_DEFECT_FILES ${file})
endfunction()

function(firmware_row_defects table)
  set(changed ${CMAKE_CURRENT_BINARY_DIR}/rows)
  write_hooked_protection(${changed}/firmware-under-test/jk/core/protection.cpp)
  add_library(firmware_with_row_defects OBJECT EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/firmware.cpp)
  target_include_directories(firmware_with_row_defects BEFORE PRIVATE ${changed} ${CMAKE_SOURCE_DIR})
  target_link_libraries(firmware_with_row_defects PRIVATE firmware::board jk::freestanding)
  target_compile_options(firmware_with_row_defects PRIVATE -fno-sanitize=all -O1 -g0)
  set_target_properties(firmware_with_row_defects PROPERTIES CXX_CLANG_TIDY "" UNITY_BUILD OFF)

  enumerators(rows ${CMAKE_SOURCE_DIR}/firmware-under-test/jk/core/protection.hpp "enum class ProtectionId : std::uint8_t")
  enumerators(all_kinds ${CMAKE_CURRENT_SOURCE_DIR}/row_defects.hpp "enum class Kind : int")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${table})
  file(STRINGS ${table} lines REGEX "^[^#]")
  set(shown_by "")
  foreach(line IN LISTS lines)
    if(line MATCHES "^([a-z0-9_]+)$")
      set(row_name ${CMAKE_MATCH_1})
      list(FIND rows ${row_name} row)
    elseif(line MATCHES "^  (step|kinds|shown) +(.*)$")
      set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
    else()
      message(FATAL_ERROR "${table}: not a line of a row: ${line}")
    endif()
    if(NOT line MATCHES "^  shown")
      continue()
    endif()
    if(row EQUAL -1)
      message(FATAL_ERROR "${table}: ${row_name} is no row of the protection table")
    endif()
    string(REPLACE " " ";" kinds "${kinds}")
    foreach(kind_name IN LISTS kinds)
      list(FIND all_kinds ${kind_name} kind)
      if(kind EQUAL -1)
        message(FATAL_ERROR "${table}: ${row_name}: no kind ${kind_name}")
      endif()
      add_row_defect(${row_name}_${kind_name} ${row} ${kind} ${step})
      string(APPEND shown_by "${row_name}_${kind_name} ${shown}\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/firmware/defects/rows/shown CONTENT "${shown_by}" @ONLY)
  get_property(files GLOBAL PROPERTY CELLRIG_ROW_DEFECT_FILES)
  add_custom_target(firmware_row_defects DEPENDS ${files})
endfunction()
