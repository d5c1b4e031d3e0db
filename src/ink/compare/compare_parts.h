/* Parts of the comparison of two pages: plates that are held, tiles laid on each other, and what
 * differs gathered to blobs. Pixels are those of the compared region as viewed. */
#ifndef CHUPIN_INK_COMPARE_COMPARE_PARTS_H
#define CHUPIN_INK_COMPARE_COMPARE_PARTS_H

#include "ink/compare/compare.h"

enum {
    CELL = 8,
    TILE_CELLS = TILE / CELL,
    MOST_SHIFT = 24,  /* pixels */
    NAMED_PLANES = 63 /* bits of DifferingCell.planes; the last one stands for all others */
};

/* The planes of both pages, by name: one number for each on all sheets. 0 is PLANE_REST. */
typedef struct PlaneNames {
    Arena *arena;
    Str *items;
    size_t count, capacity;
} PlaneNames;

/* compare_sheet.c: the plates of one page within an area. */
typedef struct SheetPlane {
    bool known;            /* the page has that plane */
    const uint8_t **tiles; /* NULL: no ink in any */
    const uint8_t *last;   /* flat ink is held once */
} SheetPlane;
typedef struct Sheet {
    Arena *arena;
    size_t budget, used;
    bool full; /* did not fit: what is held is worth nothing */
    PlaneNames *names;
    Area area; /* begins at multiples of TILE */
    int columns, rows;
    SheetPlane *planes;
    size_t plane_count, plane_capacity;
    uint8_t *pictures; /* cells that a picture touches; NULL: nobody asks */
    const struct Sheet *like;
    int level; /* tiles that differ from those of `like` by no more are the same */
} Sheet;
void sheet_start(Sheet *s, Arena *a, PlaneNames *names, Area area, size_t budget);
void sheet_watch_pictures(Sheet *s);
void sheet_picture(Sheet *s, Box pixels);
void sheet_take(void *sheet,
                const Band *band); /* a BandSink; the band begins where the area does */
/* `count` rows of what people see, from the row of tiles on; 3 bytes a pixel, as wide as the area.
 * The planes are what each of red, green and blue lacks. */
void sheet_take_rgb(Sheet *s, int row, const uint8_t *rgb, int count);
/* Tiles of the sheet; NULL: no ink. Same pointers of two sheets: the same. */
const uint8_t *sheet_tile(const Sheet *s, size_t plane, int column, int row);
bool sheet_is_picture(const Sheet *s, int cell_x, int cell_y);
/* `n` × `n` pixels from (x, y) of the sheet on; beyond its area its border goes on. */
void sheet_window(const Sheet *s, size_t plane, int x, int y, int n, uint8_t *out, int stride);

/* compare_blobs.c */
typedef struct DifferingCell {
    uint64_t planes;
    uint32_t pixels; /* 0: nothing differs */
    uint8_t worst;
    Area box;
} DifferingCell;
typedef struct Blobs Blobs;
Blobs *blobs_new(Arena *a, size_t width, size_t most); /* cells in a row */
void blobs_row(Blobs *b, const DifferingCell *cells);
void blobs_gap(Blobs *b);                                                 /* rows without any */
const DifferingCell *blobs_end(Blobs *b, size_t *count, uint64_t *found); /* largest first */

/* compare_tile.c */
typedef struct TileTolerance {
    int wobble, shift; /* pixels, up to MOST_SHIFT */
    double wobble_exact;
    uint8_t level, edge, noise_peak; /* `edge` in 256ths */
    double noise_mean;               /* of 255 */
} TileTolerance;
typedef struct TileCompare TileCompare;
TileCompare *tile_compare_new(Arena *a, const TileTolerance *tolerance);
/* Adds what differs at a tile to its cells, `stride` a row. False: nothing does. */
bool tile_compare(TileCompare *t, const Sheet *a, const Sheet *b, int column, int row,
                  DifferingCell *cells, size_t stride);

/* compare_tell.c: what was found, as the result has it */
Box box_of_area(Area a);
uint8_t byte_of_share(double share); /* of 255; below 0 and above 1 as these */
/* Everything of a blob but its planes and pictures. */
void comparison_blob(const Comparison *r, ComparedBlob *b, const DifferingCell *found, double ppi,
                     const Matrix from_device[2]);
void comparison_conclude(Comparison *r);

#endif
