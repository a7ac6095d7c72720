# check.py: whether report files are what they should be.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
#   check.py json FILE N      FILE is a JSON report of N sources
#   check.py sarif FILE N     the same for SARIF 2.1.0
#   check.py text FILE TEXT   the JSON report FILE says what -m said, TEXT
#
# Prints what is wrong.  The SARIF checks are the parts of its schema that we
# use: which members an object may and must have, and of what type.

import json
import re
import sys


def wrong(what):
    print("wrong: " + what)


# Object: member -> type, "!" before what is required.  A type is a class, the
# name of an object, [type] for an array, {type} for a map, or a set of words.
SARIF = {
    "log": {"!version": {"2.1.0"}, "$schema": str, "!runs": ["run"]},
    "run": {"!tool": "tool", "automationDetails": "details",
            "originalUriBaseIds": ("artifactLocation",), "columnKind":
            {"utf16CodeUnits", "unicodeCodePoints"}, "artifacts": ["artifact"],
            "results": ["result"]},
    "details": {"id": str},
    "tool": {"!driver": "component"},
    "component": {"!name": str, "version": str, "rules": ["rule"]},
    "rule": {"!id": str, "name": str, "shortDescription": "message",
             "defaultConfiguration": "configuration"},
    "configuration": {"level": {"none", "note", "warning", "error"}},
    "artifact": {"location": "artifactLocation", "sourceLanguage": str},
    "artifactLocation": {"uri": str, "uriBaseId": str},
    "result": {"!message": "message", "ruleId": str, "ruleIndex": int,
               "level": {"none", "note", "warning", "error"},
               "locations": ["location"], "codeFlows": ["codeFlow"],
               "relatedLocations": ["location"],
               "fixes": ["fix"], "partialFingerprints": (str,),
               "properties": dict},
    "fix": {"description": "message", "!artifactChanges": ["change"]},
    "change": {"!artifactLocation": "artifactLocation",
               "!replacements": ["replacement"]},
    "replacement": {"!deletedRegion": "region", "insertedContent": "content"},
    "content": {"text": str},
    "message": {"!text": str, "markdown": str},
    "location": {"id": int, "physicalLocation": "physical",
                 "logicalLocations": ["logical"], "message": "message"},
    "physical": {"!artifactLocation": "artifactLocation", "region": "region"},
    "region": {"startLine": int, "startColumn": int, "endLine": int,
               "endColumn": int},
    "logical": {"name": str, "fullyQualifiedName": str},
    "codeFlow": {"!threadFlows": ["threadFlow"]},
    "threadFlow": {"!locations": ["flowLocation"]},
    "flowLocation": {"location": "location", "importance":
                     {"important", "essential", "unimportant"}},
}


def check(value, kind, where):
    if isinstance(kind, type):
        if not isinstance(value, kind) or isinstance(value, bool):
            wrong(where + " is no " + kind.__name__)
        elif kind is int and value < 0:
            wrong(where + " is negative")
    elif isinstance(kind, set):
        if value not in kind:
            wrong(where + " is %r" % value)
    elif isinstance(kind, list):
        if not isinstance(value, list):
            wrong(where + " is no array")
        else:
            for i, v in enumerate(value):
                check(v, kind[0], "%s[%d]" % (where, i))
    elif isinstance(kind, tuple):
        for k, v in value.items():
            check(v, kind[0], where + "." + k)
    elif not isinstance(value, dict):
        wrong(where + " is no object")
    else:
        members = SARIF[kind]
        for k, v in value.items():
            if k in members or "!" + k in members:
                check(v, members.get(k) or members["!" + k], where + "." + k)
            else:
                wrong(where + "." + k + " is unknown")
        for k in members:
            if k[0] == "!" and k[1:] not in value:
                wrong(where + k[1:] + " is missing")
        if kind == "region" and min(value.values()) < 1:
            wrong(where + " begins at 0")
        if kind == "region" and "endLine" in value \
                and (value["endLine"], value["endColumn"]) \
                < (value["startLine"], value["startColumn"]):
            wrong(where + " ends before it begins")


def check_sarif(name, n):
    with open(name, encoding="utf-8") as f:
        log = json.load(f)
    check(log, "log", "log")
    if len(log["runs"]) != n:
        wrong("%d runs" % len(log["runs"]))
    for run in log["runs"]:
        rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
        for r in run["results"]:
            if rules[r["ruleIndex"]] != r["ruleId"]:
                wrong("the index is not that of the rule")
            if "codeFlows" not in r:
                wrong("no chain: " + r["message"]["text"])
            if r["ruleId"] in ("moved", "escapes") \
                    and "What to do" not in r["message"]["markdown"]:
                wrong("no advice: " + r["message"]["text"])
    ids = [run["automationDetails"]["id"] for run in log["runs"]]
    if ids != sorted(set(ids)):
        wrong("runs not in order")


def read_json(name):
    with open(name, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def check_json(name, n):
    headers = 0
    for i, d in enumerate(read_json(name)):
        at = "line %d: " % (i + 1)
        if "version" in d:
            headers += 1
            continue
        if headers == 0:
            wrong(at + "no header before it")
        for k in ("range", "severity", "code", "source", "message", "verdict",
                  "function", "name", "site"):
            if k not in d:
                wrong(at + "no " + k)
        if d["source"] != "cairn":
            wrong(at + "from " + d["source"])
        if d["range"]["start"]["line"] < 1:
            wrong(at + "no place")
        if d["code"] not in ("stays", "note", "layout"):
            if "cause" not in d or not d.get("relatedInformation"):
                wrong(at + "not explained")
            for r in d.get("relatedInformation", []):
                if not r["location"]["uri"].startswith("file:///"):
                    wrong(at + "the place is " + r["location"]["uri"])
    if headers != n:
        wrong("%d headers" % headers)


def check_text(name, text):
    said = set()
    with open(text, encoding="utf-8") as f:
        for line in f:
            if re.match(r"[^:]+:\d+:\d+: ", line):
                said.add(line.rstrip("\n"))
    wrote = set(d["site"] + ": " + d["verdict"]
                for d in read_json(name) if d.get("code", "note") not in ("note", "layout"))
    for line in said ^ wrote:
        wrong("only one has: " + line)
    if not said:
        wrong("nothing was said")


what, name, argument = sys.argv[1:]
if what == "sarif":
    check_sarif(name, int(argument))
elif what == "json":
    check_json(name, int(argument))
else:
    check_text(name, argument)
