#include "print/sheet.h"

#include "print/sheet_parts.h"

#include <cairo-pdf.h>
#include <errno.h>

static cairo_status_t to_sink(void *sink, const unsigned char *p, unsigned n) {
    sink_write(sink, (const char *)p, n);
    return CAIRO_STATUS_SUCCESS;
}

/* No clock: the day that the check counts with is the day of the document. */
static void describe(Sheet *s, cairo_surface_t *surface) {
    SheetTitle t = s->title(s);
    const char *made = sheet_join(s, "%sT00:00:00Z", sheet_safe(s, t.day));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, t.title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, t.subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "chupin " CHUPIN_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, made);
}

static void compose(Sheet *s) {
    sheet_head(s);
    sheet_identity(s);
    sheet_front(s, sheet_actors_height(s) + sheet_signatures_height(s));
    sheet_actors(s);
    sheet_signatures(s);
    sheet_rows(s);
    sheet_must(s);
    sheet_thumbnails(s);
    sheet_look(s);
    sheet_waivers(s);
    sheet_compared(s);
    sheet_overlong(s);
    sheet_proof(s);
    flow_lay(s);
}

static void draw_page(Sheet *s, int page) {
    cairo_save(s->cr);
    cairo_translate(s->cr, COLUMN_LEFT, 0);
    s->page = page;
    int before = page - 1;
    for (size_t i = 0; i < s->block_count; i++) {
        const Block *b = &s->blocks[i];
        if (b->page == page) {
            if (b->repeat && before < page) {
                const Block *head = &s->blocks[b->repeat];
                head->draw(s, head->what, BODY_TOP);
            }
            b->draw(s, b->what, b->y);
            before = page;
        }
    }
    s->footer(s);
    cairo_restore(s->cr);
    cairo_show_page(s->cr);
}

static void draw_pages(Sheet *s, cairo_surface_t *surface) {
    s->cr = cairo_create(surface);
    for (int page = 1; page <= s->page_count; page++)
        draw_page(s, page);
    cairo_destroy(s->cr);
}

/* Drawn once for nobody, to learn what is set; then in fonts that hold just that. */
static bool set_once(Sheet *s) {
    cairo_surface_t *nowhere = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    s->compose(s);
    draw_pages(s, nowhere);
    cairo_surface_destroy(nowhere);
    s->block_count = s->overlong_count = 0;
    return type_cut(s);
}

static bool draw(Sheet *s, Sink *pages) {
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(to_sink, pages, SHEET_W, SHEET_H);
    s->compose(s);
    describe(s, surface);
    draw_pages(s, surface);
    cairo_surface_finish(surface);
    bool done = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return done;
}

bool sheet_make(Sheet *s, const char *stored, Sink *to) {
    Sink pages = sink_memory(s->arena);
    bool font = type_open(s);
    bool done =
        font && set_once(s) && draw(s, &pages) && sheet_pdf(sink_text(&pages), stored, s->lang, to);
    if (!done && !to->error)
        to->error = font ? EIO : ENOPKG;
    type_close(s);
    return done;
}

static SheetTitle title_of(Sheet *s) {
    return (SheetTitle){sheet_join(s, "%s %s %s", sheet_say(s, SAY_TITLE),
                                   sheet_safe(s, s->r->file.name), sheet_short_id(s)),
                        sheet_safe(s, s->r->file.sha256), s->r->as_of};
}

void report_sheet(const Report *r, const ReportStyle *style, Sink *to) {
    static const Standing none = {0};
    Sheet s = {.arena = arena_new(),
               .compose = compose,
               .footer = sheet_footer,
               .title = title_of,
               .r = r,
               .style = style,
               .standing = r->standing ? r->standing : &none,
               .lang = style->lang};
    s.numbers = numbers_of(s.arena, r);
    sheet_thumbnails_expect(&s);
    sheet_make(&s, style->stored, to);
    thumbs_close(&s);
    arena_free(s.arena);
}

Result sheet_ready(Arena *a) {
    Sheet s = {.arena = a};
    bool font = type_open(&s);
    type_close(&s);
    if (font)
        return OK;
    return result_fail(a, ERR_OUTPUT, (Where){0},
                       "检查单要用的字体 Noto Sans CJK SC 没有装。请装 fonts-noto-cjk 后再试。",
                       "the font of the sheet, Noto Sans CJK SC, is not installed; install "
                       "fonts-noto-cjk and try again");
}
