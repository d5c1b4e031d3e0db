/* A look at a picture, pixel by pixel: everything that only its pixels tell, from one pass over its
 * rows. For pages of raster files and for images inside PDFs.
 *
 *     Look *l = look_new(&plan);
 *     … look_row(l, y, samples) for every row from the top …
 *     look_finish(l, picture);
 *     look_free(l); */
#ifndef CHUPIN_INK_LOOK_LOOK_H
#define CHUPIN_INK_LOOK_LOOK_H

#include "ink/look/swatches.h"

typedef struct LookPlan {
    PixelForm form;
    const uint8_t
        *icc; /* profile of the samples; of CMYK without one: that of the press. NULL: none */
    size_t icc_count;
} LookPlan;

typedef struct Look Look;
Look *look_new(const LookPlan *plan);
void look_free(Look *l); /* NULL is allowed */
/* Always true: PixelRows.row wants to know whether more rows are wanted. */
bool look_row(void *look, uint32_t y, const uint8_t *samples);
/* Sets detail, blocks, dark, light, range and cast; all stay unknown unless every row came. */
void look_finish(Look *l, Picture *out);

#endif
