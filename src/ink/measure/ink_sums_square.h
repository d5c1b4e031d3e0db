/* The square with the highest mean of ink. Internal to ink_sums.
 *
 * A class is the 8 × 8 positions whose top left pixel lies in one cell. All its squares lie in the
 * same block of cells and have the same core of whole cells in common, so
 *     core ≤ any of its squares ≤ core + least(block - core, pixels around the core × highest sum)
 * and only classes whose bound beats the best square are worth their pixels. Of the cells no more
 * rows are kept than a square needs. */
#ifndef CHUPIN_INK_MEASURE_INK_SUMS_SQUARE_H
#define CHUPIN_INK_MEASURE_INK_SUMS_SQUARE_H

#include "ink/measure/ink_sums_pixels.h"

typedef struct ColumnSums { /* cells added up over the rows of block or core of the next class */
    int first, count;       /* rows, from the row of the class */
    int cells;              /* of the block or core, along the row */
    uint64_t *sums, *until; /* a column; all columns left of it */
} ColumnSums;

typedef struct SquareCandidate { /* classes of one tile whose bound beats what was known */
    uint64_t bound;              /* of all of them; 0: none */
    Area classes;                /* in cells of the picture */
} SquareCandidate;

typedef struct SquareSearch {
    Arena *arena;
    Area within;
    int side_x, side_y;  /* pixels of the square */
    int last_x, last_y;  /* the last position */
    size_t tiles;        /* in a row that is stored, with empty ones at the end */
    int ring, peak_ring; /* rows of cells and of tiles that are stored */
    uint32_t *cells;     /* ring × tiles × CELLS */
    uint32_t *peaks;     /* peak_ring × tiles: the highest sum of a pixel in each tile */
    int next;            /* row of the next class to judge */
    bool sliding;        /* block and core are those of the class before */
    ColumnSums block, core;
    uint32_t *high, *near; /* highest sum of a pixel below each tile; in reach of its classes */
    SquareCandidate *candidates, *candidate_row;
    size_t candidate_count, candidate_capacity;
    uint64_t best, known; /* of the squares seen; what one is known to reach */
    uint64_t bound;       /* of those that were not looked at */
    uint64_t limits[MOST_LIMITS];
    size_t limit_count;
    Area best_area;
    uint16_t *pixels; /* of the squares that are measured */
    uint32_t *columns;
    KeptRows kept;     /* rows of pixels carried from band to band, */
    uint8_t *rooms[2]; /* in one of these and the other in turn */
    size_t room;       /* of each */
    InkPixels at_hand;
} SquareSearch;

void squares_start(SquareSearch *q, Arena *a, int width, Area within, int side);
void squares_limit(SquareSearch *q, double mean);
/* Rows of tiles come in order: their tiles with ink are set, then the row is ended. `ready`: the
 * row of pixels up to which the picture is known. */
void squares_set_tile(SquareSearch *q, int column, int row, const uint32_t cells[CELLS * CELLS],
                      uint32_t peak);
void squares_end_row(SquareSearch *q, int row, int ready);
/* While the pixels of the band are at hand: measures the most promising squares. True: one of them
 * beats all before; q->at_hand has its pixels until squares_next_band. */
bool squares_end_band(SquareSearch *q, const Band *band, const bool *counts);
void squares_next_band(SquareSearch *q); /* keeps the rows that its squares need */

#endif
