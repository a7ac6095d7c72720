/* gcc-compat.h: every GCC header that the plugin needs.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

/* The only file that includes GCC's headers or tests GCC's version.  GCC's
   headers need their order, and some of them are not clean under our
   warnings; both are dealt with here, once.  */

#ifndef CAIRN_GCC_COMPAT_H
#define CAIRN_GCC_COMPAT_H

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wcast-function-type"

#include "gcc-plugin.h"
#include "plugin-version.h"

#include "backend.h"
#include "tree.h"
#include "c-tree.h"
#include "gimple.h"
#include "tree-pass.h"
#include "ssa.h"
#include "cgraph.h"
#include "gimple-pretty-print.h"
#include "tree-pretty-print.h"
#include "diagnostic-core.h"
#include "diagnostic.h"
#include "fold-const.h"
#include "stor-layout.h"
#include "gimple-iterator.h"
#include "gimple-walk.h"
#include "gimplify.h"
#include "gimplify-me.h"
#include "tree-cfg.h"
#include "tree-into-ssa.h"
#include "tree-ssa.h"
#include "tree-dfa.h"
#include "tree-ssa-operands.h"
#include "cfgloop.h"
#include "cfganal.h"
#include "attribs.h"
#include "stringpool.h"
#include "varasm.h"
#include "output.h"
#include "function.h"
#include "langhooks.h"
#include "opts.h"
#include "options.h"
#include "toplev.h"
#include "intl.h"
#include "context.h"
#include "ipa-utils.h"
#include "tree-iterator.h"
#include "tree-nested.h"
#include "tree-eh.h"
#include "gimple-fold.h"
#include "internal-fn.h"
#include "builtins.h"
#include "calls.h"
#include "print-tree.h"
#include "timevar.h"
#include "target.h"
#include "rtl.h"
#include "memmodel.h"
#include "tm_p.h"
#include "insn-config.h"
#include "insn-constants.h"
#include "regs.h"
#include "emit-rtl.h"
#include "explow.h"
#include "expr.h"
#include "insn-flags.h"
#include "recog.h"
#include "df.h"
#include "cfgrtl.h"
#include "rtl-iter.h"
#include "rtl-error.h"
#include "function-abi.h"
#include "print-rtl.h"
#include "predict.h"

#pragma GCC diagnostic pop

#if GCCPLUGIN_VERSION_MAJOR != 12
#error "Cairn's plugin is written for GCC 12"
#endif

/* What GCC 11 lacks, weak: the plugin can then be loaded by it, just far
   enough to say in its own words that it is for another version.  */
extern void copy_warning (location_t, location_t) __attribute__ ((weak));
extern tree build_clobber (tree, enum clobber_kind) __attribute__ ((weak));
extern int multiple_of_p (tree, const_tree, const_tree, bool)
  __attribute__ ((weak));
extern void suppress_warning (tree, opt_code, bool) __attribute__ ((weak));
extern gcall *gimple_build_call_vec (tree, const vec<tree> &)
  __attribute__ ((weak));

#endif /* CAIRN_GCC_COMPAT_H */
