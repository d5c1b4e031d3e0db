/* Arbitrary bytes as functions: two lines of entries, and data for both. Read for one, two and four
 * inputs and asked at many places: what comes out is finite, within its range and the same when
 * asked again. */
#include "ink/shading/function.h"

#include "parts.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { FUNCTIONS = 2, MOST_BYTES = 1 << 16, PLACES = 24, MOST_COST = 1 << 14 };

static void ask(const Function *fn) {
    static const double odd[] = {0, 1, -1, 0.5, 0.3333, 1e30, -1e30, NAN, INFINITY, 1e-300, 255, 7};
    double in[MOST_INPUTS], out[MOST_OUTPUTS], again[MOST_OUTPUTS];
    for (int i = 0; i < PLACES; i++) {
        for (int k = 0; k < MOST_INPUTS; k++)
            in[k] = odd[(size_t)(i + k * (i / 12 + 1)) % (sizeof odd / sizeof *odd)];
        function_eval(fn, in, out);
        function_eval(fn, in, again);
        for (int k = 0; k < function_outputs(fn); k++)
            if (!isfinite(out[k]) || out[k] != again[k])
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    if (n > MOST_BYTES)
        return 0;
    Arena *a = arena_new();
    PdfFile *f = file_of_parts(a, (Input){p, n}, FUNCTIONS);
    for (int inputs = 1; f && inputs <= 4; inputs *= 2) {
        Text why = {0};
        const PdfObj *o = pdf_object(f, (PdfRef){FIRST_PART, 0});
        const Function *fn = function_read_told(a, f, o, inputs, &why);
        if (!fn && (!why.zh || !why.en))
            abort();
        if (!fn || function_cost(fn) > MOST_COST)
            continue;
        ask(fn);
        if (inputs == 1)
            (void)(function_smooth(fn, 0.1, 0.2) || function_smooth(fn, -INFINITY, NAN));
    }
    if (f)
        pdf_close(f);
    arena_free(a);
    return 0;
}
