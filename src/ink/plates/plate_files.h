/* Plates of a page as files: p0001-<ink>.tif for each ink, p0001-composite.png for the eye.
 *
 * The four process plates are always written, spots when something is painted with them. Files are
 * written band by band under their names in a folder of their own, which the caller makes and
 * removes, and moved to where they belong when all of the page is there. The same plates give the
 * same bytes.
 *
 *     PlateFiles *f = plate_files_new(page_arena, &(PlateFilesPlan){.dir = "out", …});
 *     plates_draw(maker, page_arena, content, &plan, plate_files_band, f);
 *     TRY(plate_files_end(f)); */
#ifndef CHUPIN_INK_PLATES_PLATE_FILES_H
#define CHUPIN_INK_PLATES_PLATE_FILES_H

#include "ink/plates/plates.h"

typedef struct PlateFilesPlan {
    const char *dir;       /* where the files go */
    const char *temporary; /* on the same file system */
    int page;
    bool png;     /* else TIFF */
    Press *press; /* makes the composite; NULL: none */
} PlateFilesPlan;

typedef struct PlateFiles PlateFiles;
PlateFiles *plate_files_new(Arena *page, const PlateFilesPlan *plan);
void plate_files_band(void *files, const Band *band); /* a BandSink */
/* Moves the files to their place; or gives them up when something went wrong. */
Result plate_files_end(PlateFiles *f);
/* The file of a plane, once that ended well; NULL: the plane has none. */
const char *plate_files_name(const PlateFiles *f, size_t plane);
const char *plate_files_composite(const PlateFiles *f);

/* The name of an ink as part of a file name: UTF-8 in which /, %, a leading dot and everything that
 * could disturb a terminal is written as %XX. A very long one is cut and marked by its hash. */
char *plate_file_stem(Arena *a, Str ink);

#endif
