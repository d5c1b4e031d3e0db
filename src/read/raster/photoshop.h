/* Photoshop's image resources: what the program writes beside the pixels of a TIFF (tag 34377) or a
 * JPEG (APP13). Source: Adobe Photoshop File Formats Specification, "Image Resources Section" and
 * "Display Info". Everything lives in the arena; the bytes may be anything. */
#ifndef CHUPIN_READ_RASTER_PHOTOSHOP_H
#define CHUPIN_READ_RASTER_PHOTOSHOP_H

#include "base/text.h"

enum { MOST_PHOTOSHOP_CHANNELS = 64 };

typedef enum PhotoshopKind {
    PHOTOSHOP_UNTOLD,    /* no display info for it */
    PHOTOSHOP_SELECTION, /* colour shows what is masked, or what is selected */
    PHOTOSHOP_SPOT,
} PhotoshopKind;

typedef struct PhotoshopChannel { /* beyond the colours, in the order of the file */
    Str name;
    PhotoshopKind kind;
    bool has_look;
    uint8_t look[3]; /* sRGB */
} PhotoshopChannel;

typedef struct Photoshop {
    PhotoshopChannel channels[MOST_PHOTOSHOP_CHANNELS];
    size_t names, displays; /* how many channels are named, and how many described */
    double ppi_x, ppi_y;    /* 0: not told */
    int paths;              /* saved paths; the working path is none */
    bool clipping_path;
} Photoshop;

void photoshop_read(Photoshop *out, Arena *a, const uint8_t *p, size_t n);

/* Does a TIFF's ImageSourceData (tag 37724) hold layers? It may also hold patterns and text only.
 */
bool photoshop_has_layers(const uint8_t *p, size_t n);

#endif
