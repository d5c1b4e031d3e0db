/* The images of a page of a PDF, and nothing else of it. */
#ifndef CHUPIN_INK_LOOK_IMAGE_WALK_H
#define CHUPIN_INK_LOOK_IMAGE_WALK_H

#include "read/pdf/content_of_page.h"

/* Borrowed during the call; the image lies on the unit square under gs->ctm. */
typedef void ImageSink(void *self, const GraphicsState *gs, const PaintImage *image);
void image_walk(const PageContent *content, ImageSink *sink, void *self);

#endif
