/* Arbitrary bytes as an image and its mask: the first line is the image's dictionary, the second
 * the mask's, the rest is data for both. Drawn straight, turned, askew and from the store, never a
 * crash; rows stay within what was asked for. */
#include "base/sink.h"
#include "ink/picture/picture.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { OBJECTS = 5, ACROSS = 50, DOWN = 40, MOST_BYTES = 1 << 16 };

typedef struct Input {
    const uint8_t *p;
    size_t n;
} Input;

static Input line_of(Input *in) {
    const uint8_t *end = in->n ? memchr(in->p, '\n', in->n) : NULL;
    size_t n = end ? (size_t)(end - in->p) : in->n;
    Input line = {in->p, n};
    in->p += n + (end != NULL);
    in->n -= n + (end != NULL);
    return line;
}

static void write_image(Sink *s, int number, Input entries, Input data) {
    sink_format(s, "%d 0 obj\n<</Length %zu ", number, data.n);
    sink_write(s, (const char *)entries.p, entries.n);
    sink_str(s, ">>stream\n");
    sink_write(s, (const char *)data.p, data.n);
    sink_str(s, "\nendstream\nendobj\n");
}

static Str file_with(Arena *a, Input image, Input mask, Input data) {
    Sink s = sink_memory(a);
    size_t at[OBJECTS + 1] = {0};
    sink_str(&s, "%PDF-1.7\n");
    at[1] = sink_text(&s).n;
    sink_str(&s, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    at[2] = sink_text(&s).n;
    sink_str(&s, "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n");
    at[3] = sink_text(&s).n;
    sink_str(&s, "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n");
    at[4] = sink_text(&s).n;
    write_image(&s, 4, image, data);
    at[5] = sink_text(&s).n;
    write_image(&s, 5, mask, data);
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (int i = 1; i <= OBJECTS; i++)
        sink_format(&s, "%010zu 00000 n \n", at[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, xref);
    return sink_text(&s);
}

typedef struct Sum {
    const ColourSpace *space;
    Area area;
    unsigned value; /* so that every byte told is read */
} Sum;

static void on_row(void *self, const PictureRow *r) {
    Sum *s = self;
    if (r->y < s->area.y0 || r->y >= s->area.y1 || r->x0 < s->area.x0 || r->x1 > s->area.x1 ||
        r->x0 >= r->x1)
        abort();
    for (int i = 0; i < r->x1 - r->x0; i++) {
        s->value += r->shape[i] + (r->opacity ? r->opacity[i] : 0u);
        for (int c = 0; r->samples && c < s->space->components; c++)
            s->value += r->samples[i * s->space->components + c];
    }
}

static void draw_all(PdfFile *f, const PaintImage *im) {
    static const Matrix places[] = {{20.3, 0, 0, -15.6, 4.2, 25.1}, {0, 30, 19.5, 0, 3, 2},
                                    {20, 9, -8, 21, 14, 3},         {20.3, 0, 0, -15.6, 9.2, 28.1},
                                    {300, 0, 0, -200, -90, 60},     {0.2, 0, 0, 35, 7.1, 2}};
    static const Area parts[] = {{0, 0, ACROSS, DOWN}, {7, 9, 20, 14}};
    Arena *a = arena_new();
    Pictures *pictures = pictures_new(a, f, 4096);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t j = 0; j < 2; j++) {
            Sum sum = {picture_space(im), parts[j], 0};
            bool part = false;
            Text why = {0};
            bool drawn =
                picture_draw(pictures, im, &places[i], parts[j], on_row, &sum, &part, &why);
            if ((!drawn || part) && (!why.zh || !why.en))
                abort();
        }
    pictures_free(pictures);
    arena_free(a);
}

static MaskKind mask_of(PdfFile *f, const PdfObj *dict) {
    if (pdf_type(pdf_lookup(f, dict, "SMask")) == PDF_STREAM ||
        pdf_int(pdf_lookup(f, dict, "SMaskInData"), 0))
        return MASK_SOFT;
    PdfType mask = pdf_type(pdf_lookup(f, dict, "Mask"));
    return mask == PDF_STREAM ? MASK_EXPLICIT : mask == PDF_ARRAY ? MASK_COLOUR_KEY : MASK_NONE;
}

static void describe(PaintImage *im, PdfFile *f, const PdfObj *o) {
    *im = (PaintImage){.stream = o,
                       .dict = o,
                       .ref = {4, 0},
                       .width = pdf_int(pdf_lookup(f, o, "Width"), 0),
                       .height = pdf_int(pdf_lookup(f, o, "Height"), 0),
                       .bits = pdf_int(pdf_lookup(f, o, "BitsPerComponent"), 0),
                       .stencil = pdf_truth(pdf_lookup(f, o, "ImageMask"), false),
                       .mask = mask_of(f, o)};
    if (im->stencil) {
        im->bits = 1;
        im->mask = MASK_STENCIL;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    static const uint8_t palette[16 * 3] = {1, 2, 3, 250, 0, 9, 77};
    static const ColourSpace rgb = {.space = SPACE_RGB, .components = 3};
    static const ColourSpace spaces[] = {
        {.space = SPACE_GRAY, .components = 1},
        {.space = SPACE_RGB, .components = 3},
        {.space = SPACE_CMYK, .components = 4},
        {.space = SPACE_LAB, .components = 3, .range = {-100, 100, -100, 100}},
        {.space = SPACE_INDEXED, .components = 1, .base = &rgb, .palette = palette, .high = 15}};
    if (n > MOST_BYTES)
        return 0;
    Input data = {p, n}, image = line_of(&data), mask = line_of(&data);
    Arena *a = arena_new();
    Str bytes = file_with(a, image, mask, data);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    if (f) {
        PaintImage im;
        describe(&im, f, pdf_object(f, (PdfRef){4, 0}));
        int wanted = pdf_int(pdf_lookup(f, im.dict, "TestSpace"), 0);
        im.space = im.stencil ? NULL : &spaces[(unsigned)wanted % 5];
        /* The limits of the product are seconds away; here they would be minutes. */
        if (im.width < 2000 && im.height < 2000)
            draw_all(f, &im);
        pdf_close(f);
    }
    arena_free(a);
    return 0;
}
