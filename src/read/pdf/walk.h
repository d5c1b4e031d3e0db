/* What the files of the content interpreter share: the state of the walk over one page. Nothing
 * outside of them includes this; consumers see paint.h.
 *
 * A Walk lives for one page. Each content stream being run (page, form, pattern cell, glyph
 * procedure, appearance) has a Content frame; each q a State. Both are recycled, so that running a
 * page allocates by depth, not by length. */
#ifndef CHUPIN_READ_PDF_WALK_H
#define CHUPIN_READ_PDF_WALK_H

#include "read/pdf/content.h"
#include "read/pdf/layers.h"
#include "read/pdf/paint.h"
#include "read/pdf/table.h"

/* The built-in budget of a page. A nested stream costs as much as NESTED_COST operators, so that an
 * exponential nest of empty forms ends as soon as one of full ones. */
enum {
    BUDGET_OPERATORS = 20000000,
    BUDGET_BYTES = 512 * 1024 * 1024,
    BUDGET_DEPTH = 48,
    NESTED_COST = 20,
    STATE_DEPTH = 8192, /* q, BMC */
    PATH_POINTS = 4 * 1024 * 1024,
    RUN_GLYPHS = 256 * 1024,
    PAGE_CLIPS = 512 * 1024,
    DAMAGE_KINDS = 48
};

/* A font as text needs it. Glyphs of one-byte codes are asked for once; their code points are
 * copied, so they stay valid as long as the font. A font written as a direct dictionary lives for
 * the page, others for the document. */
typedef struct ShownFont {
    PdfRef ref;
    const PdfObj *dict; /* this page's */
    PdfFont *font;      /* NULL: poppler makes none of it */
    Arena *arena;       /* where it lives */
    bool made, composite, vertical, type3;
    double ascent, descent;
    PdfGlyph *glyphs[256];
    struct GlyphProcedures *procedures; /* Type 3, this page's */
    uint32_t page_serial;               /* of dict and procedures */
} ShownFont;

/* The resources of one dictionary, looked up once a name. */
typedef enum ResourceKind {
    RESOURCE_GSTATE,
    RESOURCE_SPACE,
    RESOURCE_PATTERN,
    RESOURCE_SHADING,
    RESOURCE_XOBJECT,
    RESOURCE_FONT,
    RESOURCE_PROPERTIES
} ResourceKind;
typedef struct Resource {
    const PdfObj *object; /* NULL: not there */
    PdfRef ref;
    void *made; /* ColourSpace, ShownFont, XImage or Pattern made of it */
} Resource;
typedef struct Resources {
    const PdfObj *dict;
    Table names;
    const PdfObj *defaults[3]; /* DefaultGray, DefaultRGB, DefaultCMYK */
    PdfRef default_refs[3];
    uint64_t defaults_hash; /* 0: none of them */
    const ColourSpace *device[3];
} Resources;

typedef struct TextState {
    double char_space, word_space, scale, leading, size, rise;
    int mode;
    ShownFont *font;
} TextState;

typedef struct State State;
struct State {
    GraphicsState gs;
    TextState text;
    State *outer; /* what Q brings back */
};

typedef struct MarkedContent MarkedContent;
struct MarkedContent {
    MarkedContent *outer;
    LayerState before;
};

/* A path being built, in page space. A move is written down only when a segment follows it. */
typedef struct PathBuilder {
    uint8_t *verbs;
    Point *points;
    size_t verb_count, point_count, capacity; /* of both */
    Point start, current;
    bool has_current, moved; /* moved: the move is not written yet */
} PathBuilder;

/* The string being shown; reused. */
typedef struct ShownGlyphs {
    PaintGlyph *glyphs;
    uint32_t *code_points; /* of composite fonts */
    size_t count, capacity, point_count, point_capacity;
} ShownGlyphs;

typedef struct Content Content;
struct Content {
    Reader reader;
    Content *outer, *inner; /* inner: the frame to use next, kept for its stack */
    Resources *resources;
    Matrix base; /* default space of the page, form or cell: what pattern matrices refer to */
    State *floor;
    MarkedContent *marked_floor;
    PdfRef ref;           /* stops cycles */
    const PdfObj *object; /* likewise, when direct */
    bool uncoloured;      /* colour operators do nothing here and below */
    int quiet;            /* BX … EX */
    int states_refused,
        marked_refused; /* q and BMC beyond the limit, so that Q and EMC still match */
    PathBuilder path;
    int pending_clip;     /* 0, 1: W, 2: W* */
    bool in_inline_image; /* between BI and ID */
    Matrix text_matrix, line_matrix;
    Box text_clip; /* of modes 4 to 7 since BT; unknown when none */
    ShownGlyphs shown;
};

typedef struct Walk {
    Interpreter *in;
    PdfFile *file;
    Arena *arena, *scratch;
    Painter *painter;
    const PageBox *box;
    State *state, *spare_states;
    int state_depth;
    Content *content, *outermost;
    int depth;
    MarkedContent *marked, *spare_marked;
    int marked_depth;
    LayerState layer; /* in force now; not part of q and Q */
    const Clip *page_clip;
    Clip no_clip; /* of a cell that is drawn for itself */
    ShownFont missing_font; /* stands in where text has none */
    uint64_t operators_left;
    size_t bytes_left;
    bool stopped;
    uint32_t colour_serial, mask_serial;
    Table resources, clips, dashes, masks, pattern_uses, streams, fonts, inline_dicts;
    size_t kept_bytes; /* of decoded streams in `streams` */
    struct KeptStream *kept;
    const char *told[DAMAGE_KINDS];
    int told_count;
} Walk;

typedef void OperatorRun(Walk *w, const Operand *v);
typedef struct OperatorRow {
    char name[4];
    const char *operands; /* as in operators.def */
    uint8_t count;        /* how many these are */
    OperatorRun *run;
} OperatorRow;

enum { OPERATOR_SLOTS = 256 };
struct Interpreter {
    Arena *document, *scratch;
    PdfFile *file;
    const Layers *layers;
    WalkBudget budget;
    Table spaces, fonts;
    uint32_t space_serial, page_serial;
    ColourSpace *device[3], *pattern; /* gray, RGB, CMYK; Pattern without base */
    uint32_t operator_keys[OPERATOR_SLOTS];
    uint8_t operator_rows[OPERATOR_SLOTS];
};

/* walk.c */
void walk_damage(Walk *w, const char *zh, const char *en); /* each kind is told once a page */
State *walk_save(Walk *w);                                 /* NULL when too deep */
void walk_restore(Walk *w);
void walk_restore_to(Walk *w, const State *floor);
void walk_initial_state(Walk *w, State *s, const Matrix *ctm, const Clip *clip);
void walk_set_layer(Walk *w, LayerState layer);
void walk_marked_restore_to(Walk *w, const MarkedContent *floor);
/* The decoded bytes of a content stream, until walk_release; over budget sets `stopped`. */
PdfBytes *walk_decoded(Walk *w, const PdfObj *stream);
void walk_release(Walk *w, PdfBytes *bytes);
void walk_drop_streams(Walk *w);

/* interpret.c */
typedef struct Nested {               /* a content stream to run inside of another */
    const PdfObj *stream, *resources; /* resources NULL: those of the stream around it */
    PdfRef ref;
    Matrix base;
    bool uncoloured;
} Nested;
/* Is this stream being run already, or the nest too deep? Says so as damage. */
bool nested_refused(Walk *w, const Nested *n);
/* Runs it with the state as it stands, which the caller saves before and restores after. */
void run_nested(Walk *w, const Nested *n);

/* resources.c */
Resources *resources_of(Walk *w, const PdfObj *dict);
Resource *resource_find(Walk *w, ResourceKind kind, Str name); /* never NULL */
uint64_t hash_object(PdfFile *f, const PdfObj *o,
                     int depth); /* of the value, references followed */
uint64_t hash_written(PdfFile *f, const PdfObj *o,
                      int depth); /* of the value, references as they stand */
uint64_t hash_identity(const PdfObj *o,
                       PdfRef ref); /* of where it is written, for tables of one page */

/* colour_space.c */
const ColourSpace *space_from_object(Walk *w, const PdfObj *o, PdfRef ref);
const ColourSpace *space_from_name(Walk *w, Str name); /* as cs and images name it */
const ColourSpace *space_device(Walk *w, Space space); /* with DefaultGray and its like applied */
/* A space that only the header of an image names: without profile or range. */
const ColourSpace *space_bare(Walk *w, Space space, int components);
void spaces_start(Interpreter *in);

/* colour.c */
void colour_initial(Walk *w, Colour *c, const ColourSpace *space);
/* The colour an uncoloured pattern paints with: the values below the pattern. */
void colour_below_pattern(Walk *w, Colour *out, const Colour *c);

/* path.c */
void path_clear(PathBuilder *b);
const Clip *clip_push(Walk *w, const Clip *outer, const Path *path, bool even_odd, bool text);
const Clip *clip_box(Walk *w, const Clip *outer, Box box, const Matrix *m);
const Clip *clip_area(Walk *w, const Clip *outer, Box area); /* area in page space */
Box box_intersection(Box a, Box b);
Box box_union(Box a, Box b); /* unknown is empty */

/* graphics.c */
Matrix matrix_from(PdfFile *f, const PdfObj *array);
bool matrix_usable(const Matrix *m); /* finite */

/* pattern.c: what a pattern colour paints, after its path or text was told */
void pattern_paint(Walk *w, const Colour *c, Box area);
const PdfObj *pattern_from_name(Walk *w, Str name, PatternKind *kind);

/* form.c */
typedef struct FormUse {
    const PdfObj *form;
    PdfRef ref;
    Str name;
    Matrix placed;     /* where its space comes to stand: user space of the stream around it, or an
                          annotation's place */
    const SoftMask *mask; /* the soft mask it is the group of: told as the group alone */
} FormUse;
void form_paint(Walk *w, const FormUse *use);
/* Walks the group of a soft mask, once for each different use. */
const SoftMask *soft_mask_of(Walk *w, const PdfObj *dict);

/* image.c */
void image_paint(Walk *w, Resource *r);

void inline_image_paint(Walk *w, const PdfObj *dict, const uint8_t *data, size_t n);
Filter image_filter(PdfFile *f, const PdfObj *dict);

/* font.c, type3.c */
ShownFont *font_of(Walk *w, const PdfObj *dict, PdfRef ref);
void font_make(Walk *w,
               ShownFont *font); /* before the first glyph, not at Tf: fonts cost milliseconds */
/* The next glyph of a string, which may stand in `room`; NULL at the end. */
const PdfGlyph *font_next(ShownFont *font, const uint8_t **p, const uint8_t *end, PdfGlyph *room);
/* Walks the procedure of a glyph; the matrix takes text space at the glyph, size included, to page
 * space. */
void type3_paint(Walk *w, ShownFont *font, uint32_t code, const Matrix *text_to_page);

/* annotation.c */
void annotations_paint(Walk *w, const PdfObj *page);

#define OP(name, run, operands) OperatorRun run;
#include "read/pdf/operators.def"
#undef OP

#endif
