#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "ink/surface/blend.h"
#include "ink/surface/surface.h"

/* A slow model beside the real thing: ISO 32000-1, 11.4.8 as it is written, in double, colour and
 * alpha apart, additive, a pixel at a time. Planes: PLANE_REST, the process planes, two spots. */
enum { WIDTH = 150, HEIGHT = 70, PIXELS = WIDTH * HEIGHT, PLANES = FIRST_SPOT + 2, DEEPEST = 5 };
static const Area PAPER = {-37, -70, -37 + WIDTH, -70 + HEIGHT};

typedef struct Pixel {
    double c[PLANES], alpha; /* with the backdrop */
    double c0[PLANES], alpha0;
    double own, shape;
} Pixel;

typedef struct Sheet {
    Area area;
    bool isolated, knockout;
    Pixel *pixels;
    Surface *surface;
} Sheet;

typedef struct Scene {
    Arena *arena;
    TilePool *pool;
    Planes planes;
    Sheet layers[DEEPEST];
    int top;
    unsigned random;
} Scene;

/* The pixels of the model, by depth: one scene plays at a time. */
static Pixel pixels[DEEPEST][PIXELS];

static unsigned dice(Scene *s, unsigned sides) {
    s->random = s->random * 1664525U + 1013904223U;
    return (s->random >> 8) % sides;
}

/* ---- The standard's formulas ---- */

static double min(double a, double b) {
    return a < b ? a : b;
}

static double max(double a, double b) {
    return a > b ? a : b;
}

static double unite(double a, double b) {
    return a + b - a * b;
}

static double hard_light(double b, double s) {
    return s <= 0.5 ? b * 2 * s : unite(b, 2 * s - 1);
}

static double soft_light(double b, double s) {
    double d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : sqrt(b);
    return s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (d - b);
}

static double separable(Blend mode, double b, double s) {
    switch (mode) {
    case BLEND_MULTIPLY:
        return b * s;
    case BLEND_SCREEN:
        return unite(b, s);
    case BLEND_OVERLAY:
        return hard_light(s, b);
    case BLEND_DARKEN:
        return min(b, s);
    case BLEND_LIGHTEN:
        return max(b, s);
    case BLEND_COLOR_DODGE: /* as ISO 32000-2 has it */
        return b <= 0 ? 0 : b >= 1 - s ? 1 : b / (1 - s);
    case BLEND_COLOR_BURN:
        return b >= 1 ? 1 : 1 - b >= s ? 0 : 1 - (1 - b) / s;
    case BLEND_HARD_LIGHT:
        return hard_light(b, s);
    case BLEND_SOFT_LIGHT:
        return soft_light(b, s);
    case BLEND_DIFFERENCE:
        return fabs(b - s);
    case BLEND_EXCLUSION:
        return b + s - 2 * b * s;
    case BLEND_UNKNOWN:
    case BLEND_NORMAL:
    case BLEND_HUE:
    case BLEND_SATURATION:
    case BLEND_COLOR:
    case BLEND_LUMINOSITY:
    case BLEND_WORDS:
        break;
    }
    return s;
}

static double lum(const double *c) {
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2];
}

static double sat(const double *c) {
    return max(c[0], max(c[1], c[2])) - min(c[0], min(c[1], c[2]));
}

static void set_lum(double *c, double l) {
    double d = l - lum(c);
    for (int i = 0; i < 3; i++)
        c[i] += d;
    double n = min(c[0], min(c[1], c[2])), x = max(c[0], max(c[1], c[2])), at = lum(c);
    for (int i = 0; i < 3 && n < 0; i++)
        c[i] = at + (c[i] - at) * at / (at - n);
    for (int i = 0; i < 3 && x > 1; i++)
        c[i] = at + (c[i] - at) * (1 - at) / (x - at);
}

static void set_sat(double *c, double s) {
    double n = min(c[0], min(c[1], c[2])), x = max(c[0], max(c[1], c[2]));
    for (int i = 0; i < 3; i++)
        c[i] = x > n ? (c[i] - n) * s / (x - n) : 0;
}

static void jointly(Blend mode, double *out, const double *b, const double *s) {
    bool of_source = mode == BLEND_HUE || mode == BLEND_COLOR;
    memcpy(out, of_source ? s : b, 3 * sizeof *out);
    if (mode == BLEND_HUE)
        set_sat(out, sat(b));
    if (mode == BLEND_SATURATION)
        set_sat(out, sat(s));
    set_lum(out, mode == BLEND_LUMINOSITY ? lum(s) : lum(b));
}

static void blend_pixel(Blend mode, double *out, const double *b, const double *s) {
    bool joint = mode >= BLEND_HUE;
    double cmy[3];
    if (joint)
        jointly(mode, cmy, b + PLANE_CYAN, s + PLANE_CYAN);
    for (int p = 0; p < PLANES; p++) {
        bool spot = p < PLANE_CYAN || p > PLANE_BLACK;
        if (spot && (joint || mode == BLEND_DIFFERENCE || mode == BLEND_EXCLUSION))
            out[p] = s[p];
        else if (joint && p == PLANE_BLACK)
            out[p] = mode == BLEND_LUMINOSITY ? s[p] : b[p];
        else
            out[p] = joint ? cmy[p - PLANE_CYAN] : separable(mode, b[p], s[p]);
    }
}

/* What an element composites with. */
static void backdrop_of(const Sheet *l, const Pixel *px, double *c, double *alpha) {
    memcpy(c, l->knockout ? px->c0 : px->c, sizeof px->c);
    *alpha = l->knockout ? px->alpha0 : px->alpha;
}

/* One element with colour `cs`, B already computed. */
static void composite(Sheet *l, Pixel *px, double fs, double as, const double *cs,
                      const double *blended) {
    double cb[PLANES], ab;
    backdrop_of(l, px, cb, &ab);
    double own_b = l->knockout ? 0 : px->own;
    double own = (1 - fs) * px->own + (fs - as) * own_b + as;
    double alpha = unite(px->alpha0, own);
    for (int p = 0; p < PLANES; p++) {
        double sum = (1 - fs) * px->alpha * px->c[p] + (fs - as) * ab * cb[p] +
                     as * ((1 - ab) * cs[p] + ab * blended[p]);
        px->c[p] = alpha > 0 ? sum / alpha : 1;
    }
    px->alpha = alpha;
    px->own = own;
    px->shape = unite(px->shape, fs);
}

static Pixel fresh_pixel(const double *c0, double alpha0) {
    Pixel px = {.alpha = alpha0, .alpha0 = alpha0};
    memcpy(px.c, c0, sizeof px.c);
    memcpy(px.c0, c0, sizeof px.c0);
    return px;
}

/* The result of a group: colour with the backdrop taken out again. */
static void group_colour(const Pixel *px, double *c) {
    for (int p = 0; p < PLANES; p++) {
        double removed =
            px->own > 0 ? (px->c[p] - px->c0[p]) * (px->alpha0 / px->own - px->alpha0) : 0;
        c[p] = min(1, max(0, px->c[p] + removed));
    }
}

/* An elementary object. `named` tells its planes; overprint is the blend mode CompatibleOverprint,
 * within an implied group of its own when the blend mode is not Normal (11.7.4.3). */
static void paint_pixel(Sheet *l, Pixel *px, double fs, double as, const double *cs,
                        const bool *named, bool keeps, Blend mode) {
    double cb[PLANES], ab, blended[PLANES], source[PLANES];
    backdrop_of(l, px, cb, &ab);
    memcpy(source, cs, sizeof source);
    if (keeps) {
        for (int p = 0; p < PLANES; p++)
            blended[p] = named[p] ? cs[p] : cb[p];
        if (mode != BLEND_NORMAL) {
            Sheet implied = {0};
            Pixel one = fresh_pixel(cb, ab);
            composite(&implied, &one, 1, 1, cs, blended);
            group_colour(&one, source);
        }
    }
    if (!keeps || mode != BLEND_NORMAL)
        blend_pixel(mode, blended, cb, source);
    composite(l, px, fs, as, source, blended);
}

/* ---- Both at once ---- */

static Pixel *pixel_at(const Sheet *l, int x, int y) {
    return &l->pixels[(y - PAPER.y0) * WIDTH + (x - PAPER.x0)];
}

static void scene_start(Scene *s, unsigned seed) {
    *s = (Scene){.arena = arena_new(), .pool = pool_new(0), .random = seed};
    planes_start(&s->planes, s->arena);
    plane_register(&s->planes, STR("Gold"));
    plane_register(&s->planes, STR("Varnish"));
    Sheet *page = &s->layers[0];
    page->area = PAPER;
    page->pixels = pixels[0];
    page->surface = surface_page(s->pool, &s->planes, PAPER, BLENDS_IN_INKS);
    static const double white[PLANES] = {1, 1, 1, 1, 1, 1, 1};
    for (int i = 0; i < PIXELS; i++)
        page->pixels[i] = fresh_pixel(white, 1);
}

static void scene_end(Scene *s) {
    pool_free(s->pool);
    arena_free(s->arena);
}

typedef struct Dab {
    uint8_t shape[WIDTH], opacity[WIDTH], rows[PLANES][WIDTH];
    bool soft;
    Paint paint;
} Dab;

static void paint_both(Scene *s, const Dab *k, int y, int x0, int x1) {
    Sheet *l = &s->layers[s->top];
    const Paint *paint = &k->paint;
    surface_row(l->surface, y, x0, x1, k->shape, k->soft ? k->opacity : NULL, paint);
    for (int x = x0; x < x1; x++) {
        if (x < l->area.x0 || x >= l->area.x1 || y < l->area.y0 || y >= l->area.y1)
            continue;
        double c[PLANES];
        bool named[PLANES];
        for (int p = 0; p < PLANES; p++) {
            c[p] = 1;
            named[p] = paint->all;
            if (paint->all)
                c[p] = 1 - (paint->flat ? paint->values[0] : paint->rows[0][x - x0]) / 255.0;
        }
        for (int i = 0; i < paint->count && !paint->all; i++) {
            int v = paint->flat ? paint->values[i] : paint->rows[i][x - x0];
            c[paint->planes[i]] = 1 - v / 255.0;
            named[paint->planes[i]] = true;
        }
        double fs = k->shape[x - x0] / 255.0, q = paint->alpha / 255.0;
        q *= k->soft ? k->opacity[x - x0] / 255.0 : 1;
        paint_pixel(l, pixel_at(l, x, y), paint->alpha_is_shape ? fs * q : fs, fs * q, c, named,
                    paint->keeps_others, paint->blend);
    }
}

static void begin_both(Scene *s, Area area, GroupKind kind) {
    Sheet *outer = &s->layers[s->top], *l = &s->layers[++s->top];
    *l = (Sheet){area_meet(area, outer->area), kind.isolated, kind.knockout, NULL, NULL};
    l->surface = surface_group(outer->surface, area, kind);
    l->pixels = pixels[s->top];
    static const double white[PLANES] = {1, 1, 1, 1, 1, 1, 1};
    for (int y = l->area.y0; y < l->area.y1; y++)
        for (int x = l->area.x0; x < l->area.x1; x++) {
            double c[PLANES], alpha;
            backdrop_of(outer, pixel_at(outer, x, y), c, &alpha);
            *pixel_at(l, x, y) = kind.isolated ? fresh_pixel(white, 0) : fresh_pixel(c, alpha);
        }
}

static double mask_at(const Mask *m, int x, int y) {
    if (x < m->area.x0 || x >= m->area.x1 || y < m->area.y0 || y >= m->area.y1)
        return m->outside / 255.0;
    return mask_row(m, y)[x - m->area.x0] / 255.0;
}

static void end_both(Scene *s, const GroupEnd *end) {
    Sheet *l = &s->layers[s->top], *outer = &s->layers[--s->top];
    surface_group_end(l->surface, end);
    for (int y = l->area.y0; y < l->area.y1; y++)
        for (int x = l->area.x0; x < l->area.x1; x++) {
            const Pixel *px = pixel_at(l, x, y);
            double c[PLANES], blended[PLANES], cb[PLANES], ab, cut = 1, q = end->alpha / 255.0;
            if (end->clip) {
                Area a = end->clip->area;
                cut = x >= a.x0 && x < a.x1 && y >= a.y0 && y < a.y1;
                cut *= end->clip->mask ? mask_at(end->clip->mask, x, y) : 1;
            }
            q *= end->soft ? mask_at(end->soft, x, y) : 1;
            Pixel *to = pixel_at(outer, x, y);
            group_colour(px, c);
            backdrop_of(outer, to, cb, &ab);
            blend_pixel(end->blend, blended, cb, c);
            composite(outer, to, px->shape * cut * (end->alpha_is_shape ? q : 1), px->own * cut * q,
                      c, blended);
        }
}

/* Greatest difference of premultiplied ink, in steps of 1/255. */
static double worst(const Scene *s) {
    const Sheet *l = &s->layers[s->top];
    double most = 0;
    uint8_t row[WIDTH];
    for (int p = 0; p <= PLANES; p++)
        for (int y = l->area.y0; y < l->area.y1; y++) {
            if (p < PLANES)
                surface_read(l->surface, p, y, l->area.x0, l->area.x1, row);
            else
                surface_read_alpha(l->surface, y, l->area.x0, l->area.x1, row);
            for (int x = l->area.x0; x < l->area.x1; x++) {
                const Pixel *px = pixel_at(l, x, y);
                double ink = p < PLANES ? (1 - px->c[p]) * px->alpha : px->alpha;
                most = max(most, fabs(ink * 255 - row[x - l->area.x0]));
            }
        }
    return most;
}

/* ---- Random scenes ---- */

static uint8_t some_byte(Scene *s) {
    unsigned kind = dice(s, 4);
    return kind == 0 ? 0 : kind == 1 ? 255 : (uint8_t)dice(s, 256);
}

static void fill_bytes(Scene *s, uint8_t *out, int n) {
    for (int i = 0; i < n;) {
        uint8_t v = some_byte(s);
        for (int length = 1 + (int)dice(s, 90); length && i < n; length--)
            out[i++] = v;
    }
}

static Area some_area(Scene *s) {
    int x0 = PAPER.x0 - 9 + (int)dice(s, WIDTH), y0 = PAPER.y0 - 9 + (int)dice(s, HEIGHT);
    return (Area){x0, y0, x0 + 1 + (int)dice(s, WIDTH + 20), y0 + 1 + (int)dice(s, HEIGHT + 20)};
}

static void some_paint(Scene *s, Dab *k, const Blend *modes, unsigned mode_count) {
    Paint *p = &k->paint;
    *p = (Paint){
        .flat = dice(s, 2), .keeps_others = dice(s, 2), .blend = modes[dice(s, mode_count)]};
    p->alpha = dice(s, 2) ? 255 : (uint8_t)dice(s, 256);
    p->alpha_is_shape = dice(s, 3) == 0;
    p->all = dice(s, 12) == 0;
    for (int plane = PLANE_CYAN; plane < PLANES && !p->all; plane++)
        if (dice(s, 2))
            p->planes[p->count++] = (uint16_t)plane;
    for (int i = 0; i < (p->all ? 1 : p->count); i++) {
        p->values[i] = some_byte(s);
        p->rows[i] = k->rows[i];
        fill_bytes(s, k->rows[i], WIDTH);
    }
}

static void some_mark(Scene *s, const Blend *modes, unsigned mode_count) {
    Dab k;
    some_paint(s, &k, modes, mode_count);
    k.soft = dice(s, 3) == 0;
    Area a = area_meet(some_area(s), (Area){PAPER.x0 - 9, PAPER.y0, PAPER.x1, PAPER.y1});
    for (int y = a.y0; y < a.y1; y++) {
        fill_bytes(s, k.shape, WIDTH);
        fill_bytes(s, k.opacity, WIDTH);
        int x1 = a.x1 - a.x0 < WIDTH ? a.x1 : a.x0 + WIDTH;
        paint_both(s, &k, y, a.x0, x1);
    }
}

typedef struct SomeEnd {
    uint8_t clip_bytes[PIXELS], soft_bytes[PIXELS];
    Mask clip_mask, soft;
    Clip8 clip;
    GroupEnd end;
} SomeEnd;

static void some_mask(Scene *s, Mask *m, uint8_t *bytes, uint8_t outside) {
    Area a = area_meet(some_area(s), PAPER);
    *m = (Mask){a, outside, WIDTH, bytes};
    fill_bytes(s, bytes, PIXELS);
}

static void some_end(Scene *s, SomeEnd *e, Blend blend) {
    e->end = (GroupEnd){.alpha = dice(s, 2) ? 255 : (uint8_t)dice(s, 256), .blend = blend};
    e->end.alpha_is_shape = dice(s, 3) == 0;
    some_mask(s, &e->clip_mask, e->clip_bytes, 0);
    some_mask(s, &e->soft, e->soft_bytes, some_byte(s));
    e->clip = (Clip8){some_area(s), dice(s, 2) ? &e->clip_mask : NULL};
    e->end.clip = dice(s, 2) ? &e->clip : NULL;
    e->end.soft = dice(s, 2) ? &e->soft : NULL;
}

typedef struct Play {
    const Blend *modes; /* of marks and groups */
    unsigned mode_count;
    bool knockout;
    int depth;
} Play;

static void play(Scene *s, const Play *p, int depth) {
    for (int i = 0; i < 5; i++) {
        if (depth == p->depth || dice(s, 2)) {
            some_mark(s, p->modes, p->mode_count);
            continue;
        }
        Blend blend = p->modes[dice(s, p->mode_count)];
        GroupKind kind = {.isolated = dice(s, 2), .knockout = p->knockout && dice(s, 2)};
        kind.space = BLENDS_IN_INKS;
        kind.blend = dice(s, 2) ? blend : BLEND_UNKNOWN;
        begin_both(s, some_area(s), kind);
        play(s, p, depth + 1);
        SomeEnd e;
        some_end(s, &e, blend);
        end_both(s, &e.end);
    }
}

static double worst_of(const Play *p, unsigned scenes) {
    double most = 0;
    for (unsigned seed = 1; seed <= scenes; seed++) {
        Scene s;
        scene_start(&s, seed);
        play(&s, p, 0);
        most = max(most, worst(&s));
        assert_false(pool_exhausted(s.pool));
        scene_end(&s);
    }
    print_message("worst difference %.2f / 255\n", most);
    return most;
}

static const Blend normal[] = {BLEND_NORMAL};
static const Blend gentle[] = {BLEND_NORMAL,  BLEND_MULTIPLY,   BLEND_SCREEN,   BLEND_DARKEN,
                               BLEND_LIGHTEN, BLEND_DIFFERENCE, BLEND_EXCLUSION};

static void marks_on_paper_follow_the_model(void **) {
    assert_true(worst_of(&(Play){normal, 1, false, 0}, 40) <= 2);
}

static void blended_marks_on_paper_follow_the_model(void **) {
    assert_true(worst_of(&(Play){gentle, 7, false, 0}, 40) <= 2);
}

static void groups_in_normal_follow_the_model(void **) {
    assert_true(worst_of(&(Play){normal, 1, false, 3}, 30) <= 2);
}

static void knockout_groups_follow_the_model(void **) {
    assert_true(worst_of(&(Play){normal, 1, true, 4}, 60) <= 2);
}

static void blended_groups_follow_the_model(void **) {
    assert_true(worst_of(&(Play){gentle, 7, false, 3}, 30) <= 2);
}

static void blended_knockout_groups_follow_the_model(void **) {
    assert_true(worst_of(&(Play){gentle, 7, true, 4}, 30) <= 2);
}

/* ---- Each mode alone ---- */

static void every_separable_mode_is_its_formula(void **) {
    for (Blend mode = BLEND_NORMAL; mode < BLEND_HUE; mode++)
        for (int b = 0; b < 256; b++)
            for (int s = 0; s < 256; s++) {
                uint8_t backdrop = (uint8_t)b, source = (uint8_t)s, out;
                blend_row(mode, &out, &backdrop, &source, 1);
                double light = separable(mode, 1 - b / 255.0, 1 - s / 255.0);
                assert_true(fabs(out - 255 * (1 - light)) <= 0.51);
            }
}

static void every_joint_mode_is_its_formula(void **) {
    Scene dicer = {.random = 5};
    for (int i = 0; i < 200000; i++) {
        Blend mode = BLEND_HUE + dice(&dicer, 4);
        uint8_t bytes[3][3];
        double b[3], s[3], wanted[3];
        for (int j = 0; j < 3; j++) {
            bytes[0][j] = some_byte(&dicer);
            bytes[1][j] = some_byte(&dicer);
            b[j] = 1 - bytes[0][j] / 255.0;
            s[j] = 1 - bytes[1][j] / 255.0;
        }
        jointly(mode, wanted, b, s);
        uint8_t *const out[3] = {&bytes[2][0], &bytes[2][1], &bytes[2][2]};
        const uint8_t *const backdrop[3] = {&bytes[0][0], &bytes[0][1], &bytes[0][2]};
        const uint8_t *const source[3] = {&bytes[1][0], &bytes[1][1], &bytes[1][2]};
        blend_rows_jointly(mode, out, backdrop, source, 1);
        for (int j = 0; j < 3; j++)
            assert_true(fabs(bytes[2][j] - 255 * (1 - wanted[j])) <= 0.51);
    }
}

/* One opaque mark below, so that what a steep mode makes of rounding is not measured. */
static void every_mode_composites_by_the_model(void **) {
    for (Blend mode = BLEND_NORMAL; mode <= BLEND_LUMINOSITY; mode++)
        for (unsigned seed = 1; seed <= 8; seed++) {
            Scene s;
            scene_start(&s, seed);
            GroupKind kind = {.isolated = seed & 1, .knockout = seed & 2};
            kind.space = BLENDS_IN_INKS;
            Dab below = {.paint = {.flat = true, .alpha = 255, .blend = BLEND_NORMAL}}, over;
            memset(below.shape, 255, sizeof below.shape);
            for (int plane = PLANE_CYAN; plane < PLANES; plane++) {
                below.paint.planes[below.paint.count] = (uint16_t)plane;
                below.paint.values[below.paint.count++] = some_byte(&s);
            }
            some_paint(&s, &over, &mode, 1);
            over.soft = false;
            for (int y = PAPER.y0; y < PAPER.y1; y++)
                paint_both(&s, &below, y, PAPER.x0, PAPER.x1);
            if (seed & 4)
                begin_both(&s, PAPER, kind);
            for (int y = PAPER.y0; y < PAPER.y1; y++) {
                fill_bytes(&s, over.shape, WIDTH);
                paint_both(&s, &over, y, PAPER.x0, PAPER.x1);
            }
            if (seed & 4)
                end_both(&s, &(GroupEnd){.alpha = 255, .blend = BLEND_NORMAL});
            assert_true(worst(&s) <= 1.5);
            scene_end(&s);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_separable_mode_is_its_formula),
        cmocka_unit_test(every_joint_mode_is_its_formula),
        cmocka_unit_test(every_mode_composites_by_the_model),
        cmocka_unit_test(marks_on_paper_follow_the_model),
        cmocka_unit_test(blended_marks_on_paper_follow_the_model),
        cmocka_unit_test(groups_in_normal_follow_the_model),
        cmocka_unit_test(knockout_groups_follow_the_model),
        cmocka_unit_test(blended_groups_follow_the_model),
        cmocka_unit_test(blended_knockout_groups_follow_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
