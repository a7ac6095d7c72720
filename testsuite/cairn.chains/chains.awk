# chains.awk: reads what -m=2 says and prints what is wrong with it.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).
#
# The grammar, each line but the summary's after "FILE:LINE:COLUMN: ":
#
#   report    (chain? verdict | note)* summary* (pinned by?)*
#   chain     NAME " escapes to heap:" flow+ map?
#             "parameter " NAME " leaks to " SINK " with derefs=" N ":" flow+
#   flow      "  flow: " TO " = " FROM ":" hop+
#   hop       "    from " OPERATION " (" WHY ") at " FILE:LINE:COLUMN
#   map       "  map: " TEXT; always, if the verdict is "moved to heap"
#   verdict   "moved to heap: " NAME, and so on
#   note      NAME " is on the stack" | NAME " is on the heap: " TEXT
#   summary   "# cairn: " TEXT
#   pinned    NAME " is pinned to the system stack: " TEXT
#   by        "  by " INSTRUCTION, at the same place
#
# A verdict other than "does not escape" has a chain about the same name at
# the same place.  The first flow comes from the name, each other one from
# where the one before it went; the last one ends in a sink.

function wrong (what) {
  print "wrong: " what ": line " NR ": " $0
}

# FROM without the loads and the address-of before it.
function bare (from) {
  sub(/^[&*]+/, "", from)
  return from
}

function end_flow () {
  if (in_flow && hops == 0)
    wrong("a flow without a hop before")
  in_flow = 0
}

function end_chain () {
  end_flow()
  if (flows == 0)
    wrong("a chain without a flow before")
  else if (last_to != "{heap}" && last_to != "{result}" && last_to !~ /^\*/ \
           && last_why != "declared outside the loop")
    wrong("the chain before ends in " last_to)
  if (sink != "" && sink != last_to)
    wrong("the leak before is to " sink " and ends in " last_to)
}

/^# cairn: ./ { if (chain) wrong("a chain without a verdict"); summary = 1; next }

!/^[^:]+:[0-9]+:[0-9]+: / { wrong("no place"); next }

# Of the machine code, which is made after the report.
/^[^:]+:[0-9]+:[0-9]+: .+ is pinned to the system stack: .+/ {
  if (chain)
    wrong("a function within a chain")
  pinned = $1
  next
}
/^[^:]+:[0-9]+:[0-9]+:   by +[0-9]+: ./ {
  if ($1 != pinned)
    wrong("an instruction without its function")
  next
}

{
  if (summary)
    wrong("a verdict after the summary")
  match($0, /^[^:]+:[0-9]+:[0-9]+: /)
  place = substr($0, 1, RLENGTH - 2)
  text = substr($0, RLENGTH + 1)
  if (chain && place != chain_place)
    wrong("another place within a chain")
}

text ~ /^  flow: .+ = .+:$/ {
  if (!chain)
    wrong("a flow outside a chain")
  end_flow()
  flow = substr(text, 9, length(text) - 9)
  at = index(flow, " = ")
  to = substr(flow, 1, at - 1)
  from = substr(flow, at + 3)
  if (flows == 0 && bare(from) != name && bare(from) != "{storage for " name "}")
    wrong("the chain of " name " begins with " from)
  if (flows > 0 && bare(from) != bare(last_to))
    wrong("a flow from " from " after one to " last_to)
  if (to == from && to !~ /^\*/)
    wrong("a flow to itself")
  last_to = to
  flows++
  in_flow = 1
  hops = 0
  next
}

text ~ /^    from .+ \(.+\) at [^:]+:[1-9][0-9]*:[0-9]+$/ {
  if (!in_flow)
    wrong("a hop outside a flow")
  hops++
  last_why = text
  sub(/^    from .* \(/, "", last_why)
  sub(/\) at [^ ]*$/, "", last_why)
  next
}

text ~ /^  map: (none|.+), .*(pointers?|byte)/ {
  if (!chain || derefs != "")
    wrong("a map outside an object's chain")
  end_flow()
  mapped = 1
  next
}

text ~ /^  / { wrong("not the form of a flow or hop"); next }

text ~ /^parameter .+ leaks to .+ with derefs=[0-9]+:$/ {
  if (chain)
    wrong("a chain within a chain")
  chain = 1
  flows = 0
  chain_place = place
  name = sink = derefs = text
  sub(/^parameter /, "", name); sub(/ leaks to .*/, "", name)
  sub(/.* leaks to /, "", sink); sub(/ with derefs=.*/, "", sink)
  sub(/.*=/, "", derefs); sub(/:$/, "", derefs)
  next
}

text ~ /^.+ escapes to heap:$/ {
  if (chain)
    wrong("a chain within a chain")
  chain = 1
  flows = 0
  chain_place = place
  name = text
  sub(/ escapes to heap:$/, "", name)
  sink = derefs = ""
  next
}

text ~ /^.+ is on the (stack$|heap: .)/ {
  if (chain)
    wrong("a note within a chain")
  if ((place, text) in seen)
    wrong("repeated")
  seen[place, text] = 1
  next
}

{
  need_chain = 1
  want_derefs = ""
  if (text ~ /^moved to heap: ./) {
    kind = "worst"
    subject = substr(text, 16)
  } else if (text ~ /^leaking param content: ./) {
    kind = "content"
    subject = substr(text, 24)
    want_derefs = "more"
  } else if (text ~ /^leaking param: .* to result level=[0-9]+$/) {
    kind = "result"
    subject = substr(text, 16)
    want_derefs = subject
    sub(/.*=/, "", want_derefs)
    sub(/ to result level=.*/, "", subject)
  } else if (text ~ /^leaking param: ./) {
    kind = "leak"
    subject = substr(text, 16)
    want_derefs = 0
  } else if (text ~ /^.+ escapes to heap$/) {
    kind = "worst"
    subject = text
    sub(/ escapes to heap$/, "", subject)
  } else if (text ~ /^.+ does not escape$/) {
    kind = "stays"
    subject = text
    sub(/ does not escape$/, "", subject)
    need_chain = 0
  } else {
    wrong("no verdict")
    next
  }
  verdicts++
  if (need_chain && !chain)
    wrong("a verdict without a chain")
  if (!need_chain && chain)
    wrong("a chain that is not needed")
  if (text ~ /^moved to heap: / && chain && !mapped)
    wrong("no map")
  if (chain) {
    end_chain()
    if (name != subject)
      wrong("the chain is about " name)
    if (want_derefs == "more" ? derefs == 0 : want_derefs != "" && derefs != want_derefs)
      wrong("the chain has derefs=" derefs)
  }
  chain = in_flow = mapped = 0
  key = place SUBSEP subject
  if ((key, kind) in seen)
    wrong("repeated")
  # Only content that leaks and a result go together.
  if (key in first && !(first[key] == "content" && kind == "result"))
    wrong("contradicts an earlier line")
  seen[key, kind] = 1
  first[key] = kind
}

END {
  if (chain)
    print "wrong: the last chain has no verdict"
  print verdicts + 0 " verdicts"
}
