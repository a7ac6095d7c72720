# fix.py: applies all fixes of a SARIF report to a source.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
#   fix.py REPORT SOURCE OUTPUT
#
# Prints the message of each result that has a fix, and what is wrong with the
# fixes.

import json
import os
import sys

report, source, output = sys.argv[1:]
with open(report, encoding="utf-8") as f:
    log = json.load(f)
with open(source, encoding="utf-8") as f:
    lines = f.readlines()

edits = set()
for run in log["runs"]:
    for r in run["results"]:
        for fix in r.get("fixes", []):
            print(r["message"]["text"])
            for change in fix["artifactChanges"]:
                uri = change["artifactLocation"]["uri"]
                if os.path.basename(uri) != os.path.basename(source):
                    print("wrong: a change of " + uri)
                for e in change["replacements"]:
                    d = e["deletedRegion"]
                    edits.add(((d["startLine"], d["startColumn"]),
                               (d["endLine"], d["endColumn"]),
                               e["insertedContent"]["text"]))

# Offsets in the whole text, the last change first.
starts = [0]
for line in lines:
    starts.append(starts[-1] + len(line))
text = "".join(lines)
before = len(text)
for begin, end, new in sorted(edits, reverse=True):
    i = starts[begin[0] - 1] + begin[1] - 1
    j = starts[end[0] - 1] + end[1] - 1
    if j > before:
        print("wrong: two changes of line %d" % begin[0])
    before = i
    text = text[:i] + new + text[j:]
with open(output, "w", encoding="utf-8") as f:
    f.write(text)
