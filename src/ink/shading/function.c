#include "ink/shading/function_parts.h"

#include <math.h>

enum { MOST_FUNCTIONS = 1 << 15, MOST_SAMPLES = 1 << 21, FUNCTION_NESTING = 12 };

void *function_refuse(FunctionReader *r, const char *zh, const char *en) {
    *r->why = (Text){zh, en};
    return NULL;
}

const double *function_numbers(FunctionReader *r, const PdfObj *array, int count) {
    if (count > 0 && (pdf_type(array) != PDF_ARRAY || pdf_length(array) < count))
        return NULL;
    double *v = ARENA_ARRAY(r->arena, double, count);
    for (int i = 0; i < count; i++) {
        const PdfObj *o = pdf_at(r->file, array, i);
        if (!pdf_is_number(o))
            return NULL;
        v[i] = pdf_number(o, 0);
    }
    return v;
}

static bool ordered(const double *limits, int count) {
    for (int i = 0; i < count; i++)
        if (limits[2 * i] > limits[2 * i + 1])
            return false;
    return true;
}

/* Domain and Range, ISO 32000-1 Table 38. Types 0 and 4 need a Range: it tells how many outputs. */
static bool read_limits(FunctionReader *r, Function *fn, const PdfObj *o) {
    const PdfObj *domain = pdf_lookup(r->file, o, "Domain");
    const PdfObj *range = pdf_lookup(r->file, o, "Range");
    fn->domain = function_numbers(r, domain, 2 * fn->inputs);
    if (!fn->domain || pdf_length(domain) / 2 != fn->inputs || !ordered(fn->domain, fn->inputs))
        return false;
    if (!range)
        return fn->kind == FUNCTION_POWER || fn->kind == FUNCTION_STITCHED;
    fn->outputs = pdf_length(range) / 2;
    if (fn->outputs < 1 || fn->outputs > MOST_OUTPUTS)
        return false;
    fn->range = function_numbers(r, range, 2 * fn->outputs);
    return fn->range && ordered(fn->range, fn->outputs);
}

static bool read_kind(FunctionReader *r, Function *fn, const PdfObj *o, int depth) {
    switch (fn->kind) {
    case FUNCTION_SAMPLED:
        return function_read_sampled(r, fn, o);
    case FUNCTION_POWER:
        return fn->inputs == 1 && function_read_power(r, fn, o);
    case FUNCTION_STITCHED:
        return fn->inputs == 1 && function_read_stitched(r, fn, o, depth);
    case FUNCTION_PROGRAM:
        return function_read_program(r, fn, o);
    case FUNCTION_ARRAY:
        return false;
    }
    return false;
}

const Function *function_read_nested(FunctionReader *r, const PdfObj *o, int inputs, int depth) {
    if (depth > FUNCTION_NESTING)
        return function_refuse(r, "函数套得太深", "functions are nested too deeply");
    if (r->functions_left-- <= 0)
        return function_refuse(r, "函数太多", "there are too many functions");
    int type = pdf_int(pdf_lookup(r->file, o, "FunctionType"), -1);
    if (type != 0 && type != 2 && type != 3 && type != 4)
        return NULL;
    Function *fn = ARENA_NEW(r->arena, Function);
    fn->kind = (FunctionKind)type;
    fn->inputs = inputs;
    return read_limits(r, fn, o) && read_kind(r, fn, o, depth) ? fn : NULL;
}

static const Function *read_array(FunctionReader *r, const PdfObj *o, int inputs) {
    int count = pdf_length(o);
    if (count < 1 || count > MOST_OUTPUTS)
        return NULL;
    if (count == 1)
        return function_read_nested(r, pdf_at(r->file, o, 0), inputs, 0);
    Function *fn = ARENA_NEW(r->arena, Function);
    *fn = (Function){.kind = FUNCTION_ARRAY, .inputs = inputs, .outputs = count};
    fn->items = ARENA_ARRAY(r->arena, const Function *, count);
    for (int i = 0; i < count; i++) {
        const Function *item = function_read_nested(r, pdf_at(r->file, o, i), inputs, 0);
        if (!item || item->outputs != 1)
            return NULL;
        fn->items[i] = item;
        fn->cost += item->cost;
    }
    return fn;
}

const Function *function_read_told(Arena *a, PdfFile *f, const PdfObj *o, int inputs, Text *why) {
    Text trouble = {"函数读不懂", "a function can not be read"};
    FunctionReader r = {.arena = a,
                        .file = f,
                        .functions_left = MOST_FUNCTIONS,
                        .samples_left = MOST_SAMPLES,
                        .why = &trouble};
    const Function *fn = NULL;
    if (inputs >= 1 && inputs <= MOST_INPUTS)
        fn = pdf_type(o) == PDF_ARRAY ? read_array(&r, o, inputs)
                                      : function_read_nested(&r, o, inputs, 0);
    if (!fn)
        *why = trouble;
    return fn;
}

const Function *function_read(Arena *a, PdfFile *f, const PdfObj *o, int inputs) {
    Text why;
    return function_read_told(a, f, o, inputs, &why);
}

int function_outputs(const Function *fn) {
    return fn->outputs;
}

size_t function_cost(const Function *fn) {
    return fn->cost;
}

bool function_read_power(FunctionReader *r, Function *fn, const PdfObj *o) {
    static const double zero = 0, one = 1;
    const PdfObj *c0 = pdf_lookup(r->file, o, "C0"), *c1 = pdf_lookup(r->file, o, "C1");
    const PdfObj *exponent = pdf_lookup(r->file, o, "N");
    int outputs = c0 ? pdf_length(c0) : c1 ? pdf_length(c1) : 1;
    if (outputs < 1 || outputs > MOST_OUTPUTS || (fn->range && fn->outputs != outputs) ||
        !pdf_is_number(exponent) || ((!c0 || !c1) && outputs != 1))
        return false;
    fn->outputs = outputs;
    fn->power = (Power){.c0 = c0 ? function_numbers(r, c0, outputs) : &zero,
                        .c1 = c1 ? function_numbers(r, c1, outputs) : &one,
                        .exponent = pdf_number(exponent, 1)};
    fn->cost = (size_t)outputs + 1;
    return fn->power.c0 && fn->power.c1;
}

static void power_eval(const Function *fn, double x, double *out) {
    const Power *p = &fn->power;
    double at = p->exponent == 1 ? x : pow(x, p->exponent);
    for (int i = 0; i < fn->outputs; i++)
        out[i] = p->c0[i] + at * (p->c1[i] - p->c0[i]);
}

static bool program_eval(const Function *fn, const double *in, double *out) {
    if (program_run(&fn->program, in, fn->inputs, out, fn->outputs))
        return true;
    for (int i = 0; i < fn->outputs; i++)
        out[i] = 0;
    return false;
}

static bool eval_kind(const Function *fn, const double *in, double *out) {
    switch (fn->kind) {
    case FUNCTION_SAMPLED:
        sampled_eval(fn, in, out);
        return true;
    case FUNCTION_POWER:
        power_eval(fn, in[0], out);
        return true;
    case FUNCTION_STITCHED:
        return stitched_eval(fn, in[0], out);
    case FUNCTION_PROGRAM:
        return program_eval(fn, in, out);
    case FUNCTION_ARRAY:
        break;
    }
    return false;
}

static bool array_eval(const Function *fn, const double *in, double *out) {
    bool right = true;
    for (int i = 0; i < fn->outputs; i++)
        right &= function_eval(fn->items[i], in, &out[i]);
    return right;
}

bool function_eval(const Function *fn, const double *in, double *out) {
    if (fn->kind == FUNCTION_ARRAY)
        return array_eval(fn, in, out);
    double clipped[MOST_INPUTS];
    for (int i = 0; i < fn->inputs; i++)
        clipped[i] = function_clipped(in[i], fn->domain + 2 * i);
    bool right = eval_kind(fn, clipped, out);
    for (int i = 0; i < fn->outputs; i++) {
        bool finite = isfinite(out[i]);
        double v = finite ? out[i] : 0;
        right &= finite;
        out[i] = fn->range ? function_clipped(v, fn->range + 2 * i) : v;
    }
    return right;
}

bool function_smooth(const Function *fn, double a, double b) {
    switch (fn->kind) {
    case FUNCTION_SAMPLED:
        return sampled_smooth(fn, a, b);
    case FUNCTION_POWER:
    case FUNCTION_PROGRAM:
        return true;
    case FUNCTION_STITCHED:
        return stitched_smooth(fn, a, b);
    case FUNCTION_ARRAY:
        for (int i = 0; i < fn->outputs; i++)
            if (!function_smooth(fn->items[i], a, b))
                return false;
        return true;
    }
    return false;
}
