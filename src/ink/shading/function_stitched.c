/* Type 3 (ISO 32000-1, 7.10.4): pieces of the domain, each with a function of its own. */
#include "ink/shading/function_parts.h"

bool function_read_stitched(FunctionReader *r, Function *fn, const PdfObj *o, int depth) {
    const PdfObj *functions = pdf_lookup(r->file, o, "Functions");
    int count = pdf_type(functions) == PDF_ARRAY ? pdf_length(functions) : 0;
    if (count < 1)
        return false;
    if (count > r->functions_left)
        return function_refuse(r, "函数太多", "there are too many functions");
    Stitched s = {.count = count,
                  .items = ARENA_ARRAY(r->arena, const Function *, count),
                  .bounds = function_numbers(r, pdf_lookup(r->file, o, "Bounds"), count - 1),
                  .encode = function_numbers(r, pdf_lookup(r->file, o, "Encode"), 2 * count)};
    if (!s.bounds || !s.encode)
        return false;
    for (int i = 1; i < count - 1; i++)
        if (s.bounds[i - 1] > s.bounds[i])
            return false;
    size_t most = 0;
    for (int i = 0; i < count; i++) {
        const Function *item = function_read_nested(r, pdf_at(r->file, functions, i), 1, depth + 1);
        if (!item || (i > 0 && item->outputs != s.items[0]->outputs))
            return false;
        s.items[i] = item;
        most = item->cost > most ? item->cost : most;
    }
    if (fn->range && fn->outputs != s.items[0]->outputs)
        return false;
    fn->outputs = s.items[0]->outputs;
    fn->cost = most + (size_t)fn->outputs + 4;
    fn->stitched = s;
    return true;
}

/* Which piece: each holds its lower bound, and the last the end of the domain too. */
static int piece_of(const Stitched *s, double x) {
    int low = 0, high = s->count - 1; /* bounds below `low` are at or below x */
    while (low < high) {
        int middle = (low + high) / 2;
        if (x >= s->bounds[middle])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double encoded(const Function *fn, int piece, double x) {
    const Stitched *s = &fn->stitched;
    double low = piece > 0 ? s->bounds[piece - 1] : fn->domain[0];
    double high = piece < s->count - 1 ? s->bounds[piece] : fn->domain[1];
    return function_mapped(x, low, high, s->encode[2 * piece], s->encode[2 * piece + 1]);
}

bool stitched_eval(const Function *fn, double x, double *out) {
    int piece = piece_of(&fn->stitched, x);
    double at = encoded(fn, piece, x);
    return function_eval(fn->stitched.items[piece], &at, out);
}

bool stitched_smooth(const Function *fn, double a, double b) {
    double low = function_clipped(a, fn->domain), high = function_clipped(b, fn->domain);
    int piece = piece_of(&fn->stitched, low);
    return piece == piece_of(&fn->stitched, high) &&
           function_smooth(fn->stitched.items[piece], encoded(fn, piece, low),
                           encoded(fn, piece, high));
}
