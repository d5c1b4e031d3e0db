/* Text: one row a shown string. */
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "read/pdf/gather.h"

static bool white_space(uint32_t u) {
    return u == ' ' || (u >= 9 && u <= 13) || u == 0xa0 || u == 0x1680 ||
           (u >= 0x2000 && u <= 0x200b) || u == 0x2028 || u == 0x2029 || u == 0x202f ||
           u == 0x205f || u == 0x3000 || u == 0xfeff;
}

static inline bool is_printed_ascii(const PaintGlyph *glyph) {
    return glyph->unicode_count == 1 && glyph->unicode[0] > ' ' && glyph->unicode[0] < 0x7f;
}

static bool all_white(const PaintGlyph *glyph) {
    for (int i = 0; i < glyph->unicode_count; i++)
        if (!white_space(glyph->unicode[i]))
            return false;
    return glyph->unicode_count > 0;
}

static inline bool glyph_is_white(const PaintGlyph *glyph) {
    return !is_printed_ascii(glyph) && all_white(glyph);
}

static int inked_glyphs(const PaintText *t) {
    int count = 0;
    for (size_t i = 0; i < t->count; i++)
        count += !glyph_is_white(&t->glyphs[i]);
    return count;
}

static char *encode(char *to, uint32_t u) {
    bool sound = u <= 0x10ffff && (u < 0xd800 || u > 0xdfff);
    return to + utf8proc_encode_char(sound ? (utf8proc_int32_t)u : 0xfffd, (utf8proc_uint8_t *)to);
}

/* Below U+0300 nothing combines, so such text is in NFC as it stands. */
static const char *text_of(Arena *a, const PaintText *t) {
    size_t points = 0;
    for (size_t i = 0; i < t->count; i++)
        points += (size_t)t->glyphs[i].unicode_count;
    char *text = arena_alloc(a, points * 4 + 1), *to = text;
    bool composed = true;
    for (size_t i = 0; i < t->count; i++) {
        const PaintGlyph *glyph = &t->glyphs[i];
        for (int k = 0; k < glyph->unicode_count; k++) {
            uint32_t u = glyph->unicode[k];
            composed &= u < 0x300;
            if (u - 1 < 0x7f)
                *to++ = (char)u;
            else if (u)
                to = encode(to, u);
        }
    }
    *to = 0;
    return composed ? text : text_nfc(a, text);
}

static int32_t missing_glyphs(Arena *a, FontEntry *font, const PaintText *t) {
    if (!font || !t->font)
        return UNKNOWN_INT;
    bool unknown = false;
    int32_t count = 0;
    for (size_t i = 0; i < t->count; i++)
        if (!fonts_known_there(font, t->glyphs[i].code) && !glyph_is_white(&t->glyphs[i]))
            count += fonts_missing(font, a, t->font, t->glyphs[i].code, &unknown);
    return unknown && !count ? UNKNOWN_INT : count;
}

static double degrees(double y, double x) {
    return atan2(y, x) * (180 / M_PI);
}

static void run_facts(Gather *g, GlyphRun *r, FontEntry *font, const PaintText *t) {
    const Matrix *m = &t->matrix;
    bool down = t->font && pdf_font_is_vertical(t->font);
    r->mode = t->mode;
    r->text = text_of(g->facts->page, t);
    r->size = (float)hypot(m->c, m->d);
    r->x = (float)m->e;
    r->y = (float)m->f;
    r->angle = (float)(down ? degrees(-m->d, -m->c) : degrees(m->b, m->a));
    if (g->plan->want_missing_glyphs)
        r->missing = missing_glyphs(g->arena, font, t);
}

void gather_text(void *self, const GraphicsState *gs, const PaintText *t) {
    Gather *g = self;
    FontEntry *font = fonts_entry(g, t->font_ref, t->font_dict);
    GlyphRun *r = mark_new(g, FACT_glyph_run, false);
    int inked = inked_glyphs(t);
    /* A clip prints as the shape of what is painted through it; only mode 3 is invisible. */
    bool unseen = t->mode == 3, stroked = (t->mode & 3) == 1;
    MarkCommon common = {.kind = MARK_GLYPH_RUN,
                         .style = style_of_text(g, gs, font, t->mode),
                         .box = t->bounds,
                         .hidden = !inked   ? HIDDEN_EMPTY
                                   : unseen ? HIDDEN_RENDER_MODE
                                            : HIDDEN_NO,
                         .alpha = t->mode == 7 ? 1
                                  : stroked    ? gs->stroke_alpha
                                               : gs->fill_alpha};
    g->painted++;
    mark_common(g, (Mark *)r, gs, &common);
    if (font && inked) {
        font->row->used = 1;
        if (font->row->first_page <= 0)
            font->row->first_page = g->page->number;
    }
    if (!mark_is_base((Mark *)r)) {
        r->glyphs = inked;
        run_facts(g, r, font, t);
    }
    mark_done(g, FACT_glyph_run, (Mark *)r, false, NULL);
    if (g->trim_known && !mark_is_base((Mark *)r))
        lettering_string(g, r);
}
