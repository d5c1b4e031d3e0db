/* What the workers that draw pictures tell; fields as in wire.def. */
#ifndef CHUPIN_RUN_PICTURES_TOLD_H
#define CHUPIN_RUN_PICTURES_TOLD_H

#include "facts/facts.h"

typedef struct ToldPicture {
    int wish;          /* its index */
    const char *image; /* base64; NULL: could not be drawn, `why` */
    Text why;
    bool jpeg;
    int width, height;
    Box mm;
    bool from_trim, whole;
} ToldPicture;

#endif
