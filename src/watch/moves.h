/* Moving files about without ever overwriting one. Functions return 0 or an errno. */
#ifndef CHUPIN_WATCH_MOVES_H
#define CHUPIN_WATCH_MOVES_H

#include "base/text.h"

/* Renames; EEXIST when something has the name already. */
int move_new(const char *from, const char *to);
/* The same under the first name that is free: a.pdf, a_2.pdf, a_3.pdf …; `to` becomes the name it
 * got. */
int move_aside(const char *from, const char **to, Arena *a);
const char *numbered(Arena *a, const char *path, int number);
/* The folders above `path`, as far as they are missing below `root`, which has to be there. */
int folders_make(Arena *a, const char *root, const char *path);
/* Those above `path` and below `root` that are empty. */
void folders_remove(Arena *a, const char *root, const char *path);

#endif
