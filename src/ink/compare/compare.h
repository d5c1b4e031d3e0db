/* Do two pages print the same? Their plates are laid on each other plane by plane; what differs is
 * told as blobs with their places, worst values, inks and pictures of both.
 *
 * The same shapes need not fall on the same pixels: a pixel agrees with the other page when its ink
 * lies between the lightest and the darkest that the other has within the tolerated wobble, give or
 * take a share of that contrast, for edges are softened differently by outlines and by type. Flat
 * ink has no contrast, so nothing hides there. A wobble as wide as the gaps of a digit would make
 * an 8 of a 6: what has moved further but as a whole is looked for and moved back. Where both pages
 * have a picture, the noise of saving it again is tolerated as the caller says.
 *
 * A first look at few pixels finds what is equal within one 255th of each of them; only the rest is
 * drawn as fine as asked. Of each page the tiles of a strip are held, equal ones once.
 *
 * What could not be drawn on either page is listed: there nothing is known, and the pages are not
 * told to be the same. Everything lives in the arena given. */
#ifndef CHUPIN_INK_COMPARE_COMPARE_H
#define CHUPIN_INK_COMPARE_COMPARE_H

#include "ink/plates/plates.h"
#include "read/raster/raster.h"

typedef struct ComparedPage {
    PlateMaker *maker; /* each page has its own: one is drawn while plates of the other are held */
    const PageContent *content;
    Box region; /* page space, pt: what is laid on the other's, upper left corners as viewed on each
                   other; unknown: the MediaBox */
} ComparedPage;

/* Tints are 0 to 1. */
typedef struct CompareTolerance {
    double wobble; /* mm: an edge by itself */
    double shift;  /* mm: all that is seen in 64 × 64 pixels together, besides */
    double size;   /* mm: pages that differ by more are not compared */
    double tint;   /* no difference: rounding */
    double seen;   /* the same of colours as people see them (compare_seen.h) */
    double edge;   /* share of the contrast at hand that is no difference */
    /* Where both pages have a picture: */
    double noise_mean; /* over 8 × 8 pixels, and of the tone over 64 × 64 */
    double noise_peak; /* of one pixel */
} CompareTolerance;

typedef struct ComparePlan {
    CompareTolerance tolerance;
    double ppi;       /* lowered where a side had too many pixels, or wobble or shift */
    double first_ppi; /* of the first look; 0: none */
    size_t most_blobs, most_pictures;
    double picture_ppi, picture_margin; /* around a blob, mm */
    size_t budget;                      /* bytes of held plates, of both pages together; 0: 64 MB */
} ComparePlan;

typedef struct ComparedPicture { /* as viewed */
    int width, height;
    uint8_t *rgb; /* NULL: none */
} ComparedPicture;

typedef struct ComparedBlob {
    Box box[2];          /* page space of each page, pt */
    bool unsure;         /* in a place that was not drawn on one of the pages */
    Box mm;              /* from the upper left corner as viewed, y down */
    double area;         /* mm²: of the pixels that differ */
    double worst;        /* tint */
    const char **planes; /* the first 63 planes of a document are told by name */
    size_t plane_count;
    ComparedPicture picture[2];
} ComparedBlob;

typedef enum CompareOutcome { COMPARED_SAME, COMPARED_DIFFERENT, COMPARED_UNKNOWN } CompareOutcome;

typedef struct Comparison {
    /* DIFFERENT: sizes, or a blob that is not unsure. UNKNOWN: neither, but not all was drawn. */
    CompareOutcome outcome;
    double width[2], height[2]; /* mm, as viewed */
    bool sizes_differ;          /* nothing was compared */
    double ppi;                 /* 0: the first look sufficed */
    ComparedBlob *blobs;        /* largest first */
    size_t blob_count;
    uint64_t blobs_found; /* at least blob_count */
    const char *
        *inks[2]; /* plates that carry ink, as far as drawn; of the first 63 of a document */
    size_t ink_count[2];
    Omission *undrawn[2]; /* boxes in page space of each page */
    size_t undrawn_count[2];
} Comparison;

Comparison compare_pages(Arena *a, const ComparedPage pages[2], const ComparePlan *plan);

/* Two pages that are pixels, on one grid: pixel for pixel, so that nothing may move. */
typedef struct ComparedPixels {
    const RasterPixels *pixels;
    const Page *page;
} ComparedPixels;
/* The next row of the second picture, as raster_rows hands them out; NULL: there is none. */
typedef const uint8_t *NextRow(void *self);
/* NULLs: both have the same grid, colours and channels. Else what differs. */
Text pixels_differ_in(Arena *a, const RasterHead *one, const RasterHead *other);
/* Only `tint` and `most_blobs` of the plan count; `ppi` and inks are left out. */
Comparison compare_pixels(Arena *a, const ComparedPixels pages[2], const ComparePlan *plan,
                          NextRow *next, void *self);

/* The box, page space, grown by the margin, as people see it. */
ComparedPicture compared_picture(Arena *a, const ComparedPage *page, Box box, double margin_mm,
                                 double ppi);

#endif
