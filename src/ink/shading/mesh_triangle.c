/* Triangles on the canvas of a mesh. Columns and runs count from its left end. */
#include <math.h>

#include "ink/shading/mesh.h"

enum { FINE = 4, PIXEL_STEPS = 4, TRIANGLE_STEPS = 64 };

/* From the lower end to the upper, whichever way the triangle goes round it: triangles that share
 * an edge find the same crossings, and no place is lost or met twice. */
typedef struct Side {
    double x, y, end, slope;
} Side;

/* What a channel is at (x, y): at + dx·x + dy·y, kept between the values of the vertices and within
 * what it can be. */
typedef struct Slope {
    float at, dx, dy, low, high;
} Slope;

typedef struct Triangle {
    Side sides[3];
    double x, y; /* where `at` of slopes is */
    Slope slopes[MAX_COLORANTS];
} Triangle;

typedef struct Run {
    int from, to;
} Run;

static Side side_of(const MeshVertex *a, const MeshVertex *b) {
    if (a->y > b->y || (a->y == b->y && a->x > b->x)) {
        const MeshVertex *lower = b;
        b = a;
        a = lower;
    }
    return (Side){a->x, a->y, b->y, (b->x - a->x) / (b->y - a->y)};
}

static inline double least(double a, double b) {
    return a < b ? a : b;
}

static inline double most(double a, double b) {
    return a > b ? a : b;
}

static bool slopes_of(Triangle *t, int channels, float highest, const MeshVertex *a,
                      const MeshVertex *b, const MeshVertex *d) {
    double x1 = b->x - a->x, y1 = b->y - a->y, x2 = d->x - a->x, y2 = d->y - a->y;
    double area = x1 * y2 - x2 * y1;
    t->x = a->x;
    t->y = a->y;
    if (area == 0)
        return false;
    for (int i = 0; i < channels; i++) {
        float from = a->channels[i], one = b->channels[i], two = d->channels[i];
        double c1 = (double)(one - from), c2 = (double)(two - from);
        t->slopes[i] = (Slope){.at = from,
                               .dx = (float)((c1 * y2 - c2 * y1) / area),
                               .dy = (float)((c2 * x1 - c1 * x2) / area),
                               .low = (float)most(0, least(from, least(one, two))),
                               .high = (float)least(highest, most(from, most(one, two)))};
    }
    return true;
}

/* The first whole number from v on, within 0 … last. */
static int column(double v, int last) {
    if (!(v > 0))
        return 0;
    if (v >= last)
        return last;
    int whole = (int)v;
    return whole + (v > whole);
}

/* Columns whose centres lie in the triangle on a line; `fine` columns a pixel. */
static Run run_at(const Triangle *t, double y, int fine, const Area *area) {
    double ends[3];
    int n = 0, last = (area->x1 - area->x0) * fine;
    for (int i = 0; i < 3; i++) {
        const Side *e = &t->sides[i];
        if (e->y <= y && y < e->end)
            ends[n++] = e->x + (y - e->y) * e->slope - area->x0;
    }
    if (n < 2)
        return (Run){0, 0};
    return (Run){column(least(ends[0], ends[1]) * fine - 0.5, last),
                 column(most(ends[0], ends[1]) * fine - 0.5, last)};
}

static float channel_at(const Slope *s, float x, float y) {
    float v = s->at + s->dx * x + s->dy * y;
    return v > s->low ? v < s->high ? v : s->high : s->low;
}

static void paint_ramp(MeshCanvas *c, const Triangle *t, float x, float y, int count,
                       uint8_t *out) {
    int n = c->shade->components;
    for (int i = 0; i < count; i++, out += n)
        sample_put(out, ramp_at(c->ramp, (double)channel_at(t->slopes, x + (float)i, y)), n);
}

/* Levels of `low` and `high` are within 0 … 255. */
static void paint_levels(const Slope *slopes, int n, float x, float y, int count, uint8_t *out) {
    for (int k = 0; k < n; k++, out++) {
        Slope s = slopes[k];
        s.at += s.dx * x + s.dy * y;
        for (int i = 0; i < count; i++) {
            float v = s.at + s.dx * (float)i;
            v = v > s.low ? v < s.high ? v : s.high : s.low;
            out[i * n] = (uint8_t)(int)(v + 0.5F);
        }
    }
}

static void paint_pixels(MeshCanvas *c, const Triangle *t, int y, int from, int count) {
    size_t at = (size_t)(y - c->area.y0) * (size_t)(c->area.x1 - c->area.x0) + (size_t)from;
    uint8_t *out = c->samples + at * (size_t)c->shade->components;
    float dx = (float)(c->area.x0 + from + 0.5 - t->x), dy = (float)(y + 0.5 - t->y);
    if (c->ramp)
        paint_ramp(c, t, dx, dy, count, out);
    else
        paint_levels(t->slopes, c->channels, dx, dy, count, out);
}

static void paint_untouched(MeshCanvas *c, const Triangle *t, int y, Run run) {
    const uint16_t *hits = c->hits + (size_t)(y - c->area.y0) * (size_t)(c->area.x1 - c->area.x0);
    for (int x = run.from; x < run.to; x++)
        if (!hits[x])
            paint_pixels(c, t, y, x, 1);
}

/* Sets the places of one line of four: `run` is in quarter pixels. */
static void hit(uint16_t *row, Run run, int line) {
    int first = run.from / FINE, last = (run.to - 1) / FINE;
    unsigned head = (0xFu << run.from % FINE) & 0xF,
             tail = 0xFu >> (FINE - 1 - (run.to - 1) % FINE);
    if (first == last)
        head &= tail;
    row[first] |= (uint16_t)(head << line * FINE);
    if (first == last)
        return;
    for (int x = first + 1; x < last; x++)
        row[x] |= (uint16_t)(0xFu << line * FINE);
    row[last] |= (uint16_t)(tail << line * FINE);
}

static void paint_line(MeshCanvas *c, const Triangle *t, int y) {
    Run lines[FINE], touched = {c->area.x1 - c->area.x0, 0};
    for (int i = 0; i < FINE; i++) {
        Run r = lines[i] = run_at(t, y + (i + 0.5) / FINE, FINE, &c->area);
        if (r.from >= r.to)
            continue;
        touched.from = r.from / FINE < touched.from ? r.from / FINE : touched.from;
        touched.to = (r.to - 1) / FINE >= touched.to ? (r.to - 1) / FINE + 1 : touched.to;
    }
    Run centre = run_at(t, y + 0.5, 1, &c->area);
    if (centre.from >= centre.to)
        centre = (Run){touched.to, touched.to};
    paint_untouched(c, t, y, (Run){touched.from, centre.from});
    paint_pixels(c, t, y, centre.from, centre.to - centre.from);
    paint_untouched(c, t, y, (Run){centre.to, touched.to});
    uint16_t *row = c->hits + (size_t)(y - c->area.y0) * (size_t)(c->area.x1 - c->area.x0);
    for (int i = 0; i < FINE; i++)
        if (lines[i].from < lines[i].to)
            hit(row, lines[i], i);
    if (touched.to > touched.from)
        *c->shade->steps_left -= PIXEL_STEPS * (int64_t)(touched.to - touched.from);
}

void mesh_triangle(MeshCanvas *c, const MeshVertex *a, const MeshVertex *b, const MeshVertex *d) {
    Triangle t;
    const Area *area = &c->area;
    double low = least(a->y, least(b->y, d->y)), high = most(a->y, most(b->y, d->y));
    double left = least(a->x, least(b->x, d->x)), right = most(a->x, most(b->x, d->x));
    *c->shade->steps_left -= TRIANGLE_STEPS;
    if (low >= area->y1 || high <= area->y0 || left >= area->x1 || right <= area->x0 ||
        !slopes_of(&t, c->channels, c->ramp ? 1 : 255, a, b, d))
        return;
    t.sides[0] = side_of(a, b);
    t.sides[1] = side_of(b, d);
    t.sides[2] = side_of(d, a);
    int from = low > area->y0 ? (int)floor(low) : area->y0;
    int to = high < area->y1 ? (int)ceil(high) : area->y1;
    for (int y = from; y < to; y++)
        paint_line(c, &t, y);
}
