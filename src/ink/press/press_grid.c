#include "ink/press/press_grid.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Nodes hold 255 × 128 for a full tint and weights add up to 256, so a weighted sum is 2^15 times
 * the tint and its products fit a signed 16-bit multiply-add. */
enum { NODE_ONE = 128, FULL = 255 * NODE_ONE, WEIGHT_ONE = 256, SUM_SHIFT = 15 };
enum { NODES_OF_1 = 256, NODES_OF_3 = 33, NODES_OF_4 = 17, MOST_GRID_INPUTS = 4 };

/* Where one component's byte falls: the first node of its cell as an offset, and how far behind. */
typedef struct Step {
    uint32_t offset;
    uint32_t fraction; /* in the high half, with the stride to the next node below it: sortable */
} Step;

struct Grid {
    int inputs;
    Step steps[MOST_GRID_INPUTS][256];
    int16_t nodes[][4];
};

static int nodes_along(int inputs) {
    return inputs == 1 ? NODES_OF_1 : inputs == 3 ? NODES_OF_3 : NODES_OF_4;
}

/* The last component varies fastest. Strides fit 16 bits: 17³ at most. */
static void fill_steps(Grid *g) {
    uint32_t along = (uint32_t)nodes_along(g->inputs), stride = 1;
    for (int c = g->inputs - 1; c >= 0; c--, stride *= along) {
        for (uint32_t v = 0; v < 256; v++) {
            uint32_t scaled = v * (along - 1), cell = scaled / 255;
            uint32_t fraction = ((scaled % 255) * WEIGHT_ONE + 127) / 255;
            if (cell == along - 1) {
                cell--;
                fraction = WEIGHT_ONE;
            }
            g->steps[c][v] = (Step){cell * stride, fraction << 16 | stride};
        }
    }
}

static void fill_nodes(Grid *g, size_t count, GridTruth *truth, void *self) {
    size_t along = (size_t)nodes_along(g->inputs);
    for (size_t i = 0; i < count; i++) {
        double in[MOST_GRID_INPUTS];
        size_t rest = i;
        for (int c = g->inputs - 1; c >= 0; c--, rest /= along)
            in[c] = (double)(rest % along) * 255 / (double)(along - 1);
        uint16_t out[4] = {0};
        truth(self, in, out);
        for (int k = 0; k < 4; k++)
            g->nodes[i][k] = (int16_t)(((uint32_t)out[k] * FULL + 32767) / 65535);
    }
}

Grid *grid_new(int inputs, GridTruth *truth, void *self) {
    size_t count = 1, along = (size_t)nodes_along(inputs);
    for (int c = 0; c < inputs; c++)
        count *= along;
    Grid *g = malloc(sizeof *g + count * sizeof *g->nodes);
    if (!g) {
        fputs("chupin: out of memory\n", stderr);
        abort();
    }
    g->inputs = inputs;
    fill_steps(g);
    fill_nodes(g, count, truth, self);
    return g;
}

void grid_free(Grid *g) {
    free(g);
}

static inline void order(uint32_t *high, uint32_t *low) {
    uint32_t a = *high, b = *low;
    *high = a > b ? a : b;
    *low = a > b ? b : a;
}

/* The corners of the simplex and their weights, `inputs` + 1 of them: from the cell's first node
 * along its axes, the component that is furthest on first. */
static inline void corners(const Grid *g, int inputs, const uint8_t *in, uint32_t *at,
                           uint32_t *weight) {
    uint32_t f[MOST_GRID_INPUTS], offset = 0;
    for (int c = 0; c < inputs; c++) {
        const Step *s = &g->steps[c][in[c]];
        offset += s->offset;
        f[c] = s->fraction;
    }
    if (inputs == 4) {
        order(&f[0], &f[1]);
        order(&f[2], &f[3]);
        order(&f[0], &f[2]);
        order(&f[1], &f[3]);
        order(&f[1], &f[2]);
    } else {
        order(&f[0], &f[1]);
        order(&f[1], &f[2]);
        order(&f[0], &f[1]);
    }
    uint32_t left = WEIGHT_ONE;
    for (int c = 0; c < inputs; c++) {
        at[c] = offset;
        weight[c] = left - (f[c] >> 16);
        left = f[c] >> 16;
        offset += f[c] & 0xffff;
    }
    at[inputs] = offset;
    weight[inputs] = left;
}

#ifdef __SSE2__
/* Two corners at a time: their tints in turn, times their weights in turn, added in pairs. */
static inline __m128i two(const Grid *g, uint32_t a, uint32_t b, uint32_t wa, uint32_t wb) {
    __m128i na = _mm_loadl_epi64((const __m128i *)(const void *)g->nodes[a]);
    __m128i nb = _mm_loadl_epi64((const __m128i *)(const void *)g->nodes[b]);
    return _mm_madd_epi16(_mm_unpacklo_epi16(na, nb), _mm_set1_epi32((int)(wa | wb << 16)));
}

static inline void mix(const Grid *g, int count, const uint32_t *at, const uint32_t *weight,
                       uint8_t *out) {
    __m128i sum = _mm_set1_epi32(1 << (SUM_SHIFT - 1));
    for (int i = 0; i + 1 < count; i += 2)
        sum = _mm_add_epi32(sum, two(g, at[i], at[i + 1], weight[i], weight[i + 1]));
    if (count % 2)
        sum = _mm_add_epi32(sum, two(g, at[count - 1], at[count - 1], weight[count - 1], 0));
    __m128i words = _mm_packs_epi32(_mm_srli_epi32(sum, SUM_SHIFT), sum);
    int bytes = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
    memcpy(out, &bytes, 4);
}
#else
static inline void mix(const Grid *g, int count, const uint32_t *at, const uint32_t *weight,
                       uint8_t *out) {
    for (int k = 0; k < 4; k++) {
        uint32_t sum = 1 << (SUM_SHIFT - 1);
        for (int i = 0; i < count; i++)
            sum += (uint32_t)g->nodes[at[i]][k] * weight[i];
        out[k] = (uint8_t)(sum >> SUM_SHIFT);
    }
}
#endif

/* Pictures have runs of one colour: a pixel equal to the one before is not worked out again. */
static inline void convert(const Grid *g, int inputs, const uint8_t *in, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++, in += inputs, out += 4) {
        if (i && !memcmp(in, in - inputs, (size_t)inputs)) {
            memcpy(out, out - 4, 4);
            continue;
        }
        uint32_t at[MOST_GRID_INPUTS + 1], weight[MOST_GRID_INPUTS + 1];
        corners(g, inputs, in, at, weight);
        mix(g, inputs + 1, at, weight, out);
    }
}

void grid_convert(const Grid *g, const uint8_t *in, size_t n, uint8_t *out) {
    if (g->inputs == 4) {
        convert(g, 4, in, n, out);
        return;
    }
    if (g->inputs == 3) {
        convert(g, 3, in, n, out);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 4; k++)
            out[4 * i + (size_t)k] = (uint8_t)((g->nodes[in[i]][k] + NODE_ONE / 2) / NODE_ONE);
}
