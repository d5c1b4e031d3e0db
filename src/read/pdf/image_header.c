#include "read/pdf/image_header.h"

#include "read/bytes.h"

#include <string.h>

enum { LEADING_JUNK = 16, CM_UNIT = 2, INCH_UNIT = 1, TIFF_INCH = 2, TIFF_CM = 3 };

#define CM_PER_INCH 2.54

/* Byte order is chosen by the first two bytes of the TIFF structure inside Exif. */
typedef struct Tiff {
    const uint8_t *p;
    size_t n;
    bool little;
} Tiff;

static uint32_t tiff16(const Tiff *t, size_t at) {
    if (t->n < 2 || at > t->n - 2)
        return 0;
    const uint8_t *p = t->p + at;
    return t->little ? (uint32_t)p[1] << 8 | p[0] : be16(p);
}

static uint32_t tiff32(const Tiff *t, size_t at) {
    return t->little ? tiff16(t, at + 2) << 16 | tiff16(t, at)
                     : tiff16(t, at) << 16 | tiff16(t, at + 2);
}

/* XResolution (0x011A) and ResolutionUnit (0x0128) of the first directory. */
static double exif_density(const uint8_t *p, size_t n) {
    enum { ENTRY = 12, X_RESOLUTION = 0x011A, RESOLUTION_UNIT = 0x0128 };
    Tiff t = {p, n, n > 1 && p[0] == 'I'};
    size_t directory = tiff32(&t, 4);
    uint32_t count = tiff16(&t, directory), unit = TIFF_INCH;
    double value = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t at = directory + 2 + (size_t)i * ENTRY;
        if (at + ENTRY > n)
            break;
        if (tiff16(&t, at) == RESOLUTION_UNIT)
            unit = tiff16(&t, at + 8);
        if (tiff16(&t, at) == X_RESOLUTION) {
            size_t rational = tiff32(&t, at + 8);
            uint32_t below = tiff32(&t, rational + 4);
            value = below ? (double)tiff32(&t, rational) / below : 0;
        }
    }
    return unit == TIFF_CM ? value * CM_PER_INCH : unit == TIFF_INCH ? value : 0;
}

static double jfif_density(const uint8_t *p) {
    double value = be16(p + 8);
    return p[7] == INCH_UNIT ? value : p[7] == CM_UNIT ? value * CM_PER_INCH : 0;
}

/* One application segment; `n` bytes of it are there. JFIF is asked before Exif, as most programs
 * do. */
static void application(ImageHeader *out, int marker, const uint8_t *p, size_t n) {
    if (marker == 0xE0 && n >= 12 && !memcmp(p, "JFIF", 5)) {
        double density = jfif_density(p);
        out->density = density > 0 ? density : out->density;
    } else if (marker == 0xE1 && n >= 14 && !memcmp(p, "Exif\0", 6)) {
        out->density = out->density > 0 ? out->density : exif_density(p + 6, n - 6);
    } else if (marker == 0xEE && n >= 12 && !memcmp(p, "Adobe", 5)) {
        out->transform = p[11];
    }
}

static bool is_frame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool frame(ImageHeader *out, const uint8_t *p, size_t n) {
    if (n < 6) {
        out->need_more = true;
        return false;
    }
    out->bits = p[0];
    out->height = (int)be16(p + 1); /* 0 when a DNL marker behind the first scan tells */
    out->width = (int)be16(p + 3);
    out->components = p[5];
    out->space = p[5] == 1   ? SPACE_GRAY
                 : p[5] == 3 ? SPACE_RGB
                 : p[5] == 4 ? SPACE_CMYK
                             : SPACE_UNKNOWN;
    return out->width && out->components;
}

static size_t start_of_image(const uint8_t *p, size_t n) {
    size_t reach = n < LEADING_JUNK ? n : LEADING_JUNK;
    for (size_t at = 0; at + 1 < reach; at++)
        if (p[at] == 0xFF && p[at + 1] == 0xD8)
            return at + 2;
    return SIZE_MAX;
}

bool jpeg_header(ImageHeader *out, const uint8_t *p, size_t n) {
    *out = (ImageHeader){.transform = -1};
    bool framed = false;
    size_t at = start_of_image(p, n);
    out->need_more = n < 2;
    while (at < n) {
        while (at < n && p[at] != 0xFF)
            at++;
        while (at < n && p[at] == 0xFF)
            at++;
        if (at >= n)
            break;
        int marker = p[at++];
        if (marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD7))
            continue;
        if (marker == 0xDA || marker == 0xD9)
            return framed;
        if (n - at < 2)
            break;
        size_t length = be16(p + at), there = n - at < length ? n - at : length;
        if (length < 2)
            return framed;
        if (is_frame(marker) && !framed) {
            framed = frame(out, p + at + 2, there - 2);
            if (!framed)
                return false;
        } else {
            application(out, marker, p + at + 2, there - 2);
        }
        at += length;
    }
    /* The beginning ends before the scan: enough when the frame was in it, though a marker may be
     * missing. */
    out->need_more = !framed && (at != SIZE_MAX || n < 2);
    return framed;
}

bool image_header(ImageHeader *out, Filter filter, const uint8_t *p, size_t n) {
    *out = (ImageHeader){.transform = -1};
    if (!p)
        return false;
    if (filter == FILTER_DCT)
        return jpeg_header(out, p, n);
    return filter == FILTER_JPX && jpx_header(out, p, n);
}
