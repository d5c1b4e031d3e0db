/* Surfaces: the sheet a page or a transparency group is painted on.
 *
 * A plane is cut into tiles of 64 × 64 bytes; a tile that is not there holds no ink. What stands in
 * a tile is premultiplied ink, alpha × tint: painting in blend mode Normal is P += (s - P) × a
 * without a look at the backdrop, a plane left out by overprint is not touched, and a group ends
 * without a division. 255 is full ink.
 *
 * The process planes of a group that blends in RGB hold 1 - R, 1 - G, 1 - B (black unused); in
 * gray, 1 - gray in black. So no ink is white in every space.
 *
 * Tiles come from a pool with a budget. When it is used up, pool_exhausted tells so, marks are lost
 * (a surface that can not be had is an empty one, never NULL), and whoever draws starts again with
 * a smaller band. */
#ifndef CHUPIN_INK_SURFACE_SURFACE_H
#define CHUPIN_INK_SURFACE_SURFACE_H

#include "ink/shape/area.h"
#include "ink/shape/mask.h"
#include "ink/plates/planes.h"

enum { TILE = 64, TILE_BYTES = TILE * TILE, MOST_PAINTED = 40 };

typedef struct TilePool TilePool;
TilePool *pool_new(size_t budget); /* bytes of tiles and of masks */
void pool_free(TilePool *pool);
bool pool_exhausted(const TilePool *pool);
void pool_reset(TilePool *pool); /* every tile is given back: between pages and bands */
bool pool_take_bytes(TilePool *pool, size_t n); /* counts memory held elsewhere (masks, cells);
                                                   false: none left, and the pool is exhausted */
void pool_give_bytes(TilePool *pool, size_t n);
size_t pool_peak(const TilePool *pool);

/* What a mark paints with. Flat: `values`; otherwise `rows[i]` holds a tint for each pixel of the
 * run, rows[i][0] for its first pixel. Planes not named are painted with no ink (knocked out), or
 * stay as they are when `keeps_others` (overprint). For PLANE_REST in `planes` see planes.h; a
 * paint of /All names every plane registered, and PLANE_REST. */
typedef struct Paint {
    int count;
    uint16_t planes[MOST_PAINTED];
    uint8_t values[MOST_PAINTED];
    const uint8_t *rows[MOST_PAINTED];
    bool flat;
    bool all; /* /All: values[0] (or rows[0]) goes to every plane; `planes` unused */
    bool keeps_others;
    uint8_t alpha; /* constant opacity */
    Blend blend;
    bool alpha_is_shape; /* AIS: alpha and opacity count as shape (knockout groups) */
} Paint;

typedef enum BlendSpace { BLENDS_IN_GRAY = 1, BLENDS_IN_RGB = 3, BLENDS_IN_INKS = 4 } BlendSpace;

typedef struct Surface Surface;
/* The paper: opaque, without ink. Valid until pool_reset. */
Surface *surface_page(TilePool *pool, Planes *planes, Area area, BlendSpace space);

/* Paints a run of one row. `shape` is coverage (geometry × clip), 0 to 255 for x0 … x1-1, never
 * NULL; `opacity` is a soft mask's share or NULL. In a knockout group, shape decides what is
 * replaced. */
void surface_row(Surface *s, int y, int x0, int x1, const uint8_t *shape, const uint8_t *opacity,
                 const Paint *paint);

/* A mark of one colour that looks at nothing below it, such as most strings and lines: its planes
 * are looked up once a tile instead of once a row. Nothing else may be painted on the surface while
 * it lasts. */
enum {
    FLAT_PLANES = 8, /* of a surface on which it is worth its while */
    FLAT_TILES = 32  /* known at a time: a power of two, and a row of a page at 150 ppi */
};
typedef struct FlatTile {
    int count;
    struct {
        uint8_t *bytes, value;
    } inks[2 * FLAT_PLANES + 3]; /* alpha and shape count as inks */
} FlatTile;
typedef struct FlatMark {
    Surface *surface;
    const Paint *paint;
    size_t known[FLAT_TILES]; /* which tiles they are */
    FlatTile tiles[FLAT_TILES];
} FlatMark;
/* False: the mark has to be painted by surface_row. */
bool flat_mark_begin(FlatMark *m, Surface *s, const Paint *paint);
/* A RowSink: `coverage` has 16 bytes of zeros behind it. */
void flat_mark_row(void *mark, int y, int x0, int x1, uint8_t *coverage);
/* Full coverage of an area. */
void flat_mark_box(void *mark, Area area);
/* All of a small mask, which lies within the surface; of an opaque mark. */
void flat_mark_mask(FlatMark *m, const Mask *mask);

typedef struct GroupKind {
    bool isolated, knockout;
    BlendSpace space; /* of an isolated group; others blend in their parent's */
    Blend blend; /* it will end with, when known: a group that is not isolated and ends in Normal is
                    cheaper. Must then be what surface_group_end is told */
} GroupKind;
/* A group over `area` of the parent. A non-isolated one starts as its parent looks (tiles are
 * shared until painted on). Nothing is painted on the parent until the group has ended. */
Surface *surface_group(Surface *parent, Area area, GroupKind kind);
/* A surface of its own that is never composited: pattern cells, groups of soft masks. */
Surface *surface_alone(TilePool *pool, Planes *planes, Area area, BlendSpace space);
/* Makes a surface_alone a knockout group; before anything is painted on it. */
void surface_knock_out(Surface *alone);

typedef struct GroupEnd {
    const Clip8 *clip; /* shape it is cut to */
    const Mask *soft;  /* opacity, or NULL */
    uint8_t alpha;
    Blend blend;
    bool alpha_is_shape;
    /* Converts `n` pixels of process values from the group's space to the parent's, in place:
     * in[0..3] are the rows of cyan, magenta, yellow, black, not premultiplied. NULL when both
     * blend in the same space. */
    void (*convert)(void *self, uint8_t *const rows[4], size_t n);
    void *self;
} GroupEnd;
/* Composites the group on its parent as one object, and gives its tiles back. The object never
 * overprints. */
void surface_group_end(Surface *group, const GroupEnd *end);
void surface_free(Surface *s); /* of surface_alone */

Area surface_area(const Surface *s);
BlendSpace surface_space(const Surface *s);
Planes *surface_planes(const Surface *s);
/* Rows out. `plane` may be PLANE_REST; `out` gets x1 - x0 bytes, premultiplied. False: all of it is
 * 0 (out is cleared). */
bool surface_read(const Surface *s, int plane, int y, int x0, int x1, uint8_t *out);
/* The alpha that goes with surface_read (of a group that is not isolated: with its backdrop); 255
 * on a page. False: all of it is 0. */
bool surface_read_alpha(const Surface *s, int y, int x0, int x1, uint8_t *out);
/* The tile that holds device pixel (x, y), 64 rows of 64, or NULL: no ink. The first tile has the
 * corner of the area at its own corner (of a group: the tiles lie as its parent's do), so a page is
 * read at x = area.x0, area.x0 + 64 …, and its pixels beyond the area are 0. */
const uint8_t *surface_tile(const Surface *s, int plane, int x, int y);
/* What lies at a pixel, for those who watch marks: the planes with ink there, PLANE_REST left out,
 * and that of their tiles. At most `room` of them; `length`: so many pixels of the row, within tile
 * and area, does each `ink` hold. */
typedef struct InkRun {
    int plane;
    const uint8_t *ink; /* premultiplied */
} InkRun;
/* Which planes may have ink in the area: a bit a plane, the last one for all from 63 on. */
uint64_t surface_inked(const Surface *s, Area area);
int surface_inks(const Surface *s, int x, int y, int *length, InkRun *out, int room);
bool surface_is_group(const Surface *s);
/* Where the planes that a mark leaves alone have their ink from once it is painted in full: the
 * surface itself; in a knockout group its initial backdrop, NULL when that is transparent. */
const Surface *surface_left(const Surface *s);
/* The surface whose ink an isolated group will cover, which is not seen inside of it; NULL on a
 * page and where a blend mode will mix the two. */
const Surface *surface_around(const Surface *s);
/* Will what is painted be mixed by a blend mode with the backdrop that is seen below it? */
bool surface_will_mix(const Surface *s);
/* Lays a surface on paper: what it has of ink stays, and its alpha is forgotten. */
void surface_on_paper(Surface *s);
/* Converts the process planes of a page that was blended in another space to inks, in place. */
void surface_to_inks(Surface *s, void (*convert)(void *self, uint8_t *const rows[4], size_t n),
                     void *self);

#endif
