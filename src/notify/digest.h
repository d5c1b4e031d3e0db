/* What is told about results: one message a minute and group, made from the results since the one
 * before. Text only; the artwork and its reports never leave the share. */
#ifndef CHUPIN_NOTIFY_DIGEST_H
#define CHUPIN_NOTIFY_DIGEST_H

#include "base/sink.h"
#include "notify/plan.h"

enum { DIGEST_WORST = 5, DIGEST_FILES = 20 };

typedef struct ToldFile {     /* one result, as the watch tells it */
    const char *name, *place; /* place: below the watched folder */
    const char *stage, *line;
    const char *folder; /* the watched folder */
    size_t worst_count;
    const char *worst[DIGEST_WORST];
} ToldFile;

typedef struct Digest {
    size_t count; /* of results; the first DIGEST_FILES are in `files` */
    ToldFile files[DIGEST_FILES];
    size_t worst_count;
    const char *worst[DIGEST_WORST]; /* with the name of the file before */
} Digest;

/* Copies it into the arena. */
void digest_add(Digest *d, Arena *a, const ToldFile *file);
const char *digest_title(Arena *a, const Digest *d, Lang lang);
/* As Markdown of at most `most` bytes; `link`: the watched folder as people reach it, or NULL. */
const char *digest_markdown(Arena *a, const Digest *d, const char *link, Lang lang, size_t most);
/* The same without marks. */
const char *digest_plain(Arena *a, const Digest *d, const char *link, Lang lang);
/* chupin.notify/1 */
void digest_json(Sink *to, const Digest *d, const char *link, Lang lang);

#endif
