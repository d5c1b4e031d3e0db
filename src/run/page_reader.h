/* A file whose pages are asked for one after another: read_file turned round, so that two files can
 * be looked at page by page side by side.
 *
 * The reading stands still, on a stack of its own, while somebody looks at a page.
 *
 *     PageReader *r = page_reader_open(a, &plan);
 *     const PageAtHand *page;
 *     while ((page = page_reader_next(r)))
 *         …
 *     Result trouble = page_reader_close(r); */
#ifndef CHUPIN_RUN_PAGE_READER_H
#define CHUPIN_RUN_PAGE_READER_H

#include "read/read.h"

typedef struct PageReaderPlan {
    const char *path, *name;
    const ReadPlan *plan;
    void *self;
    /* Marks of the page that comes next; may be NULL. */
    void (*mark)(void *self, const Page *page, FactKind kind, const void *mark);
    /* Before the file is closed: what hangs on it has to go. May be NULL. */
    void (*close)(void *self);
} PageReaderPlan;

/* Valid until the next page is asked for. Both NULL: there is nothing that could be drawn. */
typedef struct PageAtHand {
    Facts *facts;
    const Page *page;
    const PageContent *content;
    const RasterPixels *pixels;
} PageAtHand;

typedef struct PageReader PageReader;
PageReader *page_reader_open(Arena *a, const PageReaderPlan *plan);
/* Valid until page_reader_close; NULL: the path itself is the trouble. */
const File *page_reader_file(const PageReader *r);
int page_reader_pages(const PageReader *r);
const PageAtHand *page_reader_next(PageReader *r); /* NULL: there are no more */
/* Reads what is left without looking at it. What is wrong with the path is said here. */
Result page_reader_close(PageReader *r);

/* Rows of a picture, pulled in the same way while its page is at hand. */
typedef struct RowReader RowReader;
RowReader *row_reader_open(Arena *a, const RasterPixels *pixels);
const uint8_t *row_reader_next(void *row_reader); /* NULL: there are no more */
void row_reader_close(RowReader *r);

#endif
