/* What Chinese keyboards do to YAML: `尺寸：210x285`, `[烫金，模切]`, ideographic spaces as
 * indentation. */
#ifndef CHUPIN_CHECK_JOB_TEXT_H
#define CHUPIN_CHECK_JOB_TEXT_H

#include "base/text.h"

/* The same text with full-width marks that stand where YAML has a sign turned into that sign. Marks
 * inside prose, quotes, comments and block texts stay. Each takes as many columns as before, so
 * carets stay aligned. */
Str sheet_text(Arena *a, Str text);

#endif
