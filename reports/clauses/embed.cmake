# SPDX-License-Identifier: Apache-2.0
# cmake -D FILES=a;b -D OUT=x.cpp -P embed.cmake: the files as one table.
set(text "// Made by embed.cmake.\n#include \"reports/clauses/texts.hpp\"\n\nnamespace reports::clauses {\nconst std::vector<Text>& texts() {\n  static const std::vector<Text> all = {\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  file(READ ${file} content)
  string(FIND "${content}" ")text\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${file} contains the end mark of a raw string")
  endif()
  string(APPEND text "      {\"${name}\", R\"text(${content})text\"},\n")
endforeach()
string(APPEND text "  };\n  return all;\n}\n}  // namespace reports::clauses\n")
file(WRITE ${OUT} "${text}")
