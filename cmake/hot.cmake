# SPDX-License-Identifier: Apache-2.0
# cellrig_hot(): what is made in this folder and below runs at every wake-up of a simulation, and is optimised most. With
# CELLRIG_HOT_AS_ONE (preset release) across libraries too, a seventh less time to run; what reads files and writes reports is
# not worth the minutes. Where there are tests it is off: each of their programs would be optimised again.
option(CELLRIG_HOT_AS_ONE "Optimise what runs at every wake-up as one program" OFF)
if(CELLRIG_TESTS AND NOT CELLRIG_BENCHMARKS)
  set(CELLRIG_HOT_AS_ONE OFF)
endif()

macro(cellrig_hot)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options(-O3)
  endif()
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${CELLRIG_HOT_AS_ONE})
endmacro()

function(cellrig_link_as_one target)
  set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ${CELLRIG_HOT_AS_ONE})
endfunction()
