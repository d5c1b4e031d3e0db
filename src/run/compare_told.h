/* What the worker of a comparison tells besides; fields as in wire.def. */
#ifndef CHUPIN_RUN_COMPARE_TOLD_H
#define CHUPIN_RUN_COMPARE_TOLD_H

typedef struct ToldPair {
    int page, other; /* other 0: the other file has no such page */
} ToldPair;

#endif
