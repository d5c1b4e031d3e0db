/* Reading forward through a mapped file: the pages left behind are given back to the system, so
 * that memory does not grow with the file. They are read again from it when somebody returns to
 * them. */
#ifndef CHUPIN_READ_RASTER_MAPPED_H
#define CHUPIN_READ_RASTER_MAPPED_H

#include "read/raster/raster.h"

typedef struct Mapped {
    const RasterSource *source;
    size_t kept; /* everything before was given back */
} Mapped;

/* `at` is where reading has come to. */
void mapped_passed(Mapped *m, const uint8_t *at);

#endif
