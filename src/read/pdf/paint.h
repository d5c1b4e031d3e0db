/* What the content interpreter tells its consumers: facts (gather.c) and the plate renderer (src/ink).
 *
 * Geometry is in page space: pt (user space × UserUnit), unrotated, origin at the lower left corner of the MediaBox.
 * Everything passed to a callback is borrowed and valid during the call, except what says otherwise. Objects that
 * repeat are interned for the life of the document (ColourSpace) or of the page (Clip, SoftMask), so consumers may
 * keep and compare their pointers. The walk never fails: what cannot be read is told by `damage`, what is not drawn
 * truthfully likewise, and the page goes on. */
#ifndef CHUPIN_READ_PDF_PAINT_H
#define CHUPIN_READ_PDF_PAINT_H

#include "facts/facts.h"
#include "read/pdf/wall.h"

typedef struct Matrix {
    double a, b, c, d, e, f; /* x' = a·x + c·y + e, y' = b·x + d·y + f */
} Matrix;
typedef struct Point {
    double x, y;
} Point;

/* A path in page space. Verbs consume points: MOVE 1, LINE 1, CURVE 3, CLOSE 0. A rectangle (`re`) is
 * MOVE LINE LINE LINE CLOSE. Only finite coordinates come through; the walk says `damage` for others. */
typedef enum PathVerb { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE } PathVerb;
typedef struct Path {
    const uint8_t *verbs;
    const Point *points;
    size_t verb_count, point_count;
    Box bounds; /* of all points; NaN when empty */
} Path;

enum { MAX_COLORANTS = 32 };

typedef struct ColourSpace ColourSpace;
struct ColourSpace {
    Space space;              /* as written */
    int components;           /* numbers in a colour value; 0 for a pattern without base */
    const ColourSpace *base;  /* Indexed and Pattern: base; Separation, DeviceN, ICC: alternate; else NULL */
    Str names[MAX_COLORANTS]; /* Separation and DeviceN: colorants */
    int name_count;
    PdfRef ref;                 /* where it is written; {0,0} direct */
    const PdfObj *object;       /* the array or name, valid for this page only */
    PdfRef profile;             /* ICCBased: its stream */
    const uint8_t *palette;     /* Indexed: base components × (high + 1) bytes; NULL when unreadable */
    int high;                   /* Indexed: largest index */
    double range[8];            /* Lab: amin amax bmin bmax; ICC: ranges when not 0..1 */
    uint64_t tint_hash;         /* Separation, DeviceN: hash of the alternate and the tint transform as written */
    uint32_t serial;            /* 1, 2, 3 … in order of first use */
};

typedef struct TilingPattern TilingPattern; /* interpret-internal, for re-walking a cell */
typedef struct Colour {
    const ColourSpace *space;
    float values[MAX_COLORANTS]; /* space->components of them (pattern: those of the base) */
    PatternKind pattern;
    const PdfObj *pattern_object; /* dict or stream of the pattern, valid for this page */
    uint32_t serial;              /* changes whenever the colour is set: cheap "same as last time?" */
} Colour;

typedef struct SoftMask {
    uint32_t serial;
    bool luminosity;
    const PdfObj *group; /* the form, valid for this page */
    const PdfObj *object; /* the soft-mask dictionary (BC, TR), likewise */
    Matrix ctm;          /* at the time it was set */
} SoftMask;

/* Clips form a list from innermost to outermost. `bounds` is the intersection of all of them. */
typedef struct Clip Clip;
struct Clip {
    const Clip *outer;
    Box bounds;
    Path path;     /* empty unless the consumer asks for clip paths; text clips have none */
    bool even_odd;
    bool box;      /* it and all around it are upright rectangles: the clip is its bounds */
    bool text;     /* a text clip: only bounds; whoever wants clip paths puts it together from the text
                      told since the last `text_ends`, and no two text clips are the same */
};

/* Optional content in force: innermost group and whether the whole stack shows. */
typedef struct LayerState {
    int layer; /* row of FACT_layer, -1: none */
    bool visible, prints;
} LayerState;

typedef struct GraphicsState {
    Matrix ctm; /* user space to page space */
    Colour fill, stroke;
    double line_width, miter_limit; /* user space */
    int line_cap, line_join;
    const double *dash; /* user space; NULL: solid */
    int dash_count;
    double dash_phase;
    double fill_alpha, stroke_alpha;
    Blend blend;
    const SoftMask *soft_mask; /* NULL: none */
    bool fill_overprint, stroke_overprint;
    int overprint_mode;
    bool alpha_is_shape;
    bool text_knockout;
    bool transfer;    /* a transfer function other than Identity and Default is in force */
    const Clip *clip; /* never NULL: the media box at least */
    LayerState layer;
} GraphicsState;

typedef struct PaintImage {
    const PdfObj *stream; /* undecoded; NULL for an inline image */
    const PdfObj *dict;   /* stream or inline dictionary; inline keys are given in full form */
    PdfRef ref;
    bool is_inline;
    const uint8_t *inline_data; /* as stored */
    size_t inline_bytes;
    int width, height, bits; /* 0 when the dictionary does not tell and the codec's header could not be read */
    bool stencil;
    const ColourSpace *space; /* NULL for a stencil; JPX without /ColorSpace: from its header */
    MaskKind mask;
    PdfRef mask_ref; /* the /SMask or /Mask stream */
    Filter filter;   /* image codec, else the last general filter */
    double density;  /* ppi its own header states; 0 none */
    bool for_soft_mask; /* it is the alpha of another image: told once beside it, and exempt from rules */
} PaintImage;

typedef struct PaintGlyph {
    uint32_t code;
    Point at;             /* glyph origin, page space */
    const uint32_t *unicode; /* borrowed */
    int unicode_count;
} PaintGlyph;
typedef struct PaintText {
    PdfFont *font; /* NULL: no usable font */
    PdfRef font_ref;
    const PdfObj *font_dict;
    double size;        /* Tf operand */
    int mode;           /* Tr; 0 for Type 3 fonts, where it has no effect */
    Matrix matrix;      /* em space to page space of the first glyph: size, Tz and rise included */
    const PaintGlyph *glyphs;
    size_t count;
    Box bounds; /* from advances, ascent and descent */
    Point end;  /* pen after the string */
} PaintText;

typedef enum ScopeKind { SCOPE_IS_FORM, SCOPE_IS_GROUP, SCOPE_IS_PATTERN, SCOPE_IS_TYPE3, SCOPE_IS_ANNOTATION } ScopeKind;
typedef struct PaintScope {
    ScopeKind kind;
    Str name;             /* resource name, or annotation subtype */
    const PdfObj *object; /* the form, pattern, glyph procedure or annotation */
    PdfRef ref;
    Box box;              /* its BBox or Rect in page space */
    bool isolated, knockout, for_soft_mask; /* group */
    const SoftMask *mask;                   /* the soft mask it is the group of */
    const ColourSpace *space;               /* group colour space or NULL */
    bool coloured;                          /* tiling pattern of paint type 1; Type 3 glyph with d0 */
    bool prints, hidden;                    /* annotation flags */
    bool has_appearance;                    /* annotation */
    double x_step, y_step;                  /* tiling pattern, in pattern space */
    Matrix matrix;                          /* its space to page space */
} PaintScope;

typedef struct Painter Painter;
struct Painter {
    void *self;
    bool wants_clip_paths; /* keep full paths in Clip */
    bool wants_glyphs;     /* per-glyph positions; false: only `count`, unicode and bounds are filled */
    /* A path painted by `B` is told as fill, then stroke, between two calls of `pair` where that is wanted; so is text
     * of mode 2, which is told once. */
    void (*fill)(void *self, const GraphicsState *gs, const Path *path, bool even_odd);
    void (*stroke)(void *self, const GraphicsState *gs, const Path *path);
    void (*image)(void *self, const GraphicsState *gs, const PaintImage *image); /* unit square under gs->ctm */
    void (*text)(void *self, const GraphicsState *gs, const PaintText *text);
    /* `sh`, or a fill/stroke/text with a shading pattern (then the path or text was told just before with that
     * pattern colour and `from_pattern` is true). `matrix` takes shading space to page space. */
    void (*shading)(void *self, const GraphicsState *gs, const PdfObj *shading, const ColourSpace *space, int type,
                    const Matrix *matrix, bool from_pattern);
    /* Scopes nest. A form that is a transparency group is told as form, then group inside it. A tiling cell is walked
     * when its pattern, colour, place and layer are new, and again where it is painted in a part of the page (of 8 × 8)
     * in which it was not seen, clipped to what it fills; a Type 3 glyph once for each shown string (first glyph) unless wants_glyphs. */
    void (*begin)(void *self, const GraphicsState *gs, const PaintScope *scope);
    void (*end)(void *self, ScopeKind kind);
    /* An ExtGState asked for alpha, a blend mode or a soft mask, whether anything is painted with it
     * or not. NULL: not wanted. */
    void (*transparency)(void *self);
    /* For painters that draw; each may be NULL. */
    void (*page_group)(void *self, bool isolated, bool knockout, const ColourSpace *space);
    void (*pair)(void *self, const GraphicsState *gs, bool begins);
    void (*text_ends)(void *self, const GraphicsState *gs); /* ET, when its clip is in force */
    /* The tiling pattern is about to be walked. True: the painter kept its cell and has painted what was told last.
     * Where this is given every use of a pattern asks, and a cell is walked free of any clip. */
    bool (*cell)(void *self, const GraphicsState *gs, const Colour *colour, const PaintScope *scope);
    /* Something could not be read. `what_zh`/`what_en` are short phrases without a stop. */
    void (*damage)(void *self, const char *what_zh, const char *what_en);
};

/* Page geometry for the walk, as document.c reads it from the page dictionary. */
typedef struct PageBox {
    Box media;      /* user space as written, normalised */
    double user_unit;
    Matrix to_page; /* user space to page space: × UserUnit, origin at the MediaBox corner */
} PageBox;

typedef struct WalkBudget { /* what stops a bomb; 0: the built-in value */
    uint64_t operators; /* per page */
    size_t bytes;       /* decoded content per page */
    int depth;          /* nested forms, patterns, Type 3 glyphs, soft masks */
} WalkBudget;

/* The optional content of the file: layers in the order of FACT_layer rows. Made by layers.c before the first page. */
typedef struct Layers Layers;

typedef struct Interpreter Interpreter; /* caches for one document: colour spaces, resources, fonts by name */
Interpreter *interpreter_new(Arena *document, PdfFile *file, const Layers *layers, const WalkBudget *budget);
void interpreter_free(Interpreter *in);
/* Walks contents, then annotations, of one page. False when a budget stopped it (also told by `damage`). */
bool interpret_page(Interpreter *in, Arena *page_arena, const PdfObj *page, const PdfObj *resources,
                    const PageBox *box, Painter *painter);

Box box_transformed(Box b, const Matrix *m);         /* the box around what it becomes */
Box box_of_object(PdfFile *f, const PdfObj *array); /* unknown when it is none */

static inline Point matrix_apply(const Matrix *m, double x, double y) {
    return (Point){m->a * x + m->c * y + m->e, m->b * x + m->d * y + m->f};
}
/* What undoes `m`, which must not be flat. */
static inline Matrix matrix_inverse(const Matrix *m) {
    double det = m->a * m->d - m->b * m->c;
    Matrix i = {m->d / det, -m->b / det, -m->c / det, m->a / det, 0, 0};
    i.e = -(m->e * i.a + m->f * i.c);
    i.f = -(m->e * i.b + m->f * i.d);
    return i;
}
/* First `inner`, then `outer`. */
static inline Matrix matrix_multiply(const Matrix *inner, const Matrix *outer) {
    return (Matrix){inner->a * outer->a + inner->b * outer->c,
                    inner->a * outer->b + inner->b * outer->d,
                    inner->c * outer->a + inner->d * outer->c,
                    inner->c * outer->b + inner->d * outer->d,
                    inner->e * outer->a + inner->f * outer->c + outer->e,
                    inner->e * outer->b + inner->f * outer->d + outer->f};
}

#endif
