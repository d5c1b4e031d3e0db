#include "ink/surface/surface_inside.h"
#include "ink/surface/surface_mix.h"

enum {
    ZEROS_BEHIND = 16, /* of a run, as a RowSink is promised */
    WORTH_A_LOOK = 12  /* shorter runs are not searched for full coverage */
};

bool flat_mark_begin(FlatMark *m, Surface *s, const Paint *paint) {
    bool normal = paint->blend == BLEND_NORMAL || paint->blend == BLEND_UNKNOWN;
    bool one_extent = paint->alpha == 255 || paint->alpha_is_shape || !s->keeps_shape;
    if (!normal || !paint->flat || paint->all || !one_extent || s->knockout)
        return false;
    if (s->known != (int)s->planes->count)
        surface_meet_planes(s);
    m->surface = s;
    m->paint = paint;
    memset(m->known, 0xff, sizeof m->known); /* no tile has such a number */
    return s->known <= FLAT_PLANES && paint->count <= FLAT_PLANES;
}

typedef struct Finding {
    Surface *s;
    size_t tile;
    FlatTile *out;
} Finding;

static void add_ink(const Finding *f, int slot, uint8_t value) {
    Tile *tile = tile_to_write(f->s, slot, f->tile);
    if (!tile)
        return;
    f->out->inks[f->out->count].bytes = tile->bytes;
    f->out->inks[f->out->count++].value = value;
}

static void add_extent(const Finding *f) {
    if (f->s->keeps_shape)
        add_ink(f, SLOT_SHAPE, 255);
    if (!f->s->opaque)
        add_ink(f, SLOT_ALPHA, 255);
    if (f->s->keeps_own)
        add_ink(f, SLOT_OWN, 255);
}

/* Ink that is not there is knocked out for nothing; a tile is only made for ink. */
static void find_inks(const Finding *f, const Paint *paint) {
    uint64_t present = f->s->present[f->tile], others = paint->keeps_others ? 0 : present;
    f->out->count = 0;
    for (int i = 0; i < paint->count; i++) {
        int plane = paint->planes[i];
        if (plane >= f->s->known)
            continue;
        others &= ~plane_bit(plane);
        if (paint->values[i] || present & plane_bit(plane))
            add_ink(f, slot_of(plane), paint->values[i]);
    }
    for (; others; others &= others - 1)
        add_ink(f, slot_of(__builtin_ctzll(others)), 0);
    add_extent(f);
}

/* NULL: not known yet. */
static inline const FlatTile *known_tile(const FlatMark *m, size_t tile) {
    return m->known[tile % FLAT_TILES] == tile ? &m->tiles[tile % FLAT_TILES] : NULL;
}

static const FlatTile *find_tile(FlatMark *m, size_t tile) {
    Finding f = {m->surface, tile, &m->tiles[tile % FLAT_TILES]};
    m->known[tile % FLAT_TILES] = tile;
    find_inks(&f, m->paint);
    return f.out;
}

static void lay_run(const FlatTile *t, size_t offset, const uint8_t *coverage, size_t n,
                    size_t room) {
    bool solid = n >= WORTH_A_LOOK && all_are(coverage, 255, n);
    for (int i = 0; i < t->count; i++) {
        uint8_t *p = t->inks[i].bytes + offset;
        if (solid)
            memset(p, t->inks[i].value, n);
        else
            mix_flat_within(p, coverage, t->inks[i].value, n, room);
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
        const FlatTile *t = known_tile(m, tile);
        if (!t && !all_are(a, 0, n))
            t = find_tile(m, tile);
        if (t) {
            lay_run(t, line % TILE * TILE + at, a, n, most < readable ? most : readable);
        }
        a += n;
        column += n;
        left -= n;
        readable -= n;
    }
}

/* The part of a mask that lies in one tile, from its column `at` on. */
static void lay_part(const Surface *s, const FlatTile *t, const Mask *mask, Area part, size_t at) {
    size_t n = (size_t)(part.x1 - part.x0), readable = mask->stride - at;
    size_t column = (size_t)(part.x0 - s->left) % TILE, most = TILE - column;
    size_t offset = (size_t)(part.y0 - s->top) % TILE * TILE + column;
    const uint8_t *first = mask_row(mask, part.y0) + at;
    for (int i = 0; i < t->count; i++) {
        uint8_t *p = t->inks[i].bytes + offset, value = t->inks[i].value;
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

/* The part of `area` that lies in the tile after that of `part`; below the area after the last. The
 * first comes after an empty part. */
static Area next_part(const Surface *s, Area area, Area part) {
    bool begins = area_empty(part);
    int x = begins || part.x1 == area.x1 ? area.x0 : part.x1;
    int y = begins ? area.y0 : x == area.x0 ? part.y1 : part.y0;
    int right = x + TILE - (x - s->left) % TILE, below = y + TILE - (y - s->top) % TILE;
    return (Area){x, y, right < area.x1 ? right : area.x1, below < area.y1 ? below : area.y1};
}

void flat_mark_mask(FlatMark *m, const Mask *mask) {
    const Surface *s = m->surface;
    if (area_empty(mask->area))
        return;
    for (Area part = next_part(s, mask->area, (Area){0}); part.y0 < mask->area.y1;
         part = next_part(s, mask->area, part)) {
        size_t tile = tile_index(s, part.x0, part.y0);
        size_t at = (size_t)(part.x0 - mask->area.x0);
        const FlatTile *t = known_tile(m, tile);
        if (!t && has_coverage(mask, part, at))
            t = find_tile(m, tile);
        if (t)
            lay_part(s, t, mask, part, at);
    }
}

static void lay_box(const Surface *s, const FlatTile *t, uint8_t opacity, Area part) {
    size_t n = (size_t)(part.x1 - part.x0), rows = (size_t)(part.y1 - part.y0);
    size_t offset = (size_t)(part.y0 - s->top) % TILE * TILE + (size_t)(part.x0 - s->left) % TILE;
    uint8_t alpha[TILE];
    memset(alpha, opacity, sizeof alpha);
    for (int i = 0; i < t->count; i++) {
        uint8_t *p = t->inks[i].bytes + offset, value = t->inks[i].value;
        if (opacity == 255 && n == TILE)
            memset(p, value, rows * TILE);
        else
            for (size_t row = 0; row < rows; row++, p += TILE)
                mix_flat(p, alpha, value, n);
    }
}

void flat_mark_box(void *mark, Area area) {
    FlatMark *m = mark;
    area = area_meet(area, m->surface->area);
    if (area_empty(area) || !m->paint->alpha)
        return;
    for (Area part = next_part(m->surface, area, (Area){0}); part.y0 < area.y1;
         part = next_part(m->surface, area, part)) {
        size_t tile = tile_index(m->surface, part.x0, part.y0);
        const FlatTile *t = known_tile(m, tile);
        lay_box(m->surface, t ? t : find_tile(m, tile), m->paint->alpha, part);
    }
}
