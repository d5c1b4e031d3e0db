/* Rows of one page of raster artwork: the page, its pixels as one image that fills it, the picture.
 */
#include <math.h>

#include "read/derive.h"
#include "read/raster/raster_read.h"
#include "read/raster/size.h"

static const Job *job_of(const RasterReader *r, const Page *p) {
    return r->plan->job_of(r->plan->jobs, p->number);
}

static const Limit *limit_of(const RasterReader *r, const Page *p) {
    return r->plan->limit_of(r->plan->jobs, p->number);
}

/* Pixels are shown as they are viewed, so nothing is left to turn. */
void raster_page_boxes(RasterReader *r, RasterPage *p) {
    Page *page = p->page;
    Raster sizes;
    row_clear(entity_of(FACT_raster), &sizes);
    raster_sizes(&sizes, &p->head, job_of(r, page), limit_of(r, page));
    page->media_box = raster_media(&sizes);
    page->rotate = 0;
    page->user_unit = 1;
    derive_boxes(page);
}

static Family family_of(const RasterHead *h) {
    switch (h->colours) {
    case 1:
        return FAMILY_GRAY;
    case 4:
        return FAMILY_CMYK;
    default:
        return h->space == SPACE_LAB ? FAMILY_LAB : FAMILY_RGB;
    }
}

static Space space_of(Family family, bool profiled) {
    switch (family) {
    case FAMILY_GRAY:
        return profiled ? SPACE_ICC_GRAY : SPACE_GRAY;
    case FAMILY_CMYK:
        return profiled ? SPACE_ICC_CMYK : SPACE_CMYK;
    case FAMILY_LAB:
        return profiled ? SPACE_ICC_LAB : SPACE_LAB;
    case FAMILY_RGB:
        return profiled ? SPACE_ICC_RGB : SPACE_RGB;
    case FAMILY_UNKNOWN:
    case FAMILY_NONE:
    case FAMILY_SPOT:
    case FAMILY_WORDS:
        return SPACE_OTHER;
    }
    return SPACE_OTHER;
}

static bool has_alpha(const RasterHead *h) {
    for (size_t i = 0; i < h->extra_count; i++)
        if (h->extras[i].kind == CHANNEL_ALPHA)
            return true;
    return false;
}

static void tagged_facts(Raster *row, const RasterHead *h) {
    row->bits = h->bits;
    row->floating = h->floating;
    row->indexed = h->indexed;
    row->compression = (uint8_t)h->compression;
    row->progressive = h->progressive;
    row->orientation = h->orientation;
    row->frames = h->frames;
    row->srgb = h->srgb;
    row->layers = h->layers;
    row->paths = h->paths;
    row->clipping_path = h->clipping_path;
    row->channels = (int32_t)h->extra_count;
    row->quality = h->jpeg_quality;
    if (!has_alpha(h))
        row->transparent = 0;
}

Raster *raster_facts(RasterReader *r, const RasterPage *p) {
    const RasterHead *h = &p->head;
    Raster *row = facts_add(r->facts, FACT_raster);
    raster_sizes(row, h, job_of(r, p->page), limit_of(r, p->page));
    tagged_facts(row, h);
    Family family = family_of(h);
    row->family = (uint8_t)family;
    row->profile = raster_profile(r, h);
    row->profile_embedded = row->profile != NULL;
    if (row->profile)
        row->profile_fits = row->profile->valid == 1 && row->profile->space == family;
    row->space = (uint8_t)space_of(family, row->profile_fits == 1);
    return row;
}

/* A job whose size says nothing of this page: its trim stays without evidence. */
static Job sizeless(const Job *job) {
    Job copy = *job;
    copy.size_w = copy.size_h = NAN;
    return copy;
}

void raster_page_facts(RasterReader *r, const RasterPage *p, const Raster *raster) {
    Page *page = p->page;
    const Limit *limit = limit_of(r, page);
    const Job *job = job_of(r, page);
    Job other = sizeless(job);
    derive_trim(page, raster_fits_job(raster) ? job : &other, limit, BOX_UNKNOWN);
    derive_bleed(page, limit);
    derive_bleed_edges(r->facts, page, limit);
    if (r->plan->cost < COST_CONTENT)
        return;
    page->marks = 1;
    page->transparent = page->transparency_set = 0;
    page->complete = 1;
}

static Box32 box32(Box b) {
    return (Box32){(float)b.x0, (float)b.y0, (float)b.x1, (float)b.y1};
}

static bool has_evidence(const Raster *raster) {
    return raster_fits_job(raster) || !isnan(raster->density_w);
}

Image *raster_image(RasterReader *r, const RasterPage *p, const Raster *raster,
                    const Style *style) {
    const Page *page = p->page;
    Image *i = facts_add(r->facts, FACT_image);
    i->seq = 0;
    i->style = style;
    i->box = i->clip = box32((Box){0, 0, page->media_w, page->media_h});
    i->kind = MARK_IMAGE;
    i->region = REGION_ART;
    i->visible = 1;
    i->hidden = HIDDEN_NO;
    i->width = raster->width;
    i->height = raster->height;
    if (has_evidence(raster)) {
        i->ppi_x = (float)(72 * raster->width / page->media_w);
        i->ppi_y = (float)(72 * raster->height / page->media_h);
    }
    i->density = (float)fmin(raster->density_x, raster->density_y);
    i->rotation = i->skew = 0;
    i->bits = raster->bits;
    i->filter = raster->compression;
    i->space = raster->space;
    i->mask = has_alpha(&p->head) ? MASK_SOFT : MASK_NONE;
    i->flipped = 0;
    return i;
}

void raster_picture(RasterReader *r, const RasterPage *p, const Raster *raster,
                    const Image *image) {
    const Page *page = p->page;
    Picture *row = facts_add(r->facts, FACT_picture);
    row->image = image;
    row->raster = 1;
    row->box = (Box){0, 0, page->media_w, page->media_h};
    if (raster_fits_job(raster))
        row->ppi = fmin((double)image->ppi_x, (double)image->ppi_y);
    row->cropped = 0;
    row->quality = raster->quality;
}
