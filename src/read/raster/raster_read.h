/* What the files share that make facts of raster artwork: raster.c walks the pages, raster_page.c
 * and raster_ink.c fill the rows. Nothing outside of them includes this. */
#ifndef CHUPIN_READ_RASTER_RASTER_READ_H
#define CHUPIN_READ_RASTER_RASTER_READ_H

#include "read/raster/raster.h"

typedef struct RasterPage {
    Page *page;
    RasterHead head;
    bool read; /* the head could be */
} RasterPage;

typedef struct RasterReader {
    Facts *facts;
    Arena *arena; /* the document's */
    const ReadPlan *plan;
    const ReadListener *listener;
    const RasterCodec *codec;
    void *file; /* the codec's */
    RasterPage *pages;
    size_t page_count;
    Text *damage; /* what could not be read, a line each */
    size_t damage_count, damage_capacity;
    Profile *profile; /* of the page before, and its bytes: pages of one file mostly share one */
    const uint8_t *icc;
    size_t icc_count;
} RasterReader;

/* A line of document.damage. */
void raster_damage(RasterReader *r, const Page *page, Text why);

/* raster_page.c: one page's rows but for colour. The raster's own first: the page's boxes hang on
 * them. */
void raster_page_boxes(RasterReader *r, RasterPage *p); /* before any page is told */
Raster *raster_facts(RasterReader *r, const RasterPage *p);
void raster_page_facts(RasterReader *r, const RasterPage *p, const Raster *raster);
Image *raster_image(RasterReader *r, const RasterPage *p, const Raster *raster, const Style *style);
void raster_picture(RasterReader *r, const RasterPage *p, const Raster *raster, const Image *image);

/* raster_ink.c */
Profile *raster_profile(RasterReader *r, const RasterHead *head); /* NULL: none */
Style *raster_style(RasterReader *r, const RasterPage *p, const Raster *raster);
void raster_channels(RasterReader *r, const RasterHead *head);
void raster_inks_close(RasterReader *r);

#endif
