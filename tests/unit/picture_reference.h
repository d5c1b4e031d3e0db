/* Pictures against a slow reference: the mean over the exact area, in doubles, of samples that are
 * worked out from what was packed. What the tests of pictures share. */
#ifndef CHUPIN_TESTS_PICTURE_REFERENCE_H
#define CHUPIN_TESTS_PICTURE_REFERENCE_H

#include "base/sink.h"
#include "ink/picture/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static inline void add_stream(Sink *s, size_t *offset, int number, const char *entries,
                              const void *p, size_t n) {
    *offset = sink_text(s).n;
    sink_format(s, "%d 0 obj\n<</Length %zu %s>>stream\n", number, n, entries);
    sink_write(s, p, n);
    sink_str(s, "\nendstream\nendobj\n");
}

static inline void open_artwork(const char *entries, const void *p, size_t n,
                                const char *mask_entries, const void *mask, size_t mask_n) {
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

static inline void close_artwork(void) {
    pdf_close(art.file);
    arena_free(art.arena);
}

static inline void in_space(Space space, int components) {
    art.space = (ColourSpace){.space = space, .components = components};
}

static inline void on_row(void *self, const PictureRow *r) {
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

static inline Told draw_with(Pictures *p, const Matrix *m, Area area) {
    Told t = {0};
    const ColourSpace *s = picture_space(&art.image);
    canvas = (Canvas){.channels = s ? s->components : 0};
    t.drawn = picture_draw(p, &art.image, m, area, on_row, &canvas, &t.part, &t.why);
    assert_true((t.drawn && !t.part) || (t.why.zh && t.why.en));
    return t;
}

static inline Told draw(const Matrix *m) {
    Pictures *p = pictures_new(art.arena, art.file, 1 << 20);
    Told t = draw_with(p, m, everything);
    pictures_free(p);
    return t;
}

/* The eight ways in which sides can run along the page, w × h pixels at a fractional place. */
static inline Matrix oriented(int way, double w, double h) {
    double x = 3.3, y = 2.7;
    bool flip_x = way & 1, flip_y = way & 2, turned = way & 4;
    double to_x = flip_x ? -w : w, to_y = flip_y ? -h : h;
    if (turned)
        return (Matrix){0, to_y, to_x, 0, x + (flip_x ? w : 0), y + (flip_y ? h : 0)};
    return (Matrix){to_x, 0, 0, to_y, x + (flip_x ? w : 0), y + (flip_y ? h : 0)};
}

static inline double clamped(double v, double low, double high) {
    return fmin(fmax(v, low), high);
}

typedef struct Mean {
    double weight, samples[MOST_CHANNELS];
} Mean;

/* Mean over the pixel, as far as the image covers it. */
static inline Mean mean_at(const Matrix *m, int x, int y) {
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

static inline void edges(const Matrix *m, Box *out) {
    *out = (Box){fmin(m->e, m->e + m->a + m->c), fmin(m->f, m->f + m->b + m->d),
                 fmax(m->e, m->e + m->a + m->c), fmax(m->f, m->f + m->b + m->d)};
}

static inline void near(double got, double wanted, double within, int x, int y, const char *what) {
    if (fabs(got - wanted) > within)
        fail_msg("%s at %d,%d: %g, not %g", what, x, y, got, wanted);
}

/* Every pixel of the canvas, pixels whose centres are inside. `soft`: the weight is opacity. */
static inline void compare(const Matrix *m, bool soft, double within) {
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

static inline void every_way(bool soft, double within) {
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

static inline unsigned noise(unsigned below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Codes of an image, packed as a file has them, and as numbers. */
typedef struct Codes {
    uint8_t packed[ROOM];
    size_t n;
    unsigned values[MOST_SIDE][MOST_SIDE][MOST_CHANNELS];
} Codes;

static inline void pack(Codes *c, int width, int height, int channels, int bits) {
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

static inline void mean_of_codes(const Codes *c, int width, int height, int channels, int bits,
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

static Codes codes;

#endif
