/* Reading artwork: one file becomes facts, page by page.
 *
 * The reader tells a listener what is ready, in order: open, then for every page its marks and the page, then close.
 * A mark whose facts are complete when it is painted is told at once; one that needs the whole page (a fill and its
 * cluster, tiles of a picture, anything when the trim has to be found from crop marks) is told when the page ends.
 * Rows of kinds that are not kept are valid only during the call. */
#ifndef CHUPIN_READ_READ_H
#define CHUPIN_READ_READ_H

#include "facts/facts.h"

typedef struct PageContent PageContent;
typedef struct StyleColour StyleColour;
typedef struct ProfileData ProfileData;
typedef struct RasterPixels RasterPixels;

typedef struct ReadListener {
    void *self;
    void (*open)(void *self, Facts *facts);
    void (*mark)(void *self, Facts *facts, const Page *page, FactKind kind, const void *mark);
    /* The content of a page may be drawn, as often as it is needed; its facts stand as far as `cost` reads them. NULL:
     * not wanted. What `content` is depends on the format of the file: for a PDF, read/pdf/content_of_page.h. */
    void (*draw)(void *self, Facts *facts, Page *page, const PageContent *content);
    /* The same for a page that is pixels (read/raster/raster.h). NULL: not wanted. */
    void (*pixels)(void *self, Facts *facts, Page *page, const RasterPixels *pixels);
    void (*page)(void *self, Facts *facts, Page *page); /* all facts of the page stand; its rows go afterwards */
    void (*close)(void *self, Facts *facts);
    /* A new style before any mark in it, a new profile when its own fields stand, also before open: what only
     * conversion of colour tells may be set now. NULL: not wanted. For a PDF, read/pdf/content_of_page.h. */
    void (*style)(void *self, Facts *facts, Style *style, const StyleColour *colour);
    void (*profile)(void *self, Facts *facts, Profile *profile, const ProfileData *data);
} ReadListener;

typedef struct ReadPlan {
    Cost cost;                  /* read no more than this: COST_HEADER walks no content */
    bool tell[FACT_COUNT];      /* marks of this kind are wanted by the listener */
    bool keep[FACT_COUNT];      /* rows of this kind stay in the tables until the page ends */
    bool want_missing_glyphs;   /* decide glyph_run.missing (opens font programs) */
    const char *password;       /* or NULL */
    const void *jobs;           /* for the two calls below */
    const Job *(*job_of)(const void *jobs, int page);     /* the job as it holds for that page; never NULL */
    const Limit *(*limit_of)(const void *jobs, int page); /* its limits; never NULL */
    const InkName *ink_names;
    size_t ink_name_count;
    const DeclaredInk *declared_inks; /* from the job sheet; copied into the facts at open */
    size_t declared_ink_count;
    int first_page, last_page; /* 0, 0: all pages */
} ReadPlan;

/* Reads the file at `path`; its name in reports is `name`. The facts always hold one `file` row, also when nothing
 * else could be read (file.readable is then false and says why). A Result is trouble of the operator's: the path is
 * missing, a folder, or not permitted. */
Result read_file(Facts *out, const char *path, const char *name, const ReadPlan *plan, const ReadListener *listener);

/* One reader a format: readers.def. `bytes` is the whole file, mapped. */
typedef struct ReaderInput {
    const uint8_t *bytes;
    size_t count;
    const ReadPlan *plan;
    const ReadListener *listener;
    File *file;
} ReaderInput;

/* Facts of the name alone: date, title, stage, version, size (name.c). */
void file_name_facts(File *f, Arena *a, const char *name);
/* Whether a file that begins so is of a format that has a reader. */
bool read_recognises(const void *head, size_t n);
const char *reader_versions(void); /* version of the engine below, for the report: poppler's */

#endif
