/* What of two pages is held against each other: boxes, plates that carry ink, the picture. */
#include "run/compare_child.h"

#include <math.h>
#include <string.h>

#include "check/place.h"
#include "read/derive.h"

/* ---- boxes ---- */

typedef struct Size {
    double w, h; /* pt as viewed */
} Size;

static Size viewed(const Page *p, double w, double h) {
    bool across = p->rotate % 180 == 0;
    return (Size){across ? w : h, across ? h : w};
}

static Size size_of(const Page *p, Box b) {
    return viewed(p, b.x1 - b.x0, b.y1 - b.y0);
}

static bool near(const Pair *p, double a, double b) {
    return fabs(a - b) <= p->limit->compare_size;
}

static bool sizes_near(const Pair *p, Size a, Size b) {
    return near(p, a.w, b.w) && near(p, a.h, b.h);
}

static const char *mm(Arena *a, double pt) {
    char text[32];
    number_format(text, sizeof text, TO_MM(pt), 2);
    return arena_strdup(a, text);
}

static void size_differs(Pair *p, Text box, Size now, Size then) {
    Arena *a = p->arena;
    const char *words = arena_printf(a, "%s × %s → %s × %s mm", mm(a, then.w), mm(a, then.h),
                                     mm(a, now.w), mm(a, now.h));
    pair_differs(
        p, BOX_UNKNOWN,
        (Text){arena_printf(a, "%s %s", box.zh, words), arena_printf(a, "%s %s", box.en, words)});
}

static void bleeds_differ(Pair *p, const Page *now, const Page *then) {
    static const Text edges[] = {
        {"上边", "top"}, {"右边", "right"}, {"下边", "bottom"}, {"左边", "left"}};
    const double a[] = {now->bleed_top, now->bleed_right, now->bleed_bottom, now->bleed_left};
    const double b[] = {then->bleed_top, then->bleed_right, then->bleed_bottom, then->bleed_left};
    for (int i = 0; i < 4; i++) {
        if (isnan(a[i]) || isnan(b[i]) || near(p, a[i], b[i]))
            continue;
        const char *words =
            arena_printf(p->arena, "%s → %s mm", mm(p->arena, b[i]), mm(p->arena, a[i]));
        pair_differs(p, BOX_UNKNOWN,
                     (Text){arena_printf(p->arena, "%s出血 %s", edges[i].zh, words),
                            arena_printf(p->arena, "%s bleed %s", edges[i].en, words)});
    }
}

static const Text trim_box = {"成品尺寸", "trim"}, media_box = {"页面", "page"};

void compare_boxes(Pair *p) {
    if (pair_is_mixed(p))
        return; /* pixels have no boxes: what size they are is compare_mixed's to say */
    const Page *now = p->files[0].page->page, *then = p->files[1].page->page;
    if (origin_is_trim(now) && origin_is_trim(then)) {
        Size a = size_of(now, now->trim), b = size_of(then, then->trim);
        if (!sizes_near(p, a, b))
            size_differs(p, trim_box, a, b);
        bleeds_differ(p, now, then);
        return; /* what is around is the printer's paper */
    }
    Size a = viewed(now, now->media_w, now->media_h),
         b = viewed(then, then->media_w, then->media_h);
    if (!sizes_near(p, a, b))
        size_differs(p, media_box, a, b);
}

/* The whole page; where the paper around it is another, what lies inside of the bleed. */
Box compare_region(const Pair *p, int side) {
    const Page *pages[] = {p->files[0].page->page, p->files[1].page->page};
    Size media[2], bleed[2];
    bool placed = true;
    for (int i = 0; i < 2; i++) {
        media[i] = viewed(pages[i], pages[i]->media_w, pages[i]->media_h);
        bleed[i] = size_of(pages[i], pages[i]->bleed);
        placed &= origin_is_trim(pages[i]) && box_known(pages[i]->bleed);
    }
    const Page *page = pages[side];
    if (sizes_near(p, media[0], media[1]) || !placed)
        return (Box){0, 0, page->media_w, page->media_h};
    return sizes_near(p, bleed[0], bleed[1]) ? page->bleed : page->trim;
}

/* ---- picture ---- */

static ComparePlan plan_of(const Limit *l) {
    enum { MOST_BLOBS = 1000, COARSER = 4 };
    return (ComparePlan){.tolerance = {.wobble = TO_MM(l->compare_edge),
                                       .shift = TO_MM(l->compare_shift),
                                       .size = TO_MM(l->compare_size),
                                       .tint = l->compare_tint,
                                       .seen = l->compare_seen,
                                       .edge = l->compare_contrast,
                                       .noise_mean = l->compare_noise,
                                       .noise_peak = l->compare_noise_peak},
                         .ppi = l->compare_ppi,
                         .first_ppi = l->compare_ppi / COARSER,
                         .most_blobs = MOST_BLOBS};
}

static bool plan_known(const Limit *l) {
    return isfinite(l->compare_speck + l->compare_edge + l->compare_shift + l->compare_size +
                    l->compare_tint + l->compare_seen + l->compare_contrast + l->compare_noise +
                    l->compare_noise_peak + l->compare_ppi);
}

static const char *list_of(Arena *a, const char *const *names, size_t count, const char *between) {
    enum { MOST_NAMED = 6 };
    Sink out = sink_memory(a);
    for (size_t i = 0; i < count && i < MOST_NAMED; i++)
        sink_format(&out, "%s%s", i ? between : "", text_printable(a, names[i], strlen(names[i])));
    sink_str(&out, count > MOST_NAMED ? " …" : "");
    sink_char(&out, '\0');
    return out.bytes;
}

static bool has(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (streq(names[i], name))
            return true;
    return false;
}

static const char *missing_in(Arena *a, const Comparison *c, int from, int in) {
    const char **names = ARENA_ARRAY(a, const char *, c->ink_count[from] + 1);
    size_t count = 0;
    for (size_t i = 0; i < c->ink_count[from]; i++)
        if (!has(c->inks[in], c->ink_count[in], c->inks[from][i]))
            names[count++] = c->inks[from][i];
    return count ? list_of(a, names, count, ", ") : NULL;
}

/* A plate may be lost with what could not be drawn. */
static void tell_inks(Pair *p, const Comparison *c) {
    const char *more = missing_in(p->arena, c, 0, 1), *less = missing_in(p->arena, c, 1, 0);
    if (more && !c->undrawn_count[1])
        pair_differs(p, BOX_UNKNOWN, pair_text(p, "多了版：%s", "plates added: %s", more));
    if (less && !c->undrawn_count[0])
        pair_differs(p, BOX_UNKNOWN, pair_text(p, "少了版：%s", "plates gone: %s", less));
}

static const double MM2 = (72 / 25.4) * (72 / 25.4); /* in pt² */

static Text blob_text(const Pair *p, const ComparedBlob *b) {
    double percent = b->worst * 100;
    if (!b->plane_count)
        return pair_text(p, "画面不同（最多差 %.0f%%）", "the picture differs (by up to %.0f%%)",
                         percent);
    const char *names = list_of(p->arena, b->planes, b->plane_count, ", ");
    return pair_text(p, "画面不同（%s 版，最多差 %.0f%%）",
                     "the picture differs (plates %s, by up to %.0f%%)", names, percent);
}

/* Larger specks first: what was not listed is no larger than the last. */
static void tell_blobs(Pair *p, const Comparison *c) {
    enum { MOST_TOLD = 12 };
    size_t found = 0;
    for (size_t i = 0; i < c->blob_count; i++) {
        const ComparedBlob *b = &c->blobs[i];
        if (b->unsure || b->area * MM2 * b->worst < p->speck)
            continue;
        if (found++ >= MOST_TOLD)
            continue;
        pair_differs(p, b->box[0], blob_text(p, b));
    }
    if (found > MOST_TOLD)
        pair_differs(p, BOX_UNKNOWN,
                     pair_text(p, "画面还有 %zu 处较小的不同",
                               "the picture differs in %zu smaller places", found - MOST_TOLD));
}

static Text undrawn(const Pair *p, const Comparison *c) {
    static const Text sides[] = {{"这个文件", "this file"}, {"另一个文件", "the other file"}};
    int i = c->undrawn_count[0] ? 0 : 1;
    if (!c->undrawn_count[i])
        return (Text){"有的笔画太细，像素图上看不准一样不一样",
                      "some strokes are too fine for the pixels to tell whether they are the same"};
    Text what = c->undrawn[i][0].what;
    return (Text){arena_printf(p->arena, "%s画不全：%s", sides[i].zh, what.zh),
                  arena_printf(p->arena, "%s cannot be drawn whole: %s", sides[i].en, what.en)};
}

Text pair_tell(Pair *p, const Comparison *c) {
    if (c->sizes_differ) {
        if (!p->differs)
            size_differs(p, media_box, (Size){MM(c->width[0]), MM(c->height[0])},
                         (Size){MM(c->width[1]), MM(c->height[1])});
        return (Text){NULL, NULL};
    }
    tell_inks(p, c);
    tell_blobs(p, c);
    bool whole = !c->undrawn_count[0] && !c->undrawn_count[1] && c->outcome != COMPARED_UNKNOWN;
    return whole ? (Text){NULL, NULL} : undrawn(p, c);
}

PlateMaker *compare_maker(CompareFile *f) {
    if (!f->maker && !f->no_maker.zh)
        f->maker = plate_maker_new(f->page->facts->document, f->page->content->file,
                                   &(PlateMakerPlan){0}, &f->no_maker);
    return f->maker;
}

static Text compare_drawn(Pair *p, const ComparePlan *plan) {
    ComparedPage pages[2];
    for (int i = 0; i < 2; i++) {
        CompareFile *f = &p->files[i];
        pages[i] = (ComparedPage){compare_maker(f), f->page->content, compare_region(p, i)};
        if (!pages[i].maker)
            return f->no_maker;
    }
    p->speck = p->limit->compare_speck;
    Comparison c = compare_pages(p->arena, pages, plan);
    return pair_tell(p, &c);
}

static Text compare_rows(Pair *p, const ComparePlan *plan) {
    const PageAtHand *now = p->files[0].page, *then = p->files[1].page;
    Text apart = pixels_differ_in(p->arena, now->pixels->head, then->pixels->head);
    if (apart.zh) {
        pair_differs(p, BOX_UNKNOWN, apart);
        return (Text){NULL, NULL};
    }
    ComparedPixels pages[] = {{now->pixels, now->page}, {then->pixels, then->page}};
    RowReader *rows = row_reader_open(p->arena, then->pixels);
    Comparison c = compare_pixels(p->arena, pages, plan, row_reader_next, rows);
    row_reader_close(rows);
    return pair_tell(p, &c);
}

Text compare_pictures(Pair *p) {
    const PageAtHand *now = p->files[0].page, *then = p->files[1].page;
    ComparePlan plan = plan_of(p->limit);
    if (!plan_known(p->limit))
        return (Text){"默认规则没有写比较的允差（compare_…）",
                      "the profile gives no tolerances for comparing (compare_…)"};
    if (now->content && then->content)
        return compare_drawn(p, &plan);
    if (now->pixels && then->pixels)
        return compare_rows(p, &plan);
    if (pair_is_mixed(p))
        return compare_mixed(p, &plan);
    return (Text){"页面读不到", "the page cannot be read"};
}
