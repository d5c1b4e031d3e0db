#include "check/hits.h"

#include <math.h>
#include <string.h>

static double value_of(double rank) {
    return isnan(rank) ? -INFINITY : rank;
}

bool hits_count(Hits *h, double rank, uint32_t order) {
    if (h->count == 0 || order < h->order)
        h->order = order;
    h->count++;
    return h->place_count < SHOWN_PLACES || value_of(rank) > h->ranks[SHOWN_PLACES - 1] ||
           (h->keeps_all && h->count <= MOST_PLACES);
}

static void keep_row(Hits *h, Arena *a, const void *row, size_t row_size) {
    if (h->worst_size < row_size) {
        h->worst = arena_alloc(a, row_size);
        h->worst_size = row_size;
    }
    memcpy(h->worst, row, row_size);
}

void hits_keep(Hits *h, Arena *a, const Place *place, double rank, const void *row,
               size_t row_size) {
    double value = value_of(rank);
    size_t at = h->place_count;
    if (h->keeps_all && h->count <= MOST_PLACES)
        *ARENA_PUSH(a, h->all, h->all_count, h->all_capacity) = *place;
    if (at == SHOWN_PLACES && !(value > h->ranks[SHOWN_PLACES - 1]))
        return;
    while (at > 0 && value > h->ranks[at - 1])
        at--;
    size_t kept = h->place_count < SHOWN_PLACES ? h->place_count : SHOWN_PLACES - 1;
    memmove(&h->places[at + 1], &h->places[at], (kept - at) * sizeof *h->places);
    memmove(&h->ranks[at + 1], &h->ranks[at], (kept - at) * sizeof *h->ranks);
    h->places[at] = *place;
    h->ranks[at] = value;
    h->place_count = kept + 1;
    if (at == 0 && row)
        keep_row(h, a, row, row_size);
}

void hits_clear(Hits *h) {
    *h = (Hits){.worst = h->worst,
                .worst_size = h->worst_size,
                .keeps_all = h->keeps_all,
                .all = h->all,
                .all_capacity = h->all_capacity};
}
