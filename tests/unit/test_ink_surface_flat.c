#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "ink/surface/surface.h"

enum { SIDE = 150, ROUNDS = 400, MOST_ROW = 120, BEHIND_RUN = 16 };
static const Area SHEET = {-70, 5, -70 + SIDE, 5 + SIDE};

/* The same marks on pages and groups of one kind: one by rows, the other flat. */
typedef struct Pair {
    Arena *arena;
    Planes planes;
    TilePool *pool;
    Surface *base[2], *knockout[2], *s[2]; /* pages, groups on them or NULL, what is painted on */
} Pair;

typedef enum Kind { PAGE, ALONE, ISOLATED, SEEN_THROUGH, IN_KNOCKOUT, KINDS } Kind;

static Paint some_paint(void) {
    Paint p = {.count = 1 + rand() % 4,
               .flat = true,
               .alpha = (uint8_t)(rand() % 3 ? 255 : rand()),
               .keeps_others = rand() % 2,
               .blend = BLEND_NORMAL};
    int first = 1 + rand() % 3;
    for (int i = 0; i < p.count; i++) {
        p.planes[i] = (uint16_t)(first + i);
        p.values[i] = (uint8_t)(rand() % 3 ? rand() : 0);
    }
    return p;
}

static void some_coverage(uint8_t *out, size_t n) {
    int how = rand() % 4;
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(how == 0 ? 255 : how == 1 ? 0 : rand());
}

static void by_rows(Surface *s, const Mask *m, const Paint *paint) {
    for (int y = m->area.y0; y < m->area.y1; y++)
        surface_row(s, y, m->area.x0, m->area.x1, mask_row(m, y), NULL, paint);
}

static Area some_area(int most) {
    int x = SHEET.x0 + rand() % (SIDE - most), y = SHEET.y0 + rand() % (SIDE - most);
    return (Area){x, y, x + 1 + rand() % most, y + 1 + rand() % most};
}

static void paint_row(const Pair *p, FlatMark *mark, const Paint *paint) {
    uint8_t row[MOST_ROW + BEHIND_RUN] = {0};
    int x0 = SHEET.x0 - 30 + rand() % SIDE, n = 1 + rand() % MOST_ROW;
    int y = SHEET.y0 - 5 + rand() % (SIDE + 10);
    some_coverage(row, (size_t)n);
    surface_row(p->s[0], y, x0, x0 + n, row, NULL, paint);
    flat_mark_row(mark, y, x0, x0 + n, row);
}

static void paint_mask(const Pair *p, FlatMark *mark, const Paint *paint) {
    enum { MOST = 70, STRIDE = 72 };
    uint8_t bytes[STRIDE * MOST];
    Mask m = {.area = some_area(MOST), .bytes = bytes};
    size_t width = (size_t)(m.area.x1 - m.area.x0);
    m.stride = (width + 7) / 8 * 8;
    memset(bytes, 0, sizeof bytes);
    for (int y = m.area.y0; y < m.area.y1; y++)
        some_coverage(bytes + (size_t)(y - m.area.y0) * m.stride, width);
    by_rows(p->s[0], &m, paint);
    flat_mark_mask(mark, &m);
}

static void paint_box(const Pair *p, FlatMark *mark, const Paint *paint) {
    uint8_t full[SIDE];
    Area a = some_area(SIDE - 1);
    memset(full, 255, sizeof full);
    by_rows(p->s[0], &(Mask){.area = a, .bytes = full}, paint);
    flat_mark_box(mark, a);
}

static void paint_some(const Pair *p, FlatMark *mark, const Paint *paint) {
    int how = rand() % 4;
    if (how == 0)
        paint_box(p, mark, paint);
    else if (how == 1 && paint->alpha == 255)
        paint_mask(p, mark, paint);
    else
        paint_row(p, mark, paint);
}

static void pair_begin(Pair *p, Kind kind) {
    *p = (Pair){.arena = arena_new(), .pool = pool_new(0)};
    planes_start(&p->planes, p->arena);
    for (int i = 0; i < 2; i++) {
        Surface *base = kind == ALONE ? surface_alone(p->pool, &p->planes, SHEET, BLENDS_IN_INKS)
                                      : surface_page(p->pool, &p->planes, SHEET, BLENDS_IN_INKS);
        GroupKind how = {.isolated = kind == ISOLATED, .space = BLENDS_IN_INKS};
        uint8_t full[SIDE];
        memset(full, 255, sizeof full);
        Paint ground = {.count = 1,
                        .planes = {PLANE_MAGENTA},
                        .values = {100},
                        .flat = true,
                        .alpha = 200,
                        .blend = BLEND_NORMAL};
        for (int y = SHEET.y0; y < SHEET.y0 + 90; y++)
            surface_row(base, y, SHEET.x0, SHEET.x0 + 90, full, NULL, &ground);
        p->base[i] = p->s[i] = base;
        if (kind == IN_KNOCKOUT)
            p->s[i] = p->knockout[i] = surface_group(base, SHEET, (GroupKind){.knockout = true});
        if (kind > ALONE)
            p->s[i] = surface_group(p->s[i], SHEET, how);
    }
}

static void assert_alike(const Pair *p, Surface *const s[2]) {
    uint8_t rows[2][SIDE];
    for (int y = SHEET.y0; y < SHEET.y1; y++) {
        for (int plane = 0; plane < (int)p->planes.count; plane++) {
            for (int i = 0; i < 2; i++)
                surface_read(s[i], plane, y, SHEET.x0, SHEET.x1, rows[i]);
            assert_memory_equal(rows[0], rows[1], SIDE);
        }
        for (int i = 0; i < 2; i++)
            surface_read_alpha(s[i], y, SHEET.x0, SHEET.x1, rows[i]);
        assert_memory_equal(rows[0], rows[1], SIDE);
    }
}

/* Innermost first; the page is left. */
static void end_groups(Pair *p) {
    GroupEnd end = {.alpha = 180, .blend = BLEND_NORMAL};
    for (int i = 0; i < 2; i++) {
        if (p->s[i] != p->base[i])
            surface_group_end(p->s[i], &end);
        if (p->knockout[i])
            surface_group_end(p->knockout[i], &end);
    }
}

static void marks_are_the_same_by_rows_and_flat(void **) {
    srand(11);
    for (Kind kind = PAGE; kind < KINDS; kind++) {
        Pair p;
        pair_begin(&p, kind);
        for (int round = 0; round < ROUNDS; round++) {
            if (round == ROUNDS / 2)
                plane_register(&p.planes, STR("Gold"));
            Paint paint = some_paint();
            paint.alpha = kind == IN_KNOCKOUT ? 255 : paint.alpha;
            FlatMark mark;
            assert_true(flat_mark_begin(&mark, p.s[1], &paint));
            for (int k = rand() % 4; k >= 0; k--)
                paint_some(&p, &mark, &paint);
        }
        assert_alike(&p, p.s);
        end_groups(&p);
        assert_alike(&p, p.base);
        pool_free(p.pool);
        arena_free(p.arena);
    }
}

static void what_looks_below_is_not_flat(void **) {
    Pair p;
    pair_begin(&p, PAGE);
    Paint good = some_paint(), bad;
    FlatMark mark;
    good.alpha = 255;
    assert_true(flat_mark_begin(&mark, p.s[0], &good));
    bad = good, bad.blend = BLEND_MULTIPLY;
    assert_false(flat_mark_begin(&mark, p.s[0], &bad));
    bad = good, bad.all = true;
    assert_false(flat_mark_begin(&mark, p.s[0], &bad));
    bad = good, bad.flat = false;
    assert_false(flat_mark_begin(&mark, p.s[0], &bad));
    Surface *outer = surface_group(p.s[0], SHEET, (GroupKind){.knockout = true});
    assert_false(flat_mark_begin(&mark, outer, &good));
    Surface *inner = surface_group(outer, SHEET, (GroupKind){0});
    assert_true(flat_mark_begin(&mark, inner, &good));
    bad = good, bad.alpha = 100;
    assert_false(flat_mark_begin(&mark, inner, &bad)); /* its shape is another than its alpha */
    bad.alpha_is_shape = true;
    assert_true(flat_mark_begin(&mark, inner, &bad));
    pool_free(p.pool);
    arena_free(p.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_the_same_by_rows_and_flat),
        cmocka_unit_test(what_looks_below_is_not_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
