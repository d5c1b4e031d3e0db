/* Finding the job sheets of an artwork: the nearest first. */
#ifndef CHUPIN_CHECK_JOB_FIND_H
#define CHUPIN_CHECK_JOB_FIND_H

#include "base/yaml.h"

typedef struct FoundSheet {
    const char *path, *name; /* name: without folders, safe to print */
    YamlText text;
    YamlNode *root;
    char sha256[65]; /* of the bytes as they are on disk */
} FoundSheet;

typedef struct FoundSheets { /* nearest first */
    FoundSheet *items;
    size_t count, capacity;
} FoundSheets;

/* `<artwork>.chupin.yaml`, then chupin.yaml in its folder and further up, until `root: yes`. With
 * `named` that sheet stands for the nearest ones, and what lies above its folder is inherited.
 * Artwork in any stage of a hot folder has the sheets of 待检.
 * Errors of every sheet are added. */
void sheets_find(FoundSheets *out, Arena *a, const char *artwork, const char *named,
                 Errors *errors);

#endif
