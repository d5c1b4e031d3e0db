/* Colour of raster artwork: its profile, its style, the inks that its channels are. */
#include <string.h>

#include "read/icc.h"
#include "read/ink_role.h"
#include "read/pdf/content_of_page.h"
#include "read/pdf/tints.h"
#include "read/raster/raster_read.h"

static Profile *broken_profile(RasterReader *r, const RasterHead *head) {
    Profile *row = facts_add(r->facts, FACT_profile);
    row->description = "";
    row->valid = 0;
    row->fault = head->icc_fault.zh;
    row->fault_en = head->icc_fault.en;
    row->bytes = (double)head->icc_count;
    row->components = row->declared = 0;
    return row;
}

static Profile *read_profile(RasterReader *r, const RasterHead *head) {
    Profile *row = facts_add(r->facts, FACT_profile);
    IccProfile icc;
    icc_read(&icc, r->arena, head->icc, head->icc_count);
    row->description = icc.description;
    row->class = (uint8_t)icc.class;
    row->space = (uint8_t)icc.space;
    row->version = arena_strdup(r->arena, icc.version);
    row->components = icc.components;
    row->declared = 0;
    row->bytes = (double)head->icc_count;
    row->valid = icc.valid;
    row->fault = icc.fault.zh;
    row->fault_en = icc.fault.en;
    if (icc.valid && r->listener->profile)
        r->listener->profile(r->listener->self, r->facts, row,
                             &(ProfileData){NULL, head->icc, head->icc_count});
    return row;
}

Profile *raster_profile(RasterReader *r, const RasterHead *head) {
    if (!head->icc)
        return head->icc_fault.zh ? broken_profile(r, head) : NULL;
    bool same = r->profile && r->icc_count == head->icc_count &&
                memcmp(r->icc, head->icc, head->icc_count) == 0;
    if (!same) {
        r->profile = read_profile(r, head);
        r->icc = head->icc;
        r->icc_count = head->icc_count;
    }
    return r->profile;
}

static Ink *ink_named(RasterReader *r, const char *name, int page) {
    for (size_t i = 0; i < facts_count(r->facts, FACT_ink); i++) {
        Ink *ink = facts_at(r->facts, FACT_ink, i);
        if (streq(ink->name, name))
            return ink;
    }
    Ink *ink = facts_add(r->facts, FACT_ink);
    ink->name = name;
    ink->kind = process_ink(str_of(name)) >= 0 ? INK_PROCESS : INK_SPOT;
    ink->alternate = SPACE_NONE;
    ink->used = 1; /* as of a picture in a PDF: its space names it */
    ink->used_in_slug = 0;
    ink->first_page = page;
    ink->generic = 0;
    ink->twin = "";
    ink->twin_reason = TWIN_NONE;
    return ink;
}

/* A channel that prints: a spot channel with a name. */
static bool prints(const RasterChannel *c) {
    return c->kind == CHANNEL_SPOT && c->name.n > 0;
}

static const Strs *name_inks(RasterReader *r, const RasterPage *p, Family family) {
    const RasterHead *h = &p->head;
    const char *names[PROCESS_INKS + MOST_RASTER_CHANNELS];
    size_t count = 0;
    for (int i = family == FAMILY_CMYK ? CYAN : BLACK; i < PROCESS_INKS; i++)
        if (family == FAMILY_CMYK || family == FAMILY_GRAY)
            names[count++] = ink_named(r, process_names[i], p->page->number)->name;
    for (size_t i = 0; i < h->extra_count && count < PROCESS_INKS + MOST_RASTER_CHANNELS; i++)
        if (prints(&h->extras[i]))
            names[count++] =
                ink_named(r, arena_copy(r->arena, h->extras[i].name.p, h->extras[i].name.n),
                          p->page->number)
                    ->name;
    return strs_of(r->arena, names, count);
}

/* Neither CMYK nor gray: what inks it becomes is not in the file. */
static void tell_converted(RasterReader *r, const RasterPage *p, const Raster *raster) {
    if (raster->family != FAMILY_RGB && raster->family != FAMILY_LAB)
        return;
    Converted *row = facts_add(r->facts, FACT_converted);
    row->kind = MARK_IMAGE;
    row->family = raster->family;
    row->box = (Box){0, 0, p->page->media_w, p->page->media_h};
    row->marks = 1;
}

Style *raster_style(RasterReader *r, const RasterPage *p, const Raster *raster) {
    Style *s = facts_add(r->facts, FACT_style);
    s->space = s->base = raster->space;
    s->family = raster->family;
    s->inks = name_inks(r, p, (Family)raster->family);
    s->registration = s->die = s->overprint = 0;
    s->opm = 0;
    s->alpha = 1;
    s->blend = BLEND_NORMAL;
    s->soft_mask = 0;
    s->pattern = PATTERN_NONE;
    s->layer_visible = s->layer_prints = 1;
    s->type_max = s->largest_fill = 0;
    s->profile = raster->profile;
    if (r->listener->style)
        r->listener->style(r->listener->self, r->facts, s, &(StyleColour){NULL, NULL});
    tell_converted(r, p, raster);
    return s;
}

static void channel_in_job(RasterReader *r, Channel *row) {
    size_t next = 0;
    if (!r->plan->job_of(r->plan->jobs, 0)->inks)
        return;
    row->in_job =
        ink_declared(r->facts, r->arena, text_nfkc_fold(r->arena, row->name), &next) != NULL;
}

void raster_channels(RasterReader *r, const RasterHead *head) {
    for (size_t i = 0; i < head->extra_count; i++) {
        const RasterChannel *c = &head->extras[i];
        Channel *row = facts_add(r->facts, FACT_channel);
        row->kind = (uint8_t)c->kind;
        row->name = arena_copy(r->arena, c->name.p ? c->name.p : "", c->name.n);
        if (c->kind != CHANNEL_SPOT)
            continue;
        row->role = (uint8_t)ink_role_so_far(r->facts, r->plan, r->arena, row->name);
        channel_in_job(r, row);
    }
}

void raster_inks_close(RasterReader *r) {
    for (size_t i = 0; i < facts_count(r->facts, FACT_ink); i++) {
        Ink *ink = facts_at(r->facts, FACT_ink, i);
        const char *folded = text_nfkc_fold(r->arena, ink->name);
        ink_role_by_job(r->facts, r->plan, ink, folded);
        ink_role_by_name(r->facts, r->plan, ink, folded);
    }
    declared_inks_close(r->facts);
}
