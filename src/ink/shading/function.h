/* PDF functions, types 0, 2, 3 and 4 (ISO 32000-1, 7.10). */
#ifndef CHUPIN_INK_SHADING_FUNCTION_H
#define CHUPIN_INK_SHADING_FUNCTION_H

#include "read/pdf/wall.h"

typedef struct Function Function;
enum { MOST_INPUTS = 32, MOST_OUTPUTS = 32 };

/* In the arena. An array of functions with one output each counts as one function. NULL: it can not
 * be read, or its numbers do not fit `inputs`. */
const Function *function_read(Arena *a, PdfFile *f, const PdfObj *o, int inputs);
/* The same; when it is NULL `why` says why (a limit, or damage). */
const Function *function_read_told(Arena *a, PdfFile *f, const PdfObj *o, int inputs, Text *why);
int function_outputs(const Function *fn);
/* Inputs are clipped to the domain, outputs to the range. False: a type 4 program ran wrong, and
 * gave 0s, or a power is no number and counts as 0; clipped to the range. What comes out is finite.
 */
bool function_eval(const Function *fn, const double *in, double *out);

/* How many small steps one evaluation takes at most, for budgets. */
size_t function_cost(const Function *fn);
/* Of one input: is the function between a and b free of jumps, and of kinks that its values at a
 * and b and halfway do not betray? What a type 4 program does there is not known to this: its
 * values must tell. */
bool function_smooth(const Function *fn, double a, double b);

#endif
