/* Gathering: what the interpreter tells becomes facts. One Gather lives as long as its document and
 * is shared by the gather_*.c files, inks.c, fonts.c and profiles.c; nothing outside of them and
 * document.c includes this.
 *
 * A mark is made when it is painted. Whether it shows is known then; its region needs the trim.
 * When the trim is written it is told at once. A fill waits for its cluster and an image for its
 * neighbours, and on a page whose trim has to be found from crop marks everything waits for the end
 * of the page. What waits lies in the page arena, in paint order. */
#ifndef CHUPIN_READ_PDF_GATHER_H
#define CHUPIN_READ_PDF_GATHER_H

#include "read/derive.h"
#include "read/lettering.h"
#include "read/pdf/paint.h"
#include "read/pdf/table.h"
#include "read/pdf/tints.h"
#include "read/read.h"

typedef enum GlyphPresence { NOT_ASKED, THERE, MISSING, CANNOT_TELL } GlyphPresence;
typedef struct FontEntry {
    Font *row;
    uint8_t *has_glyph; /* GlyphPresence by code; NULL until fonts_missing is asked */
    size_t codes;
} FontEntry;

typedef struct StyleEntry StyleEntry;
struct StyleEntry {
    Style *style;
    Ink **inks; /* those it lays down, or may lay down */
    int ink_count;
    const StyleEntry *also; /* text that is filled and stroked: its stroke */
    FontEntry *font;
    bool transparent;
    int page; /* the page these flags are of */
    bool art, art_visible, slug_visible, shown;
};

/* What of the graphics state a style depends on: equal to last time means the same style. */
typedef struct StyleCue {
    uint32_t colour, stroke_colour; /* serials */
    const ColourSpace *space;
    const SoftMask *soft_mask;
    double alpha;
    LayerState layer;
    const FontEntry *font;
    Blend blend;
    int opm, mode;
    bool overprint;
    StyleEntry *entry; /* NULL: none yet on this page */
} StyleCue;
typedef enum StyleUse {
    USE_FILL,
    USE_STROKE,
    USE_TEXT,
    USE_IMAGE,
    USE_SHADING,
    STYLE_USES
} StyleUse;

typedef struct Scope Scope;
struct Scope {
    Scope *outer;
    Mark *mark; /* NULL: a Type 3 glyph, which is no mark of its own */
    Hidden hidden;
    bool glyph, pattern; /* inside of one, at any depth */
    bool veiled;         /* inside a group that is not painted as it is, at any depth */
    Box host;            /* pattern: what is painted with it */
};

typedef struct Parts { /* a path of several subpaths: each part's box, as the whole box says too
                          little */
    const Mark *mark;
    const Box32 *boxes;
    size_t count;
} Parts;

typedef struct Cover { /* an opaque upright box, for what is painted before it */
    int32_t seq;
    Box32 box;
} Cover;

enum { WAITING_BLOCK = 1022 };
typedef struct Waiting Waiting;
struct Waiting { /* marks in paint order */
    Waiting *next;
    size_t count;
    Mark *marks[WAITING_BLOCK];
};

typedef struct Gather {
    Facts *facts;
    Arena *arena; /* the document's */
    const ReadPlan *plan;
    const ReadListener *listener;
    PdfFile *file;
    bool build[FACT_COUNT];    /* rows of this kind are made whole */
    void *blank[FACT_COUNT];   /* a row with every field unknown */
    void *scratch[FACT_COUNT]; /* rows that live only while they are told */

    Table style_table, ink_table, font_table, direct_fonts, profile_table, resource_table;
    StyleEntry **touched; /* styles seen on this page */
    size_t touched_count, touched_capacity;
    StyleEntry **styles; /* by Style row */
    size_t style_count, style_capacity;
    StyleCue cues[STYLE_USES];
    FontEntry *last_font;
    PdfRef last_font_ref;
    uint64_t *looks; /* by Ink row: hash of how a Separation is drawn on screen */
    size_t look_count, look_capacity;
    Converted *converted; /* marks of this page */
    size_t converted_count, converted_capacity;
    Text *damage;
    size_t damage_count, damage_capacity;

    Page *page;
    Box media;
    bool trim_known; /* before the content is walked */
    int seq, painted;
    uint32_t rows[FACT_COUNT]; /* marks made on this page but not kept */
    bool complete;
    Scope *scope;
    Box last_area; /* of the mark painted last, for the pattern it is painted with */
    Hidden last_hidden;
    Waiting *first_waiting, *last_waiting;
    Parts *parts;
    size_t part_count, part_capacity;
    FillShape *shapes;
    size_t shape_count, shape_capacity;
    Image **images;
    size_t image_count, image_capacity;
    CropLines crop_lines;
    Cover *covers;
    size_t cover_count, cover_capacity;
    TypeLines type_lines;
    Cluster **clusters; /* those that are told but not kept */
    size_t cluster_count, cluster_capacity;
    Arena *working; /* owned; holds `shapes` alone, so that they grow where they stand */
} Gather;

Gather *gather_new(Facts *facts, const ReadPlan *plan, const ReadListener *listener, PdfFile *file);
Painter gather_painter(Gather *g);
void gather_free(Gather *g); /* what is not in the arenas of the facts */
void gather_page_start(Gather *g,
                       Page *page); /* page facts of boxes, and the trim when written, stand */
void gather_page_end(Gather *g);    /* trim, regions, clusters; tells what waited */
void gather_close(Gather *g);       /* inks, fonts and damage of the document */
void gather_damage(Gather *g, const char *zh, const char *en);

/* gather_mark.c: making, settling and telling marks */
void *mark_new(Gather *g, FactKind kind, bool waits);
typedef struct MarkCommon {
    MarkKind kind;
    StyleEntry *style;
    Box box;
    Hidden hidden; /* a reason of its own, or HIDDEN_NO */
    double alpha;
} MarkCommon;
void mark_common(Gather *g, Mark *m, const GraphicsState *gs, const MarkCommon *common);
/* Settles and tells it, or lets it wait. `path` (or NULL) gives the parts of a path of several
 * subpaths. */
void mark_done(Gather *g, FactKind kind, Mark *m, bool waits, const Path *path);
void mark_settle(Gather *g, Mark *m, const Parts *parts);
void mark_tell(Gather *g, const Mark *m);
FactKind mark_fact(const Mark *m);
bool mark_in_pattern(const Mark *m); /* at any depth; its clip is then what is painted with it */
bool mark_is_base(const Mark *m); /* its kind is not wanted: only the common fields stand */
Box32 box32_of(Box b);

/* gather_covers.c */
void cover_note(Gather *g, const Mark *m, const StyleEntry *e, const GraphicsState *gs);
void covers_apply(Gather *g); /* to all that waited; regions stand, nothing of it is told yet */

/* gather_lettering.c: wanted when its rows are kept, or styles say what they are used for */
bool lettering_wanted(const Gather *g);
void lettering_string(Gather *g, const GlyphRun *run); /* its region stands */
void lettering_end(Gather *g);                         /* clusters are made */
void lettering_close(Gather *g);                       /* of styles: what nothing was painted with */

/* gather_style.c */
StyleEntry *style_of(Gather *g, const GraphicsState *gs, StyleUse use);
StyleEntry *style_of_text(Gather *g, const GraphicsState *gs, FontEntry *font, int mode);
StyleEntry *style_of_space(Gather *g, const GraphicsState *gs, StyleUse use,
                           const ColourSpace *space);
void styles_mark(Gather *g, StyleEntry *e, const Mark *m);
void styles_page_end(Gather *g); /* hands what was seen to inks, fonts and layers */

/* inks.c */
Ink *ink_of(Gather *g, Str name, InkKind kind, const ColourSpace *space);
Ink *ink_of_process(Gather *g, int process);
bool inks_cut(const Gather *g, const StyleEntry *e); /* Style.die; its inks and layer stand */
void inks_close(Gather *g);

/* fonts.c */
FontEntry *fonts_entry(Gather *g, PdfRef ref, const PdfObj *dict);
/* Every font the page could use. `ref` is where `resources` are written, or {0,0}. */
void fonts_list(Gather *g, const PdfObj *page, PdfRef ref, const PdfObj *resources);
static inline bool fonts_known_there(const FontEntry *e, uint32_t code) {
    return e->has_glyph && code < e->codes && e->has_glyph[code] == THERE;
}
bool fonts_missing(FontEntry *e, Arena *a, PdfFont *font, uint32_t code, bool *unknown);

/* profiles.c */
Profile *profile_of(Gather *g, PdfRef ref, const PdfObj *stream, int declared);

/* The painter's callbacks. */
void gather_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd);
void gather_stroke(void *self, const GraphicsState *gs, const Path *path);
void gather_image(void *self, const GraphicsState *gs, const PaintImage *image);
void gather_text(void *self, const GraphicsState *gs, const PaintText *text);
void gather_shading(void *self, const GraphicsState *gs, const PdfObj *shading,
                    const ColourSpace *space, int type, const Matrix *matrix, bool from_pattern);
void gather_begin(void *self, const GraphicsState *gs, const PaintScope *scope);
void gather_end(void *self, ScopeKind kind);
void gather_images_merge(Gather *g); /* abutting tiles of one picture become one */

#endif
