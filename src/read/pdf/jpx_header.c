/* JPEG 2000: the boxes of a JP2 file (ISO 15444-1, annex I) or a bare codestream (annex A). */
#include "read/pdf/image_header.h"

#include "read/bytes.h"

#include <string.h>

enum { MAX_CHANNELS = 16384, BOX_HEADER = 8, LONG_BOX_HEADER = 16, DEPTH_VARIES = 255 };

#define METRES_PER_INCH 0.0254

typedef struct Span {
    const uint8_t *p;
    size_t n;
} Span;

typedef struct Boxes {
    Span ihdr, bpcc, colr, pclr, cdef, resolution;
} Boxes;

typedef struct Box2000 { /* one box; `whole` is false when its end is not there */
    uint32_t type;
    Span body;
    bool whole;
} Box2000;

#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

/* box = length:4 type:4 [long length:8] body ; length 0 reaches to the end. Moves `at` behind it.
 */
static bool next_box(Box2000 *out, Span in, size_t *at) {
    if (in.n < BOX_HEADER || *at > in.n - BOX_HEADER)
        return false;
    const uint8_t *p = in.p + *at;
    size_t there = in.n - *at, head = BOX_HEADER;
    uint64_t length = be32(p);
    if (length == 1 && there >= LONG_BOX_HEADER) {
        length = (uint64_t)be32(p + 8) << 32 | be32(p + 12);
        head = LONG_BOX_HEADER;
    }
    if (length == 0)
        length = there;
    if (length < head)
        return false;
    size_t n = length < there ? (size_t)length : there;
    *out = (Box2000){be32(p + 4), {p + head, n - head}, length <= there};
    *at = length <= there ? *at + n : in.n;
    return true;
}

static int depth(uint8_t written) {
    return (written & 0x7F) + 1;
}

static void note_depth(ImageHeader *out, uint8_t written) {
    int bits = depth(written);
    out->mixed_bits = out->mixed_bits || (out->bits && out->bits != bits);
    out->bits = bits > out->bits ? bits : out->bits;
}

/* SIZ: marker length Rsiz, then eight sizes, the number of channels and three bytes for each. */
static bool codestream(ImageHeader *out, Span s) {
    enum { FIXED = 42, CHANNEL = 3 };
    if (s.n < FIXED) {
        out->need_more = true;
        return false;
    }
    if (be16(s.p) != 0xFF4F || be16(s.p + 2) != 0xFF51)
        return false;
    int64_t width = (int64_t)be32(s.p + 8) - be32(s.p + 16),
            height = (int64_t)be32(s.p + 12) - be32(s.p + 20);
    size_t channels = be16(s.p + 40);
    if (width <= 0 || height <= 0 || width > INT32_MAX || height > INT32_MAX || !channels ||
        channels > MAX_CHANNELS)
        return false;
    if (s.n < FIXED + channels * CHANNEL) {
        out->need_more = true;
        return false;
    }
    out->width = (int)width;
    out->height = (int)height;
    out->components = (int)channels;
    for (size_t i = 0; i < channels; i++)
        note_depth(out, s.p[FIXED + i * CHANNEL]);
    return true;
}

static Space enumerated(uint32_t number) {
    switch (number) {
    case 12:
        return SPACE_CMYK;
    case 14:
        return SPACE_LAB;
    case 16: /* sRGB */
    case 18: /* sYCC */
        return SPACE_RGB;
    case 17:
        return SPACE_GRAY;
    default:
        return SPACE_OTHER;
    }
}

/* The data space of an embedded profile. */
static Space profiled(Span profile) {
    enum { SPACE_AT = 16 };
    if (profile.n < SPACE_AT + 4)
        return SPACE_OTHER;
    switch (be32(profile.p + SPACE_AT)) {
    case TAG('G', 'R', 'A', 'Y'):
        return SPACE_ICC_GRAY;
    case TAG('R', 'G', 'B', ' '):
        return SPACE_ICC_RGB;
    case TAG('C', 'M', 'Y', 'K'):
        return SPACE_ICC_CMYK;
    case TAG('L', 'a', 'b', ' '):
        return SPACE_ICC_LAB;
    default:
        return SPACE_OTHER;
    }
}

static Space colour(Span colr) {
    enum { ENUMERATED = 1, RESTRICTED_ICC = 2, ANY_ICC = 3 };
    if (colr.n >= 7 && colr.p[0] == ENUMERATED)
        return enumerated(be32(colr.p + 3));
    if (colr.n > 3 && (colr.p[0] == RESTRICTED_ICC || colr.p[0] == ANY_ICC))
        return profiled((Span){colr.p + 3, colr.n - 3});
    return SPACE_UNKNOWN;
}

static int channels_of(Space space) {
    if (space == SPACE_GRAY || space == SPACE_ICC_GRAY)
        return 1;
    if (space == SPACE_CMYK || space == SPACE_ICC_CMYK)
        return 4;
    return space == SPACE_UNKNOWN || space == SPACE_OTHER ? 0 : 3;
}

/* cdef rows are channel, type (0 colour, 1 and 2 opacity), association. */
static int opacity_channels(Span cdef) {
    enum { ROW = 6 };
    int count = 0;
    for (size_t at = 2; at + ROW <= cdef.n; at += ROW)
        count += be16(cdef.p + at + 2) == 1 || be16(cdef.p + at + 2) == 2;
    return count;
}

/* A palette gives the channels their number and depth. */
static void palette(ImageHeader *out, Span pclr) {
    if (pclr.n < 3 || pclr.n < 3 + (size_t)pclr.p[2])
        return;
    out->components = pclr.p[2];
    out->bits = 0;
    out->mixed_bits = false;
    for (int i = 0; i < out->components; i++)
        note_depth(out, pclr.p[3 + i]);
}

/* Capture or default display resolution: points a metre as two fractions with exponents; the second
 * is across. */
static double density(Span s) {
    if (s.n < 10 || !be16(s.p + 6))
        return 0;
    double value = (double)be16(s.p + 4) / be16(s.p + 6);
    for (int8_t e = (int8_t)s.p[9]; e > 0; e--)
        value *= 10;
    for (int8_t e = (int8_t)s.p[9]; e < 0; e++)
        value /= 10;
    return value * METRES_PER_INCH;
}

/* The header box holds the others. Of several colour boxes the first that says something counts. */
static void collect(Boxes *out, Span in, int level) {
    Box2000 box;
    for (size_t at = 0; next_box(&box, in, &at);) {
        if (box.type == TAG('i', 'h', 'd', 'r'))
            out->ihdr = box.body;
        else if (box.type == TAG('b', 'p', 'c', 'c'))
            out->bpcc = box.body;
        else if (box.type == TAG('c', 'o', 'l', 'r') && colour(out->colr) == SPACE_UNKNOWN)
            out->colr = box.body;
        else if (box.type == TAG('p', 'c', 'l', 'r'))
            out->pclr = box.body;
        else if (box.type == TAG('c', 'd', 'e', 'f'))
            out->cdef = box.body;
        else if (box.type == TAG('r', 'e', 's', 'c') ||
                 (box.type == TAG('r', 'e', 's', 'd') && !out->resolution.n))
            out->resolution = box.body;
        else if (box.type == TAG('r', 'e', 's', ' ') && !level)
            collect(out, box.body, level + 1);
    }
}

static bool size_of_boxes(ImageHeader *out, const Boxes *b) {
    enum { IHDR = 14 };
    if (b->ihdr.n < IHDR)
        return false;
    uint32_t height = be32(b->ihdr.p), width = be32(b->ihdr.p + 4);
    out->components = (int)be16(b->ihdr.p + 8);
    if (!width || !height || width > INT32_MAX || height > INT32_MAX || !out->components)
        return false;
    out->width = (int)width;
    out->height = (int)height;
    uint8_t bits = b->ihdr.p[10];
    if (bits != DEPTH_VARIES)
        note_depth(out, bits);
    else
        for (size_t i = 0; i < b->bpcc.n; i++)
            note_depth(out, b->bpcc.p[i]);
    return out->bits > 0;
}

static void finish(ImageHeader *out, const Boxes *b) {
    palette(out, b->pclr);
    out->space = colour(b->colr);
    int alpha = opacity_channels(b->cdef), wanted = channels_of(out->space);
    /* Without a channel definition what goes beyond the colour space is taken for opacity. */
    if (!alpha && wanted && out->components == wanted + 1)
        alpha = 1;
    if (alpha < out->components) {
        out->components -= alpha;
        out->alpha = alpha > 0;
    }
    if (out->space == SPACE_UNKNOWN)
        out->space = out->components == 1   ? SPACE_GRAY
                     : out->components == 3 ? SPACE_RGB
                     : out->components == 4 ? SPACE_CMYK
                                            : SPACE_UNKNOWN;
    out->density = density(b->resolution);
}

bool jpx_header(ImageHeader *out, const uint8_t *p, size_t n) {
    static const uint8_t signature[] = {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, 0x87, 10};
    *out = (ImageHeader){.transform = -1};
    Span all = {p, n};
    Boxes boxes = {0};
    bool found = false;
    if (n < sizeof signature || memcmp(p, signature, sizeof signature)) {
        out->need_more = n < sizeof signature;
        found = codestream(out, all);
        if (found)
            finish(out, &boxes);
        return found;
    }
    Box2000 box = {.whole = true};
    bool body = false;
    for (size_t at = 0; !found && !body && box.whole && next_box(&box, all, &at);) {
        body = box.type == TAG('j', 'p', '2', 'c');
        if (box.type == TAG('j', 'p', '2', 'h') && box.whole) {
            collect(&boxes, box.body, 0);
            found = size_of_boxes(out, &boxes);
        } else if (body) {
            /* Depths that the boxes leave out stand in the codestream, whose end is not needed. */
            found = codestream(out, box.body);
        }
    }
    out->need_more = out->need_more || (!found && !body);
    if (found)
        finish(out, &boxes);
    return found;
}
