/* Stored samples to delivered ones: 8 bits, interleaved, colours as raster.h says. Private to the
 * TIFF codec. */
#ifndef CHUPIN_READ_RASTER_TIFF_SAMPLES_H
#define CHUPIN_READ_RASTER_TIFF_SAMPLES_H

#include "read/raster/tiff_page.h"

/* One strip or tile as libtiff decodes it. */
typedef struct TiffBlock {
    const uint8_t *planes[MOST_RASTER_CHANNELS]; /* one for each stored sample, or one for all */
    size_t row_bytes;                            /* of one of them */
    uint32_t width;                              /* pixels across, as stored */
} TiffBlock;

typedef struct TiffConverter TiffConverter;

TiffConverter *tiff_converter_new(const TiffLayout *layout, TIFF *tif); /* NULL: no memory */
void tiff_converter_free(TiffConverter *c);                             /* NULL is allowed */
/* Rows can be handed out as they are decoded. */
bool tiff_layout_is_plain(const TiffLayout *layout);
/* Row `y` of a block, its first `pixels` pixels. */
void tiff_convert(TiffConverter *c, const TiffBlock *block, uint32_t y, uint32_t pixels,
                  uint8_t *out);

#endif
