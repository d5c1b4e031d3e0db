#include "ink/look/tone.h"

#include "ink/look/tone_light.h"

#include <math.h>
#include <string.h>

/* L* over 255: about 0.6 from white or black nothing can be told apart in print. */
enum { LEVELS = 256, WHITE = 253, BLACK = 4 };
/* Between these are the shadows and the lights whose grays tell a cast. */
enum { BANDS = 2 };
static const uint8_t BAND_FROM[BANDS] = {38, 150}, BAND_TO[BANDS] = {115, 242};
/* Distance from gray up to which a pixel may be gray that has a cast. */
enum { NEAR_GRAY = 20 };
/* Shares: of grounds in all; of a piece that is one; left out at each end; of a tone that counts;
 * of grays to tell a cast by. */
static const double GROUND = 0.01, LARGE = 0.1, TAIL = 0.01, A_TONE = 0.002, ENOUGH_GRAY = 0.005;
enum { TONE_WIDTH = 4, FEWEST_TONES = 20 };

typedef struct Grays { /* of shadows or of lights */
    double count, a, b, squares;
} Grays;

struct Tone {
    Arena *arena;
    PixelForm form;
    ToneLight *light;
    uint32_t step, across, down;
    uint8_t *picked, *lab; /* one row of the grid */
    uint8_t *lightness;    /* all of it */
    Grays grays[BANDS];
    bool gray;
};

Tone *tone_new(Arena *a, const PixelForm *form, const uint8_t *icc, size_t icc_count) {
    ToneLight *light = tone_light_new(a, form, icc, icc_count);
    if (!light)
        return NULL;
    Tone *t = ARENA_NEW(a, Tone);
    double pixels = (double)form->width * form->height;
    *t = (Tone){.arena = a, .form = *form, .light = light, .gray = form->kind == PIXELS_GRAY};
    t->step = (uint32_t)fmax(1, ceil(sqrt(pixels / MOST_SAMPLES)));
    t->across = (form->width + t->step - 1) / t->step;
    t->down = (form->height + t->step - 1) / t->step;
    t->picked = arena_alloc(a, (size_t)t->across * (size_t)form->colours);
    t->lab = arena_alloc(a, (size_t)t->across * 3);
    t->lightness = arena_alloc(a, (size_t)t->across * t->down);
    return t;
}

void tone_free(Tone *t) {
    if (t)
        tone_light_free(t->light);
}

static void note_gray(Tone *t, const uint8_t *lab) {
    int a = lab[1] - 128, b = lab[2] - 128;
    for (int i = 0; i < BANDS; i++) {
        if (lab[0] < BAND_FROM[i] || lab[0] > BAND_TO[i] || a * a + b * b > NEAR_GRAY * NEAR_GRAY)
            continue;
        Grays *g = &t->grays[i];
        g->count++;
        g->a += a;
        g->b += b;
        g->squares += a * a + b * b;
    }
}

void tone_row(Tone *t, uint32_t y, const uint8_t *samples) {
    size_t colours = (size_t)t->form.colours, stride = (size_t)t->form.channels * t->step;
    if (y % t->step || y >= t->form.height)
        return;
    for (size_t x = 0; x < t->across; x++)
        memcpy(t->picked + x * colours, samples + x * stride, colours);
    tone_light_row(t->light, t->picked, t->lab, t->across);
    uint8_t *out = t->lightness + (size_t)(y / t->step) * t->across;
    for (size_t x = 0; x < t->across; x++) {
        out[x] = t->lab[3 * x];
        note_gray(t, t->lab + 3 * x);
    }
}

static bool is_end(uint8_t lightness, bool white) {
    return white ? lightness >= WHITE : lightness <= BLACK;
}

/* Looking for what hangs together and is all white, or all black. */
typedef struct Flood {
    const Tone *tone;
    bool *seen, *ground;
    uint32_t *cells; /* of the piece at hand */
    size_t count;
    bool white;
} Flood;

static void visit(Flood *f, size_t at) {
    if (f->seen[at] || !is_end(f->tone->lightness[at], f->white))
        return;
    f->seen[at] = true;
    f->cells[f->count++] = (uint32_t)at;
}

/* It is ground when it reaches the edge of the picture, or is too large for a highlight. */
static void take_piece(Flood *f, size_t start) {
    size_t across = f->tone->across, down = f->tone->down;
    bool edge = false;
    f->count = 0;
    visit(f, start);
    for (size_t i = 0; i < f->count; i++) {
        size_t at = f->cells[i], x = at % across, y = at / across;
        edge |= !x || !y || x + 1 == across || y + 1 == down;
        if (x)
            visit(f, at - 1);
        if (x + 1 < across)
            visit(f, at + 1);
        if (y)
            visit(f, at - across);
        if (y + 1 < down)
            visit(f, at + across);
    }
    if (edge || (double)f->count >= LARGE * (double)across * (double)down)
        for (size_t i = 0; i < f->count; i++)
            f->ground[f->cells[i]] = true;
}

static void find_grounds(Flood *f, bool white) {
    f->white = white;
    for (size_t i = 0; i < (size_t)f->tone->across * f->tone->down; i++)
        take_piece(f, i);
}

/* How many pixels of each lightness there are beside the ground; all of them. */
static double histogram(const Tone *t, double *counts) {
    size_t cells = (size_t)t->across * t->down;
    ArenaMark mark = arena_mark(t->arena);
    Flood f = {.tone = t,
               .seen = ARENA_ARRAY(t->arena, bool, cells),
               .ground = ARENA_ARRAY(t->arena, bool, cells),
               .cells = ARENA_ARRAY(t->arena, uint32_t, cells)};
    double all[LEVELS] = {0}, ground = 0, total = 0;
    find_grounds(&f, true);
    find_grounds(&f, false);
    for (size_t i = 0; i < cells; i++) {
        all[t->lightness[i]]++;
        counts[t->lightness[i]] += !f.ground[i];
        ground += f.ground[i];
    }
    /* A corner of the sky is no ground, and a picture of nothing else is no picture. */
    if (ground < GROUND * (double)cells || ground > (1 - GROUND) * (double)cells)
        memcpy(counts, all, sizeof all);
    for (int i = 0; i < LEVELS; i++)
        total += counts[i];
    arena_rewind(t->arena, mark);
    return total;
}

static double at_share(const double *counts, double total, double share) {
    double sum = 0;
    for (int i = 0; i < LEVELS; i++) {
        sum += counts[i];
        if (sum > share * total)
            return i * 100.0 / (LEVELS - 1);
    }
    return 100;
}

static double share_of(const double *counts, double total, int first, int last) {
    double sum = 0;
    for (int i = first; i <= last; i++)
        sum += counts[i];
    return sum / total;
}

static bool has_tones(const double *counts, double total) {
    int tones = 0;
    for (int i = 0; i + TONE_WIDTH <= LEVELS; i += TONE_WIDTH)
        tones += share_of(counts, total, i, i + TONE_WIDTH - 1) >= A_TONE;
    return tones >= FEWEST_TONES;
}

/* What grays have in common: how far their middle is from gray, less how far they are spread. */
static double common_chroma(const Grays *g, double *a, double *b) {
    *a = g->a / g->count;
    *b = g->b / g->count;
    double square = *a * *a + *b * *b, spread = sqrt(fmax(0, g->squares / g->count - square));
    return fmax(0, sqrt(square) - spread);
}

/* A cast lies on shadows and lights alike; a warm light on white only on lights, and a picture of
 * wood or skin has but one of them. */
static double cast_of(const Tone *t) {
    double cells = (double)t->across * t->down, a[BANDS], b[BANDS], chroma[BANDS];
    if (t->gray)
        return 0;
    for (int i = 0; i < BANDS; i++) {
        if (t->grays[i].count < ENOUGH_GRAY * cells)
            return NAN;
        chroma[i] = common_chroma(&t->grays[i], &a[i], &b[i]);
    }
    return a[0] * a[1] + b[0] * b[1] > 0 ? fmin(chroma[0], chroma[1]) : 0;
}

void tone_finish(Tone *t, Picture *out) {
    double counts[LEVELS] = {0};
    double total = histogram(t, counts);
    bool tones = has_tones(counts, total);
    out->dark = tones ? share_of(counts, total, 0, BLACK) : 0;
    out->light = tones ? share_of(counts, total, WHITE, LEVELS - 1) : 0;
    out->range = at_share(counts, total, 1 - TAIL) - at_share(counts, total, TAIL);
    out->cast = cast_of(t);
}
