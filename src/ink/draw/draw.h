/* Drawing: the painter that puts the marks of a page on plates. What the files of it share; nothing
 * outside of this folder and plates/plates.c includes this.
 *
 * A Drawing lives for one band of one page. Scopes nest as the interpreter tells them: each is a
 * Level, and those that need a surface of their own have one. */
#ifndef CHUPIN_INK_DRAW_DRAW_H
#define CHUPIN_INK_DRAW_DRAW_H

#include "ink/draw/cell.h"
#include "ink/plates/plates.h"
#include "read/pdf/table.h"

/* What a mark is cut to on the device: an area, how much of its outermost pixels is inside, and a
 * mask of what clip paths leave. */
typedef struct ClipShape {
    Area area;
    uint8_t left, top, right, bottom; /* of the outermost columns and rows; 255: all of it */
    const Mask *mask;                 /* NULL: the whole area. Covers it otherwise */
} ClipShape;

typedef enum LevelKind {
    LEVEL_PAGE,
    LEVEL_SCOPE, /* nothing of its own */
    LEVEL_GROUP,
    LEVEL_PAIR,    /* fill and stroke of one path, or LEVEL_SCOPE's like when they need no group */
    LEVEL_TEXT,    /* a text object whose glyphs knock each other out */
    LEVEL_MASK,    /* the group of a soft mask */
    LEVEL_CELL,    /* of a tiling pattern */
    LEVEL_SKIPPED, /* not printed */
} LevelKind;

typedef struct CellDrawing CellDrawing;
typedef struct Level Level;
struct Level {
    Level *outer;
    LevelKind kind;
    bool own;      /* the surface is its own and ends with it */
    bool knockout; /* what is painted on the surface knocks out what is there */
    int skipping;  /* what held before it */
    Surface *surface;
    GroupEnd end;
    PressBridge bridge;
    const SoftMask *mask; /* LEVEL_MASK */
    uint8_t backdrop[4];  /* its backdrop, in ink of its blend space */
    CellDrawing *cell;    /* LEVEL_CELL */
    Matrix to_device;     /* what held before it, of a cell */
    Area extent;
    uint32_t space_serial;
};

/* A mark with a pattern colour, waiting for its pattern. */
typedef struct Pending {
    Mask *mask;
    const Clip *clip;
    Box box; /* page space */
    bool stroke;
} Pending;

/* A flat colour as it was last put into inks. */
typedef struct KnownPaint {
    Paint paint;
    uint32_t serial;
    BlendSpace space;
    int overprint; /* 0 off, 1 on, 2 on with mode 1 */
    bool known, nothing, failed;
    Text why;
} KnownPaint;

typedef struct Drawing {
    Press *press;
    Glyphs *glyphs;
    Pictures *pictures;
    Rasteriser *raster;
    TilePool *pool;
    Arena *arena;   /* of the band */
    Arena *scratch; /* of one mark */
    PdfFile *file;
    Planes *planes;
    Matrix to_device;
    Area extent;           /* all of the device: the band, or the cell being drawn */
    uint32_t space_serial; /* changes with to_device: names what device space a clip was made for */
    Level *top, *spare;
    int skipping;
    uint32_t last_space;
    Table clips, soft_masks, cells;
    struct MaskLink *masks; /* all masks made, for the end of the band */
    size_t clip_bytes;
    KnownPaint fill, stroke;
    Pending pending[2]; /* first to be painted first */
    int pending_count;
    Colour cell_colour; /* of the pattern that is told next */
    Mask *text_clip;    /* coverage of text told in modes 4 to 7 since the last ET */
    Table text_clips;   /* from Clip to Mask */
    uint8_t *opacity_row, *coverage_row, *watch_row; /* as wide as the extent at least */
    size_t row_room;
    struct Omissions *omissions;
    const Watch *watch; /* or NULL */
    int unwatched;      /* cells and masks that are being drawn */
    bool blends;        /* something is painted in another mode than Normal */
    bool opaque;        /* the page has no alpha of its own */
    bool lost;          /* memory ran out: the band is to be drawn again, smaller */
} Drawing;

/* A mark on its way to the surface: coverage × clip × soft mask. */
typedef struct Brush {
    Drawing *d;
    Surface *surface;
    const ClipShape *clip;
    const Mask *soft;
    const Paint *paint;
    const Watch *watch; /* wants the rows of this mark; or NULL */
    FlatMark *flat;     /* when the mark is one; or NULL */
} Brush;

/* draw.c */
void drawing_rows(Drawing *d, int width); /* makes the row buffers wide enough */
Painter drawing_painter(Drawing *d);
void drawing_start(Drawing *d, Surface *page);
void drawing_end(Drawing *d);
void drawing_blends(Drawing *d, Blend blend); /* notes what a mark or group is painted with */
bool drawing_skips(const Drawing *d, const GraphicsState *gs);
/* Where a mark of these bounds can fall, of what its clip leaves; false: nowhere. */
bool drawing_area(Drawing *d, const GraphicsState *gs, Box bounds, const ClipShape **clip,
                  Area *area);
/* Tells when what stands in the rasteriser is not whole: nothing comes out of it then. */
void drawing_whole(Drawing *d, Box box);
/* Where the coverage of a mark within `area` goes. `flat` lasts as long as the mark and is used
 * when the brush allows it. */
typedef struct BrushSinks {
    RowSink *row;
    BoxSink *box; /* or NULL */
    void *self;
} BrushSinks;
BrushSinks brush_sinks(Brush *b, Area area, FlatMark *flat);
void brush_row(void *brush, int y, int x0, int x1, uint8_t *coverage); /* a RowSink; flat paints */
Brush brush_of(Drawing *d, const GraphicsState *gs, const ClipShape *clip, const Paint *paint);
/* The flat paint of the fill or stroke colour, with alpha and blend; NULL: nothing is painted (told
 * when that is a loss). */
const Paint *flat_paint(Drawing *d, const GraphicsState *gs, bool stroke, Box box);
void paint_transparency(Paint *p, const GraphicsState *gs, bool stroke);
/* Transfer functions are not applied: a mark that has one is told. */
void tell_transfer(Drawing *d, const GraphicsState *gs, Box box);
/* Begins and ends what a watch is told of a mark. */
void brush_watch(Brush *b, const WatchedMark *mark);
void brush_watched(const Brush *b);
void watch_row(const Brush *b, int y, int x0, int x1, const uint8_t *coverage,
               const uint8_t *opacity);
StrokeStyle stroke_style(const GraphicsState *gs);
uint8_t alpha_byte(double alpha);

/* draw_text.c, draw_image.c, draw_group.c, draw_pattern.c, draw_cell.c, draw_soft_mask.c */
void draw_text(void *self, const GraphicsState *gs, const PaintText *text);
void draw_text_ends(void *self, const GraphicsState *gs);
void draw_image(void *self, const GraphicsState *gs, const PaintImage *image);
void draw_shading(void *self, const GraphicsState *gs, const PdfObj *shading,
                  const ColourSpace *space, int type, const Matrix *matrix, bool from_pattern);
void draw_begin(void *self, const GraphicsState *gs, const PaintScope *scope);
void draw_end(void *self, ScopeKind kind);
/* Is what is painted in this state mixed with what lies beneath it? */
bool composes(const GraphicsState *gs);
void draw_pair(void *self, const GraphicsState *gs, bool begins);
Level *level_push(Drawing *d, LevelKind kind);
void level_pop(Drawing *d);
Level *level_push_group(Drawing *d, LevelKind kind, const GraphicsState *gs, Area area,
                        GroupKind how);

bool draw_cell(void *self, const GraphicsState *gs, const Colour *colour, const PaintScope *scope);
void cell_begin(Drawing *d, const GraphicsState *gs, const PaintScope *scope);
void cell_end(Drawing *d, Level *level);
/* Starts a waiting mark; add coverage to it by pending_row. NULL: no memory. */
Pending *pending_add(Drawing *d, const GraphicsState *gs, Box box, Area area, bool stroke);
void pending_row(void *mask, int y, int x0, int x1,
                 uint8_t *coverage); /* a RowSink; self is the Mask */
void pending_drop(Drawing *d);       /* what still waits can not be drawn */
Pending pending_take(Drawing *d);

void soft_mask_end(Drawing *d, Level *level);
void soft_mask_backdrop(Drawing *d, Level *level, const ColourSpace *space);
const Mask *soft_mask_find(Drawing *d, const SoftMask *mask); /* NULL: none */

/* clip_shape.c */
const ClipShape *clip_shape(
    Drawing *d, const Clip *clip); /* valid until the next call for a clip not yet known */
void clip_shape_row(const ClipShape *c, int y, int x0, int x1, uint8_t *coverage);

/* draw_mask.c */
Mask *mask_new(Drawing *d, Area area,
               uint8_t outside); /* cleared; NULL: no memory, told by d->lost */
void mask_free(Drawing *d, Mask *m);
void masks_free(Drawing *d);
void mask_add(Mask *m, int y, int x0, int x1, const uint8_t *coverage); /* union; within its area */
/* What the mask holds for a run, `room` serves where it reaches outside. */
const uint8_t *mask_run(const Mask *m, int y, int x0, int x1, uint8_t *room);

/* omissions.c */
typedef struct Omissions Omissions;
Omissions *omissions_new(Arena *page, Box whole);
void omit(Omissions *o, Box box, Text what); /* box unknown: the whole page */
void omit_page(Omissions *o, Text what);
size_t omissions_list(const Omissions *o, Omission **out);

static inline Area area_of_box(Box b) { /* every pixel the box touches */
    const double most = 1 << 28;
    double x0 = b.x0 < -most  ? -most
                : b.x0 > most ? most
                              : b.x0,
           y0 = b.y0 < -most  ? -most
                : b.y0 > most ? most
                              : b.y0;
    double x1 = b.x1 < -most  ? -most
                : b.x1 > most ? most
                              : b.x1,
           y1 = b.y1 < -most  ? -most
                : b.y1 > most ? most
                              : b.y1;
    Area a = {(int)x0, (int)y0, (int)x1, (int)y1};
    a.x0 -= a.x0 > x0;
    a.y0 -= a.y0 > y0;
    a.x1 += a.x1 < x1;
    a.y1 += a.y1 < y1;
    return a;
}

#endif
