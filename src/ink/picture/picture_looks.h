/* Pictures of artwork looked at pixel by pixel: what only pixels tell, as facts of FACT_picture.
 *
 * A page of a raster file is looked at while its rows go by for the plates. Images inside a PDF are
 * decoded once at full resolution, however often they are placed. What can not be decoded leaves
 * the facts unknown and says why. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_LOOKS_H
#define CHUPIN_INK_PICTURE_PICTURE_LOOKS_H

#include "ink/pixels/pixels.h"
#include "ink/press/press.h"
#include "read/pdf/content_of_page.h"

typedef struct PictureLooks PictureLooks; /* for one document, in its arena */
PictureLooks *picture_looks_new(Arena *document);
void picture_looks_free(PictureLooks *p); /* NULL is allowed */

/* Looks at the images of the picture rows of a PDF page. `press` gives CMYK without a profile its
 * lightness; NULL: there is none. */
void picture_looks_page(PictureLooks *p, Facts *facts, const PageContent *content,
                        const PressProfile *press);
/* Who looks at a raster page: told its rows once, sets its picture row at their end. */
PixelRows picture_looks_rows(PictureLooks *p, Facts *facts, const RasterPixels *pixels);

#endif
