/* Derived facts: what follows from what was read, as plain functions over plain rows. Nothing here
 * knows PDF.
 *
 * Boxes are in page space: pt, unrotated, origin at the lower left corner of the MediaBox. Arrays
 * over edges are in the order top, right, bottom, left; "viewed" is after Rotate, "written" before.
 */
#ifndef CHUPIN_READ_DERIVE_H
#define CHUPIN_READ_DERIVE_H

#include "facts/facts.h"
#include "read/extent.h"

enum { TOP, RIGHT, BOTTOM, LEFT, EDGES };

extern const Box BOX_UNKNOWN;
Box box_normal(Box b);              /* corners in order */
Box box_join(Box a, Box b);         /* an unknown box joins nothing */
bool box_has(Box outer, Box inner); /* within LENGTH_TOLERANCE */

/* Common part; unknown when there is none. */
static inline Box box_meet(Box a, Box b) {
    Box both = {greater(a.x0, b.x0), greater(a.y0, b.y0), lesser(a.x1, b.x1), lesser(a.y1, b.y1)};
    bool some = box_known(a) && box_known(b) && both.x0 <= both.x1 && both.y0 <= both.y1;
    return some ? both : BOX_UNKNOWN;
}
/* Do they share more than a hair (LENGTH_TOLERANCE)? Lines without area count by where they lie. */
static inline bool boxes_overlap(Box a, Box b) {
    const double hair = LENGTH_TOLERANCE;
    return a.x0 < b.x1 - hair && a.x1 > b.x0 + hair && a.y0 < b.y1 - hair && a.y1 > b.y0 + hair;
}
/* A box in user space as page space. */
Box box_to_page(const Page *p, Box user);
bool box_usable(const Page *p, Box written); /* has area and meets the media */
/* What the written boxes say of each other; needs the raw boxes, rotate and user_unit. */
void derive_boxes(Page *p);

/* Crop marks: lines that could be one, collected while the page is read. */
typedef struct CropLine {
    float at, from, to; /* horizontal: y, and x from..to */
} CropLine;
typedef struct CropLines {
    Arena *arena;
    CropLine *items[2]; /* 0 horizontal, 1 vertical */
    size_t count[2], capacity[2];
} CropLines;
void crop_lines_add(CropLines *c, double x0, double y0, double x1, double y1);
/* The rectangle whose four corners are marked, nearest to the job's size if one fits it, else the
 * smallest. Unknown when there is none. Sorts the lines. */
Box crop_lines_trim(CropLines *c, const Page *p, const Job *job, const Limit *limit);
/* Does this box look like a mark at the edge of the trim or bleed: thin, short, outside the trim,
 * on one of the lines? */
bool looks_like_crop_mark(Box box, Box trim, Box bleed);

/* Effective trim, its source and size facts. `marks` is what crop marks gave, or unknown. */
void derive_trim(Page *p, const Job *job, const Limit *limit, Box marks);
/* Effective bleed box and what the boxes declare at each edge; after derive_trim. */
void derive_bleed(Page *p, const Limit *limit);
/* Where the knife goes: the trim, less the bleed when that was put inside it. Unknown when the trim
 * is defaulted or the bleed asked for is not known. */
Box derive_knife(const Page *p, const Limit *limit);
void derive_bleed_edges(Facts *facts, const Page *p,
                        const Limit *limit); /* four BleedEdge rows as viewed */
/* After the last page: page.odd_size and document.trim_sizes. */
void derive_sizes(Facts *facts, const Limit *limit);

/* Pictures of a page: every visible image in its art that the limits call large; content only. */
void derive_pictures(Facts *facts, const Page *p, const Limit *limit);

/* Glyph-like clusters of filled paths. `shapes` are the fills of one page in paint order. */
typedef struct FillShape {
    Fill *fill;
    float stem;     /* mean thickness, 2 × area / perimeter */
    uint32_t parts; /* subpaths */
} FillShape;
/* Adds Cluster rows through `add` and links the fills to them. */
typedef struct ClusterSink {
    void *self;
    Cluster *(*add)(void *self);
} ClusterSink;
/* Bands of a flattened gradient are no lines; before derive_clusters. */
void derive_strips(const FillShape *shapes, size_t count);
/* Marks the steps of gradients and blends that were cut into flat shapes. */
void derive_steps(const FillShape *shapes, size_t count);
void derive_clusters(Arena *scratch, FillShape *shapes, size_t count, const ClusterSink *sink);

#endif
