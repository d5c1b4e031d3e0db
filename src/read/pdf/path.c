/* Paths and clips. Points go to page space as they come, with the matrix of that moment. */
#include "read/pdf/walk.h"

#include <math.h>
#include <string.h>

#include "read/extent.h"
#include "read/pdf/shapes.h"

/* Beyond this a coordinate is garbage; products of it still fit a float. */
#define LARGEST_COORDINATE 1e30

static const Box no_box = {NAN, NAN, NAN, NAN};

Box box_transformed(Box b, const Matrix *m) {
    Point p[4] = {matrix_apply(m, b.x0, b.y0), matrix_apply(m, b.x1, b.y0),
                  matrix_apply(m, b.x1, b.y1), matrix_apply(m, b.x0, b.y1)};
    return (Box){lesser(lesser(p[0].x, p[1].x), lesser(p[2].x, p[3].x)),
                 lesser(lesser(p[0].y, p[1].y), lesser(p[2].y, p[3].y)),
                 greater(greater(p[0].x, p[1].x), greater(p[2].x, p[3].x)),
                 greater(greater(p[0].y, p[1].y), greater(p[2].y, p[3].y))};
}

Box box_union(Box a, Box b) {
    if (!box_known(a))
        return b;
    if (!box_known(b))
        return a;
    return (Box){lesser(a.x0, b.x0), lesser(a.y0, b.y0), greater(a.x1, b.x1), greater(a.y1, b.y1)};
}

/* Boxes that do not meet give one without area. */
Box box_intersection(Box a, Box b) {
    Box out = {greater(a.x0, b.x0), greater(a.y0, b.y0), lesser(a.x1, b.x1), lesser(a.y1, b.y1)};
    out.x1 = greater(out.x0, out.x1);
    out.y1 = greater(out.y0, out.y1);
    return out;
}

Box box_of_object(PdfFile *f, const PdfObj *array) {
    if (pdf_type(array) != PDF_ARRAY || pdf_length(array) < 4)
        return no_box;
    double v[4];
    for (int i = 0; i < 4; i++)
        v[i] = pdf_number(pdf_at(f, array, i), NAN);
    if (isnan(v[0]) || isnan(v[1]) || isnan(v[2]) || isnan(v[3]))
        return no_box;
    return (Box){fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]), fmax(v[1], v[3])};
}

static Path copy_path(Arena *a, const Path *path) {
    Path out = *path;
    uint8_t *verbs = ARENA_ARRAY(a, uint8_t, path->verb_count);
    Point *points = ARENA_ARRAY(a, Point, path->point_count);
    out.verbs = memcpy(verbs, path->verbs, path->verb_count);
    out.points = memcpy(points, path->points, path->point_count * sizeof(Point));
    return out;
}

/* A clip that was made before within the same one is found again: pages set the same few clips over
 * and over. */
const Clip *clip_push(Walk *w, const Clip *outer, const Path *path, bool even_odd, bool text) {
    Box bounds = box_intersection(outer->bounds, path->bounds);
    bool wanted = w->painter->wants_clip_paths;
    bool box = outer->box && !text && path_is_box(path);
    bool keep = wanted && !text && path->verb_count;
    uint64_t key = hash_number(HASH_START, (uintptr_t)outer);
    key = hash_number(key, (uint64_t)box << 2 | (uint64_t)even_odd << 1 | text);
    key = hash_bytes(key, &bounds, sizeof bounds);
    if (wanted && text)
        key = hash_number(key, w->clips.count);
    if (keep) {
        key = hash_bytes(key, path->verbs, path->verb_count);
        key = hash_bytes(key, path->points, path->point_count * sizeof(Point));
    }
    Clip **slot = (Clip **)table_slot(&w->clips, w->arena, key);
    if (*slot)
        return *slot;
    if (w->clips.count > PAGE_CLIPS) {
        walk_damage(w, "裁剪路径太多", "there are too many clips");
        return outer;
    }
    Clip *c = ARENA_NEW(w->arena, Clip);
    c->outer = outer;
    c->bounds = bounds;
    c->even_odd = even_odd;
    c->box = box;
    c->text = text;
    c->path = keep ? copy_path(w->arena, path) : (Path){.bounds = no_box};
    return *slot = c;
}

const Clip *clip_area(Walk *w, const Clip *outer, Box area) {
    return clip_box(w, outer, area, &(Matrix){1, 0, 0, 1, 0, 0});
}

const Clip *clip_box(Walk *w, const Clip *outer, Box box, const Matrix *m) {
    static const uint8_t verbs[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    Point points[4] = {matrix_apply(m, box.x0, box.y0), matrix_apply(m, box.x1, box.y0),
                       matrix_apply(m, box.x1, box.y1), matrix_apply(m, box.x0, box.y1)};
    Path path = {verbs, points, 5, 4, box_transformed(box, m)};
    return box_known(path.bounds) ? clip_push(w, outer, &path, false, false) : outer;
}

void path_clear(PathBuilder *b) {
    b->verb_count = b->point_count = 0;
    b->has_current = b->moved = false;
}

static inline bool usable(Walk *w, Point p) {
    if (fabs(p.x) <= LARGEST_COORDINATE && fabs(p.y) <= LARGEST_COORDINATE)
        return true;
    walk_damage(w, "路径里有无效的坐标", "a path has a coordinate that is no usable number");
    return false;
}

static Point page_point(const Walk *w, const Operand *v) {
    return matrix_apply(&w->state->gs.ctm, v[0].number, v[1].number);
}

enum { MOST_POINTS = 4 }; /* that one operator adds: a move and a curve */

static void enlarge_path(Walk *w, PathBuilder *b) {
    size_t larger = b->capacity ? b->capacity * 2 : 32;
    b->verbs = arena_grow(w->arena, b->verbs, b->capacity, larger);
    b->points =
        arena_grow(w->arena, b->points, b->capacity * sizeof(Point), larger * sizeof(Point));
    b->capacity = larger;
}

/* There is room: ready_for_segment saw to it. */
static inline void add_verb(PathBuilder *b, PathVerb verb) {
    b->verbs[b->verb_count++] = (uint8_t)verb;
}

static inline void add_point(PathBuilder *b, Point p) {
    b->points[b->point_count++] = p;
}

static void move_to(PathBuilder *b, Point p) {
    b->start = b->current = p;
    b->has_current = b->moved = true;
}

static inline bool ready_for_segment(Walk *w, PathBuilder *b) {
    if (b->point_count >= PATH_POINTS) {
        walk_damage(w, "有太长的路径", "a path is too long");
        return false;
    }
    if (!b->has_current) {
        walk_damage(w, "路径没有起点", "a path segment has no starting point");
        return false;
    }
    size_t most = b->verb_count > b->point_count ? b->verb_count : b->point_count;
    if (most + MOST_POINTS > b->capacity)
        enlarge_path(w, b);
    if (b->moved) {
        add_verb(b, PATH_MOVE);
        add_point(b, b->start);
        b->moved = false;
    }
    return true;
}

static void line_to(Walk *w, PathBuilder *b, Point p) {
    if (!ready_for_segment(w, b))
        return;
    add_verb(b, PATH_LINE);
    add_point(b, p);
    b->current = p;
}

static void curve_to(Walk *w, Point p1, Point p2, Point p3) {
    PathBuilder *b = &w->content->path;
    if (!usable(w, p1) || !usable(w, p2) || !usable(w, p3) || !ready_for_segment(w, b))
        return;
    add_verb(b, PATH_CURVE);
    add_point(b, p1);
    add_point(b, p2);
    add_point(b, p3);
    b->current = p3;
}

/* What follows a closed subpath starts at its start, as a subpath of its own. */
static void close_path(Walk *w, PathBuilder *b) {
    if (!b->has_current || !ready_for_segment(w, b))
        return;
    add_verb(b, PATH_CLOSE);
    move_to(b, b->start);
}

void op_move(Walk *w, const Operand *v) {
    Point p = page_point(w, v);
    w->content->path.has_current = false;
    if (usable(w, p))
        move_to(&w->content->path, p);
}

void op_line(Walk *w, const Operand *v) {
    Point p = page_point(w, v);
    if (usable(w, p))
        line_to(w, &w->content->path, p);
}

void op_curve(Walk *w, const Operand *v) {
    curve_to(w, page_point(w, v), page_point(w, v + 2), page_point(w, v + 4));
}

void op_curve_from_current(Walk *w, const Operand *v) {
    curve_to(w, w->content->path.current, page_point(w, v), page_point(w, v + 2));
}

void op_curve_to_end(Walk *w, const Operand *v) {
    Point end = page_point(w, v + 2);
    curve_to(w, page_point(w, v), end, end);
}

void op_close(Walk *w, const Operand *) {
    close_path(w, &w->content->path);
}

void op_rectangle(Walk *w, const Operand *v) {
    const Matrix *m = &w->state->gs.ctm;
    double x = v[0].number, y = v[1].number, x1 = x + v[2].number, y1 = y + v[3].number;
    Point p[4] = {matrix_apply(m, x, y), matrix_apply(m, x1, y), matrix_apply(m, x1, y1),
                  matrix_apply(m, x, y1)};
    for (int i = 0; i < 4; i++)
        if (!usable(w, p[i]))
            return;
    PathBuilder *b = &w->content->path;
    move_to(b, p[0]);
    for (int i = 1; i < 4; i++)
        line_to(w, b, p[i]);
    close_path(w, b);
}

/* What a stroke reaches at most, corners aside. */
static Box stroke_bounds(const GraphicsState *gs, Box b) {
    const Matrix *m = &gs->ctm;
    double scale = fmax(hypot(m->a, m->b), hypot(m->c, m->d));
    double reach = fabs(gs->line_width) * scale / 2;
    return (Box){b.x0 - reach, b.y0 - reach, b.x1 + reach, b.y1 + reach};
}

static Box bounds_of(const PathBuilder *b) {
    Point low = b->points[0], high = low;
    for (size_t i = 1; i < b->point_count; i++) {
        Point p = b->points[i];
        low = (Point){lesser(p.x, low.x), lesser(p.y, low.y)};
        high = (Point){greater(p.x, high.x), greater(p.y, high.y)};
    }
    return (Box){low.x, low.y, high.x, high.y};
}

typedef enum Paint { PAINT_NOTHING, PAINT_STROKE, PAINT_FILL, PAINT_BOTH } Paint;

static void paint_path(Walk *w, Paint how, bool even_odd) {
    Content *c = w->content;
    PathBuilder *b = &c->path;
    GraphicsState *gs = &w->state->gs;
    Path path = {b->verbs, b->points, b->verb_count, b->point_count,
                 b->verb_count ? bounds_of(b) : no_box};
    bool pair = b->verb_count && how == PAINT_BOTH && w->painter->pair;
    if (pair)
        w->painter->pair(w->painter->self, gs, true);
    if (b->verb_count && how & PAINT_FILL) {
        w->painter->fill(w->painter->self, gs, &path, even_odd);
        if (gs->fill.pattern != PATTERN_NONE)
            pattern_paint(w, &gs->fill, path.bounds);
    }
    if (b->verb_count && how & PAINT_STROKE) {
        w->painter->stroke(w->painter->self, gs, &path);
        if (gs->stroke.pattern != PATTERN_NONE)
            pattern_paint(w, &gs->stroke, stroke_bounds(gs, path.bounds));
    }
    if (pair)
        w->painter->pair(w->painter->self, gs, false);
    /* A move alone encloses nothing, and so leaves nothing to be seen. */
    if (c->pending_clip && !b->verb_count && b->has_current)
        path.bounds = (Box){b->start.x, b->start.y, b->start.x, b->start.y};
    if (c->pending_clip && (b->verb_count || b->has_current))
        gs->clip = clip_push(w, gs->clip, &path, c->pending_clip == 2, false);
    c->pending_clip = 0;
    path_clear(b);
}

void op_end_path(Walk *w, const Operand *) {
    paint_path(w, PAINT_NOTHING, false);
}

void op_fill(Walk *w, const Operand *) {
    paint_path(w, PAINT_FILL, false);
}

void op_eofill(Walk *w, const Operand *) {
    paint_path(w, PAINT_FILL, true);
}

void op_stroke(Walk *w, const Operand *) {
    paint_path(w, PAINT_STROKE, false);
}

void op_close_stroke(Walk *w, const Operand *) {
    close_path(w, &w->content->path);
    paint_path(w, PAINT_STROKE, false);
}

void op_fill_stroke(Walk *w, const Operand *) {
    paint_path(w, PAINT_BOTH, false);
}

void op_eofill_stroke(Walk *w, const Operand *) {
    paint_path(w, PAINT_BOTH, true);
}

void op_close_fill_stroke(Walk *w, const Operand *) {
    close_path(w, &w->content->path);
    paint_path(w, PAINT_BOTH, false);
}

void op_close_eofill_stroke(Walk *w, const Operand *) {
    close_path(w, &w->content->path);
    paint_path(w, PAINT_BOTH, true);
}

void op_clip(Walk *w, const Operand *) {
    w->content->pending_clip = 1;
}

void op_eoclip(Walk *w, const Operand *) {
    w->content->pending_clip = 2;
}
