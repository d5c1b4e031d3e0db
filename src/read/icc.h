/* ICC profiles: header, tag table and description, read and checked; colours are not converted
 * here. */
#ifndef CHUPIN_READ_ICC_H
#define CHUPIN_READ_ICC_H

#include "facts/facts.h"

typedef struct IccProfile {
    ProfileClass class; /* PROFILE_UNKNOWN when the header can not be read */
    Family space;       /* FAMILY_UNKNOWN for spaces that have no family, such as XYZ or six inks */
    int components;     /* channels of the data space; 0 when unknown to us */
    char version[8];    /* "2.4"; "" when the header can not be read */
    const char *description; /* in the arena; "" when unreadable */
    bool valid;              /* header, tag table and size are sound */
    Text fault;              /* short, without a stop; "" when valid */
} IccProfile;

/* `p` holds the whole profile. */
void icc_read(IccProfile *out, Arena *a, const uint8_t *p, size_t n);

#endif
