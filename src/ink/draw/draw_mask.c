/* Masks of a drawing: made within the budget of its tiles, and given back with the band at the
 * latest. */
#include "ink/draw/draw.h"

#include <stdlib.h>
#include <string.h>

typedef struct MaskLink {
    Mask mask; /* first, so that its address is that of the whole */
    struct MaskLink *next, **from;
    size_t bytes;
} MaskLink;

Mask *mask_new(Drawing *d, Area area, uint8_t outside) {
    if (area_empty(area))
        area.x1 = area.x0, area.y1 = area.y0;
    size_t stride = (size_t)(area.x1 - area.x0), rows = (size_t)(area.y1 - area.y0);
    size_t bytes = sizeof(MaskLink) + stride * rows + 16;
    MaskLink *l = pool_take_bytes(d->pool, bytes) ? calloc(1, bytes) : NULL;
    if (!l) {
        d->lost = true;
        return NULL;
    }
    l->mask = (Mask){area, outside, stride, (uint8_t *)(l + 1)};
    l->bytes = bytes;
    l->next = d->masks;
    l->from = &d->masks;
    if (l->next)
        l->next->from = &l->next;
    d->masks = l;
    return &l->mask;
}

void mask_free(Drawing *d, Mask *m) {
    if (!m)
        return;
    MaskLink *l = (MaskLink *)m;
    *l->from = l->next;
    if (l->next)
        l->next->from = l->from;
    pool_give_bytes(d->pool, l->bytes);
    free(l);
}

void masks_free(Drawing *d) {
    while (d->masks)
        mask_free(d, &d->masks->mask);
}

void mask_add(Mask *m, int y, int x0, int x1, const uint8_t *coverage) {
    if (y < m->area.y0 || y >= m->area.y1)
        return;
    int from = x0 < m->area.x0 ? m->area.x0 : x0, to = x1 > m->area.x1 ? m->area.x1 : x1;
    uint8_t *row = m->bytes + (size_t)(y - m->area.y0) * m->stride - m->area.x0;
    for (int x = from; x < to; x++)
        row[x] = (uint8_t)(row[x] + times((uint8_t)(255 - row[x]), coverage[x - x0]));
}

const uint8_t *mask_run(const Mask *m, int y, int x0, int x1, uint8_t *room) {
    if (y >= m->area.y0 && y < m->area.y1 && x0 >= m->area.x0 && x1 <= m->area.x1)
        return mask_row(m, y) + (x0 - m->area.x0);
    memset(room, m->outside, (size_t)(x1 - x0));
    if (y < m->area.y0 || y >= m->area.y1)
        return room;
    int from = x0 < m->area.x0 ? m->area.x0 : x0, to = x1 > m->area.x1 ? m->area.x1 : x1;
    if (from < to)
        memcpy(room + (from - x0), mask_row(m, y) + (from - m->area.x0), (size_t)(to - from));
    return room;
}
