/* Pictures of the artwork for reports: whole pages and pieces of them, as they print (drawn from
 * the plates). Whoever has the file at hand gives them; a report without them shows none and says
 * so. */
#ifndef CHUPIN_REPORT_PICTURES_H
#define CHUPIN_REPORT_PICTURES_H

#include "facts/facts.h"

typedef struct ReportPicture {
    const uint8_t *png; /* in the arena of the call */
    size_t bytes;
    int width, height; /* pixels */
    Box mm; /* what it shows, as places of findings are measured: y down, origin as origin_is_trim
               says */
    bool origin_is_trim;
    bool whole; /* everything could be drawn truthfully */
} ReportPicture;

typedef struct ReportPictures {
    void *self;
    /* The page, its longer side at most `most` pixels; or the part of it inside `mm` (not NULL).
     * False: can not be drawn; `why` says why. */
    bool (*draw)(void *self, Arena *a, int page, const Box *mm, int most, ReportPicture *out,
                 Text *why);
} ReportPictures;

#endif
