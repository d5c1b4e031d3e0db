/* Rows of samples to rows of tints. */
#include "ink/press/press_parts.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CHUNK = 256 };

const PressRows *press_rows(Press *p, const ColourSpace *space, BlendSpace in, Text *why) {
    PressRows *r = route_of(p, space, in, why);
    return r && route_register(r, why) ? r : NULL;
}

/* Gray without overprint is black alone: the other inks are knocked out with the rest. */
void press_rows_paint(const PressRows *r, Paint *out, Overprint o, MarkClass class) {
    route_planes(r, out);
    out->flat = false;
    if (r->route == ROUTE_NOTHING || r->route == ROUTE_ALL)
        return;
    overprint_apply(out, NULL, ink_source(r->source, r->in, class), o);
    if (r->route == ROUTE_GRAY && r->in == BLENDS_IN_INKS && !out->keeps_others) {
        out->count = 1;
        out->planes[0] = PLANE_BLACK;
    }
}

void pixels_to_rows(const uint8_t *in, size_t n, uint8_t *const *out, int count) {
    size_t x = 0;
#ifdef __SSE2__
    const __m128i low = _mm_set1_epi32(0xff);
    for (; x + 16 <= n; x += 16) {
        const __m128i *p = (const __m128i *)(const void *)(in + 4 * x);
        __m128i a = _mm_loadu_si128(p), b = _mm_loadu_si128(p + 1);
        __m128i c = _mm_loadu_si128(p + 2), d = _mm_loadu_si128(p + 3);
        for (int k = 0; k < count; k++) {
            __m128i ab = _mm_packs_epi32(_mm_and_si128(a, low), _mm_and_si128(b, low));
            __m128i cd = _mm_packs_epi32(_mm_and_si128(c, low), _mm_and_si128(d, low));
            _mm_storeu_si128((__m128i *)(void *)(out[k] + x), _mm_packus_epi16(ab, cd));
            a = _mm_srli_epi32(a, 8);
            b = _mm_srli_epi32(b, 8);
            c = _mm_srli_epi32(c, 8);
            d = _mm_srli_epi32(d, 8);
        }
    }
#endif
    for (; x < n; x++)
        for (int k = 0; k < count; k++)
            out[k][x] = in[4 * x + (size_t)k];
}

static void take(const uint8_t *in, int components, int which, size_t n, uint8_t *out) {
    const uint8_t *p = in + which;
    for (size_t x = 0; x < n; x++, p += components)
        out[x] = *p;
}

static void complement(const uint8_t *in, int components, int which, size_t n, uint8_t *out) {
    const uint8_t *p = in + which;
    if (components == 1)
        for (size_t x = 0; x < n; x++)
            out[x] = (uint8_t)~p[x];
    else
        for (size_t x = 0; x < n; x++, p += components)
            out[x] = (uint8_t) ~*p;
}

static void from_gray(const PressRows *r, const Paint *paint, const uint8_t *in, size_t n,
                      uint8_t *const *out) {
    for (int i = 0; i < paint->count; i++) {
        if (r->in == BLENDS_IN_RGB || paint->planes[i] == PLANE_BLACK)
            complement(in, 1, 0, n, out[i]);
        else
            memset(out[i], 0, n);
    }
}

void bytes_to_gray(const uint8_t *const in[4], size_t step, bool inks, size_t n, uint8_t *out) {
    enum { RED = 77, GREEN = 151, BLUE = 28 }; /* of 256, as in sum_of_inks */
    uint8_t flip = inks ? 0 : 255;
    for (size_t x = 0; x < n; x++) {
        size_t at = x * step;
        unsigned sum = RED * (unsigned)(in[0][at] ^ flip) + GREEN * (unsigned)(in[1][at] ^ flip) +
                       BLUE * (unsigned)(in[2][at] ^ flip);
        sum = (sum + 128) / 256 + (in[3] ? in[3][at] : 0);
        out[x] = (uint8_t)(sum < 255 ? sum : 255);
    }
}

static void through_grid(const PressRows *r, const uint8_t *in, size_t n, uint8_t *const *out) {
    const Grid *grid = light_grid(r->light, r->in);
    uint8_t pixels[CHUNK * 4];
    int count = process_count(r->in);
    for (size_t x = 0; x < n; x += CHUNK) {
        size_t part = n - x < CHUNK ? n - x : CHUNK;
        uint8_t *rows[PROCESS] = {NULL};
        for (int k = 0; k < count; k++)
            rows[k] = out[k] + x;
        grid_convert(grid, in + x * (size_t)r->components, part, pixels);
        pixels_to_rows(pixels, part, rows, count);
    }
}

/* Lab reaches far beyond what can be shown or printed. Where it is cut off it has kinks that no
 * grid follows, so every colour is worked out. */
static void through_lab(const PressRows *r, const uint8_t *in, size_t n, uint8_t *const *out) {
    for (size_t x = 0; x < n; x++, in += r->components) {
        float values[PROCESS];
        uint8_t tints[PROCESS];
        for (int i = 0; i < r->components; i++) {
            const double *span = r->light->decode[i];
            values[i] = (float)(span[0] + in[i] * (span[1] - span[0]) / 255);
        }
        light_convert(r->press, r->light, r->in, values, tints);
        for (int i = 0; i < process_count(r->in); i++)
            out[i][x] = tints[i];
    }
}

static void process_rows(const PressRows *r, const Paint *paint, const uint8_t *in, size_t n,
                         uint8_t *const *out) {
    size_t step = (size_t)r->components;
    switch (r->route) {
    case ROUTE_GRAY:
        from_gray(r, paint, in, n, out);
        return;
    case ROUTE_INKS:
        pixels_to_rows(in, n, out, PROCESS);
        return;
    case ROUTE_LIGHTS:
        for (int i = 0; i < r->components; i++)
            complement(in, r->components, i, n, out[i]);
        return;
    case ROUTE_SUM: {
        const uint8_t *const rows[4] = {in, in + 1, in + 2, step == 4 ? in + 3 : NULL};
        bytes_to_gray(rows, step, step == 4, n, out[0]);
        return;
    }
    case ROUTE_LIGHT:
        if (light_is_lab(r->light))
            through_lab(r, in, n, out);
        else
            through_grid(r, in, n, out);
        return;
    case ROUTE_NONE:
    case ROUTE_NOTHING:
    case ROUTE_ALL:
    case ROUTE_NAMES:
        return;
    }
}

/* Tint transforms are slow and pictures repeat their colours: the last ones are kept. */
typedef struct KeptTint {
    bool used;
    uint8_t from[MAX_COLORANTS];
    uint8_t to[PROCESS];
} KeptTint;

static void work_out(const PressRows *r, KeptTint *kept, const uint8_t *from) {
    float values[MAX_COLORANTS];
    for (int i = 0; i < r->components; i++)
        values[i] = (float)from[i] / 255;
    kept->used = true;
    memcpy(kept->from, from, (size_t)r->components);
    route_process(r, values, kept->to);
}

static void through_tint(const PressRows *r, const uint8_t *in, size_t n, uint8_t *const *out) {
    enum { KEPT = 256 };
    KeptTint kept[KEPT] = {0};
    uint8_t from[MAX_COLORANTS] = {0};
    int count = process_count(r->in);
    for (size_t x = 0; x < n; x++, in += r->components) {
        for (int i = 0; i < r->components; i++)
            from[i] = r->feeds_tint[i] ? in[i] : 0;
        KeptTint *k = &kept[hash_bytes(HASH_START, from, (size_t)r->components) % KEPT];
        if (!k->used || memcmp(k->from, from, (size_t)r->components))
            work_out(r, k, from);
        for (int i = 0; i < count; i++)
            out[i][x] = k->to[i];
    }
}

void press_rows_convert(const PressRows *r, const Paint *paint, const uint8_t *samples, size_t n,
                        uint8_t *const *planes) {
    int inks_at = r->ink_count ? paint->count - r->ink_count : 0;
    if (r->tint)
        through_tint(r, samples, n, planes);
    else if (r->route == ROUTE_ALL)
        memcpy(planes[0], samples, n);
    else
        process_rows(r, paint, samples, n, planes);
    for (int i = 0; i < r->ink_count; i++)
        take(samples, r->components, r->inks[i].component, n, planes[inks_at + i]);
}
