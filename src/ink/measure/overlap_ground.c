/* The ink beneath a mark: how much of the mark lies on ink that it has none of itself, and whether
 * that ink stays or goes. */
#include <math.h>
#include <string.h>

#include "ink/measure/overlap_parts.h"
#include "ink/measure/overlap_sums.h"

enum { NOT_ASKED, PRINTS, DOES_NOT_PRINT };

typedef enum PlanePart {
    PART_NONE = 1, /* it is no printing ink */
    PART_OWN,      /* the mark has ink there */
    PART_ERASED,   /* the mark takes the ink away */
    PART_LEFT      /* overprint leaves it alone */
} PlanePart;

/* Beyond these there are no pixels. */
static int pixel_of(double v) {
    const double most = 1 << 28;
    return (int)fmax(fmin(v, most), -most);
}

static Area pixels_of(const MeasuredPage *p, Box box) {
    Box b = box_transformed(box, &p->to_device);
    return (Area){pixel_of(floor(b.x0)), pixel_of(floor(b.y0)), pixel_of(ceil(b.x1)),
                  pixel_of(ceil(b.y1))};
}

void ground_start(Ground *g, const MeasuredPage *p) {
    static const Area everywhere = {-(1 << 28), -(1 << 28), 1 << 28, 1 << 28};
    double least = floor(p->limit->paint_min * 255 + 0.5);
    *g = (Ground){.page = p,
                  .art = box_known(p->page->bleed) ? pixels_of(p, p->page->bleed) : everywhere,
                  .least = least > 1 && least <= 255 ? (int16_t)least : 1,
                  .strips = ARENA_ARRAY(p->arena, Strip, STRIPS)};
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

static PlanePart find_part(Ground *g, const Planes *planes, int plane) {
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

static PlanePart part_of(Ground *g, const Planes *planes, int plane) {
    if (plane >= (int)sizeof g->parts)
        return find_part(g, planes, plane);
    if (!g->parts[plane])
        g->parts[plane] = (uint8_t)find_part(g, planes, plane);
    return (PlanePart)g->parts[plane];
}

/* Is there ink on the surface, or around it, that matters to the mark? */
static bool meets_ink(Ground *g, const WatchedMark *mark, bool own) {
    Area area = area_meet(mark->area, g->art);
    for (const Surface *s = mark->beneath; s; s = surface_around(s)) {
        const Planes *planes = surface_planes(s);
        uint64_t inked = surface_inked(s, area);
        if (inked >> 63)
            return true;
        for (int plane = 0; inked; plane++, inked >>= 1) {
            PlanePart part = inked & 1 ? part_of(g, planes, plane) : PART_NONE;
            if (part == PART_ERASED || part == PART_LEFT || (own && part == PART_OWN))
                return true;
        }
    }
    return false;
}

bool ground_begins(Ground *g, const WatchedMark *mark, bool own) {
    g->paint = mark->paint;
    g->wants_own = own;
    g->ignored =
        surface_will_mix(mark->beneath) || paints_finishes_only(g, surface_planes(mark->beneath));
    g->seen = (Area){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    g->painted = g->ink = g->under_ink = 0;
    g->inked = g->gone = g->left = g->under = (Met){0};
    g->plane_count = 0;
    memset(g->parts, 0, sizeof g->parts);
    return !g->ignored && meets_ink(g, mark, own);
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

/* The ink of a surface along a strip; where the surface begins or ends within it, the rest is 0. */
typedef struct Reading {
    InkRun runs[MOST_UNDER];
    int count, from, length; /* pixels [from, from + length) of the strip */
} Reading;

static Reading read_strip(const Strip *s, const Surface *at) {
    int x = s->column * TILE, left = surface_area(at).x0;
    Reading r = {.from = left > x ? left - x : 0};
    if (r.from < TILE)
        r.count = surface_inks(at, x + r.from, s->y, &r.length, r.runs, MOST_UNDER);
    return r;
}

static void copy_run(uint8_t ink[TILE], const Reading *r, int run) {
    memset(ink, 0, TILE);
    memcpy(ink + r->from, r->runs[run].ink, (size_t)r->length);
}

static UnderRow *under_row(Strip *s, int plane) {
    for (int i = 0; i < s->count; i++)
        if (s->under[i].plane == plane)
            return &s->under[i];
    if (s->count == MOST_UNDER)
        return NULL;
    s->under[s->count] = (UnderRow){.plane = plane};
    return &s->under[s->count++];
}

/* What `at` holds below the strip; `weight`: how much of it can be seen, NULL: all. */
static void add_ground(Ground *g, Strip *s, const Surface *at, const uint8_t *weight) {
    Reading r = read_strip(s, at);
    for (int k = 0; k < r.count; k++) {
        int plane = r.runs[k].plane;
        PlanePart part = part_of(g, surface_planes(at), plane);
        if (part == PART_NONE)
            continue;
        uint8_t ink[TILE];
        copy_run(ink, &r, k);
        for (int i = 0; weight && i < TILE; i++)
            ink[i] = (uint8_t)(ink[i] * weight[i] / 255U);
        meet(s);
        add_tints(part == PART_OWN ? s->own : s->ground, ink);
        UnderRow *under = part == PART_OWN ? NULL : under_row(s, plane);
        for (int i = 0; under && i < TILE; i++)
            under->ink[i] = (uint8_t)(under->ink[i] + ink[i]);
    }
}

/* The ink that stays, of the planes that overprint leaves alone. */
static void add_left(Ground *g, Strip *s, const Surface *at) {
    Reading r = read_strip(s, at);
    for (int k = 0; k < r.count; k++) {
        if (part_of(g, surface_planes(at), r.runs[k].plane) != PART_LEFT)
            continue;
        uint8_t ink[TILE];
        copy_run(ink, &r, k);
        meet(s);
        s->stays = true;
        add_tints(s->left, ink);
    }
}

/* An isolated group is laid over what is around it as one object that never overprints (11.7.4.2),
 * so that ink goes, whatever the marks inside ask for. */
static void add_around(Ground *g, Strip *s, const Surface *inner) {
    uint8_t weight[TILE], alpha[TILE];
    int x = s->column * TILE;
    memset(weight, 255, sizeof weight);
    for (const Surface *at = surface_around(inner); at; inner = at, at = surface_around(at)) {
        surface_read_alpha(inner, s->y, x, x + TILE, alpha);
        bool some = false;
        for (int i = 0; i < TILE; i++) {
            weight[i] = (uint8_t)(weight[i] * (255U - alpha[i]) / 255U);
            some |= weight[i] != 0;
        }
        if (!some)
            return;
        add_ground(g, s, at, weight);
    }
}

static void met_add(Met *m, const int16_t *value, int16_t least, const int16_t *coverage,
                    const int16_t *whole) {
    uint32_t any = sum_where(value, least, coverage);
    if (!any)
        return;
    m->any += any;
    m->whole += sum_where(value, least, whole);
}

static void met_join(Met *m, Met more) {
    m->any += more.any;
    m->whole += more.whole;
}

static void tally(Ground *g, const Strip *s) {
    int16_t coverage[TILE], whole[TILE], sum[TILE];
    int painted = 0;
    for (int i = 0; i < TILE; i++) {
        coverage[i] = s->coverage[i];
        whole[i] = s->coverage[i] == 255;
        painted += s->coverage[i];
    }
    g->painted += (uint64_t)painted;
    if (!s->met)
        return;
    if (g->wants_own) {
        for (int i = 0; i < TILE; i++)
            sum[i] = (int16_t)(s->ground[i] + s->own[i]);
        met_add(&g->under, sum, g->least, coverage, whole);
        g->under_ink += dot_where(sum, g->least, coverage);
    }
    Met inked = {0};
    met_add(&inked, s->ground, g->least, coverage, whole);
    met_join(&g->inked, inked);
    g->ink += dot_where(s->ground, g->least, coverage);
    if (s->stays) {
        for (int i = 0; i < TILE; i++)
            sum[i] = (int16_t)(s->ground[i] - s->left[i]);
        met_add(&g->gone, sum, g->least, coverage, whole);
        met_add(&g->left, s->left, g->least, coverage, whole);
    } else {
        met_join(&g->gone, inked);
    }
    for (int i = 0; i < s->count; i++)
        count_plane(g, s->under[i].plane, dot_tints(s->under[i].ink, s->coverage));
}

static void close_strip(Ground *g, Strip *s) {
    if (s->open)
        tally(g, s);
    s->open = false;
}

/* The strip at a place, read before the mark paints there; neighbours have slots of their own. */
static Strip *strip_at(Ground *g, const Surface *beneath, int column, int y) {
    Strip *s = &g->strips[((unsigned)y % 16 + 16 * ((unsigned)column % 2)) % STRIPS];
    if (s->open && s->column == column && s->y == y)
        return s;
    close_strip(g, s);
    s->open = true;
    s->met = s->stays = false;
    s->column = column;
    s->y = y;
    s->count = 0;
    memset(s->coverage, 0, sizeof s->coverage);
    add_ground(g, s, beneath, NULL);
    const Surface *stays = g->paint->keeps_others ? surface_left(beneath) : NULL;
    if (stays && s->met)
        add_left(g, s, stays);
    if (surface_around(beneath))
        add_around(g, s, beneath);
    return s;
}

static void see(Ground *g, int y, int x0, int x1) {
    Area *a = &g->seen;
    *a = (Area){x0 < a->x0 ? x0 : a->x0, y < a->y0 ? y : a->y0, x1 > a->x1 ? x1 : a->x1,
                y + 1 > a->y1 ? y + 1 : a->y1};
}

void ground_row(Ground *g, const Surface *beneath, int y, int x0, int x1, const uint8_t *coverage) {
    int from = x0 > g->art.x0 ? x0 : g->art.x0, to = x1 < g->art.x1 ? x1 : g->art.x1;
    from = from > 0 ? from : 0;
    while (from < to && !coverage[from - x0])
        from++;
    while (from < to && !coverage[to - 1 - x0])
        to--;
    if (y < g->art.y0 || y >= g->art.y1 || from >= to)
        return;
    see(g, y, from, to);
    for (int x = from, end; x < to; x = end) {
        int column = x / TILE;
        end = (column + 1) * TILE < to ? (column + 1) * TILE : to;
        Strip *s = strip_at(g, beneath, column, y);
        for (int i = x; i < end; i++) {
            int both = s->coverage[i - column * TILE] + coverage[i - x0];
            s->coverage[i - column * TILE] = (uint8_t)(both < 255 ? both : 255);
        }
    }
}

void ground_ends(Ground *g) {
    for (int i = 0; i < STRIPS; i++)
        close_strip(g, &g->strips[i]);
}

int ground_inks(const Ground *g, double tint) {
    double least = tint * 255 * (double)g->inked.any;
    int n = 0;
    for (size_t i = 0; i < g->plane_count; i++)
        n += (double)g->planes[i].ink >= least;
    return g->inked.any ? n : 0;
}
