/* From sums to coverage. For raster_rows.c only. */
#ifndef CHUPIN_INK_SHAPE_RASTER_SWEEP_H
#define CHUPIN_INK_SHAPE_RASTER_SWEEP_H

#include "ink/shape/raster_edges.h"

typedef struct SumRows {
    int32_t *cells;    /* differences between neighbours, in 1/UNIT of a pixel; left all 0 */
    uint64_t *touched; /* pieces of each row in which there are any; left all 0 */
    int rows, stride;
    int piece_shift; /* log2 of the cells of a piece: 0, or at least 4 with aligned rows */
    int width;       /* pixels wanted */
    int y, x0;       /* as told to the sink */
    uint8_t *out;    /* ROW_SLACK bytes before it and behind its `width` may be stored to */
} SumRows;

void sweep_rows(const SumRows *s, bool even_odd, RowSink *sink, void *self);
/* Coverage of a pixel, 0 to 255, from its sum: non-zero winding. */
uint8_t coverage_of_sum(int32_t sum);

#endif
