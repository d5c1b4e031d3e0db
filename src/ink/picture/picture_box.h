/* The box filter: each pixel of a grid is the mean of the samples it covers, by area.
 *
 * Rows of samples are pulled from above; whole rows are added up in 16 bits, those on the border of
 * two pixels as floats by their share, and the columns are brought together once for each row of
 * the grid. Where samples are larger than pixels, a pixel that lies in one sample gets just that.
 */
#ifndef CHUPIN_INK_PICTURE_PICTURE_BOX_H
#define CHUPIN_INK_PICTURE_PICTURE_BOX_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Sample i reaches from at + i × step to at + (i + 1) × step on the grid; a negative step turns the
 * order round. Wanted are `count` pixels from `first`. */
typedef struct BoxAxis {
    int samples;
    double at, step;
    int first, count;
} BoxAxis;

/* The next row of samples; NULL: there are no more. */
typedef const uint8_t *BoxPull(void *self);
typedef void BoxSkip(void *self, int rows);

typedef struct BoxFilter BoxFilter;
BoxFilter *box_filter_new(Arena *scratch, const BoxAxis *columns, const BoxAxis *rows,
                          int channels);
/* The next row of the grid, in the order in which the samples come: from the last when the step is
 * negative. False: no more; the samples ended, when not all rows have come. */
typedef struct BoxRow {
    int at;
    const uint8_t *pixels;
} BoxRow;
bool box_filter_next(BoxFilter *b, BoxPull *pull, BoxSkip *skip, void *self, BoxRow *out);

#endif
