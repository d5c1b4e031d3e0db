/* Type 0 (ISO 32000-1, 7.10.2): a table of samples, interpolated linearly along each input. Order 3
 * may be taken as 1, and is by every reader that printers have. */
#include "ink/shading/function_parts.h"

#include <math.h>

#include "ink/shading/function_bits.h"

enum { MOST_CORNERS_BITS = 12, MOST_CORNERS = 1 << MOST_CORNERS_BITS };

static bool width_allowed(int bits) {
    return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 12 || bits == 16 ||
           bits == 24 || bits == 32;
}

/* Size of the table, in samples; 0: it can not be. */
static size_t read_sizes(FunctionReader *r, Function *fn, const PdfObj *o) {
    const PdfObj *size = pdf_lookup(r->file, o, "Size");
    size_t total = (size_t)fn->outputs;
    int wide = 0;
    for (int i = 0; i < fn->inputs; i++) {
        /* A plain number stands for an array of one; files have it. */
        const PdfObj *item = pdf_type(size) == PDF_ARRAY ? pdf_at(r->file, size, i)
                             : fn->inputs == 1           ? size
                                                         : NULL;
        int n = pdf_int(item, 0);
        if (n < 1)
            return 0;
        wide += n > 1;
        if (wide > MOST_CORNERS_BITS || total > r->samples_left / (size_t)n) {
            function_refuse(r, "取样函数的表太大", "the table of a sampled function is too large");
            return 0;
        }
        fn->sampled->size[i] = n;
        fn->sampled->stride[i] = total;
        total *= (size_t)n;
    }
    r->samples_left -= total;
    fn->cost = ((size_t)fn->outputs + 2) << wide;
    return total;
}

static const double *default_encode(FunctionReader *r, const Function *fn) {
    double *encode = ARENA_ARRAY(r->arena, double, 2 * fn->inputs);
    for (int i = 0; i < fn->inputs; i++)
        encode[2 * i + 1] = fn->sampled->size[i] - 1;
    return encode;
}

static bool read_samples(FunctionReader *r, Function *fn, const PdfObj *o, size_t total, int bits,
                         const double *decode) {
    size_t bytes = (total * (size_t)bits + 7) / 8;
    PdfBytes data = pdf_stream_decoded(r->file, o, bytes);
    bool whole = data.n >= bytes;
    if (whole) {
        float *samples = ARENA_ARRAY(r->arena, float, total);
        Bits from = bits_of(data.p, data.n);
        double highest = ldexp(1, bits) - 1;
        for (size_t i = 0; i < total;)
            for (int j = 0; j < fn->outputs; j++)
                samples[i++] = (float)function_mapped(bits_take(&from, bits), 0, highest,
                                                      decode[2 * j], decode[2 * j + 1]);
        fn->sampled->samples = samples;
    }
    pdf_bytes_free(&data);
    return whole;
}

bool function_read_sampled(FunctionReader *r, Function *fn, const PdfObj *o) {
    int bits = pdf_int(pdf_lookup(r->file, o, "BitsPerSample"), 0);
    if (pdf_type(o) != PDF_STREAM || !width_allowed(bits))
        return false;
    fn->sampled = ARENA_NEW(r->arena, Sampled);
    size_t total = read_sizes(r, fn, o);
    if (!total)
        return false;
    const PdfObj *encode = pdf_lookup(r->file, o, "Encode");
    const PdfObj *decode = pdf_lookup(r->file, o, "Decode");
    fn->sampled->encode =
        encode ? function_numbers(r, encode, 2 * fn->inputs) : default_encode(r, fn);
    const double *decoding = decode ? function_numbers(r, decode, 2 * fn->outputs) : fn->range;
    return fn->sampled->encode && decoding && read_samples(r, fn, o, total, bits, decoding);
}

/* Where an input falls in the table, 0 … size - 1. */
static double place(const Function *fn, int i, double x) {
    const Sampled *s = fn->sampled;
    double at = function_mapped(x, fn->domain[2 * i], fn->domain[2 * i + 1], s->encode[2 * i],
                                s->encode[2 * i + 1]);
    return function_clipped(at, (double[2]){0, s->size[i] - 1});
}

/* The corners of the cell with their weights, doubled for every input that lies between samples. */
void sampled_eval(const Function *fn, const double *in, double *out) {
    const Sampled *s = fn->sampled;
    uint32_t offset[MOST_CORNERS];
    double weight[MOST_CORNERS];
    size_t corners = 1;
    offset[0] = 0;
    weight[0] = 1;
    for (int i = 0; i < fn->inputs; i++) {
        double at = place(fn, i, in[i]), low = floor(at), part = at - low;
        uint32_t skip = (uint32_t)low * (uint32_t)s->stride[i];
        for (size_t c = 0; c < corners; c++)
            offset[c] += skip;
        if (!(part > 0))
            continue;
        for (size_t c = 0; c < corners; c++) {
            offset[corners + c] = offset[c] + (uint32_t)s->stride[i];
            weight[corners + c] = weight[c] * part;
            weight[c] *= 1 - part;
        }
        corners *= 2;
    }
    for (int j = 0; j < fn->outputs; j++) {
        double sum = 0;
        for (size_t c = 0; c < corners; c++)
            sum += weight[c] * (double)s->samples[offset[c] + (uint32_t)j];
        out[j] = sum;
    }
}

/* One kink is seen in the values beside it, two make a spike that is not. */
bool sampled_smooth(const Function *fn, double a, double b) {
    double from = place(fn, 0, function_clipped(a, fn->domain));
    double to = place(fn, 0, function_clipped(b, fn->domain));
    return fabs(floor(from) - floor(to)) <= 1;
}
