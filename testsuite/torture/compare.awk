# compare.awk: judges the outcomes that torture collected.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
# First file: expected-differences, lines TEST MODE LEVELS REASON…, where MODE
# is a mode or * and LEVELS a regular expression for the level or *.  Second
# file: lines TEST LEVEL MODE WANTED GOT.

FNR == NR {
  if ($0 ~ /^#/ || NF == 0)
    next
  if (NF < 4) {
    print "expected-differences:" FNR ": no reason given"
    bad = 1
  }
  n_listed++
  test[n_listed] = $1
  mode[n_listed] = $2
  levels_of[n_listed] = $3
  next
}

{
  seen++
  entry = 0
  for (i = 1; i <= n_listed; i++)
    if (test[i] == $1 && (mode[i] == "*" || mode[i] == $3) \
        && (levels_of[i] == "*" || $2 ~ "^-(" levels_of[i] ")(,|$)"))
      entry = i
  name = "torture " $1 " " $2 " " $3
  cell = $3 " " $2
  if ($4 == $5) {
    same[cell]++
    print "PASS: " name > summary
    if (entry)
      agreed[entry]++
  } else if (entry) {
    listed[cell]++
    used[entry] = 1
    print "XFAIL: " name ": wanted " $4 ", got " $5 > summary
  } else {
    different[cell]++
    line = "FAIL: " name ": wanted " $4 ", got " $5
    print line > summary
    print line
  }
}

END {
  n_levels = split(levels, level, " ")
  n_modes = split(modes, the_mode, " ")
  printf "%-10s %-5s %6s %7s %10s\n", "mode", "level", "same", "listed", \
    "different"
  for (m = 1; m <= n_modes; m++)
    for (l = 1; l <= n_levels; l++) {
      cell = the_mode[m] " " level[l]
      printf "%-10s %-5s %6d %7d %10d\n", the_mode[m], level[l], \
        same[cell], listed[cell], different[cell]
    }
  for (i = 1; i <= n_listed; i++)
    if ((all || agreed[i]) && !used[i]) {
      line = "expected-differences: " test[i] " " mode[i] " " levels_of[i] \
        " no longer differs"
      print line
    }
  if (!seen || bad)
    print "FAIL: torture: nothing was compared" > summary
}
