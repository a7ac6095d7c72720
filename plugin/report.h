/* report.h: the escape report.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Verdicts are collected while the analysis runs and printed at the end of
   the file, in the order of their places, none twice.  */

#ifndef CAIRN_REPORT_H
#define CAIRN_REPORT_H

#include "outlive.h"
#include "report-record.h"

/* Whether anybody wants verdicts, and so the solver's paths.  */
bool report_wanted_p (void);

/* Add the verdicts about the variables, parameters and objects of F, which is
   solved.  */
void report_function (front_component *comp, front_function *f);

/* Add to the reports in files what has been warned of: at WHERE, by CAUSE, the
   address of NAME in FNDECL, which is DECL or NULL_TREE, outlives its frame,
   having come there by NOTES.  */
void report_outlives (tree fndecl, const std::string &name, tree decl,
                      location_t where, const report_cause &cause,
                      const outlive_notes &notes);

/* Print all verdicts, as the options say, and forget them.  */
void report_print (void);

#endif /* CAIRN_REPORT_H */
