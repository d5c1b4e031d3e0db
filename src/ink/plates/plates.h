/* Plates: the separations of a page. The content is walked once (once for each band of a huge page)
 * and painted on tiles; what comes out are planes of 8 bits, 255 full ink, one for each colorant
 * that is really painted.
 *
 * What could not be drawn truthfully is listed with its box: rules over that area must not pass. */
#ifndef CHUPIN_INK_PLATES_PLATES_H
#define CHUPIN_INK_PLATES_PLATES_H

#include "ink/glyph/glyphs.h"
#include "ink/picture/picture.h"
#include "ink/press/press.h"
#include "read/pdf/content_of_page.h"

/* A mark on its way to the plates, for whoever watches. Borrowed during the calls. */
typedef struct WatchedMark {
    MarkKind kind; /* MARK_FILL, MARK_STROKE, MARK_GLYPH_RUN, MARK_IMAGE or MARK_SHADING */
    const GraphicsState *gs;
    bool stroke;        /* painted with the stroke colour */
    Box box;            /* page space, pt */
    double size;        /* text: type size, pt; NaN otherwise */
    const Paint *paint; /* values are told only of a flat one */
    const Matrix *to_device;
    const Surface *beneath;
    Area area; /* where it may paint on that */
} WatchedMark;
/* Watching what lies beneath marks. Marks drawn for a cell or a soft mask are not told, those of
 * groups are: what lies beneath them is looked for on the surface of the group. */
typedef struct Watch {
    void *self;
    /* The marks of this part of the page follow. When it begins where the part before it began,
     * that one ran out of memory: what was told of it is void. */
    void (*part)(void *self, Area area);
    bool (*begins)(void *self, const WatchedMark *mark); /* true: its rows are wanted */
    /* Coverage that is about to be painted on the surface, clip and soft mask included. */
    void (*row)(void *self, const Surface *beneath, int y, int x0, int x1, const uint8_t *coverage);
    void (*ends)(void *self);
} Watch;

/* What is kept from page to page of one document. */
typedef struct PlateMaker PlateMaker;
typedef struct PlateMakerPlan {
    size_t budget;               /* bytes of tiles and masks; 0: 48 MB */
    const PressProfile *profile; /* of the job; NULL: none */
} PlateMakerPlan;
PlateMaker *plate_maker_new(Arena *document, PdfFile *f, const PlateMakerPlan *plan,
                            Text *why); /* NULL: why */
void plate_maker_free(PlateMaker *m);
const PressProfile *plate_maker_profile(const PlateMaker *m);
Press *plate_maker_press(PlateMaker *m);

typedef struct Omission { /* in the page's arena */
    Box box;              /* page space, pt; the page when it is not known */
    Text what;            /* short, without a stop */
} Omission;

typedef struct PlatesPlan {
    double ppi;
    Box region;         /* page space, pt; unknown: the MediaBox */
    const Watch *watch; /* NULL: nobody */
} PlatesPlan;

/* A band of the page, from the top as viewed. */
typedef struct Band {
    const Surface *surface; /* its area is in pixels of the whole picture */
    Area area;              /* rows of this band */
    int width, height;      /* of the whole picture */
    const Planes *planes; /* all planes of the page; none is added after the first band was told */
    double ppi;
} Band;
typedef void BandSink(void *self, const Band *band);

typedef struct Plates {
    int width, height;
    Matrix to_device; /* page space to pixels as viewed */
    Omission *omissions;
    size_t omission_count;
    bool complete; /* nothing was left out */
} Plates;

/* Page space, pt, to the pixels a page is drawn on, as viewed. */
Matrix plates_matrix(const PageContent *content, double ppi, Box region);
/* Draws a page. The arena must not be that of `content`, which is rewound. The result and its
 * omissions live in `page`. */
Plates plates_draw(PlateMaker *m, Arena *page, const PageContent *content, const PlatesPlan *plan,
                   BandSink *sink, void *self);

#endif
