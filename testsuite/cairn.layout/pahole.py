# pahole.py: whether the structures that pahole --packable lists are those of a
# report.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
#   pahole.py JSON LIST
#
# Prints what is unlike and not explained.  The explanations:
#   fixed       the report says why the order is not to be changed: a structure
#               of a system header
#   bit-fields  pahole leaves them where they are
# The last line says how many there are of each.

import json
import sys

report = {}
with open(sys.argv[1], encoding="utf-8") as f:
    for line in f:
        d = json.loads(line)
        if d.get("code") == "layout":
            report.setdefault(d["name"].split(" ")[-1], d)
packable = {}
with open(sys.argv[2], encoding="utf-8") as f:
    for line in f:
        name, old, new, _ = line.split("\t")
        packable[name] = (int(old), int(new))

same = fixed = fields = 0
for name, (old, new) in sorted(packable.items()):
    d = report.get(name)
    if not d:
        print("only pahole knows " + name)
    elif "fixed" in d:
        fixed += 1
        if "system header" not in d["fixed"]:
            print("%s is %s" % (name, d["fixed"]))
    elif "saves" not in d:
        print("only pahole makes smaller: " + name)
    elif d["bytes"] != old or d["bytes"] - d["saves"] > new:
        print("%s: pahole %d to %d, here %d to %d"
              % (name, old, new, d["bytes"], d["bytes"] - d["saves"]))
    else:
        same += 1
for name, d in sorted(report.items()):
    if "saves" in d and name not in packable:
        if any("bit_field" in m for m in d["members"]):
            fields += 1
        else:
            print("pahole does not make smaller: " + name)
print("same %d, fixed %d, bit-fields %d" % (same, fixed, fields))
