/* Pages as people see them, in sRGB through the press: what a PDF and pixels of it have in common,
 * whose separations have not. */
#ifndef CHUPIN_INK_COMPARE_COMPARE_SEEN_H
#define CHUPIN_INK_COMPARE_COMPARE_SEEN_H

#include "ink/compare/compare.h"

/* Of a PDF `maker` and `content`; else `press` and `pixels`. */
typedef struct SeenPage {
    const Page *page;
    PlateMaker *maker;
    const PageContent *content;
    Press *press;
    const RasterPixels *pixels;
    Box region; /* page space, pt: what is looked at; pixels always whole */
} SeenPage;

/* Draws it as plates_draw does; `why` is set when nothing can be drawn. */
Plates seen_draw(const SeenPage *p, Arena *a, double ppi, BandSink *sink, void *self, Text *why);
Press *seen_press(const SeenPage *p);

/* So many pixels of type, from ascender to descender, are told from any other. */
enum { LEGIBLE_PIXELS = 20 };

/* One of them is pixels: they are laid on each other pixel by pixel of theirs, or on cells of whole
 * pixels where they are finer than plan->ppi or too many. Blobs name no planes; those
 * that may be edges which were only drawn otherwise are unsure. `why` is set when
 * one of them can not be drawn: then nothing was compared. */
Comparison compare_seen(Arena *a, const SeenPage pages[2], const ComparePlan *plan, Text *why);

#endif
