/* Pictures of an artwork for its report (report/pictures.h), drawn by sandboxed workers. Nothing
 * happens before the first is asked for; those that were expected are drawn in one go, side by
 * side, and kept.
 *
 * They belong to the artwork whose SHA-256 the report has: any other file gives none. Boxes count
 * from the trim as the report found it; where the file does not show the same trim any more, it
 * is not told where a picture lies. */
#ifndef CHUPIN_RUN_PICTURES_RUN_H
#define CHUPIN_RUN_PICTURES_RUN_H

#include "check/report.h"
#include "read/read.h"
#include "report/pictures.h"
#include "run/worker.h"

typedef struct PicturesInput {
    const char *path;
    const ReadPlan
        *plan; /* password and job, as it was checked with; its pages are not looked at */
    const Report *report;       /* of it */
    const WorkerLimits *limits; /* of one worker */
    int jobs;                   /* workers */
} PicturesInput;

/* Lives in the arena, like every picture; all that `in` points to must live as long. */
const ReportPictures *pictures_of_artwork(Arena *a, const PicturesInput *in);

#endif
