/* How one picture is written: rows from the top, to a file that is there from `begin` on. Internal
 * to plate_files. */
#ifndef CHUPIN_INK_PLATES_PLATE_FILES_FORMAT_H
#define CHUPIN_INK_PLATES_PLATE_FILES_FORMAT_H

#include "base/text.h"

typedef struct PlateFile {
    Arena *arena;
    const char *path;
    const char *title;             /* UTF-8, or NULL */
    int width, height, components; /* 1: a plate, 3: sRGB */
    double ppi;
    int row;   /* that comes next */
    int error; /* errno of what went wrong, once begin, rows or end was false */
    void *writer;
} PlateFile;

typedef struct PlateFormat {
    const char *extension;
    bool (*begin)(PlateFile *f);
    /* At most TILE rows, fewer only at the end; NULL: rows without ink. */
    bool (*rows)(PlateFile *f, const uint8_t *rows, int count);
    bool (*end)(PlateFile *f); /* also after a failure: gives back what `begin` took */
} PlateFormat;

extern const PlateFormat plate_tiff; /* plates only */
extern const PlateFormat plate_png;

#endif
