/* Pictures of the artwork for reports: whole pages and pieces of them, as they print (drawn from
 * the plates). Whoever has the file at hand gives them; a report without them shows none and says
 * so. */
#ifndef CHUPIN_REPORT_PICTURES_H
#define CHUPIN_REPORT_PICTURES_H

#include "facts/facts.h"

typedef struct PictureWish {
    int page;
    int most;     /* pixels of the longer side, at most */
    bool part;    /* only what lies inside `mm`, which is measured as places of findings are */
    bool compact; /* may come as JPEG where that takes fewer bytes; else it is a PNG */
    Box mm;
} PictureWish;

typedef struct ReportPicture {
    const uint8_t *image; /* a PNG file, or a JPEG; in the arena of the call */
    size_t bytes;
    bool jpeg;
    int width, height; /* pixels */
    Box mm;            /* what it shows, as places of findings are measured: y down, origin as
                          origin_is_trim says; unknown where that can not be told any more */
    bool origin_is_trim;
    bool whole; /* everything could be drawn truthfully */
} ReportPicture;

typedef struct ReportPictures {
    void *self;
    /* False: can not be drawn; `why` says why. */
    bool (*draw)(void *self, Arena *a, const PictureWish *wish, ReportPicture *out, Text *why);
    /* What will be asked for, so that it is drawn in one go; NULL: it makes no difference. */
    void (*expect)(void *self, const PictureWish *wishes, size_t count);
} ReportPictures;

#endif
