# signatures.awk: turns what gcc -aux-info writes into rows
#
#   FUNCTION ("qsort", V, NO, P (void *) P (size_t) P (size_t) P (...))
#
# which the compiler that reads them sees through all typedefs.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later (COPYING).

/ static / || !/ extern / { next }

{
  sub(/^\/\*[^*]*\*\/ extern /, "")
  sub(/;.*/, "")
  open = index($0, " (")
  before = substr($0, 1, open - 1)
  params = substr($0, open + 2, length($0) - open - 2)
  # A function that returns a pointer to a function without a typedef.
  if (!match(before, /[A-Za-z_0-9]+$/) || params ~ /^\*/) next
  name = substr(before, RSTART)
  result = substr(before, 1, RSTART - 1)
  sub(/ +$/, "", result)
  sub(/(inline|_Noreturn) /, "", result)
  # Instructions of the processor.
  if (name ~ /^_(m|mm)_/) next
  if (name in seen) next
  seen[name] = 1

  variadic = "NO"
  list = ""
  if (params != "void" && params != "")
    {
      depth = 0
      word = ""
      params = params ","
      for (i = 1; i <= length(params); i++)
        {
          c = substr(params, i, 1)
          if (c == "(") depth++
          if (c == ")") depth--
          if (c != "," || depth)
            {
              word = word c
              continue
            }
          gsub(/^ +| +$/, "", word)
          # Declared as `type name' where there is a body as well.
          if (word ~ / __[a-z]+$/ && word !~ /(^|[ *])(__restrict|__const)$/ \
              && word ~ /^(u?int|long|unsigned|char|size_t)/)
            sub(/ __[a-z]+$/, "", word)
          if (word == "...") variadic = "YES"
          else if (word ~ /__va_list_tag/) list = list " P (void *)"
          else list = list " P (" word ")"
          word = ""
        }
    }
  printf "FUNCTION (\"%s\", %s, %s,%s)\n", name,
         result == "void" ? "V" : "P (" result ")", variadic, list
}
