#include "ink/glyph/glyph_outline.h"

#include FT_OUTLINE_H

#include <math.h>
#include <string.h>

enum { OF_OUTLINE = 0x100, OF_ABSENT }; /* phases of keys, beyond those of bitmaps */

/* In the cache; the points and then the verbs follow. */
typedef struct Outline {
    GlyphTrouble trouble;
    size_t verb_count, point_count;
    Box bounds;
    Point points[];
} Outline;

/* Counts first, when there is no outline to write to yet. */
typedef struct Tracer {
    Outline *out;
    uint8_t *verbs;
    size_t verb_count, point_count;
    double em;
    Point at;
    bool open;
} Tracer;

static Point in_em(const Tracer *t, const FT_Vector *v) {
    return (Point){(double)v->x / t->em, (double)v->y / t->em};
}

static void put_verb(Tracer *t, PathVerb verb) {
    if (t->out)
        t->verbs[t->verb_count] = (uint8_t)verb;
    t->verb_count++;
}

static void put_point(Tracer *t, Point p) {
    if (t->out) {
        Box *b = &t->out->bounds;
        t->out->points[t->point_count] = p;
        *b = (Box){fmin(b->x0, p.x), fmin(b->y0, p.y), fmax(b->x1, p.x), fmax(b->y1, p.y)};
    }
    t->point_count++;
    t->at = p;
}

static void end_contour(Tracer *t) {
    if (t->open)
        put_verb(t, PATH_CLOSE);
    t->open = false;
}

static int on_move(const FT_Vector *to, void *self) {
    Tracer *t = self;
    end_contour(t);
    put_verb(t, PATH_MOVE);
    put_point(t, in_em(t, to));
    t->open = true;
    return 0;
}

static int on_line(const FT_Vector *to, void *self) {
    put_verb(self, PATH_LINE);
    put_point(self, in_em(self, to));
    return 0;
}

static int on_cubic(const FT_Vector *a, const FT_Vector *b, const FT_Vector *to, void *self) {
    put_verb(self, PATH_CURVE);
    put_point(self, in_em(self, a));
    put_point(self, in_em(self, b));
    put_point(self, in_em(self, to));
    return 0;
}

/* The same curve as a cubic one. */
static int on_conic(const FT_Vector *control, const FT_Vector *to, void *self) {
    Tracer *t = self;
    Point from = t->at, c = in_em(t, control), end = in_em(t, to);
    put_verb(t, PATH_CURVE);
    put_point(t, (Point){(from.x + 2 * c.x) / 3, (from.y + 2 * c.y) / 3});
    put_point(t, (Point){(end.x + 2 * c.x) / 3, (end.y + 2 * c.y) / 3});
    put_point(t, end);
    return 0;
}

static bool trace(FT_Outline *outline, Tracer *t) {
    static const FT_Outline_Funcs funcs = {on_move, on_line, on_conic, on_cubic, 0, 0};
    if (FT_Outline_Decompose(outline, &funcs, t))
        return false;
    end_contour(t);
    return true;
}

static Outline *outline_new(GlyphCache *cache, const GlyphKey *key, const Tracer *counted) {
    Outline *o = glyph_cache_add(
        cache, key, sizeof *o + counted->point_count * sizeof(Point) + counted->verb_count);
    o->verb_count = counted->verb_count;
    o->point_count = counted->point_count;
    o->bounds = counted->point_count ? (Box){INFINITY, INFINITY, -INFINITY, -INFINITY}
                                     : (Box){NAN, NAN, NAN, NAN};
    return o;
}

static Outline *without_outline(GlyphCache *cache, const GlyphKey *key, GlyphTrouble trouble) {
    Outline *o = outline_new(cache, key, &(Tracer){0});
    o->trouble = trouble;
    return o;
}

static Outline *from_slot(GlyphCache *cache, const GlyphKey *key, FT_GlyphSlot slot, double em) {
    Tracer counted = {.em = em};
    if (slot->format != FT_GLYPH_FORMAT_OUTLINE || !trace(&slot->outline, &counted))
        return without_outline(cache, key, GLYPH_BAD_PROGRAM);
    Outline *o = outline_new(cache, key, &counted);
    Tracer writer = {.out = o, .verbs = (uint8_t *)(o->points + o->point_count), .em = em};
    (void)trace(&slot->outline, &writer);
    return o;
}

static Outline *load(GlyphCache *cache, Programs *programs, Program *p, const GlyphKey *key) {
    enum { FLAGS = FT_LOAD_NO_HINTING | FT_LOAD_NO_AUTOHINT | FT_LOAD_NO_BITMAP };
    FT_Face face = program_face(programs, p);
    if (!face)
        return without_outline(cache, key, GLYPH_BAD_PROGRAM);
    bool absent = key->phase == OF_ABSENT;
    FT_Error error = FT_Load_Glyph(face, key->glyph, FLAGS);
    if (error && key->glyph && program_kind(p) == PROGRAM_BY_CID) {
        /* A CID that the charset does not have. */
        absent = true;
        error = FT_Load_Glyph(face, 0, FLAGS);
    }
    if (error)
        return without_outline(cache, key, GLYPH_BAD_PROGRAM);
    Outline *o = from_slot(cache, key, face->glyph, program_em(p));
    if (absent && o->trouble == GLYPH_DRAWN && o->verb_count)
        o->trouble = GLYPH_MISSING;
    return o;
}

GlyphTrouble outline_of(GlyphCache *cache, Programs *programs, Program *p, uint32_t glyph,
                        bool absent, Path *out) {
    GlyphKey key = {
        .program = program_serial(p), .glyph = glyph, .phase = absent ? OF_ABSENT : OF_OUTLINE};
    const Outline *o = glyph_cache_find(cache, &key);
    if (!o)
        o = load(cache, programs, p, &key);
    *out = (Path){.verbs = (const uint8_t *)(o->points + o->point_count),
                  .points = o->points,
                  .verb_count = o->verb_count,
                  .point_count = o->point_count,
                  .bounds = o->bounds};
    return o->trouble;
}
