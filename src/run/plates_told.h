/* What the workers of `chupin plates` tell; fields as in wire.def. */
#ifndef CHUPIN_RUN_PLATES_TOLD_H
#define CHUPIN_RUN_PLATES_TOLD_H

#include "facts/facts.h"

typedef struct ToldFile {
    bool readable;
    int pages;
    Text why; /* it is not readable */
} ToldFile;

typedef struct ToldProfile {
    const char *name, *sha256;
    unsigned source; /* PressSource */
} ToldProfile;

typedef struct ToldPage { /* a page is begun, or done */
    int page, width, height;
    const char *composite;
} ToldPage;

typedef struct ToldPlate {
    int page;
    const char *ink, *file;
    double coverage;
    uint8_t role; /* InkRole; unknown until the inks of the file were looked up */
} ToldPlate;

typedef struct ToldLoss {
    int page;
    bool from_trim; /* where the box counts from */
    Box box;        /* mm as viewed; unknown: the page */
    Text what;
} ToldLoss;

typedef struct ToldTrim {
    int page;
    Box trim;
    uint8_t source; /* TrimSource */
} ToldTrim;

typedef struct ToldRole {
    const char *ink;
    uint8_t role; /* InkRole */
} ToldRole;

#endif
