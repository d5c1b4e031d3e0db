#include "ink/surface_inside.h"
#include "ink/surface_mix.h"

enum {
    ZEROS_BEHIND = 16, /* of a run, as a RowSink is promised */
    WORTH_A_LOOK = 12  /* shorter runs are not searched for full coverage */
};

static const size_t NO_TILE = SIZE_MAX;

bool flat_mark_begin(FlatMark *m, Surface *s, const Paint *paint) {
    bool normal = paint->blend == BLEND_NORMAL || paint->blend == BLEND_UNKNOWN;
    bool one_extent = paint->alpha == 255 || paint->alpha_is_shape || !s->keeps_shape;
    if (!normal || !paint->flat || paint->all || !one_extent || s->knockout)
        return false;
    if (s->known != (int)s->planes->count)
        surface_meet_planes(s);
    m->surface = s;
    m->paint = paint;
    m->tile = NO_TILE;
    return s->known <= FLAT_PLANES && paint->count <= FLAT_PLANES;
}

static void add_ink(FlatMark *m, int slot, uint8_t value) {
    Tile *tile = tile_to_write(m->surface, slot, m->tile);
    if (!tile)
        return;
    m->inks[m->count].bytes = tile->bytes;
    m->inks[m->count++].value = value;
}

static void add_extent(FlatMark *m) {
    const Surface *s = m->surface;
    if (s->keeps_shape)
        add_ink(m, SLOT_SHAPE, 255);
    if (!s->opaque)
        add_ink(m, SLOT_ALPHA, 255);
    if (s->keeps_own)
        add_ink(m, SLOT_OWN, 255);
}

/* Ink that is not there is knocked out for nothing; a tile is only made for ink. */
static void find_inks(FlatMark *m, size_t tile) {
    const Surface *s = m->surface;
    const Paint *paint = m->paint;
    uint64_t present = s->present[tile], others = paint->keeps_others ? 0 : present;
    m->tile = tile;
    m->count = 0;
    for (int i = 0; i < paint->count; i++) {
        int plane = paint->planes[i];
        if (plane >= s->known)
            continue;
        others &= ~plane_bit(plane);
        if (paint->values[i] || present & plane_bit(plane))
            add_ink(m, slot_of(plane), paint->values[i]);
    }
    for (; others; others &= others - 1)
        add_ink(m, slot_of(__builtin_ctzll(others)), 0);
    add_extent(m);
}

static void lay_run(const FlatMark *m, size_t offset, const uint8_t *coverage, size_t n,
                    size_t room) {
    bool solid = n >= WORTH_A_LOOK && all_are(coverage, 255, n);
    for (int i = 0; i < m->count; i++) {
        uint8_t *p = m->inks[i].bytes + offset;
        if (solid)
            memset(p, m->inks[i].value, n);
        else
            mix_flat_within(p, coverage, m->inks[i].value, n, room);
    }
}

void flat_mark_row(void *mark, int y, int x0, int x1, uint8_t *coverage) {
    FlatMark *m = mark;
    const Surface *s = m->surface;
    int from = x0 > s->area.x0 ? x0 : s->area.x0, to = x1 < s->area.x1 ? x1 : s->area.x1;
    if (y < s->area.y0 || y >= s->area.y1 || from >= to)
        return;
    uint8_t *a = coverage + (from - x0);
    if (m->paint->alpha != 255)
        scale_row_by(a, a, m->paint->alpha, (size_t)(to - from));
    size_t line = (size_t)(y - s->top), column = (size_t)(from - s->left);
    size_t left = (size_t)(to - from), readable = (size_t)(x1 - from) + ZEROS_BEHIND;
    while (left) {
        size_t tile = line / TILE * s->columns + column / TILE, at = column % TILE;
        size_t most = TILE - at, n = most < left ? most : left;
        if (tile == m->tile || !all_are(a, 0, n)) {
            if (tile != m->tile)
                find_inks(m, tile);
            lay_run(m, line % TILE * TILE + at, a, n, most < readable ? most : readable);
        }
        a += n;
        column += n;
        left -= n;
        readable -= n;
    }
}

/* The part of a mask that lies in one tile, from its column `at` on. */
static void lay_part(FlatMark *m, const Mask *mask, Area part, size_t at) {
    const Surface *s = m->surface;
    size_t n = (size_t)(part.x1 - part.x0), readable = mask->stride - at;
    size_t column = (size_t)(part.x0 - s->left) % TILE, most = TILE - column;
    size_t offset = (size_t)(part.y0 - s->top) % TILE * TILE + column;
    const uint8_t *first = mask_row(mask, part.y0) + at;
    for (int i = 0; i < m->count; i++) {
        uint8_t *p = m->inks[i].bytes + offset, value = m->inks[i].value;
        const uint8_t *a = first;
        for (int y = part.y0; y < part.y1; y++, p += TILE, a += mask->stride)
            mix_flat_within(p, a, value, n, most < readable ? most : readable);
    }
}

static bool has_coverage(const Mask *mask, Area part, size_t at) {
    for (int y = part.y0; y < part.y1; y++)
        if (!all_are(mask_row(mask, y) + at, 0, (size_t)(part.x1 - part.x0)))
            return true;
    return false;
}

void flat_mark_mask(FlatMark *m, const Mask *mask) {
    const Surface *s = m->surface;
    Area a = mask->area, part;
    for (part.y0 = a.y0; part.y0 < a.y1; part.y0 = part.y1) {
        int below = part.y0 + TILE - (part.y0 - s->top) % TILE;
        part.y1 = below < a.y1 ? below : a.y1;
        for (part.x0 = a.x0; part.x0 < a.x1; part.x0 = part.x1) {
            int right = part.x0 + TILE - (part.x0 - s->left) % TILE;
            part.x1 = right < a.x1 ? right : a.x1;
            size_t tile = tile_index(s, part.x0, part.y0), at = (size_t)(part.x0 - a.x0);
            if (tile != m->tile && !has_coverage(mask, part, at))
                continue;
            if (tile != m->tile)
                find_inks(m, tile);
            lay_part(m, mask, part, at);
        }
    }
}
