/* The few properties of an XMP packet (Adobe XMP Specification, part 1) that a check asks for. The
 * packet is searched, not parsed: it rides along in files that are often cut or edited by hand. */
#ifndef CHUPIN_READ_RASTER_XMP_H
#define CHUPIN_READ_RASTER_XMP_H

#include "base/text.h"

typedef struct Xmp {      /* text in the arena, printable; "" and 0: not said */
    const char *title;    /* dc:title, its first language */
    const char *software; /* xmp:CreatorTool */
    int orientation;      /* tiff:Orientation */
    double ppi_x, ppi_y;  /* tiff:XResolution with a unit */
} Xmp;

/* `p` holds UTF-8, as it does in TIFF, PNG and JPEG. */
void xmp_read(Xmp *out, Arena *a, const uint8_t *p, size_t n);

#endif
