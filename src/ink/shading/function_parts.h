/* Inside of functions: how each type is kept. Everything lives in the arena of the reader. */
#ifndef CHUPIN_INK_SHADING_FUNCTION_PARTS_H
#define CHUPIN_INK_SHADING_FUNCTION_PARTS_H

#include "ink/shading/function.h"

typedef enum FunctionKind {
    FUNCTION_SAMPLED = 0,
    FUNCTION_POWER = 2,
    FUNCTION_STITCHED = 3,
    FUNCTION_PROGRAM = 4,
    FUNCTION_ARRAY
} FunctionKind;

typedef struct Sampled {
    int size[MOST_INPUTS];
    size_t stride[MOST_INPUTS]; /* in samples */
    const double *encode;
    const float *samples; /* decoded; the first input varies fastest, outputs lie side by side */
} Sampled;

typedef struct Power {
    const double *c0, *c1;
    double exponent;
} Power;

typedef struct Stitched {
    int count;
    const Function **items;
    const double *bounds, *encode;
} Stitched;

typedef struct Instruction {
    uint8_t does, op;
    uint32_t target; /* of jumps; always ahead, so that every program ends */
    double value;
} Instruction;

typedef struct Program {
    Instruction *code;
    size_t count, capacity;
} Program;

struct Function {
    FunctionKind kind;
    int inputs, outputs;
    size_t cost;
    const double *domain; /* two for each input */
    const double *range;  /* two for each output; NULL: none */
    union {
        Sampled *sampled;
        Power power;
        Stitched stitched;
        Program program;
        const Function **items;
    };
};

/* One reading; nested functions share its limits. */
typedef struct FunctionReader {
    Arena *arena;
    PdfFile *file;
    int functions_left;
    size_t samples_left;
    Text *why;
} FunctionReader;

/* Sets `why`; NULL, so that a reader can return it. */
void *function_refuse(FunctionReader *r, const char *zh, const char *en);
/* The first `count` numbers of an array; NULL when it has fewer. */
const double *function_numbers(FunctionReader *r, const PdfObj *array, int count);
const Function *function_read_nested(FunctionReader *r, const PdfObj *o, int inputs, int depth);

/* Each takes a function with kind, inputs, domain and range, and fills in the rest. */
bool function_read_sampled(FunctionReader *r, Function *fn, const PdfObj *o);
bool function_read_power(FunctionReader *r, Function *fn, const PdfObj *o);
bool function_read_stitched(FunctionReader *r, Function *fn, const PdfObj *o, int depth);
bool function_read_program(FunctionReader *r, Function *fn, const PdfObj *o);

void sampled_eval(const Function *fn, const double *in, double *out);
bool sampled_smooth(const Function *fn, double a, double b);
bool stitched_eval(const Function *fn, double x, double *out);
bool stitched_smooth(const Function *fn, double a, double b);
/* False: it ran wrong (stack, division by zero …). */
bool program_run(const Program *p, const double *in, int inputs, double *out, int outputs);

/* NaN becomes the low end. */
static inline double function_clipped(double x, const double limits[2]) {
    return x > limits[0] ? x < limits[1] ? x : limits[1] : limits[0];
}

/* ISO 32000-1, 7.10.2: an interval without length maps to the start of the other. */
static inline double function_mapped(double x, double low, double high, double to0, double to1) {
    return high != low ? to0 + (x - low) * (to1 - to0) / (high - low) : to0;
}

#endif
