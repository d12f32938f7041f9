# SPDX-License-Identifier: Apache-2.0
#
# Bytes of stack that the deepest chain of calls takes, from the symbols of a program (nm) and the call graphs of
# gcc -fcallgraph-info=su, all as files. -v roots="start interrupt": their chains are added, since an interrupt comes on
# top of the deepest point of the main loop. The chains follow, one a line.
#   A call through a pointer may lead to whatever of the program nobody calls by name: services of the board, virtual
#   functions. Two of them may follow each other: firmware -> virtual function -> service.
#   Recursion and frames whose size is known only at run time have no answer: exit code 1.
function name_of(text) {
  sub(/C1E/, "C2E", text)  # one constructor, two names
  return text
}
function field(name,  text) {
  text = $0
  if (!sub(".*" name ": \"", "", text)) return ""
  sub(/".*/, "", text)
  return name_of(text)
}
function refuse(why) {
  print "stack.awk: " why > "/dev/stderr"
  exit failed = 1
}
function deepest(f, level,  list, count, i, below, depth, best) {
  if ((f, level) in known) return known[f, level]
  if (!(f in frame) && f ~ /^__/) frame[f] = of_libgcc
  if (!(f in frame)) refuse("nothing is known of " f)
  if (on_chain[f, level]++) refuse("recursion through " f)
  best = 0
  next_of[f, level] = ""
  count = split(calls[f], list, SUBSEP)
  for (i = 1; i <= count; ++i) {
    if (list[i] == "__indirect_call") {
      below = level > 0 ? worst_target[level - 1] : ""
      depth = below != "" ? deepest(below, level - 1) : 0
    } else {
      below = list[i]
      depth = deepest(below, level)
    }
    if (depth > best) {
      best = depth
      next_of[f, level] = below SUBSEP (list[i] == "__indirect_call" ? level - 1 : level)
    }
  }
  delete on_chain[f, level]
  return known[f, level] = frame[f] + best
}
function chain(f, level,  text, step) {
  text = f " " frame[f]
  while (next_of[f, level] != "") {
    split(next_of[f, level], step, SUBSEP)
    f = step[1]
    level = step[2]
    text = text ", " f " " frame[f]
  }
  return text
}
BEGIN { of_libgcc = 64 }  # a division of 64 bits takes 48 (GCC 12, objdump)
$2 ~ /^[TtWw]$/ && NF == 3 { is_linked[name_of($3)] = 1 }
/^node:/ && match($0, /[0-9]+ bytes \([a-z,]*\)/) {
  f = field("title")
  size = substr($0, RSTART, RLENGTH)
  if (size ~ /dynamic\)/) refuse("the frame of " f " has no fixed size")
  if (!(f in frame) || size + 0 > frame[f]) frame[f] = size + 0
}
/^edge:/ {
  from = field("sourcename")
  to = field("targetname")
  if (to != "__indirect_call") is_called[to] = 1
  calls[from] = calls[from] == "" ? to : calls[from] SUBSEP to
}
END {
  if (failed) exit 1
  count = split(roots, root, " ")
  for (i = 1; i <= count; ++i) is_called[root[i]] = 1
  for (level = 0; level < 2; ++level) {
    best = -1
    for (f in frame) {
      symbol = f
      sub(/.*:/, "", symbol)  # those of one file bear its path
      if (f in is_called || !(symbol in is_linked)) continue
      if (deepest(f, level) > best) {
        best = deepest(f, level)
        worst_target[level] = f
      }
    }
  }
  for (i = 1; i <= count; ++i) total += deepest(root[i], 2)
  print total
  for (i = 1; i <= count; ++i) print chain(root[i], 2)
}
