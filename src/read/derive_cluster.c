/* Clusters: outlined type among filled paths. Programs paint an outlined text glyph after glyph, so
 * a fill is compared with the few painted before it, which is linear and keeps a rule that merely
 * passes near a text out of it. Two fills belong together when they have one style, comparable
 * size, stand on one line (or in one column) and are no more than a letter space apart. A group is
 * type only if one of its members has the outline of a glyph, not of a bar. */
#include <math.h>
#include <stdlib.h>

#include "read/derive.h"

enum { WINDOW = 24, GLYPH_SEGMENTS = 6, CJK_SEGMENTS = 16, LINE_PARTS = 4 };
static const float SMALLEST_PART = 1.0f / 14; /* a full stop beside a character */
static const float BAR_OVER_GLYPH = 1.8f;     /* 一 beside a narrow neighbour, | beside an x */
static const float LIGHTEST = 1.0f / 24; /* stroke over height of the thinnest faces for reading */
static const float LONGEST_BAR = 1.5f;   /* of a cluster, in type sizes */
static const float LETTER_GAP = 0.6f, WORD_GAP = 0.8f, COLUMN_GAP = 0.4f, OFF_LINE = 0.35f;
static const float CJK_FACE = 0.92f, CAPITAL = 0.72f; /* of the em */

typedef struct Item {
    FillShape *shape;
    float wide, high, most;
    uint32_t root,
        next; /* union-find; then the list of its cluster, 0 ends it (item 0 is never used) */
    bool bar, line;
} Item;

/* A whole line of type in one path: it is a group by itself. */
static bool line_in_one_path(const FillShape *s, float wide, float high) {
    return (int)s->parts >= LINE_PARTS && fmaxf(wide, high) >= 2 * fminf(wide, high) &&
           s->fill->segments >= GLYPH_SEGMENTS * (int)s->parts;
}

static uint32_t root_of(Item *items, uint32_t i) {
    while (items[i].root != i) {
        items[i].root = items[items[i].root].root;
        i = items[i].root;
    }
    return i;
}

/* The earlier root stays, so that a cluster is named by its first fill. */
static void unite(Item *items, uint32_t a, uint32_t b) {
    a = root_of(items, a);
    b = root_of(items, b);
    if (a < b)
        items[b].root = a;
    else
        items[a].root = b;
}

/* o, c, s and 口 are bent strips, thin by area and outline, but no bars: they are as wide as high
 * and heavy for their size, which a frame is not. */
static bool looks_like_bar(const FillShape *s, float wide, float high) {
    const Fill *f = s->fill;
    bool bent = f->segments >= GLYPH_SEGMENTS && fminf(wide, high) > 3 * f->thickness;
    return f->thin == 1 && !(bent && f->thickness >= LIGHTEST * fmaxf(wide, high));
}

/* 0: not comparable. Else the size by which gaps between the two are judged. */
static float common_size(const Item *a, const Item *b) {
    if (a->bar && b->bar) {
        float most = fmaxf(a->most, b->most), least = fminf(a->most, b->most);
        return most > 3 * least ? 0 : least;
    }
    if (a->bar || b->bar) {
        const Item *bar = a->bar ? a : b, *glyph = a->bar ? b : a;
        return bar->most > BAR_OVER_GLYPH * glyph->most ? 0 : glyph->most;
    }
    float most = fmaxf(a->most, b->most), least = fminf(a->most, b->most);
    return least < SMALLEST_PART * most ? 0 : most;
}

static float gap(float a0, float a1, float b0, float b1) {
    return fmaxf(0, fmaxf(a0, b0) - fminf(a1, b1));
}

static bool centred_on(float a0, float a1, float b0, float b1, float slack) {
    float centre = (b0 + b1) / 2;
    return centre >= a0 - slack && centre <= a1 + slack;
}

static bool belong(const Item *a, const Item *b) {
    const Fill *f = a->shape->fill, *g = b->shape->fill;
    if (f->style != g->style || a->line || b->line)
        return false;
    float size = common_size(a, b);
    if (size <= 0)
        return false;
    const Item *large = a->most >= b->most ? a : b, *small = a->most >= b->most ? b : a;
    if (large->bar && !small->bar) {
        const Item *swap = large;
        large = small;
        small = swap;
    }
    Box32 l = large->shape->fill->box, s = small->shape->fill->box;
    float off = OFF_LINE * size;
    /* I, l and | are words by themselves, a space apart from their neighbours. */
    float apart = (a->bar || b->bar ? WORD_GAP : LETTER_GAP) * size;
    if (centred_on(l.y0, l.y1, s.y0, s.y1, off) && gap(l.x0, l.x1, s.x0, s.x1) <= apart)
        return true;
    return centred_on(l.x0, l.x1, s.x0, s.x1, off) &&
           gap(l.y0, l.y1, s.y0, s.y1) <= COLUMN_GAP * size;
}

static uint32_t collect(Item *items, FillShape *shapes, size_t count) {
    uint32_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const Fill *f = shapes[i].fill;
        float wide = f->box.x1 - f->box.x0, high = f->box.y1 - f->box.y0;
        if (f->visible != 1 || !(fmaxf(wide, high) > 0))
            continue;
        n++;
        items[n] = (Item){.shape = &shapes[i],
                          .wide = wide,
                          .high = high,
                          .most = fmaxf(wide, high),
                          .root = n,
                          .bar = looks_like_bar(&shapes[i], wide, high)};
        items[n].line = !items[n].bar && line_in_one_path(&shapes[i], wide, high);
        for (uint32_t k = n > WINDOW ? n - WINDOW : 1; k < n; k++)
            if (belong(&items[k], &items[n]))
                unite(items, k, n);
    }
    return n;
}

/* Members become a list in paint order that starts at the root. */
static void link_members(Item *items, uint32_t n, uint32_t *last) {
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t root = root_of(items, i);
        if (root != i)
            items[last[root]].next = i;
        last[root] = i;
    }
}

static int by_value(const void *a, const void *b) {
    float p = *(const float *)a, q = *(const float *)b;
    return (p > q) - (p < q);
}

typedef struct Look { /* what the members of one group look like */
    uint32_t count, glyphs, parts;
    double segments, squareness;
    float size, stem;
    bool is_type;
} Look;

static Look look_of(const Item *items, uint32_t root, float *heights, float *stems) {
    Look look = {0};
    bool outlined = false;
    for (uint32_t i = root; i; i = items[i].next) {
        const Item *m = &items[i];
        look.count++;
        if (m->bar)
            continue;
        heights[look.glyphs] = m->line ? fminf(m->wide, m->high) : m->high;
        stems[look.glyphs++] = m->shape->stem;
        look.segments += m->shape->fill->segments;
        look.squareness += (double)(m->wide / fmaxf(m->high, 1e-3f));
        outlined |= m->shape->fill->segments >= GLYPH_SEGMENTS;
    }
    look.is_type = outlined && (look.count > 1 || items[root].line);
    if (!look.is_type)
        return look;
    qsort(heights, look.glyphs, sizeof *heights, by_value);
    qsort(stems, look.glyphs, sizeof *stems, by_value);
    /* The tallest are the capitals and ascenders; the very tallest may be a stray shape. */
    float height = heights[(look.glyphs - 1) * 9 / 10];
    double squareness = look.squareness / look.glyphs, segments = look.segments / look.glyphs;
    bool cjk = segments >= CJK_SEGMENTS && squareness > 0.7 && squareness < 1.4;
    look.size = height / (cjk || items[root].line ? CJK_FACE : CAPITAL);
    look.stem = stems[look.glyphs / 2];
    return look;
}

static void make_cluster(const Item *items, uint32_t root, const Look *look,
                         const ClusterSink *sink) {
    Cluster *c = sink->add(sink->self);
    const Fill *first = items[root].shape->fill;
    c->seq = first->seq;
    c->parent = first->parent;
    c->style = first->style;
    c->kind = MARK_CLUSTER;
    c->clip = first->clip;
    c->region = first->region;
    c->visible = 1;
    c->hidden = HIDDEN_NO;
    c->size = look->size;
    c->stem = look->stem;
    c->fills = 0;
    Box box = BOX_UNKNOWN;
    for (uint32_t i = root; i; i = items[i].next) {
        Fill *f = items[i].shape->fill;
        if (items[i].bar && items[i].most > LONGEST_BAR * look->size)
            continue;
        f->cluster = c;
        f->in_cluster = 1;
        c->fills++;
        box = box_join(box, box_of(f->box));
        if (f->region == REGION_ART)
            c->region = REGION_ART;
    }
    c->box = (Box32){(float)box.x0, (float)box.y0, (float)box.x1, (float)box.y1};
}

void derive_clusters(Arena *scratch, FillShape *shapes, size_t count, const ClusterSink *sink) {
    ArenaMark before = arena_mark(scratch);
    Item *items = ARENA_ARRAY(scratch, Item, count + 1);
    uint32_t n = collect(items, shapes, count);
    uint32_t *last = ARENA_ARRAY(scratch, uint32_t, n + 1);
    float *heights = ARENA_ARRAY(scratch, float, n + 1),
          *stems = ARENA_ARRAY(scratch, float, n + 1);
    link_members(items, n, last);
    for (uint32_t i = 1; i <= n; i++) {
        if (items[i].root != i)
            continue;
        Look look = look_of(items, i, heights, stems);
        if (look.is_type)
            make_cluster(items, i, &look, sink);
    }
    arena_rewind(scratch, before);
}
