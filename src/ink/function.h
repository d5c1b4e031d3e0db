/* PDF functions, types 0, 2, 3 and 4 (ISO 32000-1, 7.10). */
#ifndef CHUPIN_INK_FUNCTION_H
#define CHUPIN_INK_FUNCTION_H

#include "read/pdf/wall.h"

typedef struct Function Function;
enum { MOST_INPUTS = 32, MOST_OUTPUTS = 32 };

/* In the arena. An array of functions with one output each counts as one function. NULL: it can not
 * be read, or its numbers do not fit `inputs`. */
const Function *function_read(Arena *a, PdfFile *f, const PdfObj *o, int inputs);
int function_outputs(const Function *fn);
/* Inputs are clipped to the domain, outputs to the range. Never fails: a type 4 program that runs
 * wrong gives 0s. */
void function_eval(const Function *fn, const double *in, double *out);

#endif
