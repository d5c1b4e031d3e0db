/* What the files that read a document's own facts share: page list, document facts. document.c uses
 * them all. */
#ifndef CHUPIN_READ_PDF_DOCUMENT_H
#define CHUPIN_READ_PDF_DOCUMENT_H

#include "read/pdf/gather.h"

/* Where a dictionary of the page tree is written. Objects do not outlive a page, places do. */
typedef struct NodePlace {
    PdfRef ref;    /* num 0: written in its parent */
    PdfRef parent; /* then: the node whose Kids it is in */
    int kid;
} NodePlace;
typedef struct PageEntry {
    NodePlace at, resources; /* the page; the node that holds its Resources */
    bool has_resources;
} PageEntry;
typedef struct PageList {
    PageEntry *items;
    size_t count, capacity;
} PageList;

/* Walks the page tree and makes the Page rows with their raw boxes. What is wrong goes to
 * gather_damage; false when the tree is torn and pages may be missing. */
bool pages_read(PageList *out, Gather *g);
const PdfObj *page_object(PdfFile *f, const NodePlace *at);
PageBox page_box(const Page *p);

void document_facts(Gather *g, const ReaderInput *in);   /* the Document row, but for pages */
void document_actions(Gather *g, const PageList *pages); /* scripts, forms, media, attachments */
void output_intents(Gather *g);

#endif
