/* What the plates of a page prove, as facts: plates, ink sums, bleed, what lies on what.
 *
 * A page is drawn once, at a resolution that decides most questions, and all of them are asked of
 * the same plates while its bands go by. What stays open (a bleed edge whose paint ends near its
 * limit) is drawn again, as a strip and finer. What could not be drawn leaves the facts over its
 * place unknown. */
#ifndef CHUPIN_INK_MEASURE_MEASURE_H
#define CHUPIN_INK_MEASURE_MEASURE_H

#include "ink/pixels/pixel_drawing.h"

typedef struct InkMeasure InkMeasure; /* for one document, in its arena */
/* `plan` says which kinds of rows are kept and gives job and limits; `inks` roles come from the
 * facts. */
InkMeasure *ink_measure_new(Arena *document, const ReadPlan *plan);
void ink_measure_free(InkMeasure *m);
PlateMaker *ink_measure_maker(InkMeasure *m, PdfFile *f); /* NULL: there is no press profile */
/* The body of ReadListener.draw: adds rows and sets fields of the page. */
void ink_measure_page(InkMeasure *m, Facts *facts, Page *page, const PageContent *content);

/* The body of ReadListener.pixels: the same, and what only its pixels tell of a raster file. Those
 * in `others` are told the rows too: the file is decoded once. */
void ink_measure_pixels(InkMeasure *m, Facts *facts, Page *page, const RasterPixels *pixels,
                        const PixelRows *others, size_t other_count);

/* How the page that was measured last looks, as same_as compares it; false: it was not compared. */
bool ink_measure_look(const InkMeasure *m, int page, uint64_t hash[2]);
/* What the document's own profiles tell, once; part of ink_measure_page. */
void ink_measure_intents(InkMeasure *m, Facts *facts, const PageContent *content);

/* What was not drawn truthfully on the pages measured so far, once a page and reason. */
enum { MOST_UNDRAWN = 200 };
typedef struct UndrawnPlace {
    int page;
    Text what;
} UndrawnPlace;
const UndrawnPlace *ink_measure_undrawn(const InkMeasure *m, size_t *count);
const PressProfile *ink_measure_profile(const InkMeasure *m); /* NULL: nothing was drawn */

/* A page that is pixels of a file: what is measured on each of them. */
typedef struct PixelPage {
    PixelPlace place;
    int across, down; /* pixels of a cell, which is what a pixel of the bands is */
    PixelInks *inks;
    PixelDrawing *drawing;
} PixelPage;

/* One page being measured: what the parts share. */
typedef struct MeasuredPage {
    InkMeasure *measure;
    PlateMaker *maker;          /* NULL with `pixels` */
    const PageContent *content; /* NULL with `pixels` */
    const PixelPage *pixels;    /* NULL: the page is drawn */
    bool sized;                 /* how large the page is in print is known */
    Facts *facts;
    Page *page;
    const Job *job;
    const Limit *limit;
    Arena *arena; /* of the page's facts */
    double ppi;
    const Plates *plates; /* size and matrix; omissions once it is drawn */
    Matrix to_device;     /* page space, pt, to pixels of the drawing */
} MeasuredPage;

const ReadPlan *ink_measure_plan(const InkMeasure *m);
/* The role of a plane, from the document's inks, the job sheet and the table of ink names. */
InkRole plane_role(const MeasuredPage *p, const Planes *planes, int plane);
Box measured_box(const MeasuredPage *p, Area area); /* of pixels, in page space */
/* Is any part of the box, page space, left out of the plates? */
bool measured_omits(const MeasuredPage *p, Box box);

/* bleed_ring.c: facts of FACT_bleed_edge. */
typedef struct BleedRing BleedRing;
BleedRing *bleed_ring_new(const MeasuredPage *p);
void bleed_ring_add(BleedRing *r, const Band *band);
void bleed_ring_finish(BleedRing *r); /* may draw strips of edges again */

/* tac_areas.c: rows of FACT_plate and FACT_tac_area, ink_mean, ink_peak and blank of the page. */
typedef struct TacAreas TacAreas;
TacAreas *tac_areas_new(const MeasuredPage *p);
void tac_areas_add(TacAreas *t, const Band *band);
void tac_areas_finish(TacAreas *t);

/* overlaps.c: rows of FACT_overlap. */
typedef struct Overlaps Overlaps;
Overlaps *overlaps_new(const MeasuredPage *p);
const Watch *overlaps_watch(Overlaps *o);
void overlaps_finish(Overlaps *o);

/* page_likeness.c: same_as of the page, from hashes of the pages before it. */
typedef struct Likeness Likeness;
Likeness *likeness_new(Arena *document);
void likeness_begin(Likeness *l, const MeasuredPage *p);
void likeness_add(Likeness *l, const Band *band);
void likeness_finish(Likeness *l, const MeasuredPage *p);
bool likeness_of(const Likeness *l, int page, uint64_t hash[2]);

#endif
