/* The files of a batch: folders with all that is in them, lists of paths, standard input. */
#ifndef CHUPIN_RUN_FILE_LIST_H
#define CHUPIN_RUN_FILE_LIST_H

#include "base/result.h"

typedef struct FileList { /* paths in the order of their bytes, each once */
    Arena *arena;
    const char **paths;
    size_t count, capacity;
    size_t passed_over; /* in folders: files that are no artwork we read */
} FileList;

/* `operand` is a folder, an artwork, a file of paths (one a line, or with NULs between them) or "-"
 * for such a list on standard input. What a folder holds is chosen by read/artwork_names.def; what a
 * list names is taken as it is. */
Result file_list_add(FileList *list, const char *operand, bool nul);
void file_list_sort(FileList *list);

#endif
