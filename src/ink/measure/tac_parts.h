/* Ink sums of a page. What tac_areas.c, tac_exact.c, tac_square.c, tac_over.c, tac_doubt.c and
 * tac_rows.c share; nothing else includes this. */
#ifndef CHUPIN_INK_MEASURE_TAC_PARTS_H
#define CHUPIN_INK_MEASURE_TAC_PARTS_H

#include <math.h>
#include <string.h>

#include "ink/measure/ink_sums.h"
#include "ink/measure/measure.h"
#include "ink/measure/tac_region.h"
#include "read/pdf/table.h"

/* A flat colour of process inks as the file gives it: plates round each ink to 1/255. */
typedef struct ExactColour {
    uint8_t tints[4];
    double sum;
    size_t class; /* among those over the limit of flat colours; NO_CLASS: not one of them */
} ExactColour;
enum { NO_CLASS = SIZE_MAX & INT32_MAX };
typedef struct ExactColours {
    Table table;
    ExactColour **classes;
    size_t class_count, class_capacity;
    double least; /* the lowest sum of a class; infinite when there is none */
} ExactColours;

/* The square with the most ink. */
typedef struct TacSquare {
    Area area;
    double correction; /* what exact colours have more than their bytes, mean over the square */
    double doubt;      /* what rounding may have added where no exact colour stands */
    double process_mean;
    const Strs *inks;
} TacSquare;

typedef enum OverLimit { OVER_WARN, OVER_MAX, OVER_LIMITS } OverLimit;

struct TacAreas {
    const MeasuredPage *p;
    Area bleed, trim; /* whole pixels inside */
    bool started;
    size_t planes;
    InkRole *roles;
    const char **names;
    bool *counts; /* process and spots */
    bool
        *counts_if_unclear; /* and inks of which nobody knows what they are; NULL: there are none */
    InkSums *sums, *sums_if_unclear;
    /* Of a page of pixels that are inks as they stand: what is told of sums comes from these. */
    PixelSums *exactly, *exactly_if_unclear;
    InkSumsWatch watch;
    const Band *band; /* at hand */
    bool inked;       /* in the trim */
    bool as_stored;   /* the bytes of `exactly` were not rounded when they were read */
    uint32_t *tiles;  /* of the band: no sum in the tile is higher */
    size_t columns, tile_room;
    ExactColours *exact; /* NULL: not needed yet */
    TacSquare square;
    Regions *over[OVER_LIMITS], *flat;
    uint16_t *row;
    uint8_t *tints; /* rows of the process planes */
};

/* tac_exact.c */
const ExactColours *exact_colours(TacAreas *t);
/* NULL: no flat colour of the document has these bytes. */
const ExactColour *exact_find(const ExactColours *e, const uint8_t tints[4]);

/* tac_square.c: an InkSumsWatch.square */
void tac_square_look(void *areas, const InkPixels *p, Area square);
void tac_square_exactly(TacAreas *t, Area square); /* from `exactly` */
/* How far rounding to bytes may have gone with so many inks. Bytes of a file are what they are. */
static inline double rounding_of(const TacAreas *t, size_t inks) {
    return t->as_stored ? 0 : (double)inks / 255;
}
/* A sum that is over a limit by no more than rounding may have added is told as the limit. */
double tac_told(const Limit *l, double sum, double doubt);
size_t tac_inks(const TacAreas *t); /* planes that count */

/* tac_over.c: areas over the limits and flat colours, in the rows of a band */
void tac_over_start(TacAreas *t);
void tac_over_tile(void *areas, Area part, uint32_t most); /* an InkSumsWatch.tile */
void tac_over_band(TacAreas *t);
double tac_limit_of(const Limit *l, OverLimit over);

/* tac_doubt.c: whether what was measured in a box of the page is all there is */
typedef enum TacDoubt {
    DOUBT_NONE,
    DOUBT_NOWHERE,   /* the bleed box is not known, or holds no whole pixel */
    DOUBT_OMITTED,   /* something there could not be drawn */
    DOUBT_CONVERTED, /* colour that is neither CMYK nor spot */
} TacDoubt;
TacDoubt tac_doubt(const TacAreas *t, Box box, bool flat_only);
Text tac_why(const TacAreas *t, TacDoubt doubt);
Text tac_why_unclear(const TacAreas *t);

/* tac_rows.c: the rows of facts */
void tac_rows(TacAreas *t, const InkSumsResult *sums, const InkSumsResult *if_unclear);

#endif
