/* Clips on the device. Rectangles stay numbers; other paths become masks, each made once from the
 * one around it. Masks are forgotten together when they take too much: a clip that is needed again
 * is made again. */
#include "ink/draw/draw.h"

#include <math.h>
#include <string.h>

enum { CLIP_BYTES = 12 << 20 };

/* Edges nearer to the border of a pixel than this are on it: the noise of matrices. */
#define SNAP (1.0 / 512)

typedef struct KnownClip {
    ClipShape shape;
    Mask *made; /* its own mask */
} KnownClip;

/* Where an edge falls: the outermost pixel inside, and how much of it. */
static int low_edge(double at, uint8_t *share) {
    double whole = floor(at + SNAP);
    *share = alpha_byte(1 - (at - whole < SNAP ? 0 : at - whole));
    return (int)whole;
}

static int high_edge(double at, uint8_t *share) {
    double whole = ceil(at - SNAP);
    *share = alpha_byte(1 - (whole - at < SNAP ? 0 : whole - at));
    return (int)whole;
}

static double within(double v, double low, double high) {
    return v < low ? low : v > high ? high : v;
}

static void meet_low(int *at, uint8_t *share, int other, uint8_t other_share) {
    if (other > *at || (other == *at && other_share < *share))
        *share = other_share;
    *at = other > *at ? other : *at;
}

static void meet_high(int *at, uint8_t *share, int other, uint8_t other_share) {
    if (other < *at || (other == *at && other_share < *share))
        *share = other_share;
    *at = other < *at ? other : *at;
}

/* A thin rectangle inside one pixel covers what is between both of its edges. */
static void meet_thin(int low, int high, uint8_t *low_share, uint8_t *high_share) {
    if (high - low != 1)
        return;
    int both = *low_share + *high_share - 255;
    *low_share = (uint8_t)(both > 0 ? both : 0);
    *high_share = 255;
}

static ClipShape meet_box(const ClipShape *outer, Box b) {
    ClipShape c = *outer;
    Area a;
    uint8_t left, top, right, bottom;
    const Area o = outer->area;
    a.x0 = low_edge(within(b.x0, o.x0, o.x1), &left);
    a.y0 = low_edge(within(b.y0, o.y0, o.y1), &top);
    a.x1 = high_edge(within(b.x1, o.x0, o.x1), &right);
    a.y1 = high_edge(within(b.y1, o.y0, o.y1), &bottom);
    meet_thin(a.x0, a.x1, &left, &right);
    meet_thin(a.y0, a.y1, &top, &bottom);
    meet_low(&c.area.x0, &c.left, a.x0, left);
    meet_low(&c.area.y0, &c.top, a.y0, top);
    meet_high(&c.area.x1, &c.right, a.x1, right);
    meet_high(&c.area.y1, &c.bottom, a.y1, bottom);
    return c;
}

/* Is the path one rectangle that stands straight on the device? */
static bool is_straight_box(const Path *p, const Matrix *m, Box *out) {
    static const uint8_t corners[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE};
    bool closed = p->verb_count == 5 && p->verbs[4] == PATH_CLOSE && p->point_count == 4;
    bool ends = p->point_count == 5 && p->verb_count >= 5 && p->verbs[4] == PATH_LINE &&
                p->points[4].x == p->points[0].x && p->points[4].y == p->points[0].y &&
                (p->verb_count == 5 || (p->verb_count == 6 && p->verbs[5] == PATH_CLOSE));
    if ((!closed && !ends && !(p->verb_count == 4 && p->point_count == 4)) ||
        memcmp(p->verbs, corners, sizeof corners))
        return false;
    Point q[4];
    for (int i = 0; i < 4; i++)
        q[i] = matrix_apply(m, p->points[i].x, p->points[i].y);
    bool along = fabs(q[0].y - q[1].y) < SNAP && fabs(q[1].x - q[2].x) < SNAP &&
                 fabs(q[2].y - q[3].y) < SNAP && fabs(q[3].x - q[0].x) < SNAP;
    bool across = fabs(q[0].x - q[1].x) < SNAP && fabs(q[1].y - q[2].y) < SNAP &&
                  fabs(q[2].x - q[3].x) < SNAP && fabs(q[3].y - q[0].y) < SNAP;
    *out = (Box){fmin(q[0].x, q[2].x), fmin(q[0].y, q[2].y), fmax(q[0].x, q[2].x),
                 fmax(q[0].y, q[2].y)};
    return along || across;
}

void clip_shape_row(const ClipShape *c, int y, int x0, int x1, uint8_t *coverage) {
    if (c->mask) {
        const uint8_t *row = mask_row(c->mask, y) + (x0 - c->mask->area.x0);
        for (int i = 0; i < x1 - x0; i++)
            coverage[i] = times(coverage[i], row[i]);
    }
    if (x0 == c->area.x0 && c->left != 255)
        coverage[0] = times(coverage[0], c->left);
    if (x1 == c->area.x1 && c->right != 255)
        coverage[x1 - 1 - x0] = times(coverage[x1 - 1 - x0], c->right);
    uint8_t share = y == c->area.y0 ? c->top : 255;
    share = y == c->area.y1 - 1 ? times(share, c->bottom) : share;
    for (int i = 0; share != 255 && i < x1 - x0; i++)
        coverage[i] = times(coverage[i], share);
}

typedef struct MaskMaker {
    Mask *mask;
    const ClipShape *outer;
} MaskMaker;

static void keep_row(void *self, int y, int x0, int x1, uint8_t *coverage) {
    MaskMaker *m = self;
    clip_shape_row(m->outer, y, x0, x1, coverage);
    mask_add(m->mask, y, x0, x1, coverage);
}

static const ClipShape nothing_shows = {{0, 0, 0, 0}, 255, 255, 255, 255, NULL};

static void by_mask(KnownClip *k, Mask *mask) {
    k->made = mask;
    k->shape = mask ? (ClipShape){mask->area, 255, 255, 255, 255, mask} : nothing_shows;
}

static void make_path(Drawing *d, KnownClip *k, const Clip *c, const ClipShape *outer) {
    Box box;
    if (!c->path.verb_count) { /* only its bounds are known: an empty clip */
        k->shape = meet_box(outer, box_transformed(c->bounds, &d->to_device));
        return;
    }
    if (is_straight_box(&c->path, &d->to_device, &box)) {
        k->shape = meet_box(outer, box);
        return;
    }
    Area area = area_meet(outer->area, area_of_box(box_transformed(c->path.bounds, &d->to_device)));
    if (area_empty(area)) {
        k->shape = nothing_shows;
        return;
    }
    raster_begin(d->raster, area);
    raster_path(d->raster, &c->path, &d->to_device);
    drawing_whole(d, c->path.bounds);
    MaskMaker m = {mask_new(d, area_meet(area, raster_bounds(d->raster)), 0), outer};
    if (m.mask)
        raster_sweep(d->raster, c->even_odd, keep_row, &m);
    by_mask(k, m.mask);
}

static void make_text(Drawing *d, KnownClip *k, const Clip *c, const ClipShape *outer) {
    const Mask *shown = table_find(&d->text_clips, (uintptr_t)c);
    Area area = shown ? area_meet(shown->area, outer->area) : (Area){0, 0, 0, 0};
    if (area_empty(area)) {
        k->shape = nothing_shows;
        return;
    }
    MaskMaker m = {mask_new(d, area, 0), outer};
    uint8_t *row = d->coverage_row;
    for (int y = area.y0; m.mask && y < area.y1; y++) {
        memcpy(row, mask_row(shown, y) + (area.x0 - shown->area.x0), m.mask->stride);
        keep_row(&m, y, area.x0, area.x1, row);
    }
    by_mask(k, m.mask);
}

static uint64_t clip_key(const Drawing *d, const Clip *c) {
    return hash_number(hash_number(HASH_START, (uintptr_t)c), d->space_serial);
}

static KnownClip *make_known(Drawing *d, const Clip *c, const ClipShape *outer) {
    KnownClip *k = ARENA_NEW(d->arena, KnownClip);
    if (!outer)
        k->shape = meet_box(&(ClipShape){d->extent, 255, 255, 255, 255, NULL},
                            box_transformed(c->bounds, &d->to_device));
    else if (c->text)
        make_text(d, k, c, outer);
    else
        make_path(d, k, c, outer);
    if (k->made)
        d->clip_bytes += k->made->stride * (size_t)(k->made->area.y1 - k->made->area.y0);
    *table_slot(&d->clips, d->arena, clip_key(d, c)) = k;
    return k;
}

static void forget_masks(Drawing *d) {
    for (size_t i = 0; i < d->clips.capacity; i++) {
        KnownClip *k = d->clips.values[i];
        if (k && k->made)
            mask_free(d, k->made);
    }
    d->clips = (Table){0};
    d->clip_bytes = 0;
}

/* The chain is followed outwards to the first clip that is known, then made from there inwards. */
const ClipShape *clip_shape(Drawing *d, const Clip *clip) {
    KnownClip *known = table_find(&d->clips, clip_key(d, clip));
    if (known)
        return &known->shape;
    if (d->clip_bytes > CLIP_BYTES)
        forget_masks(d);
    const Clip **chain = NULL;
    size_t count = 0, capacity = 0;
    const Clip *c = clip;
    for (; c && !known; c = c->outer) {
        known = table_find(&d->clips, clip_key(d, c));
        if (!known)
            *ARENA_PUSH(d->arena, chain, count, capacity) = c;
    }
    while (count) {
        c = chain[--count];
        known = make_known(d, c, known ? &known->shape : NULL);
    }
    return &known->shape;
}
