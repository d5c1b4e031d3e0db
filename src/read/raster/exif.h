/* What an Exif block says that a check asks for: the first directory and the Exif directory below
 * it (Exif 2.3, CIPA DC-008, 4.6). Thumbnails and maker notes are not looked at. */
#ifndef CHUPIN_READ_RASTER_EXIF_H
#define CHUPIN_READ_RASTER_EXIF_H

#include "base/text.h"

typedef struct Exif {
    int orientation;      /* 1 … 8; 0: not said */
    double ppi_x, ppi_y;  /* 0: not said, or without a unit */
    bool srgb;            /* ColorSpace is 1 */
    const char *software; /* printable, in the arena; "" */
} Exif;

/* `p` is the TIFF structure, from its byte order mark on. False: it is none. */
bool exif_read(Exif *out, Arena *a, const uint8_t *p, size_t n);

#endif
