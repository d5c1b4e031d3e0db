/* Copies shown on the device, in whatever way they lie there. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_SHOW_H
#define CHUPIN_INK_PICTURE_PICTURE_SHOW_H

#include "ink/picture/picture_emit.h"

void show_copy(Emit *e, Arena *scratch, const PictureCopy *c, Rasteriser *raster);

#endif
