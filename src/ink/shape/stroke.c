/* Strokes: walks the subpaths of a path and hands their pieces to the outliner, cut into dashes
 * where there are any. ISO 32000-1, 8.4.3 and 8.5.3.2. */
#include "ink/shape/dash.h"
#include "ink/shape/flatten.h"

/* Pieces shorter than this part of a pixel have no direction to speak of. */
static const double NO_LENGTH = 1e-9;

/* A quarter circle in so many chords is 1/40000 too short. */
enum { LENGTH_STEPS = 64 };

typedef struct Stroking {
    Outliner out;
    Dasher dash;
    bool dashed, solid; /* solid: this pass of a dashed path */
    Matrix to_pen;      /* from page space */
    double tolerance;   /* in pen space, as all of these */
    Box view;
    Point at;
    bool has_length;
} Stroking;

typedef struct Subpath { /* verbs and points after its MOVE, in page space */
    const uint8_t *verbs;
    const Point *points;
    size_t count;
    Point start;
    bool closed;
} Subpath;

static void piece(Stroking *s, const Piece *p) {
    s->has_length = true;
    s->at = p->to;
    if (s->dashed && !s->solid)
        dash_piece(&s->dash, p);
    else
        outline_piece(&s->out, p);
}

static void line_to(Stroking *s, Point to) {
    double dx = to.x - s->at.x, dy = to.y - s->at.y, length = sqrt(dx * dx + dy * dy);
    if (!(length > NO_LENGTH * s->tolerance))
        return;
    Point along = {dx / length, dy / length};
    piece(s, &(Piece){s->at, to, along, along, length});
}

/* The direction from a to the first of the points that is elsewhere; false: there is none. */
static bool direction_to(Point a, const Point *const others[3], Point *out) {
    for (int i = 0; i < 3; i++) {
        double dx = others[i]->x - a.x, dy = others[i]->y - a.y, length = sqrt(dx * dx + dy * dy);
        if (length > 0) {
            *out = (Point){dx / length, dy / length};
            return true;
        }
    }
    return false;
}

/* A run that can not be seen is a line for the outline, but its length counts for the dashes. */
static void hidden_run(Stroking *s, const Point run[4]) {
    if (!s->dashed || s->solid) {
        line_to(s, run[3]);
        return;
    }
    Cubic curve = cubic_of(run, LENGTH_STEPS);
    Point last = run[0];
    double length = 0;
    for (int i = 1; i <= LENGTH_STEPS; i++) {
        Point next = i < LENGTH_STEPS ? cubic_at(&curve, i) : run[3];
        length += dash_user_length(&s->dash, next.x - last.x, next.y - last.y);
        last = next;
    }
    dash_skip(&s->dash, length);
    s->has_length = true;
    s->at = run[3];
}

static void curve_run(void *self, const Point run[4], int steps) {
    Stroking *s = self;
    Point along, end;
    if (steps == 0) {
        hidden_run(s, run);
        return;
    }
    if (!direction_to(run[0], (const Point *[]){&run[1], &run[2], &run[3]}, &along) ||
        !direction_to(run[3], (const Point *[]){&run[2], &run[1], &run[0]}, &end))
        return;
    end = (Point){-end.x, -end.y};
    Cubic curve = cubic_of(run, steps), inner = cubic_for_area(&curve, steps);
    for (int i = 1; i <= steps; i++) {
        Point to = run[3], then = end;
        if (i < steps) {
            Point slope = cubic_slope_at(&curve, i);
            double speed = sqrt(slope.x * slope.x + slope.y * slope.y), per = 1 / speed;
            then = speed > 0 ? (Point){slope.x * per, slope.y * per} : along;
            to = cubic_at(&inner, i);
        }
        double dx = to.x - s->at.x, dy = to.y - s->at.y, length = sqrt(dx * dx + dy * dy);
        if (length > NO_LENGTH * s->tolerance)
            piece(s, &(Piece){s->at, to, along, then, length});
        along = then;
    }
}

static bool to_pen(const Stroking *s, Point p, Point *out) {
    *out = matrix_apply(&s->to_pen, p.x, p.y);
    return is_near(out->x, out->y);
}

static void walk(Stroking *s, const Subpath *sub, Point start) {
    const Point *p = sub->points;
    s->at = start;
    for (size_t i = 0; i < sub->count; i++) {
        Point q[4];
        switch ((PathVerb)sub->verbs[i]) {
        case PATH_MOVE:
            break;
        case PATH_LINE:
            if (to_pen(s, p[0], &q[0]))
                line_to(s, q[0]);
            p++;
            break;
        case PATH_CURVE:
            q[0] = s->at;
            if (to_pen(s, p[0], &q[1]) && to_pen(s, p[1], &q[2]) && to_pen(s, p[2], &q[3]))
                flatten_curve(q, s->tolerance, s->view, &s->out.r->steps_left, curve_run, s);
            p += 3;
            break;
        case PATH_CLOSE:
            line_to(s, start);
            break;
        }
    }
}

/* A subpath without length is a dot with round caps and nothing with others, whose direction is
 * not known; a lone MOVE is nothing (8.5.3.2). */
static void paint_without_length(Stroking *s, Point at) {
    if (s->out.cap == CAP_IS_ROUND && (!s->dashed || s->dash.first_on))
        outline_dot(&s->out, at, (Point){1, 0});
}

static void stroke_subpath(Stroking *s, const Subpath *sub) {
    Point start;
    if (!sub->count || !to_pen(s, sub->start, &start))
        return;
    s->has_length = s->solid = false;
    if (s->dashed)
        dash_begin(&s->dash, sub->closed);
    walk(s, sub, start);
    if (!s->has_length) {
        paint_without_length(s, start);
        return;
    }
    if (!s->dashed) {
        outline_end(&s->out, sub->closed);
        return;
    }
    if (sub->closed && dash_again(&s->dash, &s->solid))
        walk(s, sub, start);
    if (s->solid)
        outline_end(&s->out, true);
    else
        dash_end(&s->dash);
}

static bool stroke_subpaths(Stroking *s, const Path *path) {
    static const int points_of[] = {
        [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
    const Point *p = path->points;
    Subpath sub = {0};
    for (size_t i = 0; i < path->verb_count;) {
        if (path->verbs[i] == PATH_MOVE) {
            sub.start = *p++;
            i++;
        }
        sub.verbs = path->verbs + i;
        sub.points = p;
        sub.count = 0;
        sub.closed = false;
        while (i < path->verb_count && path->verbs[i] != PATH_MOVE && !sub.closed) {
            sub.closed = path->verbs[i] == PATH_CLOSE;
            p += points_of[path->verbs[i++]];
            sub.count++;
        }
        stroke_subpath(s, &sub);
        s->out.r->whole = s->out.r->whole && s->out.r->steps_left > 0;
        if (!s->out.r->whole || (s->dashed && !dash_whole(&s->dash)))
            return false;
    }
    return true;
}

/* Where a point may lie and still be seen: one pixel and the farthest reach of a join or cap beyond
 * the area. */
static Box seen_from(const Rasteriser *r, const Outliner *o, const Matrix *from_device,
                     double miter_limit) {
    Box area = {r->area.x0 - 1.0, r->area.y0 - 1.0, r->area.x1 + 1.0, r->area.y1 + 1.0};
    Box box = from_device ? box_transformed(area, from_device) : area;
    double reach = o->half * 1.5;
    if (o->join == JOIN_IS_MITER && miter_limit > 1.5)
        reach = o->half * miter_limit;
    return (Box){box.x0 - reach, box.y0 - reach, box.x1 + reach, box.y1 + reach};
}

/* Chooses the space to work in: the device where the pen is round there, else user space. False:
 * the matrices hold no usable numbers. */
static bool choose_pen(Stroking *s, const StrokeStyle *style, const Matrix *user_to_page,
                       const Matrix *page_to_device) {
    Outliner *o = &s->out;
    Matrix m = matrix_multiply(user_to_page, page_to_device);
    double x = m.a * m.a + m.b * m.b, y = m.c * m.c + m.d * m.d, skew = m.a * m.c + m.b * m.d;
    double largest = (x + y) / 2 + hypot((x - y) / 2, skew), det = m.a * m.d - m.b * m.c;
    double width = fabs(style->width), scale = sqrt(largest);
    if (!(largest < FARTHEST) || !is_near(page_to_device->e, page_to_device->f))
        return false;
    bool even = fabs(x - y) + fabs(skew) <= 1e-6 * largest;
    bool flat = fabs(det) <= 1e-9 * largest;
    bool thinnest = flat || !(width > 0);
    s->dash.uneven = thinnest && !flat && !even;
    s->dash.user_per_pen = scale > 0 ? 1 / scale : 0;
    if (thinnest || even) {
        s->to_pen = *page_to_device;
        s->tolerance = FLATNESS;
        if (s->dash.uneven)
            s->dash.to_user = matrix_inverse(&m);
        outline_pen(o, thinnest ? 0.5 : fmin(width * scale / 2, FARTHEST), 1, style->miter_limit);
        s->view = seen_from(o->r, o, NULL, style->miter_limit);
        return true;
    }
    Matrix from_device = matrix_inverse(&m);
    s->to_pen = matrix_inverse(user_to_page);
    s->tolerance = FLATNESS / scale;
    s->dash.user_per_pen = 1;
    o->to_device = m;
    o->transformed = true;
    o->mirrored = det < 0;
    outline_pen(o, fmin(width / 2, FARTHEST), scale, style->miter_limit);
    s->view = seen_from(o->r, o, &from_device, style->miter_limit);
    return true;
}

bool raster_stroke(Rasteriser *r, const Path *path, const StrokeStyle *style,
                   const Matrix *user_to_page, const Matrix *page_to_device) {
    Stroking s;
    s.out = (Outliner){.r = r,
                       .cap = style->cap == 1   ? CAP_IS_ROUND
                              : style->cap == 2 ? CAP_IS_SQUARE
                                                : CAP_IS_BUTT,
                       .join = style->join == 1   ? JOIN_IS_ROUND
                               : style->join == 2 ? JOIN_IS_BEVEL
                                                  : JOIN_IS_MITER};
    s.dashed = false;
    if (!r->whole || !choose_pen(&s, style, user_to_page, page_to_device))
        return false;
    if (style->dash && style->dash_count > 0 && s.dash.user_per_pen > 0) {
        if (style->dash_count > MOST_DASH_ELEMENTS)
            return false;
        s.dash.out = &s.out;
        s.dash.view = s.view;
        s.dashed = dash_pattern(&s.dash, style->dash, style->dash_count, style->dash_phase);
    }
    raster_finish(r);
    return stroke_subpaths(&s, path) && r->whole;
}
