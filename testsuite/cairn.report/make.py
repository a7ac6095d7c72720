# make.py: a heap profile for report.exp.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
#   make.py SOURCE packed|single gzip|plain > PROFILE
#
# The numbers of a sample are written in one of the two ways that there are.

import gzip
import sys

source, packing, form = sys.argv[1:]
lines = {}
with open(source, encoding="utf-8") as f:
    for i, text in enumerate(f, 1):
        for mark in ("buf", "<node>", "both"):
            if "/* " + mark + " */" in text:
                lines[mark] = i


def varint(n):
    n &= (1 << 64) - 1
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def number(field, n):
    return varint(field << 3) + varint(n)


def content(field, b):
    return varint(field << 3 | 2) + varint(len(b)) + b


def numbers(field, ns):
    if packing == "packed":
        return content(field, b"".join(map(varint, ns)))
    return b"".join(number(field, n) for n in ns)


strings = [""]


def string(s):
    if s not in strings:
        strings.append(s)
    return strings.index(s)


out = b""
for kind, unit in (("alloc_objects", "count"), ("alloc_space", "bytes"),
                   ("inuse_objects", "count"), ("inuse_space", "bytes")):
    out += content(1, number(1, string(kind)) + number(2, string(unit)))
# Functions and locations, one with an inlined call.
functions = [("get", source), ("push", source), ("set", source),
             ("main", source), ("<lib>&co", "/usr/src/lib.c")]
for i, (name, path) in enumerate(functions, 1):
    out += content(5, number(1, i) + number(2, string(name))
                   + number(4, string(path)))
# That of both is the line behind it: it counts for the variables of `set'.
places = [[(1, lines["buf"])], [(2, lines["<node>"]), (4, 500)],
          [(3, lines["both"] + 1)], [(4, 600)], [(5, 7)],
          [(4, 700)]]
for i, inlined in enumerate(places, 1):
    out += content(4, number(1, i) + number(3, 0x1000 + i)
                   + b"".join(content(4, number(1, f) + number(2, n))
                              for f, n in inlined))
samples = [([1, 4], [100, 4000 * 1024, 1, 40 * 1024]),
           ([5, 2], [50, 3000 * 1024, 50, 3000 * 1024]),
           ([2], [10, 1000 * 1024, 0, 0]),
           ([3, 4], [64, 1024, 0, 0]),
           ([5, 6], [1, 1999 * 1024, 0, 0])]
for where, values in samples:
    out += content(2, numbers(1, where) + numbers(2, values))
out += b"".join(content(6, s.encode()) for s in strings)
sys.stdout.buffer.write(gzip.compress(out) if form == "gzip" else out)
