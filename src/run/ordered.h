/* Pieces of output that get ready in any order and leave in theirs. What has to wait waits in a
 * file without a name, so that memory stays flat however long the first one takes. */
#ifndef CHUPIN_RUN_ORDERED_H
#define CHUPIN_RUN_ORDERED_H

#include "base/sink.h"

typedef struct OrderedPiece {
    int64_t offset; /* in the file; −1: it is not there yet */
    size_t bytes;
} OrderedPiece;

typedef struct Ordered {
    Sink *to;
    OrderedPiece *pieces;
    size_t count, next; /* next: the first that did not leave */
    size_t waiting;
    const char *between; /* stands between two pieces; NULL: nothing */
    bool some;           /* one has left */
    bool holds;          /* none leaves before the end */
    int fd;              /* −1: nothing had to wait yet */
    int64_t end;
    int error; /* errno of the first failure */
} Ordered;

Ordered ordered_open(Arena *a, Sink *to, size_t count);
void ordered_put(Ordered *o, size_t i, Str bytes);
/* `rest`: those that wait behind one that never came leave as well, in order. */
void ordered_close(Ordered *o, bool rest);

#endif
