/* Which names in a watched folder are artwork, and which files are there whole. */
#ifndef CHUPIN_WATCH_NAMES_H
#define CHUPIN_WATCH_NAMES_H

#include <stdbool.h>

/* Temporary files, job sheets, records, explanations and our own reports are not taken. */
bool name_is_taken(const char *name);
bool name_is_artwork(const char *name); /* by its ending */
bool folder_is_entered(const char *name);

/* Its end is there, as far as its format tells: PDF, TIFF, PNG, JPEG. Of any other it is enough
 * that there is something. */
bool file_is_whole(const char *path);

#endif
