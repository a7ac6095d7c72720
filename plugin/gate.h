/* gate.h: verdicts that fail the compilation.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   __attribute__ ((cairn_noheap)) on a function (gate-noheap.cc) makes it an
   error if it or what it calls may use the heap.  The argument baseline
   (gate-baseline.cc) makes it an error if a verdict is worse than it was.  */

#ifndef CAIRN_GATE_H
#define CAIRN_GATE_H

#include "report-record.h"

/* Register the attribute cairn_noheap, under the plugin's name.  */
void gate_noheap_init (const char *plugin_name);

/* Note what F, which is solved and the current function, does with the
   heap.  */
void gate_noheap_function (front_component *comp, front_function *f);

/* Report the errors, when all functions have been noted, and forget.  */
void gate_noheap_finish (void);

/* Compare RECORDS, and the locals that TOTALS says stay, with the file FILE;
   record them there if it has nothing of this source yet.  */
void gate_baseline (const std::vector<report_record> &records,
                    const report_totals &totals, const char *file);

#endif /* CAIRN_GATE_H */
