# random.py: structures at random, and what the compiler makes of the orders that
# are proposed for them.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
#   random.py SEED make > FILE.c       a file with structures
#   random.py SEED check JSON > FILE.c a program that has each in the order that
#                                      the report JSON proposes: it prints what is
#                                      not as foretold
#   random.py SEED best JSON > FILE.c  a program that has the small ones in all
#                                      orders: it prints for which there is a
#                                      better one than the report has
#   random.py - orders JSON            for each structure, a line: its name, its
#                                      size, the smaller one or the same

import itertools
import json
import random
import sys

COUNT = 150
SMALL = 5

TYPES = ["char", "short", "int", "long", "void *", "double", "long double",
         "struct three", "struct pair", "union mixed", "_Bool", "float"]
FIELDS = ["unsigned", "unsigned char", "unsigned short", "unsigned long",
          "_Bool", "int"]
BITS = {"unsigned": 32, "unsigned char": 8, "unsigned short": 16,
        "unsigned long": 64, "_Bool": 1, "int": 32}
HEAD = """struct three { char c[3]; };
struct pair { short s; char c; };
union mixed { int i; char c[6]; };
"""


def member(r, name, fields):
    kind = r.random()
    if fields and kind < 0.5:
        t = r.choice(FIELDS)
        return "%s %s : %d;" % (t, name, r.randint(1, BITS[t]))
    t = r.choice(TYPES)
    s = " " if t[-1] != "*" else ""
    if kind > 0.92:
        return "_Alignas (%d) %s%s%s;" % (r.choice([16, 32]), t, s, name)
    if kind > 0.8:
        return "%s%s%s[%d];" % (t, s, name, r.randint(2, 5))
    if kind > 0.77:
        return "%s%s%s __attribute__ ((packed));" % (t, s, name)
    return t + s + name + ";"


def structures(seed):
    """A list of (name, {member: declaration}, last member or None)."""
    r = random.Random(seed)
    result = []
    for i in range(COUNT):
        small = i % 2
        n = r.randint(2, SMALL) if small else r.randint(3, 14)
        fields = r.random() < 0.4
        members = {"m%d" % k: member(r, "m%d" % k, fields) for k in range(n)}
        last = None
        if r.random() < 0.2:
            last = "m%d" % n
            members[last] = "%s %s%s;" % (r.choice(["char", "int", "long"]),
                                          last, r.choice(["[]", "[1]", "[0]"]))
        result.append(("s%d" % i, members, last))
    return result


def define(name, members, order):
    return ("struct %s { " % name + " ".join(members[m] for m in order)
            + " };\n")


def report(path):
    """The structures' lines in the report PATH, by name."""
    with open(path, encoding="utf-8") as f:
        lines = [json.loads(line) for line in f]
    return {d["name"]: d for d in lines if d.get("code") == "layout"}


def check(all_structures, said):
    print("#include <stdio.h>\n" + HEAD)
    for name, members, _ in all_structures:
        if "order" in said["struct " + name]:
            order = said["struct " + name]["order"]
            if sorted(order) != sorted(members):
                print("#error %s: members are missing" % name)
            print(define(name, members, order))
    print("int main (void) {")
    for name, _, last in all_structures:
        d = said["struct " + name]
        if "order" not in d:
            continue
        print('  if (sizeof (struct %s) != %d) printf ("%s: %%zu instead of '
              '%d\\n", sizeof (struct %s));'
              % (name, d["bytes"] - d["saves"], name, d["bytes"] - d["saves"],
                 name))
        if last and d["order"][-1] != last:
            print('  puts ("%s: the array is not the last");' % name)
    print("}")


def best(all_structures, said):
    lines = []
    print("#include <stdio.h>\n" + HEAD)
    for name, members, last in all_structures:
        movable = [m for m in members if m != last]
        if len(movable) > SMALL:
            continue
        variants = []
        for k, order in enumerate(itertools.permutations(movable)):
            variants.append("%s_%d" % (name, k))
            print(define(variants[-1], members,
                         order + ((last,) if last else ())))
        size = said["struct " + name]["bytes"] - said["struct " + name].get("saves", 0)
        lines.append("  { unsigned long n = ~0ul;")
        lines += ["    if (sizeof (struct %s) < n) n = sizeof (struct %s);"
                  % (v, v) for v in variants]
        lines.append('    if (n != %d) printf ("%s: %%lu instead of %d\\n", n); }'
                     % (size, name, size))
    print("int main (void) {\n" + "\n".join(lines) + "\n}")


def main():
    seed, what = sys.argv[1:3]
    if what == "orders":
        for name, d in sorted(report(sys.argv[3]).items()):
            print(name, d["bytes"], d["bytes"] - d.get("saves", 0))
        return
    all_structures = structures(seed)
    if what == "make":
        print(HEAD + "".join(define(n, m, list(m)) for n, m, _ in
                             all_structures))
    elif what == "check":
        check(all_structures, report(sys.argv[3]))
    else:
        best(all_structures, report(sys.argv[3]))


main()
