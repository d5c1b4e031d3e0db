#include "ink/shape/stroke_outline.h"

/* Steps of half a circle at most: enough for a pen of 250 000 pixels. */
enum { MOST_ARC_STEPS = 4096 };

/* Turns below this are none: runs of one curve meet with rounding errors only. */
static const double NO_TURN = 1e-6;

static inline Vertex place(const Outliner *o, double x, double y) {
    if (!o->transformed)
        return raster_vertex(o->r, x, y);
    Point p = matrix_apply(&o->to_device, x, y);
    return raster_vertex(o->r, p.x, p.y);
}

static inline void edge(const Outliner *o, const Vertex *a, const Vertex *b) {
    if (o->mirrored)
        raster_edge(o->r, b, a);
    else
        raster_edge(o->r, a, b);
}

static Point normal(const Outliner *o, Point along) {
    return (Point){-along.y * o->half, along.x * o->half};
}

static double dot_of(Point a, Point b) {
    return a.x * b.x + a.y * b.y;
}

static double cross_of(Point a, Point b) {
    return a.x * b.y - a.y * b.x;
}

void outline_pen(Outliner *o, double half, double scale, double miter_limit) {
    o->half = half;
    double most_half = cos(M_PI / MOST_ARC_STEPS / 2),
           half_step = 1 - FLATNESS / 2 / (half * scale);
    half_step = half_step > M_SQRT1_2 ? fmin(half_step, most_half) : M_SQRT1_2;
    o->arc_cos = 2 * half_step * half_step - 1;
    o->arc_sin = sqrt(1 - o->arc_cos * o->arc_cos);
    /* The miter is 1 / cos(turn / 2) wide (8.4.3.5). A limit below 1 is none that can be met. */
    double limit = miter_limit >= 1 ? fmin(miter_limit, 1e6) : 1;
    o->miter_dot = 2 / (limit * limit) - 1;
}

/* Between points on a circle a chord cuts off 1/12 of the squared angle; a longer radius between
 * the ends puts it back, see flatten.h. */
static double area_keeping(double cosine) {
    return 1 + (1 - cosine) / 6;
}

/* Clockwise, with y up, around `centre` from its offset `from` to its offset `to`, no more than
 * half a circle. */
static void arc(const Outliner *o, Point centre, Point from, Point to, const Vertex *a,
                const Vertex *b) {
    Vertex last = *a;
    double longer = area_keeping(o->arc_cos);
    Point n = {from.x * longer, from.y * longer};
    while (--o->r->steps_left > 0) {
        n = (Point){n.x * o->arc_cos + n.y * o->arc_sin, n.y * o->arc_cos - n.x * o->arc_sin};
        if (!(cross_of(n, to) < 0))
            break;
        Vertex next = place(o, centre.x + n.x, centre.y + n.y);
        edge(o, &last, &next);
        last = next;
    }
    edge(o, &last, b);
}

/* From the left to the right of a line that ends at `at` in direction `along`. */
static void cap(const Outliner *o, Point at, Point along, const Vertex *left, const Vertex *right) {
    Point n = normal(o, along);
    switch (o->cap) {
    case CAP_IS_BUTT:
        edge(o, left, right);
        return;
    case CAP_IS_ROUND:
        arc(o, at, n, (Point){-n.x, -n.y}, left, right);
        return;
    case CAP_IS_SQUARE: {
        Point out = {at.x + along.x * o->half, at.y + along.y * o->half};
        Vertex a = place(o, out.x + n.x, out.y + n.y), b = place(o, out.x - n.x, out.y - n.y);
        edge(o, left, &a);
        edge(o, &a, &b);
        edge(o, &b, right);
        return;
    }
    }
}

/* The outer side of a join, clockwise from offset `na` to offset `nb`. */
static void join_outside(const Outliner *o, StrokeJoin join, double dot, Point na, Point nb,
                         const Vertex *a, const Vertex *b) {
    switch (join) {
    case JOIN_IS_MITER:
        if (dot >= o->miter_dot && dot > -1) {
            Vertex tip =
                place(o, o->at.x + (na.x + nb.x) / (1 + dot), o->at.y + (na.y + nb.y) / (1 + dot));
            edge(o, a, &tip);
            edge(o, &tip, b);
            return;
        }
        break;
    case JOIN_IS_ROUND:
        if (dot < o->arc_cos) {
            arc(o, o->at, na, nb, a, b);
            return;
        }
        break;
    case JOIN_IS_BEVEL:
        break;
    }
    edge(o, a, b);
}

/* Joins the open end to a piece of `length` that leaves in direction `along` between `left` and
 * `right`. The inner side goes by way of the corner, which is the sum of both pieces; when the end
 * of each lies within the other the short way is enough, which takes the triangle between the two
 * ways off what both cover. (Were some point in the triangles of all corners of a closed path, each
 * piece would have to be shorter than it is.) */
static void turn(Outliner *o, StrokeJoin join, Point along, double length, const Vertex *left,
                 const Vertex *right) {
    double cross = cross_of(o->along, along), dot = dot_of(o->along, along);
    Point n0 = normal(o, o->along), n1 = normal(o, along);
    bool inside_left = cross >= 0;
    const Vertex *inner_a = inside_left ? &o->left : right;
    const Vertex *inner_b = inside_left ? left : &o->right;
    if (dot > 0 && o->half * fabs(cross) < 0.99 * fmin(o->length, length)) {
        edge(o, inner_a, inner_b);
    } else {
        Vertex corner = place(o, o->at.x, o->at.y);
        edge(o, inner_a, &corner);
        edge(o, &corner, inner_b);
    }
    if (inside_left)
        join_outside(o, join, dot, (Point){-n1.x, -n1.y}, (Point){-n0.x, -n0.y}, right, &o->right);
    else
        join_outside(o, join, dot, n0, n1, &o->left, left);
}

static void turn_to(Outliner *o, StrokeJoin join, Point along, double length) {
    double cross = cross_of(o->along, along);
    if (fabs(cross) > NO_TURN || dot_of(o->along, along) < 0) {
        Point n = normal(o, along);
        Vertex left = place(o, o->at.x + n.x, o->at.y + n.y);
        Vertex right = place(o, o->at.x - n.x, o->at.y - n.y);
        turn(o, join, along, length, &left, &right);
        o->left = left;
        o->right = right;
    }
    o->along = along;
}

static void advance(Outliner *o, Point to, Point then, Point n, double length) {
    Vertex left = place(o, to.x + n.x, to.y + n.y), right = place(o, to.x - n.x, to.y - n.y);
    edge(o, &o->left, &left);
    edge(o, &right, &o->right);
    o->left = left;
    o->right = right;
    o->at = to;
    o->along = then;
    o->length = length;
}

/* A bent piece is one quadrilateral when both of its sides go forward and the turn is no more than
 * a step of the pen's circle; otherwise it is its chord with round joins at both ends. */
static void advance_bent(Outliner *o, const Piece *p) {
    Point chord = {p->to.x - p->from.x, p->to.y - p->from.y};
    Point n0 = normal(o, p->along), n1 = normal(o, p->then);
    double gain = fabs((n1.x - n0.x) * chord.x + (n1.y - n0.y) * chord.y) / (p->length * p->length);
    double dot = dot_of(p->along, p->then), wider = area_keeping(dot);
    if (gain < 0.9 && dot >= o->arc_cos) {
        Point n = {n1.x * wider, n1.y * wider};
        advance(o, p->to, p->then, n, p->length * (1 - gain));
        return;
    }
    Point straight = {chord.x / p->length, chord.y / p->length};
    double length = p->length / 2; /* for each of the two turns at a point */
    turn_to(o, JOIN_IS_ROUND, straight, length);
    advance(o, p->to, straight, normal(o, straight), length);
    turn_to(o, JOIN_IS_ROUND, p->then, length);
}

void outline_piece(Outliner *o, const Piece *p) {
    if (o->begun && p->along.x == o->along.x && p->along.y == o->along.y) {
        /* Steps of one curve: nothing to join. */
    } else if (o->begun) {
        turn_to(o, o->join, p->along, p->length);
    } else {
        Point n = normal(o, p->along);
        o->begun = true;
        o->at = o->first = p->from;
        o->along = o->first_along = p->along;
        o->length = p->length;
        o->left = o->first_left = place(o, p->from.x + n.x, p->from.y + n.y);
        o->right = o->first_right = place(o, p->from.x - n.x, p->from.y - n.y);
    }
    if (p->along.x == p->then.x && p->along.y == p->then.y)
        advance(o, p->to, p->then, normal(o, p->then), p->length);
    else
        advance_bent(o, p);
}

void outline_end(Outliner *o, bool closed) {
    if (!o->begun)
        return;
    o->begun = false;
    if (closed) {
        turn(o, o->join, o->first_along, o->length, &o->first_left, &o->first_right);
        return;
    }
    cap(o, o->at, o->along, &o->left, &o->right);
    Point back = {-o->first_along.x, -o->first_along.y};
    cap(o, o->first, back, &o->first_right, &o->first_left);
}

void outline_dot(Outliner *o, Point at, Point along) {
    Point n = normal(o, along);
    Vertex left = place(o, at.x + n.x, at.y + n.y), right = place(o, at.x - n.x, at.y - n.y);
    cap(o, at, along, &left, &right);
    cap(o, at, (Point){-along.x, -along.y}, &right, &left);
}
