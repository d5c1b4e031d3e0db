/* A file that is there whole or not at all. Internal to record. */
#ifndef CHUPIN_RECORD_WHOLE_FILE_H
#define CHUPIN_RECORD_WHOLE_FILE_H

#include "base/result.h"

/* Writes `bytes` beside `path` in its folder, which is made when it is not there, brings them to
 * the disk and gives them their name; a file of that name is replaced. Removes what writers left
 * beside that were killed an hour or longer ago. */
Result whole_file(Arena *a, const char *folder, const char *path, Str bytes);

#endif
