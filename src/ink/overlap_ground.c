/* The ink beneath a mark: how much of the mark lies on ink that it has none of itself, and whether
 * that ink stays or goes. */
#include <math.h>
#include <string.h>

#include "ink/overlap_parts.h"

enum { NOT_ASKED, PRINTS, DOES_NOT_PRINT };
enum { MOST_RUNS = 64 }; /* inks at one place; more of them decide nothing any more */

typedef enum PlanePart {
    PART_NONE,   /* it is no printing ink */
    PART_OWN,    /* the mark has ink there */
    PART_ERASED, /* the mark takes the ink away */
    PART_LEFT    /* overprint leaves it alone */
} PlanePart;

/* A piece of a row within one tile. */
typedef struct Strip {
    int x, y, count;
    const uint8_t *coverage;
    bool met;
    uint16_t ground[TILE], left[TILE], own[TILE]; /* sums of tints; right only when `met` */
} Strip;

static Area pixels_of(const MeasuredPage *p, Box box) {
    Box b = box_transformed(box, &p->to_device);
    const double most = 1 << 28;
    return (Area){(int)fmax(floor(b.x0), -most), (int)fmax(floor(b.y0), -most),
                  (int)fmin(ceil(b.x1), most), (int)fmin(ceil(b.y1), most)};
}

void ground_start(Ground *g, const MeasuredPage *p) {
    static const Area everywhere = {-(1 << 28), -(1 << 28), 1 << 28, 1 << 28};
    double least = floor(p->limit->paint_min * 255 + 0.5);
    *g = (Ground){.page = p,
                  .art = box_known(p->page->bleed) ? pixels_of(p, p->page->bleed) : everywhere,
                  .least = least > 1 && least <= 255 ? (int)least : 1};
}

void ground_begins(Ground *g, const Paint *paint) {
    g->paint = paint;
    g->asked = NULL;
    g->ignored = false;
    g->seen = (Area){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    g->painted = g->ink = g->under_ink = 0;
    g->inked = g->gone = g->left = g->under = (Met){0};
    g->plane_count = 0;
}

/* Ink whose use is unclear may well be printed. */
static bool role_prints(InkRole role) {
    switch (role) {
    case ROLE_PROCESS:
    case ROLE_SPOT:
    case ROLE_UNCLEAR:
        return true;
    case ROLE_UNKNOWN:
    case ROLE_FINISH:
    case ROLE_DIE:
    case ROLE_WHITE:
    case ROLE_WORDS:
        break;
    }
    return false;
}

static bool plane_prints(Ground *g, const Planes *planes, int plane) {
    size_t i = (size_t)plane;
    if (i >= g->prints_room) {
        size_t room = planes->count < 32 ? 32 : 2 * planes->count;
        g->prints = arena_grow(g->page->arena, g->prints, g->prints_room, room);
        g->prints_room = room;
    }
    if (g->prints[i] == NOT_ASKED)
        g->prints[i] = role_prints(plane_role(g->page, planes, plane)) ? PRINTS : DOES_NOT_PRINT;
    return g->prints[i] == PRINTS;
}

/* A mark that paints finishes only says where a tool goes, whatever lies beneath. */
static bool paints_finishes_only(Ground *g, const Planes *planes) {
    const Paint *p = g->paint;
    bool some = false;
    for (int i = 0; i < p->count && !p->all; i++) {
        if (p->flat && !p->values[i] && p->planes[i] < FIRST_SPOT)
            continue;
        if (plane_prints(g, planes, p->planes[i]))
            return false;
        some = true;
    }
    return some;
}

static PlanePart part_of(Ground *g, const Planes *planes, int plane) {
    const Paint *p = g->paint;
    if (!plane_prints(g, planes, plane))
        return PART_NONE;
    if (p->all)
        return !p->flat || p->values[0] ? PART_OWN : PART_ERASED;
    for (int i = 0; i < p->count; i++)
        if (p->planes[i] == plane)
            return !p->flat || p->values[i] ? PART_OWN : PART_ERASED;
    return p->keeps_others ? PART_LEFT : PART_ERASED;
}

static void count_plane(Ground *g, int plane, uint64_t ink) {
    for (size_t i = 0; i < g->plane_count; i++)
        if (g->planes[i].plane == plane) {
            g->planes[i].ink += ink;
            return;
        }
    *ARENA_PUSH(g->page->arena, g->planes, g->plane_count, g->plane_room) = (PlaneMet){plane, ink};
}

static void meet(Strip *s) {
    if (s->met)
        return;
    memset(s->ground, 0, sizeof s->ground);
    memset(s->left, 0, sizeof s->left);
    memset(s->own, 0, sizeof s->own);
    s->met = true;
}

/* What `at` holds below the strip; `weight`: how much of it can be seen, NULL: all. */
static void add_ground(Ground *g, Strip *s, const Surface *at, const uint8_t *weight) {
    InkRun runs[MOST_RUNS];
    int length, count = surface_inks(at, s->x, s->y, &length, runs, MOST_RUNS);
    int n = length < s->count ? length : s->count;
    for (int k = 0; k < count; k++) {
        PlanePart part = part_of(g, surface_planes(at), runs[k].plane);
        if (part == PART_NONE)
            continue;
        meet(s);
        uint16_t *sums = part == PART_OWN ? s->own : s->ground;
        const uint8_t *ink = runs[k].ink;
        uint32_t sum = 0;
        for (int i = 0; i < n; i++) {
            unsigned tint = weight ? ink[i] * weight[i] / 255U : ink[i];
            sums[i] = (uint16_t)(sums[i] + tint);
            sum += tint * s->coverage[i];
        }
        if (sum && part != PART_OWN)
            count_plane(g, runs[k].plane, sum);
    }
}

/* The ink that stays, of the planes that overprint leaves alone. */
static void add_left(Ground *g, Strip *s, const Surface *at) {
    InkRun runs[MOST_RUNS];
    int length, count = surface_inks(at, s->x, s->y, &length, runs, MOST_RUNS);
    int n = length < s->count ? length : s->count;
    for (int k = 0; k < count; k++) {
        if (part_of(g, surface_planes(at), runs[k].plane) != PART_LEFT)
            continue;
        const uint8_t *ink = runs[k].ink;
        meet(s);
        for (int i = 0; i < n; i++)
            s->left[i] = (uint16_t)(s->left[i] + ink[i]);
    }
}

/* An isolated group is laid over what is around it as one object that never overprints (11.7.4.2),
 * so that ink goes, whatever the marks inside ask for. */
static void add_around(Ground *g, Strip *s, const Surface *inner) {
    uint8_t weight[TILE], alpha[TILE];
    memset(weight, 255, sizeof weight);
    for (const Surface *at = surface_around(inner); at; inner = at, at = surface_around(at)) {
        surface_read_alpha(inner, s->y, s->x, s->x + s->count, alpha);
        bool some = false;
        for (int i = 0; i < s->count; i++) {
            weight[i] = (uint8_t)(weight[i] * (255U - alpha[i]) / 255U);
            some |= weight[i] != 0;
        }
        if (!some)
            return;
        add_ground(g, s, at, weight);
    }
}

static void met_add(Met *m, uint8_t coverage) {
    m->any += coverage;
    m->whole += coverage == 255;
}

static void tally(Ground *g, const Strip *s) {
    for (int i = 0; i < s->count; i++) {
        uint8_t c = s->coverage[i];
        g->painted += c;
        if (!c || !s->met || s->ground[i] + s->own[i] < g->least)
            continue;
        met_add(&g->under, c);
        g->under_ink += (uint64_t)c * (uint64_t)(s->ground[i] + s->own[i]);
        if (s->ground[i] < g->least)
            continue;
        met_add(&g->inked, c);
        g->ink += (uint64_t)c * s->ground[i];
        if (s->ground[i] - s->left[i] >= g->least)
            met_add(&g->gone, c);
        if (s->left[i] >= g->least)
            met_add(&g->left, c);
    }
}

static void see(Ground *g, int y, int x0, int x1) {
    Area *a = &g->seen;
    *a = (Area){x0 < a->x0 ? x0 : a->x0, y < a->y0 ? y : a->y0, x1 > a->x1 ? x1 : a->x1,
                y + 1 > a->y1 ? y + 1 : a->y1};
}

void ground_row(Ground *g, const Surface *beneath, int y, int x0, int x1, const uint8_t *coverage) {
    int from = x0 > g->art.x0 ? x0 : g->art.x0, to = x1 < g->art.x1 ? x1 : g->art.x1;
    while (from < to && !coverage[from - x0])
        from++;
    while (from < to && !coverage[to - 1 - x0])
        to--;
    if (y < g->art.y0 || y >= g->art.y1 || from >= to)
        return;
    if (g->asked != beneath) {
        g->asked = beneath;
        g->ignored = surface_will_mix(beneath) || paints_finishes_only(g, surface_planes(beneath));
    }
    if (g->ignored)
        return;
    see(g, y, from, to);
    const Surface *stays = g->paint->keeps_others ? surface_left(beneath) : NULL;
    for (int x = from; x < to;) {
        int n = TILE - (int)((unsigned)x % TILE);
        Strip s = {.x = x, .y = y, .count = n < to - x ? n : to - x};
        s.coverage = coverage + (x - x0);
        add_ground(g, &s, beneath, NULL);
        if (stays && s.met)
            add_left(g, &s, stays);
        if (surface_around(beneath))
            add_around(g, &s, beneath);
        tally(g, &s);
        x += s.count;
    }
}

int ground_inks(const Ground *g, double tint) {
    double least = tint * 255 * (double)g->inked.any;
    int n = 0;
    for (size_t i = 0; i < g->plane_count; i++)
        n += (double)g->planes[i].ink >= least;
    return g->inked.any ? n : 0;
}
