/* Clusters by place: each lies in cells as large as itself, of a grid that has its size; so whoever
 * looks for a point asks one cell a size. */
#include <math.h>

#include "ink/measure/overlap_parts.h"
#include "read/pdf/table.h"

enum { SIZES = 14, SMALLEST = 3, MOST_ASKED = 64 }; /* cells of 2^3 to 2^16 pt */
static const double SLACK = 0.5;                    /* pt; boxes of clusters are floats */

typedef struct InCell InCell;
struct InCell {
    const InCell *next;
    int cluster;
};

struct ClusterPlaces {
    const Facts *facts;
    size_t count;
    Table cells;
    bool used[SIZES];
};

static double cell_size(int size) {
    return (double)(1 << (size + SMALLEST));
}

static uint64_t cell_key(int size, double x, double y) {
    uint64_t h = hash_number(1, (uint64_t)size);
    h = hash_number(h, (uint64_t)(int64_t)floor(x / cell_size(size)));
    return hash_number(h, (uint64_t)(int64_t)floor(y / cell_size(size)));
}

static bool is_sane(Box b) {
    const double most = 1e6;
    return b.x0 > -most && b.y0 > -most && b.x1 < most && b.y1 < most && b.x0 <= b.x1 &&
           b.y0 <= b.y1;
}

static void place(ClusterPlaces *c, Arena *a, int cluster, Box b) {
    double most = fmax(b.x1 - b.x0, b.y1 - b.y0);
    int size = 0;
    while (size < SIZES - 1 && cell_size(size) < most)
        size++;
    double step = cell_size(size);
    c->used[size] = true;
    for (double x = floor(b.x0 / step); x <= floor(b.x1 / step); x++)
        for (double y = floor(b.y0 / step); y <= floor(b.y1 / step); y++) {
            void **slot = table_slot(&c->cells, a, cell_key(size, x * step, y * step));
            InCell *in = ARENA_NEW(a, InCell);
            *in = (InCell){*slot, cluster};
            *slot = in;
        }
}

ClusterPlaces *cluster_places_new(Arena *a, const Facts *facts) {
    ClusterPlaces *c = ARENA_NEW(a, ClusterPlaces);
    c->facts = facts;
    c->count = facts_count(facts, FACT_cluster);
    for (size_t i = 0; i < c->count; i++) {
        const Cluster *row = facts_at(facts, FACT_cluster, i);
        if (is_sane(box_of(row->box)))
            place(c, a, (int)i, box_of(row->box));
    }
    return c;
}

size_t cluster_places_count(const ClusterPlaces *c) {
    return c->count;
}

static bool holds(const Cluster *c, Box b, Space space, bool overprint) {
    const Style *s = c->style;
    if (s && ((s->space != SPACE_UNKNOWN && s->space != space) || s->overprint == !overprint))
        return false;
    return (double)c->box.x0 <= b.x0 + SLACK && (double)c->box.y0 <= b.y0 + SLACK &&
           (double)c->box.x1 >= b.x1 - SLACK && (double)c->box.y1 >= b.y1 - SLACK;
}

int cluster_at(const ClusterPlaces *c, Box box, Space space, bool overprint) {
    if (!is_sane(box))
        return -1;
    double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
    for (int size = 0; size < SIZES; size++) {
        if (!c->used[size])
            continue;
        int asked = 0;
        const InCell *in = table_find(&c->cells, cell_key(size, x, y));
        for (; in && asked < MOST_ASKED; in = in->next, asked++)
            if (holds(facts_at(c->facts, FACT_cluster, (size_t)in->cluster), box, space, overprint))
                return in->cluster;
    }
    return -1;
}
