#include "check/hits.h"

#include <math.h>
#include <string.h>

void hits_add(Hits *h, Arena *a, const Place *place, double rank, const void *row, size_t row_size,
              uint32_t order) {
    double value = isnan(rank) ? -INFINITY : rank;
    size_t at = h->place_count;
    while (at > 0 && value > h->ranks[at - 1])
        at--;
    if (h->count == 0 || order < h->order)
        h->order = order;
    h->count++;
    if (at == SHOWN_PLACES)
        return;
    size_t kept = h->place_count < SHOWN_PLACES ? h->place_count : SHOWN_PLACES - 1;
    memmove(&h->places[at + 1], &h->places[at], (kept - at) * sizeof *h->places);
    memmove(&h->ranks[at + 1], &h->ranks[at], (kept - at) * sizeof *h->ranks);
    h->places[at] = *place;
    h->ranks[at] = value;
    h->place_count = kept + 1;
    if (at > 0 || !row)
        return;
    if (h->worst_size < row_size) {
        h->worst = arena_alloc(a, row_size);
        h->worst_size = row_size;
    }
    memcpy(h->worst, row, row_size);
}

void hits_clear(Hits *h) {
    *h = (Hits){.worst = h->worst, .worst_size = h->worst_size};
}
