/* Pages that look the same: their plates inside the trim are equal byte by byte. Of each page only
 * a hash is kept. What is drawn twice comes out the same, so nothing needs to be tolerated; two
 * pages that differ in one letter are two pages. */
#include <math.h>
#include <string.h>

#include "ink/measure/ink_sums_pixels.h"
#include "ink/measure/measure.h"
#include "read/pdf/table.h"

typedef struct PlatesHash {
    uint64_t a, b;
} PlatesHash;
typedef struct LikePage {
    PlatesHash hash;
    int number;
} LikePage;

struct Likeness {
    Arena *document;
    LikePage *pages;
    size_t count, capacity;
    Box trim; /* of the page at hand, on the device */
    Area area;
    PlatesHash hash;
    LikePage last; /* as it was compared; number 0: it was not */
};

Likeness *likeness_new(Arena *document) {
    Likeness *l = ARENA_NEW(document, Likeness);
    l->document = document;
    return l;
}

static uint64_t mix(uint64_t h, uint64_t v) {
    h = (h ^ v) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

/* Two hashes that have nothing in common but their input. */
static void add_word(PlatesHash *h, uint64_t v) {
    h->a = mix(h->a, v);
    h->b = mix(h->b + 0x6a09e667f3bcc909u, v << 32 | v >> 32);
}

void likeness_begin(Likeness *l, const MeasuredPage *p) {
    l->trim = box_transformed(p->page->trim, &p->to_device);
    l->hash = (PlatesHash){0, 0};
    l->last.number = 0;
    double most = 1 << 24;
    bool usable = fabs(l->trim.x0) < most && fabs(l->trim.x1) < most && fabs(l->trim.y0) < most &&
                  fabs(l->trim.y1) < most;
    l->area = (Area){0, 0, 0, 0};
    if (usable)
        l->area = (Area){(int)floor(l->trim.x0 + 0.5), (int)floor(l->trim.y0 + 0.5),
                         (int)floor(l->trim.x1 + 0.5), (int)floor(l->trim.y1 + 0.5)};
}

enum { LANES = TILE / 8 };
/* A row of a tile, eight bytes a lane. The turn brings high bits down, which multiplying only moves
 * up. Lanes do not wait for each other: eight multiplications are on their way at once. */
static inline void add_row(uint64_t lanes[LANES], const uint64_t words[LANES]) {
    for (size_t i = 0; i < LANES; i++) {
        uint64_t v = (lanes[i] ^ words[i]) * 0xd6e8feb86659fd93u;
        lanes[i] = v << 32 | v >> 32;
    }
}

/* A tile without ink counts as none at all: whether one is there depends on what was painted over.
 * The sum over the tiles does not depend on the order in which planes were registered. */
static void add_tile(Likeness *l, Str ink, const uint8_t *tile, int x, int y, Area part) {
    PlatesHash h = {hash_bytes(HASH_START, ink.p, ink.n), 0};
    uint64_t any = 0, words[LANES] = {0}, lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8};
    size_t n = (size_t)(part.x1 - part.x0), skip = (size_t)(part.x0 - x);
    for (int row = part.y0; row < part.y1; row++) {
        memcpy((uint8_t *)words + skip, tile + (size_t)(row - y) * TILE + skip, n);
        for (size_t i = 0; i < LANES; i++)
            any |= words[i];
        add_row(lanes, words);
    }
    if (!any)
        return;
    add_word(&h, (uint64_t)(x - l->area.x0) << 32 ^ (uint32_t)(y - l->area.y0));
    for (size_t i = 0; i < LANES; i++)
        add_word(&h, lanes[i]);
    l->hash.a += h.a;
    l->hash.b += h.b;
}

void likeness_add(Likeness *l, const Band *band) {
    Area area = area_meet(area_meet(band->area, l->area), (Area){0, 0, band->width, band->height});
    for (int y = area.y0 / TILE * TILE; y < area.y1; y += TILE)
        for (int x = area.x0 / TILE * TILE; x < area.x1; x += TILE)
            for (size_t plane = PLANE_CYAN; plane < band->planes->count; plane++) {
                const uint8_t *tile = ink_tile(band, plane, x, y);
                if (tile)
                    add_tile(l, band->planes->items[plane].name, tile, x, y,
                             area_meet(area, (Area){x, y, x + TILE, y + TILE}));
            }
}

/* Blank pages are told as such, not as the same. A page that is not drawn whole is like no other as
 * far as anybody knows. */
void likeness_finish(Likeness *l, const MeasuredPage *p) {
    Page *page = p->page;
    page->same_as = UNKNOWN_INT;
    if (page->blank == UNKNOWN_BOOL || area_empty(l->area) || measured_omits(p, page->trim))
        return;
    page->same_as = 0;
    if (page->blank == 1)
        return;
    PlatesHash h = l->hash;
    add_word(&h, (uint64_t)(l->area.x1 - l->area.x0) << 32 ^ (uint32_t)(l->area.y1 - l->area.y0));
    l->last = (LikePage){h, page->number};
    for (size_t i = 0; i < l->count && !page->same_as; i++)
        if (l->pages[i].hash.a == h.a && l->pages[i].hash.b == h.b)
            page->same_as = l->pages[i].number;
    if (!page->same_as)
        *ARENA_PUSH(l->document, l->pages, l->count, l->capacity) = (LikePage){h, page->number};
}

bool likeness_of(const Likeness *l, int page, uint64_t hash[2]) {
    hash[0] = l->last.hash.a, hash[1] = l->last.hash.b;
    return l->last.number == page;
}
