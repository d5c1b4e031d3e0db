/* The questions asked of one page, however its bands come about. Shared by measure.c and
 * measure_pixels.c. */
#ifndef CHUPIN_INK_MEASURE_ASKING_H
#define CHUPIN_INK_MEASURE_ASKING_H

#include "ink/measure/measure.h"

typedef struct Asking {
    MeasuredPage page;
    BleedRing *ring;
    TacAreas *tac;
    Overlaps *overlaps;
    Likeness *likeness;
} Asking;

/* What is the same for every page; the rest is the caller's to fill in. */
MeasuredPage measured_page(InkMeasure *m, Facts *facts, Page *page);
void asking_begin(Asking *a); /* a->page is filled in */
void asking_band(void *asking, const Band *band);
void asking_end(Asking *a, const Plates *plates);

/* measure.c */
typedef struct PixelPress {
    Press *press; /* NULL: not made yet, or not to be had */
    PressProfile profile;
} PixelPress;
PixelPress *ink_measure_pixel_press(InkMeasure *m);
Likeness *ink_measure_likeness(const InkMeasure *m);
void ink_measure_leave_out(InkMeasure *m, int page, Text what);

#endif
