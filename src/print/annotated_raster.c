/* Raster artwork as pages that show it, moderately large: one looks at them on a screen. */
#include "print/annotated_parts.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "base/units.h"

typedef struct PngSource {
    const uint8_t *p;
    size_t left;
} PngSource;

static cairo_status_t png_bytes(void *source, unsigned char *out, unsigned n) {
    PngSource *s = source;
    if (n > s->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, s->p, n);
    s->p += n;
    s->left -= n;
    return CAIRO_STATUS_SUCCESS;
}

/* Samples as PDF has them; NULL: no picture that can be read. */
static unsigned char *samples_of(const Copy *c, const ReportPicture *p) {
    PngSource source = {p->image, p->bytes};
    cairo_surface_t *s = cairo_image_surface_create_from_png_stream(png_bytes, &source);
    unsigned char *out = NULL;
    bool sound = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS &&
                 cairo_image_surface_get_width(s) == p->width &&
                 cairo_image_surface_get_height(s) == p->height &&
                 (cairo_image_surface_get_format(s) == CAIRO_FORMAT_RGB24 ||
                  cairo_image_surface_get_format(s) == CAIRO_FORMAT_ARGB32);
    size_t w = (size_t)p->width, h = (size_t)p->height;
    if (sound)
        out = arena_alloc(c->arena, w * h * 3 + 1);
    for (size_t y = 0; out && y < h; y++) {
        const unsigned char *row =
            cairo_image_surface_get_data(s) + y * (size_t)cairo_image_surface_get_stride(s);
        for (size_t x = 0; x < w; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + x * sizeof pixel, sizeof pixel);
            for (int k = 0; k < 3; k++)
                out[(y * w + x) * 3 + (size_t)k] = (unsigned char)(pixel >> (16 - 8 * k));
        }
    }
    cairo_surface_destroy(s);
    return out;
}

static qpdf_oh image_of(Copy *c, const ReportPicture *p) {
    const unsigned char *bytes = p->jpeg ? p->image : samples_of(c, p);
    size_t count = p->jpeg ? p->bytes : (size_t)p->width * (size_t)p->height * 3;
    qpdf_oh image = qpdf_oh_new_stream(c->q), dict = qpdf_oh_get_dict(c->q, image);
    qpdf_oh_replace_key(c->q, dict, "/Type", qpdf_oh_new_name(c->q, "/XObject"));
    qpdf_oh_replace_key(c->q, dict, "/Subtype", qpdf_oh_new_name(c->q, "/Image"));
    qpdf_oh_replace_key(c->q, dict, "/Width", qpdf_oh_new_integer(c->q, p->width));
    qpdf_oh_replace_key(c->q, dict, "/Height", qpdf_oh_new_integer(c->q, p->height));
    qpdf_oh_replace_key(c->q, dict, "/BitsPerComponent", qpdf_oh_new_integer(c->q, 8));
    qpdf_oh_replace_key(c->q, dict, "/ColorSpace", qpdf_oh_new_name(c->q, "/DeviceRGB"));
    qpdf_oh filter = p->jpeg ? qpdf_oh_new_name(c->q, "/DCTDecode") : qpdf_oh_new_null(c->q);
    qpdf_oh_replace_stream_data(c->q, image, bytes ? bytes : (const unsigned char *)"",
                                bytes ? count : 0, filter, qpdf_oh_new_null(c->q));
    return image;
}

/* A page without a picture is still a page, with its notes. */
static void add_page(Copy *c, const ReportPicture *p, double w, double h) {
    Arena *a = c->arena;
    Box media = {0, 0, w, h};
    qpdf_oh page =
        pdf_dict(c, arena_printf(a, "<</Type/Page/Resources<<>>/MediaBox%s>>", pdf_rect(a, media)));
    if (p) {
        qpdf_oh resources = qpdf_oh_get_key(c->q, page, "/Resources");
        qpdf_oh named = qpdf_oh_new_dictionary(c->q);
        qpdf_oh_replace_key(c->q, named, "/Im", image_of(c, p));
        qpdf_oh_replace_key(c->q, resources, "/XObject", named);
        const char *content =
            arena_printf(a, "q %s 0 0 %s 0 0 cm /Im Do Q\n", pdf_num(a, w), pdf_num(a, h));
        qpdf_oh_replace_key(c->q, page, "/Contents",
                            pdf_content(c, qpdf_oh_new_stream(c->q), content));
    }
    (void)qpdf_add_page(c->q, c->q, qpdf_make_indirect_object(c->q, page), QPDF_FALSE);
}

Result raster_pages(Copy *c) {
    const ReportPictures *pictures = c->style->pictures;
    int pages = c->r->file.pages;
    Box *shown = ARENA_ARRAY(c->arena, Box, pages > 0 ? pages + 1 : 1);
    size_t drawn = 0;
    Text why = {"没有它的画面", "there is no picture of it"};
    size_t count;
    const PictureWish *wishes = copy_wishes(c, &count);
    (void)qpdf_empty_pdf(c->q);
    for (int i = 0; i < pages; i++) {
        ReportPicture p;
        bool there = pictures && pictures->draw(pictures->self, c->arena, &wishes[i], &p, &why) &&
                     box_known(p.mm);
        shown[i] = there ? p.mm : (Box){0, 0, 210, 297};
        add_page(c, there ? &p : NULL, MM(shown[i].x1 - shown[i].x0),
                 MM(shown[i].y1 - shown[i].y0));
        drawn += there;
    }
    c->shown = shown;
    if (drawn)
        return OK;
    return (Result){
        .kind = ERR_OUTPUT,
        .text = {
            arena_printf(c->arena, "批注稿没有做：画不出这个文件（%s）", why.zh),
            arena_printf(c->arena, "no annotated copy: the file cannot be drawn (%s)", why.en)}};
}
