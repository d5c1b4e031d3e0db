/* Styles: what many marks share, interned by value. Most marks have the style of the one before,
 * which a few compares tell; the rest is one hash. */
#include <math.h>
#include <string.h>

#include "read/pdf/content_of_page.h"
#include "read/pdf/gather.h"

typedef struct StyleSource {
    const Colour *colour; /* NULL: `space` alone, without one colour */
    const ColourSpace *space;
    bool paints_nothing; /* text that is invisible or only clips */
    bool overprint;
    int opm;
    double alpha;
    const GraphicsState *gs;
    FontEntry *font;
    StyleEntry *also;
    int mode;               /* text that is filled and stroked: 1 */
    uint32_t stroke_colour; /* its serial */
} StyleSource;

static uint64_t hash_of(const StyleSource *s) {
    const GraphicsState *gs = s->gs;
    const ColourSpace *space = s->space;
    uint64_t h = hash_number(HASH_START, space ? space->serial : 0);
    if (s->colour && space)
        h = hash_bytes(h, s->colour->values, sizeof(float) * (size_t)space->components);
    double alpha = s->alpha;
    h = hash_bytes(h, &alpha, sizeof alpha);
    uint64_t bits = (uint64_t)s->paints_nothing << 48 |
                    (uint64_t)(s->colour ? 1 + s->colour->pattern : 0) << 40 |
                    (uint64_t)gs->blend << 32 | (uint64_t)(gs->layer.layer + 1) << 8 |
                    (uint64_t)(s->opm & 1) << 4 | (uint64_t)s->overprint << 3 |
                    (uint64_t)(gs->soft_mask != NULL) << 2 | (uint64_t)gs->layer.visible << 1 |
                    (uint64_t)gs->layer.prints;
    h = hash_number(h, bits);
    h = hash_number(h, s->font ? s->font->row->row + 1 : 0);
    return hash_number(h, s->also ? s->also->style->row + 1 : 0);
}

static void add_ink(StyleEntry *e, Ink *ink) {
    for (int i = 0; i < e->ink_count; i++)
        if (e->inks[i] == ink)
            return;
    e->inks[e->ink_count++] = ink;
}

/* Inks of one fixed colour count when their tint is above 0; of a picture or gradient all that its
 * space names. */
static void name_inks(Gather *g, StyleEntry *e, const Tints *t) {
    Ink *found[PROCESS_INKS + MAX_COLORANTS];
    StyleEntry all = {.inks = found};
    for (int i = 0; i < PROCESS_INKS; i++)
        if (t->process_used[i] && !t->all)
            add_ink(&all, ink_of_process(g, i));
    for (int i = 0; i < t->spot_count; i++) {
        const Colorant *c = &t->spots[i];
        Ink *ink = ink_of(g, c->name, c->kind, c->space);
        if (c->kind != INK_NONE && (isnan(c->tint) || c->tint > 0.5f / 255))
            add_ink(&all, ink);
    }
    const char *names[PROCESS_INKS + MAX_COLORANTS];
    e->ink_count = all.ink_count;
    e->inks = ARENA_ARRAY(g->arena, Ink *, all.ink_count);
    for (int i = 0; i < all.ink_count; i++) {
        e->inks[i] = found[i];
        names[i] = found[i]->name;
    }
    e->style->inks = strs_of(g->arena, names, (size_t)all.ink_count);
}

static const ColourSpace *icc_of(const ColourSpace *space) {
    for (; space; space = space->base) {
        if (space->profile.num)
            return space;
        if (space->space != SPACE_INDEXED && space->space != SPACE_PATTERN)
            return NULL;
    }
    return NULL;
}

static void fill_colour(Gather *g, StyleEntry *e, const StyleSource *from) {
    Style *s = e->style;
    bool coloured = from->colour && (from->colour->pattern == PATTERN_NONE ||
                                     from->colour->pattern == PATTERN_UNKNOWN);
    /* The values beside a tiling pattern colour its uncoloured cell; a shading has colours of its
     * own. */
    bool tinted = from->colour && from->colour->pattern == PATTERN_TILING && from->space &&
                  from->space->components > 0;
    Tints t;
    tints_of(&t, from->space, coloured || tinted ? from->colour->values : NULL);
    s->space = (uint8_t)(from->space ? from->space->space : SPACE_NONE);
    s->pattern = (uint8_t)(from->colour && !coloured ? from->colour->pattern : PATTERN_NONE);
    style_from_tints(s, &t);
    if (!from->space)
        s->base = SPACE_NONE, s->family = FAMILY_NONE;
    if (from->paints_nothing)
        s->registration = 0;
    name_inks(g, e, &t);
    if (g->listener->style)
        g->listener->style(g->listener->self, g->facts, s,
                           &(StyleColour){g->file, coloured ? from->colour : NULL});
    const ColourSpace *icc = icc_of(from->space);
    if (icc)
        s->profile =
            profile_of(g, icc->profile, pdf_object(g->file, icc->profile), icc->components);
}

static StyleEntry *make(Gather *g, const StyleSource *from) {
    const GraphicsState *gs = from->gs;
    StyleEntry *e = ARENA_NEW(g->arena, StyleEntry);
    Style *s = e->style = facts_add(g->facts, FACT_style);
    *ARENA_PUSH(g->arena, g->styles, g->style_count, g->style_capacity) = e;
    fill_colour(g, e, from);
    s->overprint = from->overprint;
    s->opm = from->opm;
    s->alpha = from->alpha;
    s->blend = (uint8_t)(gs->blend == BLEND_UNKNOWN ? BLEND_NORMAL : gs->blend);
    s->soft_mask = gs->soft_mask != NULL;
    s->layer_visible = gs->layer.visible;
    s->layer_prints = gs->layer.prints;
    if (gs->layer.layer >= 0 && (size_t)gs->layer.layer < facts_count(g->facts, FACT_layer))
        s->layer = facts_at(g->facts, FACT_layer, (size_t)gs->layer.layer);
    if (from->font)
        s->font = from->font->row;
    s->die = inks_cut(g, e);
    e->font = from->font;
    e->also = from->also;
    e->transparent = s->alpha < 1 || s->blend != BLEND_NORMAL || s->soft_mask == 1 ||
                     (from->also && from->also->transparent);
    return e;
}

static StyleEntry *intern(Gather *g, const StyleSource *from) {
    void **slot = table_slot(&g->style_table, g->arena, hash_of(from));
    if (*slot)
        return *slot;
    StyleEntry *e = make(g, from);
    /* Making it may have grown the table. */
    slot = table_slot(&g->style_table, g->arena, hash_of(from));
    return *slot = e;
}

static inline bool same_layer(LayerState a, LayerState b) {
    return a.layer == b.layer && a.visible == b.visible && a.prints == b.prints;
}

static inline uint32_t colour_serial(const StyleSource *s) {
    return s->colour ? s->colour->serial : 0;
}

static inline bool same_cue(const StyleCue *last, const StyleSource *s) {
    const GraphicsState *gs = s->gs;
    return last->entry && last->colour == colour_serial(s) &&
           last->stroke_colour == s->stroke_colour && last->space == s->space &&
           last->soft_mask == gs->soft_mask && last->alpha == s->alpha && last->font == s->font &&
           last->blend == gs->blend && last->opm == s->opm && last->mode == s->mode &&
           last->overprint == s->overprint && same_layer(last->layer, gs->layer);
}

static inline StyleSource source_of(const GraphicsState *gs, bool stroke) {
    const Colour *colour = stroke ? &gs->stroke : &gs->fill;
    return (StyleSource){.colour = colour,
                         .space = colour->space,
                         .overprint = stroke ? gs->stroke_overprint : gs->fill_overprint,
                         .opm = gs->overprint_mode,
                         .alpha = stroke ? gs->stroke_alpha : gs->fill_alpha,
                         .gs = gs};
}

static StyleEntry *learn(Gather *g, StyleUse use, const StyleSource *s) {
    const GraphicsState *gs = s->gs;
    StyleEntry *e = intern(g, s);
    g->cues[use] = (StyleCue){.colour = colour_serial(s),
                              .stroke_colour = s->stroke_colour,
                              .space = s->space,
                              .soft_mask = gs->soft_mask,
                              .alpha = s->alpha,
                              .layer = gs->layer,
                              .font = s->font,
                              .blend = gs->blend,
                              .opm = s->opm,
                              .mode = s->mode,
                              .overprint = s->overprint,
                              .entry = e};
    return e;
}

static inline StyleEntry *recall(Gather *g, StyleUse use, const StyleSource *from) {
    const StyleCue *last = &g->cues[use];
    return same_cue(last, from) ? last->entry : learn(g, use, from);
}

StyleEntry *style_of(Gather *g, const GraphicsState *gs, StyleUse use) {
    StyleSource from = source_of(gs, use == USE_STROKE);
    return recall(g, use, &from);
}

StyleEntry *style_of_space(Gather *g, const GraphicsState *gs, StyleUse use,
                           const ColourSpace *space) {
    StyleSource from = source_of(gs, false);
    from.colour = NULL;
    from.space = space;
    return recall(g, use, &from);
}

StyleEntry *style_of_text(Gather *g, const GraphicsState *gs, FontEntry *font, int mode) {
    int paint = mode & 3; /* 0 fill, 1 stroke, 2 both, 3 neither */
    StyleSource from = source_of(gs, paint == 1);
    from.font = font;
    if (paint == 3) { /* invisible, or only a clip: no colour is used */
        from.paints_nothing = true;
        from.colour = NULL;
        from.space = NULL;
    }
    from.mode = paint == 2;
    from.stroke_colour = paint == 2 ? gs->stroke.serial : 0;
    if (same_cue(&g->cues[USE_TEXT], &from))
        return g->cues[USE_TEXT].entry;
    if (paint == 2)
        from.also = style_of(g, gs, USE_STROKE);
    return learn(g, USE_TEXT, &from);
}

static void touch(Gather *g, StyleEntry *e) {
    if (e->page == g->page->number)
        return;
    e->page = g->page->number;
    e->art = e->art_visible = e->slug_visible = e->shown = false;
    *ARENA_PUSH(g->arena, g->touched, g->touched_count, g->touched_capacity) = e;
}

static bool lays_ink(const Mark *m) {
    return m->kind == MARK_STROKE || m->kind == MARK_FILL || m->kind == MARK_IMAGE ||
           m->kind == MARK_GLYPH_RUN || m->kind == MARK_SHADING;
}

static bool is_transparent_itself(const Mark *m) {
    return m->kind == MARK_GROUP ||
           (m->kind == MARK_IMAGE && ((const Image *)m)->mask == MASK_SOFT);
}

/* The row that takes another mark beyond the number that anybody looks at one by one: the last of
 * its kind, as pictures decide other rules than flat colours do. */
static Converted *row_alike(const Gather *g, const Converted *one) {
    enum { TOLD_APART = 256 };
    for (size_t i = g->converted_count; g->converted_count >= TOLD_APART && i--;)
        if (g->converted[i].kind == one->kind && g->converted[i].family == one->family)
            return &g->converted[i];
    return NULL;
}

/* Neither CMYK, gray nor spot. */
static void note_converted(Gather *g, const StyleEntry *e, const Mark *m) {
    unsigned family = e->style->family;
    if (family != FAMILY_RGB && family != FAMILY_LAB)
        return;
    Box clip = box_of(m->clip);
    Converted one = {.kind = m->kind,
                     .family = (uint8_t)family,
                     .box = mark_in_pattern(m) ? clip : box_meet(box_of(m->box), clip),
                     .marks = 1};
    Converted *row = row_alike(g, &one);
    if (row) {
        row->box = box_join(row->box, one.box);
        row->marks++;
        return;
    }
    *ARENA_PUSH(g->arena, g->converted, g->converted_count, g->converted_capacity) = one;
}

/* Rows of the page, whose arena was rewound from mark to mark. */
static void tell_converted(Gather *g) {
    for (size_t i = 0; i < g->converted_count; i++) {
        Converted *row = facts_add(g->facts, FACT_converted);
        uint32_t index = row->row;
        *row = g->converted[i];
        row->row = index;
    }
    g->converted_count = 0;
}

void styles_mark(Gather *g, StyleEntry *e, const Mark *m) {
    bool art = m->region == REGION_ART, visible = m->visible == 1;
    if (art && visible && (e->transparent || is_transparent_itself(m)))
        g->page->transparent = g->page->transparency_set = 1;
    if (!lays_ink(m))
        return;
    if (art && visible)
        note_converted(g, e, m);
    touch(g, e);
    e->art |= art;
    e->art_visible |= art && visible;
    e->slug_visible |= m->region == REGION_SLUG && visible;
    /* Text that only makes a mask needs its font as much as text that is seen. */
    e->shown |= art && (visible || m->hidden == HIDDEN_MASK);
    if (e->also) {
        StyleEntry *also = g->styles[e->also->style->row];
        if (art && visible)
            note_converted(g, also, m);
        touch(g, also);
        also->art_visible |= art && visible;
        also->slug_visible |= m->region == REGION_SLUG && visible;
    }
}

static void first_page(int32_t *field, int page) {
    if (*field <= 0)
        *field = page;
}

void styles_page_end(Gather *g) {
    int page = g->page->number;
    for (size_t i = 0; i < g->touched_count; i++) {
        const StyleEntry *e = g->touched[i];
        for (int k = 0; k < e->ink_count; k++) {
            Ink *ink = e->inks[k];
            ink->used |= (Tri)e->art_visible;
            ink->used_in_slug |= (Tri)e->slug_visible;
            if (e->art_visible)
                first_page(&ink->first_page, page);
        }
        if (e->font && e->shown)
            e->font->row->shown = 1;
        if (e->style->layer && e->art) {
            Layer *layer = facts_at(g->facts, FACT_layer, e->style->layer->row);
            layer->used = 1;
            first_page(&layer->first_page, page);
        }
    }
    g->touched_count = 0;
    tell_converted(g);
}
