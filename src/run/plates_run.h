/* `chupin plates`: pages drawn by workers that share them out among themselves; each writes the
 * files of the pages it draws, so that no plate passes through a pipe. The same bytes come out
 * whatever the number of workers. */
#ifndef CHUPIN_RUN_PLATES_RUN_H
#define CHUPIN_RUN_PLATES_RUN_H

#include "read/read.h"
#include "run/plates_told.h"
#include "run/worker.h"

typedef struct PlatesInput {
    const char *path, *name;
    const ReadPlan *plan;        /* for when content has to be read; its pages are those to draw */
    const char *dir, *temporary; /* as in ink/plates/plate_files.h */
    double ppi;
    Box region; /* mm from the top left of trim or media as viewed; unknown: the whole page */
    bool png;
    int jobs; /* workers */
} PlatesInput;

typedef struct PlatesPage {
    int number;
    bool settled;          /* drawn, or it is known why not */
    int width, height;     /* pixels; 0: there are no plates */
    const char *composite; /* file name */
    ToldPlate *plates;     /* process inks first, then spots as they were met */
    size_t plate_count, plate_capacity;
    ToldLoss *losses; /* what could not be drawn truthfully */
    size_t loss_count, loss_capacity;
} PlatesPage;

typedef struct PlatesResult {
    ToldFile file; /* readable, pages of the file */
    PlatesPage *pages;
    size_t count;        /* pages that were wanted and are there */
    ToldProfile profile; /* name NULL: none was needed */
    int interrupted;     /* signal, or 0 */
} PlatesResult;

/* A Result is trouble of the operator's. The result lives in the arena. */
Result plates_run(PlatesResult *out, Arena *a, const PlatesInput *in, const WorkerLimits *limits);

#endif
