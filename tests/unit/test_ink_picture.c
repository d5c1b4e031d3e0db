/* Pictures against a slow reference: the mean over the exact area, in doubles, of samples that are
 * worked out one by one. */
#include "base/sink.h"
#include "ink/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <jpeglib.h>

#include <cmocka.h>

enum { ROOM = 1 << 18, ACROSS = 40, DOWN = 32, MOST_CHANNELS = 4, MOST_SIDE = 64 };

/* A file of one image (object 3) and one that may be its mask (object 4). */
typedef struct Artwork {
    Arena *arena;
    PdfFile *file;
    PaintImage image;
    ColourSpace space, base;
} Artwork;

typedef struct Canvas { /* what was told */
    uint8_t shape[DOWN][ACROSS], opacity[DOWN][ACROSS], samples[DOWN][ACROSS][MOST_CHANNELS];
    int channels, rows;
    bool transparent;
} Canvas;

/* What an image means: samples 0 … 255 over the default Decode, and how much of it is there. */
typedef struct Meaning {
    int width, height, channels;
    double samples[MOST_SIDE][MOST_SIDE][MOST_CHANNELS], weight[MOST_SIDE][MOST_SIDE];
} Meaning;

static Artwork art;
static Canvas canvas;
static Meaning meaning;
static const Area everything = {0, 0, ACROSS, DOWN};

static void add_stream(Sink *s, size_t *offset, int number, const char *entries, const void *p,
                       size_t n) {
    *offset = sink_text(s).n;
    sink_format(s, "%d 0 obj\n<</Length %zu %s>>stream\n", number, n, entries);
    sink_write(s, p, n);
    sink_str(s, "\nendstream\nendobj\n");
}

static void open_artwork(const char *entries, const void *p, size_t n, const char *mask_entries,
                         const void *mask, size_t mask_n) {
    size_t at[6] = {0};
    art = (Artwork){.arena = arena_new()};
    Sink s = sink_memory(art.arena);
    sink_str(&s, "%PDF-1.7\n");
    at[1] = sink_text(&s).n;
    sink_str(&s, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    at[2] = sink_text(&s).n;
    sink_str(&s, "2 0 obj\n<</Type/Pages/Kids[5 0 R]/Count 1>>\nendobj\n");
    add_stream(&s, &at[3], 3, entries, p, n);
    add_stream(&s, &at[4], 4, mask_entries ? mask_entries : "", mask, mask_n);
    at[5] = sink_text(&s).n;
    sink_str(&s, "5 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n");
    size_t xref = sink_text(&s).n;
    sink_str(&s, "xref\n0 6\n0000000000 65535 f \n");
    for (int i = 1; i < 6; i++)
        sink_format(&s, "%010zu 00000 n \n", at[i]);
    sink_format(&s, "trailer<</Size 6/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", xref);
    Str bytes = sink_text(&s);
    PdfOpening opening;
    art.file = pdf_open(&opening, art.arena, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(art.file);
    const PdfObj *o = pdf_object(art.file, (PdfRef){3, 0});
    art.image = (PaintImage){.stream = o,
                             .dict = o,
                             .ref = {3, 0},
                             .width = pdf_int(pdf_lookup(art.file, o, "Width"), 0),
                             .height = pdf_int(pdf_lookup(art.file, o, "Height"), 0),
                             .bits = pdf_int(pdf_lookup(art.file, o, "BitsPerComponent"), 0),
                             .space = &art.space};
}

static void close_artwork(void) {
    pdf_close(art.file);
    arena_free(art.arena);
}

static void in_space(Space space, int components) {
    art.space = (ColourSpace){.space = space, .components = components};
}

static void on_row(void *self, const PictureRow *r) {
    Canvas *c = self;
    assert_in_range(r->y, 0, DOWN - 1);
    assert_true(r->x0 >= 0 && r->x0 < r->x1 && r->x1 <= ACROSS);
    c->rows++;
    for (int x = r->x0; x < r->x1; x++) {
        int i = x - r->x0;
        c->shape[r->y][x] = r->shape[i];
        c->opacity[r->y][x] = r->opacity ? r->opacity[i] : 255;
        c->transparent |= r->opacity != NULL;
        for (int k = 0; k < c->channels && r->samples; k++)
            c->samples[r->y][x][k] = r->samples[i * c->channels + k];
    }
}

typedef struct Told {
    bool drawn, part;
    Text why;
} Told;

static Told draw_with(Pictures *p, const Matrix *m, Area area) {
    Told t = {0};
    const ColourSpace *s = picture_space(&art.image);
    canvas = (Canvas){.channels = s ? s->components : 0};
    Arena *page = arena_new();
    t.drawn = picture_draw(p, page, &art.image, m, area, on_row, &canvas, &t.part, &t.why);
    assert_true((t.drawn && !t.part) || (t.why.zh && t.why.en));
    arena_free(page);
    return t;
}

static Told draw(const Matrix *m) {
    Pictures *p = pictures_new(art.arena, art.file, 1 << 20);
    Told t = draw_with(p, m, everything);
    pictures_free(p);
    return t;
}

/* The eight ways in which sides can run along the page, w × h pixels at a fractional place. */
static Matrix oriented(int way, double w, double h) {
    double x = 3.3, y = 2.7;
    bool flip_x = way & 1, flip_y = way & 2, turned = way & 4;
    double to_x = flip_x ? -w : w, to_y = flip_y ? -h : h;
    if (turned)
        return (Matrix){0, to_y, to_x, 0, x + (flip_x ? w : 0), y + (flip_y ? h : 0)};
    return (Matrix){to_x, 0, 0, to_y, x + (flip_x ? w : 0), y + (flip_y ? h : 0)};
}

static double clamped(double v, double low, double high) {
    return fmin(fmax(v, low), high);
}

typedef struct Mean {
    double weight, samples[MOST_CHANNELS];
} Mean;

/* Mean over the pixel, as far as the image covers it. */
static Mean mean_at(const Matrix *m, int x, int y) {
    Mean out = {0};
    double det = m->a * m->d - m->b * m->c, u[2], v[2], total = 0, cover = 0;
    for (int i = 0; i < 2; i++) {
        double dx = x + i - m->e, dy = y + i - m->f;
        u[i] = clamped((m->d * dx - m->c * dy) / det, 0, 1) * meaning.width;
        v[i] = clamped(1 - (m->a * dy - m->b * dx) / det, 0, 1) * meaning.height;
    }
    for (int j = 0; j < meaning.height; j++)
        for (int i = 0; i < meaning.width; i++) {
            double w = clamped(fmax(u[0], u[1]), i, i + 1) - clamped(fmin(u[0], u[1]), i, i + 1);
            double h = clamped(fmax(v[0], v[1]), j, j + 1) - clamped(fmin(v[0], v[1]), j, j + 1);
            total += w * h;
            cover += w * h * meaning.weight[j][i];
            for (int k = 0; k < meaning.channels; k++)
                out.samples[k] += w * h * meaning.weight[j][i] * meaning.samples[j][i][k];
        }
    for (int k = 0; k < meaning.channels; k++)
        out.samples[k] = cover > 0 ? out.samples[k] / cover : 0;
    out.weight = total > 0 ? cover / total : 0;
    return out;
}

static void edges(const Matrix *m, Box *out) {
    *out = (Box){fmin(m->e, m->e + m->a + m->c), fmin(m->f, m->f + m->b + m->d),
                 fmax(m->e, m->e + m->a + m->c), fmax(m->f, m->f + m->b + m->d)};
}

static void near(double got, double wanted, double within, int x, int y, const char *what) {
    if (fabs(got - wanted) > within)
        fail_msg("%s at %d,%d: %g, not %g", what, x, y, got, wanted);
}

/* Every pixel of the canvas, pixels whose centres are inside. `soft`: the weight is opacity. */
static void compare(const Matrix *m, bool soft, double within) {
    Box box;
    edges(m, &box);
    for (int y = 0; y < DOWN; y++)
        for (int x = 0; x < ACROSS; x++) {
            bool inside =
                x + .5 >= box.x0 && x + .5 < box.x1 && y + .5 >= box.y0 && y + .5 < box.y1;
            Mean mean = inside ? mean_at(m, x, y) : (Mean){0};
            double shape = inside ? soft ? 255 : 255 * mean.weight : 0;
            near(canvas.shape[y][x], shape, 0.6, x, y, "shape");
            if (soft && inside)
                near(canvas.opacity[y][x], 255 * mean.weight, 0.6, x, y, "opacity");
            for (int k = 0; k < canvas.channels && inside && mean.weight > 0.02; k++)
                near(canvas.samples[y][x][k], mean.samples[k], within / mean.weight, x, y,
                     "sample");
        }
}

static void every_way(bool soft, double within) {
    static const double sizes[][2] = {{13.4, 9.8}, {30.2, 25.5}, {4.1, 25.5}, {16, 12}};
    for (size_t i = 0; i < 4; i++)
        for (int way = 0; way < 8; way++) {
            double w = sizes[i][0], h = sizes[i][1];
            bool turned = way & 4;
            Matrix m = oriented(way, turned && w > 28 ? 28 : w, turned ? fmin(w, 24) : h);
            Told t = draw(&m);
            if (!t.drawn || t.part)
                fail_msg("%s", t.why.en);
            compare(&m, soft, within);
        }
}

static uint32_t seed;

static unsigned noise(unsigned below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Codes of an image, packed as a file has them, and as numbers. */
typedef struct Codes {
    uint8_t packed[ROOM];
    size_t n;
    unsigned values[MOST_SIDE][MOST_SIDE][MOST_CHANNELS];
} Codes;

static void pack(Codes *c, int width, int height, int channels, int bits) {
    memset(c, 0, sizeof *c);
    size_t stride = ((size_t)(width * channels * bits) + 7) / 8;
    c->n = stride * (size_t)height;
    assert_true(c->n < ROOM);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int k = 0; k < channels; k++) {
                /* Large areas and single pixels. */
                unsigned v =
                    (x / 5 + y / 3) % 2 ? noise(1u << bits) : (unsigned)(k * 7 + x) % (1u << bits);
                c->values[y][x][k] = v;
                size_t bit = (size_t)((x * channels + k) * bits);
                uint8_t *p = c->packed + (size_t)y * stride + bit / 8;
                if (bits == 16) {
                    p[0] = (uint8_t)(v >> 8);
                    p[1] = (uint8_t)v;
                } else {
                    *p = (uint8_t)(*p | v << (8 - (unsigned)bits - bit % 8));
                }
            }
}

static void mean_of_codes(const Codes *c, int width, int height, int channels, int bits,
                          bool inverted) {
    meaning = (Meaning){.width = width, .height = height, .channels = channels};
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            meaning.weight[y][x] = 1;
            for (int k = 0; k < channels; k++) {
                double v = 255.0 * c->values[y][x][k] / ((1u << bits) - 1);
                meaning.samples[y][x][k] = inverted ? 255 - v : v;
            }
        }
}

static Codes codes, mask_codes;

static void every_depth_and_space_is_the_mean_of_its_samples(void **state) {
    (void)state;
    static const struct Kind {
        Space space;
        int channels;
        const char *inverted;
    } kinds[] = {{SPACE_GRAY, 1, "[1 0]"},
                 {SPACE_RGB, 3, "[1 0 1 0 1 0]"},
                 {SPACE_CMYK, 4, "[1 0 1 0 1 0 1 0]"}};
    static const int depths[] = {1, 2, 4, 8, 16};
    char entries[256];
    for (size_t k = 0; k < 3; k++)
        for (size_t b = 0; b < 5; b++)
            for (int inverted = 0; inverted < 2; inverted++) {
                int width = 23, height = 17, n = kinds[k].channels, bits = depths[b];
                pack(&codes, width, height, n, bits);
                snprintf(entries, sizeof entries, "/Width 23/Height 17/BitsPerComponent %d%s%s",
                         bits, inverted ? "/Decode" : "", inverted ? kinds[k].inverted : "");
                open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
                in_space(kinds[k].space, n);
                mean_of_codes(&codes, width, height, n, bits, inverted);
                every_way(false, 1);
                close_artwork();
            }
}

static void indices_become_colours_before_they_are_mixed(void **state) {
    (void)state;
    uint8_t palette[16 * 3];
    for (size_t i = 0; i < sizeof palette; i++)
        palette[i] = (uint8_t)noise(256);
    for (int bits = 1; bits <= 8; bits *= 2) {
        pack(&codes, 20, 20, 1, bits);
        char entries[128];
        snprintf(entries, sizeof entries, "/Width 20/Height 20/BitsPerComponent %d", bits);
        open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
        in_space(SPACE_INDEXED, 1);
        art.base = (ColourSpace){.space = SPACE_RGB, .components = 3};
        art.space.base = &art.base;
        art.space.palette = palette;
        art.space.high = 15;
        meaning = (Meaning){.width = 20, .height = 20, .channels = 3};
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++) {
                unsigned i = codes.values[y][x][0] > 15 ? 15 : codes.values[y][x][0];
                meaning.weight[y][x] = 1;
                for (int k = 0; k < 3; k++)
                    meaning.samples[y][x][k] = palette[3 * i + (unsigned)k];
            }
        every_way(false, 1);
        close_artwork();
    }
}

static void a_decode_that_clips_is_clipped_before_it_is_mixed(void **state) {
    (void)state;
    pack(&codes, 20, 20, 1, 8);
    open_artwork("/Width 20/Height 20/BitsPerComponent 8/Decode[-.5 1.5]", codes.packed, codes.n,
                 NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    mean_of_codes(&codes, 20, 20, 1, 8, false);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++)
            meaning.samples[y][x][0] = clamped(meaning.samples[y][x][0] * 2 - 127.5, 0, 255);
    every_way(false, 1.3);
    close_artwork();
}

static void decode_of_lab_is_over_its_own_range(void **state) {
    (void)state;
    pack(&codes, 20, 20, 3, 8);
    open_artwork("/Width 20/Height 20/BitsPerComponent 8/Decode[0 100 50 -50 -50 50]", codes.packed,
                 codes.n, NULL, "", 0);
    in_space(SPACE_LAB, 3);
    memcpy(art.space.range, (double[]){-100, 100, -50, 50}, 4 * sizeof(double));
    mean_of_codes(&codes, 20, 20, 3, 8, false);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++)
            meaning.samples[y][x][1] = 191.25 - meaning.samples[y][x][1] / 2;
    every_way(false, 1);
    close_artwork();
}

static void a_stencil_paints_where_its_bits_are_0(void **state) {
    (void)state;
    for (int inverted = 0; inverted < 2; inverted++) {
        pack(&codes, 37, 21, 1, 1);
        char entries[128];
        snprintf(entries, sizeof entries, "/Width 37/Height 21/ImageMask true/Decode[%d %d]",
                 inverted, !inverted);
        open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
        art.image.stencil = true;
        art.image.space = NULL;
        art.image.bits = 1;
        Matrix m = {30.3, 0, 0, -25.1, 4.4, 28.3};
        Told t = draw(&m);
        assert_true(t.drawn && !t.part);
        meaning = (Meaning){.width = 37, .height = 21};
        for (int y = 0; y < 21; y++)
            for (int x = 0; x < 37; x++)
                meaning.weight[y][x] = codes.values[y][x][0] == (unsigned)inverted;
        double ink = 0, wanted = 0;
        for (int y = 0; y < DOWN; y++)
            for (int x = 0; x < ACROSS; x++) {
                ink += canvas.shape[y][x] / 255.0;
                if (x > 4 && x < 34 && y > 3 && y < 28)
                    near(canvas.shape[y][x], 255 * mean_at(&m, x, y).weight, 0.6, x, y, "shape");
            }
        for (int y = 0; y < 21; y++)
            for (int x = 0; x < 37; x++)
                wanted += meaning.weight[y][x] * 30.3 * 25.1 / (37 * 21);
        near(ink, wanted, 0.6, 0, 0, "ink of a small stencil");
        close_artwork();
    }
}

static void a_colour_key_cuts_out_without_a_fringe(void **state) {
    (void)state;
    static const int depths[] = {2, 8, 16};
    for (size_t b = 0; b < 3; b++) {
        int bits = depths[b], last = (1 << bits) - 1;
        char entries[160];
        pack(&codes, 20, 20, 3, bits);
        snprintf(entries, sizeof entries,
                 "/Width 20/Height 20/BitsPerComponent %d/Mask[0 %d 0 %d 0 %d]", bits, last / 2,
                 last, last);
        open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
        in_space(SPACE_RGB, 3);
        art.image.mask = MASK_COLOUR_KEY;
        mean_of_codes(&codes, 20, 20, 3, bits, false);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++)
                meaning.weight[y][x] = codes.values[y][x][0] > (unsigned)last / 2;
        every_way(false, 2);
        close_artwork();
    }
}

static void a_mask_of_the_same_size_weighs_each_pixel(void **state) {
    (void)state;
    for (int soft = 0; soft < 2; soft++) {
        pack(&codes, 20, 20, 4, 8);
        pack(&mask_codes, 20, 20, 1, soft ? 8 : 1);
        open_artwork(soft ? "/Width 20/Height 20/BitsPerComponent 8/SMask 4 0 R"
                          : "/Width 20/Height 20/BitsPerComponent 8/Mask 4 0 R",
                     codes.packed, codes.n,
                     soft ? "/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceGray"
                          : "/Width 20/Height 20/ImageMask true/BitsPerComponent 1",
                     mask_codes.packed, mask_codes.n);
        in_space(SPACE_CMYK, 4);
        art.image.mask = soft ? MASK_SOFT : MASK_EXPLICIT;
        mean_of_codes(&codes, 20, 20, 4, 8, false);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++) {
                unsigned v = mask_codes.values[y][x][0];
                meaning.weight[y][x] = soft ? v / 255.0 : v == 0;
            }
        every_way(soft, 2.2);
        close_artwork();
    }
}

static void a_mask_of_another_size_is_brought_to_the_device_alone(void **state) {
    (void)state;
    pack(&codes, 12, 10, 3, 8);
    pack(&mask_codes, 31, 29, 1, 8);
    open_artwork("/Width 12/Height 10/BitsPerComponent 8/SMask 4 0 R", codes.packed, codes.n,
                 "/Width 31/Height 29/BitsPerComponent 8/ColorSpace/DeviceGray/Decode[1 0]",
                 mask_codes.packed, mask_codes.n);
    in_space(SPACE_RGB, 3);
    art.image.mask = MASK_SOFT;
    for (int way = 0; way < 8; way++) {
        Matrix m = oriented(way, 14.2, 11.3);
        assert_true(draw(&m).drawn);
        Canvas got = canvas;
        mean_of_codes(&mask_codes, 31, 29, 1, 8, true);
        for (int y = 4; y < 13; y++)
            for (int x = 5; x < 16; x++)
                if (got.shape[y][x])
                    near(got.opacity[y][x], mean_at(&m, x, y).samples[0], 1.6, x, y, "opacity");
        mean_of_codes(&codes, 12, 10, 3, 8, false);
        for (int y = 4; y < 13; y++)
            for (int x = 5; x < 16; x++)
                if (got.shape[y][x])
                    near(got.samples[y][x][2], mean_at(&m, x, y).samples[2], 1.6, x, y, "sample");
    }
    close_artwork();
}

static void matte_is_taken_out(void **state) {
    (void)state;
    /* Colour 200 at alpha .5 on matte 40, and at alpha 1. */
    static const uint8_t blended[] = {120, 200}, alpha[] = {128, 255};
    open_artwork("/Width 2/Height 1/BitsPerComponent 8/SMask 4 0 R", blended, 2,
                 "/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Matte[.157]", alpha,
                 2);
    in_space(SPACE_GRAY, 1);
    art.image.mask = MASK_SOFT;
    Matrix m = {8, 0, 0, -4, 2, 6};
    assert_true(draw(&m).drawn);
    near(canvas.samples[4][3][0], 200, 2, 3, 4, "sample");
    near(canvas.samples[4][8][0], 200, 2, 8, 4, "sample");
    assert_int_equal(canvas.opacity[4][3], 128);
    close_artwork();
}

static void strips_leave_no_seam_and_do_not_overlap(void **state) {
    (void)state;
    uint8_t black[40] = {0};
    int covered[DOWN] = {0};
    open_artwork("/Width 8/Height 5/BitsPerComponent 8", black, sizeof black, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    for (int i = 0; i < 7; i++) {
        Matrix m = {20, 0, 0, -3.37, 2, 2.2 + 3.37 * (i + 1)};
        assert_true(draw(&m).drawn);
        for (int y = 0; y < DOWN; y++) {
            covered[y] += canvas.shape[y][5] == 255;
            assert_true(canvas.shape[y][5] == 0 || canvas.shape[y][5] == 255);
        }
    }
    for (int y = 0; y < DOWN; y++)
        assert_int_equal(covered[y], y >= 2 && y < 26);
    close_artwork();
}

static void a_hairline_made_as_an_image_keeps_its_ink(void **state) {
    (void)state;
    uint8_t black[8] = {0};
    open_artwork("/Width 8/Height 1/BitsPerComponent 8", black, sizeof black, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {20, 0, 0, -.25, 2, 5.4};
    assert_true(draw(&m).drawn);
    near(canvas.shape[5][5], 255 * .25, 1, 5, 5, "shape");
    m.f = 5.1;
    assert_true(draw(&m).drawn);
    near(canvas.shape[4][5] + canvas.shape[5][5], 255 * .25, 2, 5, 5, "shape");
    close_artwork();
}

static void an_image_that_lies_askew_keeps_its_area_and_colours(void **state) {
    (void)state;
    static const uint8_t halves[] = {10, 10, 200, 200, 10, 10, 200, 200};
    open_artwork("/Width 4/Height 2/BitsPerComponent 8", halves, sizeof halves, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {16, 8, 4, -12, 8, 14};
    assert_true(draw(&m).drawn);
    double ink = 0;
    for (int y = 0; y < DOWN; y++)
        for (int x = 0; x < ACROSS; x++)
            ink += canvas.shape[y][x] / 255.0;
    near(ink, 16 * 12 + 8 * 4, 1, 0, 0, "area");
    for (int i = 0; i < 2; i++) {
        Point p = matrix_apply(&m, .25 + .5 * i, .5);
        assert_int_equal(canvas.samples[(int)p.y][(int)p.x][0], halves[2 * i]);
    }
    close_artwork();
}

static void a_large_image_askew_is_reduced_before_it_is_sampled(void **state) {
    (void)state;
    for (int i = 0; i < 64 * 64; i++)
        codes.packed[i] = (uint8_t)((i + i / 64) % 2 ? 255 : 0);
    open_artwork("/Width 64/Height 64/BitsPerComponent 8", codes.packed, 64 * 64, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {9, 7, 7, -9, 8, 14};
    assert_true(draw(&m).drawn);
    for (int y = 0; y < DOWN; y++)
        for (int x = 0; x < ACROSS; x++)
            if (canvas.shape[y][x])
                near(canvas.samples[y][x][0], 127.5, 22, x, y, "sample");
    close_artwork();
}

static size_t jpeg(uint8_t **out, int width, int height, int channels, J_COLOR_SPACE in,
                   J_COLOR_SPACE inside, bool adobe, const uint8_t *pixel) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned long n = 0;
    uint8_t row[MOST_SIDE * 16 * MOST_CHANNELS], *rows[1] = {row};
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    *out = NULL;
    jpeg_mem_dest(&c, out, &n);
    c.image_width = (JDIMENSION)width;
    c.image_height = (JDIMENSION)height;
    c.input_components = channels;
    c.in_color_space = in;
    jpeg_set_defaults(&c);
    jpeg_set_colorspace(&c, inside);
    c.write_Adobe_marker = adobe;
    jpeg_set_quality(&c, 100, TRUE);
    jpeg_start_compress(&c, TRUE);
    for (int x = 0; x < width * channels; x++)
        row[x] = pixel[x % channels];
    for (int y = 0; y < height; y++)
        (void)jpeg_write_scanlines(&c, rows, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    return n;
}

typedef struct JpegCase {
    const char *entries;
    J_COLOR_SPACE in, inside;
    int channels;
    bool adobe;
    uint8_t pixel[4], wanted[4];
} JpegCase;

static void jpegs_are_decoded_by_the_rules_of_their_marker(void **state) {
    (void)state;
    static const JpegCase cases[] = {
        {"", JCS_GRAYSCALE, JCS_GRAYSCALE, 1, false, {77}, {77}},
        {"", JCS_RGB, JCS_YCbCr, 3, false, {200, 90, 30}, {200, 90, 30}},
        {"", JCS_RGB, JCS_RGB, 3, true, {200, 90, 30}, {200, 90, 30}},
        {"/DecodeParms<</ColorTransform 0>>", JCS_RGB, JCS_RGB, 3, true, {9, 90, 30}, {9, 90, 30}},
        {"/DecodeParms<</ColorTransform 0>>", JCS_RGB, JCS_YCbCr, 3, true, {9, 9, 30}, {9, 9, 30}},
        {"/DecodeParms[<</ColorTransform 0>>]", JCS_RGB, JCS_RGB, 3, false, {9, 9, 30}, {9, 9, 30}},
        {"", JCS_CMYK, JCS_CMYK, 4, true, {200, 90, 30, 5}, {200, 90, 30, 5}},
        {"", JCS_CMYK, JCS_CMYK, 4, false, {200, 90, 30, 5}, {200, 90, 30, 5}},
        {"", JCS_CMYK, JCS_YCCK, 4, true, {200, 90, 30, 5}, {200, 90, 30, 5}},
        {"/DecodeParms<</ColorTransform 1>>",
         JCS_CMYK,
         JCS_YCCK,
         4,
         false,
         {9, 9, 3, 5},
         {9, 9, 3, 5}},
        {"/Decode[1 0 1 0 1 0 1 0]",
         JCS_CMYK,
         JCS_YCCK,
         4,
         true,
         {200, 90, 30, 5},
         {55, 165, 225, 250}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const JpegCase *c = &cases[i];
        uint8_t *bytes;
        char entries[256];
        size_t n = jpeg(&bytes, 96, 64, c->channels, c->in, c->inside, c->adobe, c->pixel);
        snprintf(entries, sizeof entries,
                 "/Width 96/Height 64/BitsPerComponent 8/Filter/DCTDecode%s", c->entries);
        open_artwork(entries, bytes, n, NULL, "", 0);
        in_space(c->channels == 1   ? SPACE_GRAY
                 : c->channels == 3 ? SPACE_RGB
                                    : SPACE_CMYK,
                 c->channels);
        for (int size = 1; size <= 4; size *= 2) {
            Matrix m = {7.3 * size, 0, 0, -5.1 * size, 4, 24};
            Told t = draw(&m);
            assert_true(t.drawn && !t.part);
            assert_int_equal(canvas.shape[22][6], 255);
            for (int k = 0; k < c->channels; k++)
                near(canvas.samples[22][6][k], c->wanted[k], 3, (int)i, k, "JPEG");
        }
        close_artwork();
        free(bytes);
    }
}

static void data_that_end_too_soon_are_drawn_as_far_as_they_go(void **state) {
    (void)state;
    pack(&codes, 20, 20, 1, 8);
    open_artwork("/Width 20/Height 20/BitsPerComponent 8", codes.packed, 20 * 10 + 5, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {20, 0, 0, -20, 2, 22};
    Told t = draw(&m);
    assert_true(t.drawn && t.part);
    assert_int_equal(canvas.shape[11][5], 255);
    assert_int_equal(canvas.shape[12][5], 0);
    Matrix turned = {0, 20, 20, 0, 2, 2};
    t = draw(&turned);
    assert_true(t.drawn && t.part);
    assert_int_equal(canvas.shape[5][12], 255);
    assert_int_equal(canvas.shape[5][11], 0);
    close_artwork();
    static const uint8_t pixel[] = {99};
    uint8_t *bytes;
    size_t n = jpeg(&bytes, 512, 512, 1, JCS_GRAYSCALE, JCS_GRAYSCALE, false, pixel);
    open_artwork("/Width 512/Height 512/BitsPerComponent 8/Filter/DCTDecode", bytes, n * 2 / 3,
                 NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    t = draw(&m);
    assert_true(t.drawn && t.part);
    assert_int_equal(canvas.shape[4][5], 255);
    assert_int_equal(canvas.shape[21][5], 0);
    close_artwork();
    open_artwork("/Width 512/Height 512/BitsPerComponent 8/Filter/DCTDecode", bytes, 20, NULL, "",
                 0);
    in_space(SPACE_GRAY, 1);
    assert_false(draw(&m).drawn);
    close_artwork();
    free(bytes);
}

static void a_soft_mask_that_can_not_be_read_stops_the_image(void **state) {
    (void)state;
    uint8_t gray[4] = {1, 2, 3, 4};
    open_artwork("/Width 2/Height 2/BitsPerComponent 8/SMask 4 0 R", gray, 4,
                 "/Width 2/Height 2/BitsPerComponent 7", gray, 4);
    in_space(SPACE_GRAY, 1);
    art.image.mask = MASK_SOFT;
    Matrix m = {8, 0, 0, -4, 2, 6};
    assert_false(draw(&m).drawn);
    close_artwork();
}

static void sizes_that_mean_no_picture_are_refused(void **state) {
    (void)state;
    static const struct Bad {
        int width, height, bits;
    } bad[] = {{0, 5, 8}, {5, -1, 8}, {1 << 30, 1 << 30, 8}, {1 << 20, 1 << 20, 16}, {5, 5, 3}};
    Matrix m = {8, 0, 0, -4, 2, 6};
    open_artwork("", "abc", 3, NULL, "", 0);
    in_space(SPACE_CMYK, 4);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        art.image.width = bad[i].width;
        art.image.height = bad[i].height;
        art.image.bits = bad[i].bits;
        assert_false(draw(&m).drawn);
    }
    close_artwork();
}

static void no_matrix_is_too_wild(void **state) {
    (void)state;
    static const double wild[] = {0, 1e-30, 1e30, -1e30, NAN, INFINITY, 5, -7.5, 1e9};
    enum { COUNT = sizeof wild / sizeof *wild };
    pack(&codes, 7, 5, 1, 8);
    open_artwork("/Width 7/Height 5/BitsPerComponent 8", codes.packed, codes.n, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    for (int i = 0; i < 3000; i++) {
        Matrix m = {wild[noise(COUNT)], wild[noise(COUNT)], wild[noise(COUNT)],
                    wild[noise(COUNT)], wild[noise(COUNT)], wild[noise(COUNT)]};
        (void)draw(&m);
    }
    close_artwork();
}

static void an_inline_image_is_read_from_its_own_bytes(void **state) {
    (void)state;
    static const char dict[] = "<</Width 2/Height 1/BitsPerComponent 8/Filter/ASCIIHexDecode>>";
    open_artwork("", "", 0, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    art.image = (PaintImage){.dict = pdf_parse(art.file, dict, sizeof dict - 1),
                             .is_inline = true,
                             .inline_data = (const uint8_t *)"21fe>",
                             .inline_bytes = 5,
                             .width = 2,
                             .height = 1,
                             .bits = 8,
                             .space = &art.space};
    Matrix m = {8, 0, 0, -4, 2, 6};
    Told t = draw(&m);
    assert_true(t.drawn && !t.part);
    assert_int_equal(canvas.samples[3][3][0], 0x21);
    assert_int_equal(canvas.samples[3][8][0], 0xfe);
    close_artwork();
}

/* Rows filtered as the PNG filters 0 … 4 in turn, then deflated. */
static size_t png_rows(uint8_t *out, size_t room, const uint8_t *p, size_t stride, size_t rows,
                       size_t pixel) {
    static uint8_t filtered[ROOM];
    size_t n = 0;
    for (size_t y = 0; y < rows; y++) {
        int filter = (int)(y % 5);
        filtered[n++] = (uint8_t)filter;
        for (size_t x = 0; x < stride; x++) {
            int here = p[y * stride + x], left = x >= pixel ? p[y * stride + x - pixel] : 0;
            int up = y ? p[(y - 1) * stride + x] : 0,
                corner = y && x >= pixel ? p[(y - 1) * stride + x - pixel] : 0;
            int base = left + up - corner, a = abs(base - left), b = abs(base - up),
                c = abs(base - corner);
            int guess = a <= b && a <= c ? left : b <= c ? up : corner;
            int minus[] = {0, left, up, (left + up) / 2, guess};
            filtered[n++] = (uint8_t)(here - minus[filter]);
        }
    }
    uLongf size = room;
    assert_int_equal(compress(out, &size, filtered, n), Z_OK);
    return size;
}

static void predictors_are_undone(void **state) {
    (void)state;
    static uint8_t packed[ROOM], differences[ROOM];
    static const int depths[] = {1, 4, 8, 16};
    char entries[256];
    for (size_t b = 0; b < 4; b++)
        for (int tiff = 0; tiff < 2; tiff++) {
            int bits = depths[b];
            pack(&codes, 23, 17, 3, bits);
            size_t stride = codes.n / 17, n = 0;
            if (tiff) {
                Codes plain = codes;
                memset(differences, 0, sizeof differences);
                for (int y = 0; y < 17; y++)
                    for (int x = 0; x < 23 * 3; x++) {
                        unsigned here = plain.values[y][x / 3][x % 3],
                                 left = x >= 3 ? plain.values[y][x / 3 - 1][x % 3] : 0,
                                 v = (here - left) & ((1u << bits) - 1);
                        size_t bit = (size_t)(x * bits);
                        uint8_t *at = differences + (size_t)y * stride + bit / 8;
                        if (bits == 16) {
                            at[0] = (uint8_t)(v >> 8);
                            at[1] = (uint8_t)v;
                        } else {
                            *at = (uint8_t)(*at | v << (8 - (unsigned)bits - bit % 8));
                        }
                    }
                uLongf size = sizeof packed;
                assert_int_equal(compress(packed, &size, differences, codes.n), Z_OK);
                n = size;
            } else {
                n = png_rows(packed, sizeof packed, codes.packed, stride, 17,
                             (size_t)(3 * bits + 7) / 8);
            }
            snprintf(entries, sizeof entries,
                     "/Width 23/Height 17/BitsPerComponent %d/Filter/FlateDecode/DecodeParms"
                     "<</Predictor %d/Colors 3/Columns 23/BitsPerComponent %d>>",
                     bits, tiff ? 2 : 15, bits);
            open_artwork(entries, packed, n, NULL, "", 0);
            in_space(SPACE_RGB, 3);
            mean_of_codes(&codes, 23, 17, 3, bits, false);
            every_way(false, 1);
            close_artwork();
        }
}

static void a_chain_of_filters_is_undone(void **state) {
    (void)state;
    static uint8_t deflated[ROOM], hex[ROOM];
    pack(&codes, 23, 17, 3, 8);
    uLongf n = sizeof deflated;
    assert_int_equal(compress(deflated, &n, codes.packed, codes.n), Z_OK);
    for (size_t i = 0; i < n; i++)
        snprintf((char *)hex + 2 * i, 3, "%02x", deflated[i]);
    hex[2 * n] = '>';
    open_artwork("/Width 23/Height 17/BitsPerComponent 8/Filter[/ASCIIHexDecode/FlateDecode]", hex,
                 2 * n + 1, NULL, "", 0);
    in_space(SPACE_RGB, 3);
    mean_of_codes(&codes, 23, 17, 3, 8, false);
    every_way(false, 1);
    close_artwork();
}

static void an_image_that_comes_again_is_the_same(void **state) {
    (void)state;
    pack(&codes, 23, 17, 3, 8);
    open_artwork("/Width 23/Height 17/BitsPerComponent 8", codes.packed, codes.n, NULL, "", 0);
    in_space(SPACE_RGB, 3);
    Pictures *p = pictures_new(art.arena, art.file, 3000);
    Matrix m = oriented(0, 20.2, 14.9), shifted = m;
    shifted.e += 5;
    assert_true(draw_with(p, &m, everything).drawn);
    Canvas first = canvas;
    for (int i = 0; i < 3; i++) {
        assert_true(draw_with(p, &shifted, everything).drawn);
        for (int y = 0; y < DOWN; y++) {
            assert_memory_equal(canvas.shape[y] + 5, first.shape[y], ACROSS - 5);
            assert_memory_equal(canvas.samples[y] + 5, first.samples[y], (ACROSS - 5) * 4);
        }
        assert_true(draw_with(p, &m, everything).drawn);
        assert_memory_equal(&canvas, &first, sizeof first);
    }
    /* A part of it looks the same there. */
    Area part = {8, 6, 14, 9};
    assert_true(draw_with(p, &m, part).drawn);
    for (int y = 6; y < 9; y++)
        assert_memory_equal(canvas.samples[y] + 8, first.samples[y] + 8, 6 * 4);
    assert_int_equal(canvas.rows, 3);
    pictures_free(p);
    close_artwork();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_depth_and_space_is_the_mean_of_its_samples),
        cmocka_unit_test(indices_become_colours_before_they_are_mixed),
        cmocka_unit_test(a_decode_that_clips_is_clipped_before_it_is_mixed),
        cmocka_unit_test(decode_of_lab_is_over_its_own_range),
        cmocka_unit_test(a_stencil_paints_where_its_bits_are_0),
        cmocka_unit_test(a_colour_key_cuts_out_without_a_fringe),
        cmocka_unit_test(a_mask_of_the_same_size_weighs_each_pixel),
        cmocka_unit_test(a_mask_of_another_size_is_brought_to_the_device_alone),
        cmocka_unit_test(matte_is_taken_out),
        cmocka_unit_test(strips_leave_no_seam_and_do_not_overlap),
        cmocka_unit_test(a_hairline_made_as_an_image_keeps_its_ink),
        cmocka_unit_test(an_image_that_lies_askew_keeps_its_area_and_colours),
        cmocka_unit_test(a_large_image_askew_is_reduced_before_it_is_sampled),
        cmocka_unit_test(jpegs_are_decoded_by_the_rules_of_their_marker),
        cmocka_unit_test(data_that_end_too_soon_are_drawn_as_far_as_they_go),
        cmocka_unit_test(a_soft_mask_that_can_not_be_read_stops_the_image),
        cmocka_unit_test(sizes_that_mean_no_picture_are_refused),
        cmocka_unit_test(no_matrix_is_too_wild),
        cmocka_unit_test(an_inline_image_is_read_from_its_own_bytes),
        cmocka_unit_test(predictors_are_undone),
        cmocka_unit_test(a_chain_of_filters_is_undone),
        cmocka_unit_test(an_image_that_comes_again_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
