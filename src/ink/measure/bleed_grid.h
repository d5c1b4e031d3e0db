/* Bleed: what its files share.
 *
 * An edge of the trim is looked at through a grid: columns go along the edge in the order of the
 * device, rows across it from inside to outside, and the trim lies somewhere among the rows. The
 * same grid holds pixels of the whole page's drawing and those of a strip that was drawn finer, so
 * nothing that judges it knows which edge it is. */
#ifndef CHUPIN_INK_MEASURE_BLEED_GRID_H
#define CHUPIN_INK_MEASURE_BLEED_GRID_H

#include "ink/measure/measure.h"
#include "read/derive.h"

/* One edge of the page's trim and what is asked of it; lengths in pt. */
typedef struct EdgeAsked {
    BleedEdge *row;
    int edge; /* TOP, RIGHT, BOTTOM, LEFT as viewed */
    double required, tolerance;
    double sliver;     /* art that stops this near inside the trim was meant to go over it */
    double sliver_run; /* and runs along it for so long */
    double run;        /* shortest stretch that is told */
    int painted;       /* value of a pixel from which on it is painted */
    double fine;       /* pixel of a strip that is drawn again: what is measured to; 0: pixels are those of a file */
} EdgeAsked;

typedef struct EdgeGrid {
    int edge;
    Matrix to_device; /* page space to pixels */
    double px;        /* size of a pixel, pt */
    Area area;        /* of the device; empty: nothing of the edge is on the page */
    double first;     /* innermost border of row 0: pixels outwards from the trim, so negative */
    int columns, rows;
    ptrdiff_t origin, by_row, by_column; /* of the pixels, which stand as on the device */
    uint8_t *tint;                       /* highest of the planes that count */
    uint16_t *sum;                       /* their sum */
    bool unclear;                        /* an ink that may be a spot or a finish is painted here */
} EdgeGrid;

/* `outside` and `inside` are pixels from the trim; `along` are device coordinates on the edge. */
void edge_grid_open(EdgeGrid *g, Arena *a, Box trim, double inside, double outside, double from,
                    double to, Area picture);
/* `counts` says for each plane of the band whether it is paint (1), not (0), or unclear (-1). */
void edge_grid_add(EdgeGrid *g, const Band *band, const int8_t *counts, int painted);
/* Tints of one plane from x0 to x1 of a row, which lie in the grid. */
void edge_grid_add_row(EdgeGrid *g, int y, int x0, int x1, const uint8_t *tints, int8_t counts,
                       int painted);
/* Columns from … to, pixels inside … outside of the trim, as a box in page space. */
Box edge_grid_box(const EdgeGrid *g, Box trim, double from, double to, double inside,
                  double outside);
/* The trim on the device. */
Box trim_on_device(const Matrix *to_device, Box trim);

static inline ptrdiff_t grid_at(const EdgeGrid *g, int row, int column) {
    return g->origin + row * g->by_row + column * g->by_column;
}
static inline uint8_t grid_tint(const EdgeGrid *g, int row, int column) {
    return g->tint[grid_at(g, row, column)];
}
static inline int grid_sum(const EdgeGrid *g, int row, int column) {
    return g->sum[grid_at(g, row, column)];
}
/* The row that ends at or just beyond a distance outwards from the trim, in pixels. */
int grid_row_up_to(const EdgeGrid *g, double distance);

/* What the page's marks tell of the edge, for each column of a grid (bleed_marks.c). Distances in
 * pixels outwards from the trim. */
typedef struct EdgeMarks {
    float *picture;   /* how far images go */
    float *ground;    /* how far patterns and shadings go */
    float *unclipped; /* how far marks would go that a clip ends at the trim */
} EdgeMarks;
EdgeMarks edge_marks(const MeasuredPage *p, const EdgeGrid *g, const EdgeAsked *asked);

/* What was found on an edge (bleed_judge.c). */
typedef struct EdgeVerdict {
    bool touched;
    BleedCause cause;
    double reach;     /* pixels; of the worst stretch, when there is one */
    double uncovered; /* pixels */
    int from, to;     /* columns around all of it */
} EdgeVerdict;
/* Columns of a coarse grid that do not prove by themselves that all is well, from … to; false:
 * none. `touched` tells whether paint reaches the trim anywhere. */
bool edge_doubtful(const EdgeGrid *g, const EdgeAsked *asked, int *from, int *to, bool *touched);
/* How many columns beside from … to are painted through the bleed. */
int edge_well(const EdgeGrid *g, const EdgeAsked *asked, int from, int to);
/* `elsewhere`: pixels of the edge beside the grid that are painted through the bleed. */
EdgeVerdict edge_judge(const EdgeGrid *g, const EdgeAsked *asked, const EdgeMarks *marks,
                       double elsewhere, Arena *scratch);
/* Draws columns from … to of the grid again, finer. False: something there could not be drawn. */
bool edge_strip(EdgeGrid *strip, const MeasuredPage *p, const EdgeGrid *g, const EdgeAsked *asked,
                int from, int to);
/* What each plane counts as: 1 paint, 0 not, -1 unclear. */
int8_t *bleed_counts(const MeasuredPage *p, const Planes *planes);
/* Rows that judging wants inside of the trim, pt. */
double edge_depth(const EdgeAsked *asked);
/* The longest stretch whose bleed repeats the pixels at the trim (bleed_stretch.c). */
bool edge_stretched(const EdgeGrid *g, const EdgeAsked *asked, int *from, int *to);

#endif
