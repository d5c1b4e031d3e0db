/* A line drawn as a filled shape has area t·l and perimeter 2·(t + l); both together give its
 * thickness t, exactly for a rectangle and nearly for a bent or tapered strip. Two nested outlines
 * make a ring, which is a line too. */
#include <math.h>

#include "read/extent.h"
#include "read/pdf/shapes.h"

static const double LINE_LIKE = 10; /* length over thickness of what people call a line */

typedef struct Part {
    double area, perimeter; /* area signed by direction */
    Box box;
    int segments;
} Part;

static double distance(Point a, Point b) {
    double x = b.x - a.x, y = b.y - a.y;
    return sqrt(x * x + y * y);
}

static double cross_of(Point a, Point b) {
    return a.x * b.y - a.y * b.x;
}

static void include(Part *p, Point q) {
    p->box.x0 = lesser(q.x, p->box.x0);
    p->box.y0 = lesser(q.y, p->box.y0);
    p->box.x1 = greater(q.x, p->box.x1);
    p->box.y1 = greater(q.y, p->box.y1);
}

static void add_line(Part *p, Point a, Point b) {
    p->area += cross_of(a, b) / 2;
    p->perimeter += distance(a, b);
    p->segments++;
    include(p, b);
}

/* Green's theorem on a cubic; its length lies between chord and control polygon. */
static void add_curve(Part *p, Point a, const Point *v) {
    Point b = v[0], c = v[1], d = v[2];
    p->area += (6 * cross_of(a, b) + 3 * cross_of(a, c) + cross_of(a, d) + 3 * cross_of(b, c) +
                3 * cross_of(b, d) + 6 * cross_of(c, d)) /
               20;
    p->perimeter += (distance(a, d) + distance(a, b) + distance(b, c) + distance(c, d)) / 2;
    p->segments++;
    include(p, b);
    include(p, c);
    include(p, d);
}

/* Thickness and length of a strip with this area and half perimeter. */
static double strip_thickness(double area, double half, double *length) {
    double root = half * half / 4 - area;
    double t = root > 0 ? half / 2 - sqrt(root) : half / 2;
    *length = half - t;
    return t;
}

typedef struct Measure {
    FilledShape out;
    double area, perimeter;
    bool all_thin;
    Part before; /* the outline before this one, to find rings */
} Measure;

static bool inside_box(Box inner, Box outer) {
    return inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 &&
           inner.y1 <= outer.y1;
}

static void end_part(Measure *m, const Part *p) {
    if (!p->segments)
        return;
    m->out.parts++;
    m->out.segments += p->segments;
    m->area += p->area;
    m->perimeter += p->perimeter;
    double length, t = strip_thickness(fabs(p->area), p->perimeter / 2, &length);
    bool thin = length > LINE_LIKE * t;
    if (!thin && m->before.segments) {
        bool nested = inside_box(p->box, m->before.box) || inside_box(m->before.box, p->box);
        double ring = fabs(fabs(p->area) - fabs(m->before.area));
        length = (p->perimeter + m->before.perimeter) / 2;
        t = ring / length;
        thin = nested && length > LINE_LIKE * t;
        m->all_thin |= thin && m->out.parts == 2;
    }
    m->all_thin &= thin || m->out.parts == 1;
    if (m->out.parts == 1)
        m->all_thin = thin;
    if (thin && (m->out.length <= 0 || t < m->out.thickness)) {
        m->out.thickness = t;
        m->out.length = length;
    }
    m->before = thin ? (Part){0} : *p;
}

static Part part_at(Point at) {
    return (Part){.box = {at.x, at.y, at.x, at.y}};
}

FilledShape filled_shape(const Path *path) {
    Measure m = {0};
    const Point *v = path->points;
    Part part = {0};
    Point start = {0, 0}, current = start;
    for (size_t i = 0; i < path->verb_count; i++) {
        switch ((PathVerb)path->verbs[i]) {
        case PATH_MOVE:
            if (part.segments && (current.x != start.x || current.y != start.y))
                add_line(&part, current, start);
            end_part(&m, &part);
            start = current = *v++;
            part = part_at(start);
            break;
        case PATH_LINE:
            add_line(&part, current, *v);
            current = *v++;
            break;
        case PATH_CURVE:
            add_curve(&part, current, v);
            current = v[2];
            v += 3;
            break;
        case PATH_CLOSE:
            if (current.x != start.x || current.y != start.y)
                add_line(&part, current, start);
            current = start;
            break;
        }
    }
    if (part.segments && (current.x != start.x || current.y != start.y))
        add_line(&part, current, start);
    end_part(&m, &part);
    m.out.area = fabs(m.area);
    m.out.stem = m.perimeter > 0 ? 2 * fabs(m.area) / m.perimeter : 0;
    if (!m.all_thin)
        m.out.thickness = m.out.length = 0;
    return m.out;
}

/* The four corners in either direction, from any of them, with or without the way back. */
bool path_is_box(const Path *path) {
    const double hair = 1e-3;
    size_t verbs = path->verb_count, n = path->point_count;
    if (verbs && path->verbs[verbs - 1] == PATH_CLOSE)
        verbs--;
    if (verbs != n || n < 4 || n > 5 || path->verbs[0] != PATH_MOVE)
        return false;
    const Point *p = path->points;
    for (size_t i = 1; i < n; i++)
        if (path->verbs[i] != PATH_LINE)
            return false;
    if (n == 5 && (fabs(p[4].x - p[0].x) > hair || fabs(p[4].y - p[0].y) > hair))
        return false;
    for (size_t i = 0; i < 4; i++) {
        Point a = p[i], b = p[(i + 1) % 4], c = p[(i + 2) % 4];
        bool upright = fabs(a.x - b.x) <= hair && fabs(b.y - c.y) <= hair;
        bool level = fabs(a.y - b.y) <= hair && fabs(b.x - c.x) <= hair;
        if (!upright && !level)
            return false;
    }
    /* Two corners on one point would fold it into a line. */
    return fabs(p[0].x - p[2].x) > hair && fabs(p[0].y - p[2].y) > hair;
}
