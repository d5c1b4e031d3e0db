/* From pixels of the grid to the rows that are told: weights divided out, masks put in. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_EMIT_H
#define CHUPIN_INK_PICTURE_PICTURE_EMIT_H

#include "ink/picture/picture.h"
#include "ink/picture/picture_copy.h"

typedef struct Emit {
    const Place *place;
    const Finish *finish;
    PictureSink *sink;
    void *self;
    int told;         /* rows */
    uint8_t *columns; /* coverage of the columns, where sides are straight */
    uint8_t *shape, *opacity, *samples, *weights;
} Emit;

void emit_start(Emit *e, Arena *scratch, const Place *place, const Finish *finish,
                PictureSink *sink, void *self);
/* A row of what is wanted, all of it; `mask` is NULL unless finish.masked. */
void emit_straight(Emit *e, int y, const uint8_t *image, const uint8_t *mask);
/* A run of pixels in any place; e->shape holds their coverage already. */
void emit_run(Emit *e, int y, int x0, int x1, const uint8_t *image, const uint8_t *mask);

#endif
