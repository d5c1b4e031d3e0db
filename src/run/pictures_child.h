/* The workers' side of pictures_run. Internal to it.
 *
 * A line is a letter, then a record as wire.h writes it: a page is begun, then each picture that is
 * wished of it, drawn or with the reason why not. What one worker draws is decided before it
 * starts. */
#ifndef CHUPIN_RUN_PICTURES_CHILD_H
#define CHUPIN_RUN_PICTURES_CHILD_H

#include "run/pictures_run.h"

enum { TOLD_PICTURE_PAGE = 'b', TOLD_PICTURE = 'p', TOLD_PICTURES_END = 'z' };

/* One worker's share. */
typedef struct PicturesShare {
    const PicturesInput *in;
    const PictureWish *wishes;
    const size_t *mine; /* indexes of wishes, by page */
    size_t count;
} PicturesShare;

void pictures_child_draw(const PicturesShare *share, Sink *lines);

#endif
