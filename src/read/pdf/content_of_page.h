/* The content of one page, ready to be walked by a painter: what the plate renderer is given. */
#ifndef CHUPIN_READ_PDF_CONTENT_OF_PAGE_H
#define CHUPIN_READ_PDF_CONTENT_OF_PAGE_H

#include "read/pdf/paint.h"
#include "read/read.h"

struct PageContent {
    PdfFile *file;
    Interpreter *interpreter;
    Arena *arena; /* for one page */
    const Page *page;
    const PdfObj *object, *resources;
    PageBox box;
};

/* What a listener is told of a style. */
struct StyleColour {
    PdfFile *file;
    const Colour *colour; /* NULL: it is not one flat colour */
};

/* The whole profile, whose header and table are sound. */
struct ProfileData {
    PdfFile *file;
    const uint8_t *bytes;
    size_t count;
};

/* False when a budget stopped it. May be called any number of times. */
bool page_content_walk(const PageContent *c, Painter *painter);

#endif
