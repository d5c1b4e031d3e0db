/* Results of the machine part, kept from run to run: one file a result, named by what it belongs to
 * (check/identity.h), in $XDG_CACHE_HOME/chupin.
 *
 * An entry appears whole or not at all and carries its own hash: what was cut off or altered is as
 * good as not there. Answers, waivers and signatures are never in it. Old entries go when there are
 * too many. */
#ifndef CHUPIN_RUN_RESULT_CACHE_H
#define CHUPIN_RUN_RESULT_CACHE_H

#include "base/result.h"
#include "base/sha256.h"

typedef struct ResultCache {
    const char *folder; /* NULL: there is none */
    int fd;             /* of the folder; −1 */
    size_t put;         /* entries written since it was opened */
    bool dirty;         /* some may not be on disk yet */
} ResultCache;

/* One that cannot be made is none: nothing is kept, nothing is lost. */
ResultCache cache_open(Arena *a);
void cache_close(ResultCache *c); /* old entries go */
/* The name of a result: every part counts, NULL is as "". */
void cache_key(char key[SHA256_HEX], const char *const *parts, size_t count);
/* NULL bytes: there is none. Lives in the arena. */
Str cache_get(const ResultCache *c, Arena *a, const char key[SHA256_HEX]);
void cache_put(ResultCache *c, const char key[SHA256_HEX], Str bytes);
/* What was put is on disk, also after the power went. */
void cache_sync(ResultCache *c);

#endif
