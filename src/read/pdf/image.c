/* Images: what their dictionaries say, and their own headers where those do not. Pixels are never
 * decoded. */
#include "read/pdf/walk.h"

#include "read/pdf/image_header.h"

enum { HEADER_FIRST = 4 * 1024, HEADER_GROWTH = 16, HEADER_MOST = 1024 * 1024 };

/* An image and the one that is its mask, described once a page. */
typedef struct XImage {
    PaintImage image, mask;
    bool has_mask;
} XImage;

static Filter filter_of(Str name) {
    static const struct FilterName {
        const char *name, *abbreviation;
        Filter filter;
    } names[] = {{"FlateDecode", "Fl", FILTER_FLATE},
                 {"DCTDecode", "DCT", FILTER_DCT},
                 {"JPXDecode", "", FILTER_JPX},
                 {"CCITTFaxDecode", "CCF", FILTER_CCITT},
                 {"JBIG2Decode", "", FILTER_JBIG2},
                 {"LZWDecode", "LZW", FILTER_LZW},
                 {"RunLengthDecode", "RL", FILTER_RUN_LENGTH}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i].name) || str_is(name, names[i].abbreviation))
            return names[i].filter;
    return FILTER_OTHER;
}

static bool is_codec(Filter f) {
    return f == FILTER_DCT || f == FILTER_JPX || f == FILTER_CCITT || f == FILTER_JBIG2;
}

/* The image codec when there is one, else the filter next to the pixels. */
Filter image_filter(PdfFile *f, const PdfObj *dict) {
    const PdfObj *o = pdf_lookup(f, dict, "Filter");
    if (pdf_type(o) == PDF_NAME)
        return filter_of(pdf_name(o));
    Filter found = FILTER_NONE;
    for (int i = 0; i < pdf_length(o); i++)
        if (!is_codec(found))
            found = filter_of(pdf_name(pdf_at(f, o, i)));
    return found;
}

/* Reads as much of the body as the header needs, at most `most` bytes. */
static bool read_header(Walk *w, ImageHeader *out, const PaintImage *im, size_t most) {
    for (size_t limit = HEADER_FIRST; limit <= most; limit *= HEADER_GROWTH) {
        PdfBytes body = pdf_stream_image_body(w->file, im->stream, limit);
        bool whole = body.n < limit;
        bool found = body.n && image_header(out, im->filter, body.p, body.n);
        pdf_bytes_free(&body);
        if (found || whole || !out->need_more)
            return found;
    }
    return false;
}

/* A JPEG 2000 image is what its codestream says. Of a JPEG the dictionary usually says all; its
 * first bytes are read for the density, and more of them only when something is missing. */
static void complete_from_header(Walk *w, PaintImage *im) {
    ImageHeader h = {0};
    if (!im->stream || (im->filter != FILTER_DCT && im->filter != FILTER_JPX))
        return;
    bool told = im->filter == FILTER_DCT && im->width > 0 && im->height > 0 && im->bits > 0 &&
                (im->space || im->stencil);
    bool found = read_header(w, &h, im, told ? HEADER_FIRST : HEADER_MOST);
    im->density = h.density > 0 ? h.density : 0;
    if (!found) {
        if (!told)
            walk_damage(w, "有图片的文件头读不懂", "the header of an image could not be read");
        return;
    }
    im->width = im->width > 0 ? im->width : h.width;
    im->height = im->height > 0 ? im->height : h.height;
    im->bits = h.bits > 0 ? h.bits : im->bits;
    if (!im->space && !im->stencil)
        im->space = space_bare(w, h.space ? h.space : SPACE_OTHER, h.components);
}

static void describe_mask(Walk *w, PaintImage *im) {
    const PdfObj *soft = pdf_lookup(w->file, im->dict, "SMask");
    const PdfObj *mask = pdf_lookup(w->file, im->dict, "Mask");
    im->mask = im->stencil ? MASK_STENCIL : MASK_NONE;
    if (im->stencil)
        return;
    if (pdf_type(soft) == PDF_STREAM) {
        im->mask = MASK_SOFT;
        im->mask_ref = pdf_lookup_ref(im->dict, "SMask");
    } else if (im->filter == FILTER_JPX &&
               pdf_int(pdf_lookup(w->file, im->dict, "SMaskInData"), 0)) {
        im->mask = MASK_SOFT;
    } else if (pdf_type(mask) == PDF_STREAM) {
        im->mask = MASK_EXPLICIT;
        im->mask_ref = pdf_lookup_ref(im->dict, "Mask");
    } else if (pdf_type(mask) == PDF_ARRAY) {
        im->mask = MASK_COLOUR_KEY;
    }
}

static void describe(Walk *w, PaintImage *im) {
    PdfFile *f = w->file;
    const PdfObj *space = pdf_lookup(f, im->dict, "ColorSpace");
    im->width = pdf_int(pdf_lookup(f, im->dict, "Width"), 0);
    im->height = pdf_int(pdf_lookup(f, im->dict, "Height"), 0);
    im->stencil = pdf_truth(pdf_lookup(f, im->dict, "ImageMask"), false);
    im->bits = im->stencil ? 1 : pdf_int(pdf_lookup(f, im->dict, "BitsPerComponent"), 0);
    im->filter = image_filter(f, im->dict);
    if (im->bits == 0 && (im->filter == FILTER_CCITT || im->filter == FILTER_JBIG2))
        im->bits = 1;
    if (space && !im->stencil)
        im->space = space_from_object(w, space, pdf_lookup_ref(im->dict, "ColorSpace"));
    describe_mask(w, im);
    complete_from_header(w, im);
    im->width = im->width > 0 ? im->width : 0;
    im->height = im->height > 0 ? im->height : 0;
    if (!im->width || !im->height)
        walk_damage(w, "图片没有写像素尺寸", "an image does not tell its size");
}

static XImage *ximage_of(Walk *w, Resource *r) {
    if (r->made)
        return r->made;
    XImage *x = ARENA_NEW(w->arena, XImage);
    r->made = x;
    x->image = (PaintImage){.stream = r->object, .dict = r->object, .ref = r->ref};
    describe(w, &x->image);
    const char *key = x->image.mask == MASK_SOFT ? "SMask" : "Mask";
    const PdfObj *mask = pdf_lookup(w->file, r->object, key);
    if ((x->image.mask == MASK_SOFT || x->image.mask == MASK_EXPLICIT) &&
        pdf_type(mask) == PDF_STREAM) {
        x->has_mask = true;
        x->mask = (PaintImage){.stream = mask, .dict = mask, .ref = x->image.mask_ref};
        describe(w, &x->mask);
        x->mask.for_soft_mask = true;
    }
    return x;
}

static void tell(Walk *w, const PaintImage *im) {
    GraphicsState *gs = &w->state->gs;
    w->painter->image(w->painter->self, gs, im);
    if (im->stencil && !im->for_soft_mask && gs->fill.pattern != PATTERN_NONE)
        pattern_paint(w, &gs->fill, box_transformed((Box){0, 0, 1, 1}, &gs->ctm));
}

void image_paint(Walk *w, Resource *r) {
    const XImage *x = ximage_of(w, r);
    tell(w, &x->image);
    if (x->has_mask)
        tell(w, &x->mask);
}

void inline_image_paint(Walk *w, const PdfObj *dict, const uint8_t *data, size_t n) {
    PaintImage im = {.dict = dict, .is_inline = true, .inline_data = data, .inline_bytes = n};
    describe(w, &im);
    tell(w, &im);
}
