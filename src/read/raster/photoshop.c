#include "read/raster/photoshop.h"

#include <math.h>
#include <string.h>

#include "read/bytes.h"

enum {
    RESOLUTION_INFO = 1005,
    CHANNEL_NAMES = 1006,
    DISPLAY_INFO = 1007,
    CHANNEL_NAMES_UNICODE = 1045,
    DISPLAY_INFO_NEW = 1077,
    FIRST_PATH = 2000,
    LAST_PATH = 2997,
    CLIPPING_PATH = 2999,
};

typedef struct Bytes {
    const uint8_t *p;
    size_t n;
} Bytes;

static void skip(Bytes *b, size_t n) {
    n = n < b->n ? n : b->n;
    b->p += n;
    b->n -= n;
}

/* Colours of display info are 16 bits a component. CMYK is stored with 0 for full ink, L* in
 * hundredths, gray in ten thousandths; numbers of colour books (3 to 6, 10) tell no colour. */
enum { DISPLAY_RGB = 0, DISPLAY_HSB = 1, DISPLAY_CMYK = 2, DISPLAY_LAB = 7, DISPLAY_GRAY = 8 };

static uint8_t byte_of(double unit) {
    return (uint8_t)lround(fmin(fmax(unit, 0), 1) * 255);
}

static void look_of_hsb(uint8_t look[3], const double c[4]) {
    for (int i = 0; i < 3; i++) {
        double at = fmod(c[0] * 6 + (i == 0 ? 5 : i == 1 ? 3 : 1), 6);
        look[i] = byte_of(c[2] - c[2] * c[1] * fmax(0, fmin(fmin(at, 4 - at), 1)));
    }
}

/* CIE L*a*b* (D50) to sRGB with the Bradford matrix to D65, IEC 61966-2-1. */
static void look_of_lab(uint8_t look[3], double l, double a, double b) {
    static const double to_rgb[3][3] = {{3.1338561, -1.6168667, -0.4906146},
                                        {-0.9787684, 1.9161415, 0.0334540},
                                        {0.0719453, -0.2289914, 1.4052427}};
    static const double white[3] = {0.96422, 1, 0.82521};
    double f[3] = {(l + 16) / 116 + a / 500, (l + 16) / 116, (l + 16) / 116 - b / 200}, xyz[3];
    for (int i = 0; i < 3; i++)
        xyz[i] = white[i] * (f[i] > 6.0 / 29 ? f[i] * f[i] * f[i]
                                             : (f[i] - 4.0 / 29) * 3 * (6.0 / 29) * (6.0 / 29));
    for (int i = 0; i < 3; i++) {
        double v = to_rgb[i][0] * xyz[0] + to_rgb[i][1] * xyz[1] + to_rgb[i][2] * xyz[2];
        look[i] = byte_of(v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055);
    }
}

static bool look_of(uint8_t look[3], const uint8_t *p) {
    double c[4];
    for (int i = 0; i < 4; i++)
        c[i] = be16(p + 2 + 2 * i) / 65535.0;
    switch (be16(p)) {
    case DISPLAY_RGB:
        for (int i = 0; i < 3; i++)
            look[i] = byte_of(c[i]);
        return true;
    case DISPLAY_HSB:
        look_of_hsb(look, c);
        return true;
    case DISPLAY_CMYK:
        for (int i = 0; i < 3; i++)
            look[i] = byte_of(c[i] * c[3]);
        return true;
    case DISPLAY_LAB:
        look_of_lab(look, be16(p + 2) / 100.0, (int16_t)be16(p + 4) / 100.0,
                    (int16_t)be16(p + 6) / 100.0);
        return true;
    case DISPLAY_GRAY:
        memset(look, byte_of(1 - be16(p + 2) / 10000.0), 3);
        return true;
    }
    return false;
}

/* Space 2, colour 4 × 2, opacity 2, kind 1: 0 selection, 1 selection turned round, 2 spot. The
 * older resource pads each to 14 bytes, the newer one begins with a version of 4. */
static void read_display(Photoshop *out, Bytes b, size_t stride) {
    enum { USED = 13, KIND_AT = 12, KIND_SPOT = 2 };
    out->displays = 0;
    for (; b.n >= USED && out->displays < MOST_PHOTOSHOP_CHANNELS; skip(&b, stride)) {
        PhotoshopChannel *c = &out->channels[out->displays++];
        c->kind = b.p[KIND_AT] == KIND_SPOT ? PHOTOSHOP_SPOT : PHOTOSHOP_SELECTION;
        c->has_look = look_of(c->look, b.p);
    }
}

static void read_names(Photoshop *out, Arena *a, Bytes b) {
    for (out->names = 0; b.n && out->names < MOST_PHOTOSHOP_CHANNELS;) {
        size_t n = b.p[0] < b.n ? b.p[0] : b.n - 1;
        const char *name = text_from_name(a, (const char *)b.p + 1, n);
        out->channels[out->names++].name = str_of(name);
        skip(&b, n + 1);
    }
}

/* Each a count of UTF-16 units, most writers' with the closing zero, and the units. */
static void read_unicode_names(Photoshop *out, Arena *a, Bytes b) {
    for (out->names = 0; b.n >= 4 && out->names < MOST_PHOTOSHOP_CHANNELS;) {
        size_t units = be32(b.p);
        skip(&b, 4);
        size_t n = units < b.n / 2 ? units * 2 : b.n / 2 * 2, shown = n;
        while (shown && be16(b.p + shown - 2) == 0)
            shown -= 2;
        out->channels[out->names++].name = str_of(text_from_utf16be(a, b.p, shown));
        skip(&b, n);
    }
}

/* Both are pixels an inch as 16.16, whatever unit the dialogue shows. */
static void read_resolution(Photoshop *out, Bytes b) {
    if (b.n < 16)
        return;
    out->ppi_x = be32(b.p) / 65536.0;
    out->ppi_y = be32(b.p + 8) / 65536.0;
}

typedef struct Resources { /* the newer of two resources for one thing wins, in whatever order */
    Bytes names, names_unicode, display, display_new;
} Resources;

static void take_resource(Photoshop *out, Resources *r, uint32_t id, Bytes data) {
    switch (id) {
    case RESOLUTION_INFO:
        read_resolution(out, data);
        return;
    case CHANNEL_NAMES:
        r->names = data;
        return;
    case CHANNEL_NAMES_UNICODE:
        r->names_unicode = data;
        return;
    case DISPLAY_INFO:
        r->display = data;
        return;
    case DISPLAY_INFO_NEW:
        skip(&data, 4);
        r->display_new = data;
        return;
    case CLIPPING_PATH:
        out->clipping_path = data.n && data.p[0];
        return;
    }
    out->paths += id >= FIRST_PATH && id <= LAST_PATH;
}

/* Signature 4, id 2, a Pascal name padded to even, size 4, data padded to even. */
static bool next_resource(Bytes *b, uint32_t *id, Bytes *data) {
    static const char signatures[][5] = {"8BIM", "MeSa", "AgHg", "PHUT", "DCSR"};
    if (b->n < 7)
        return false;
    bool known = false;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        known |= memcmp(b->p, signatures[i], 4) == 0;
    if (!known)
        return false;
    *id = be16(b->p + 4);
    skip(b, 6);
    skip(b, (b->p[0] + 2u) & ~1u);
    if (b->n < 4)
        return false;
    size_t n = be32(b->p);
    skip(b, 4);
    *data = (Bytes){b->p, n < b->n ? n : b->n};
    skip(b, n + (n & 1));
    return true;
}

void photoshop_read(Photoshop *out, Arena *a, const uint8_t *p, size_t n) {
    *out = (Photoshop){0};
    Resources r = {0};
    Bytes rest = {p, n}, data;
    uint32_t id;
    while (next_resource(&rest, &id, &data))
        take_resource(out, &r, id, data);
    if (r.names_unicode.n)
        read_unicode_names(out, a, r.names_unicode);
    else
        read_names(out, a, r.names);
    if (r.display_new.n)
        read_display(out, r.display_new, 13);
    else
        read_display(out, r.display, 14);
}

/* Blocks of signature 4, key 4, size 4, data padded to 4, in the byte order of the TIFF: in a
 * little-endian one signature and key are turned round too. A count of layers comes first. */
bool photoshop_has_layers(const uint8_t *p, size_t n) {
    static const char title[] = "Adobe Photoshop Document Data Block";
    static const char layers[][2][5] = {{"Layr", "ryaL"}, {"Lr16", "61rL"}, {"Lr32", "23rL"}};
    if (n < sizeof title || memcmp(p, title, sizeof title) != 0)
        return false;
    Bytes b = {p, n};
    skip(&b, sizeof title);
    while (b.n >= 12) {
        bool little = memcmp(b.p, "MIB8", 4) == 0;
        if (!little && memcmp(b.p, "8BIM", 4) != 0)
            return false;
        const uint8_t *key = b.p + 4, *at = b.p + 8;
        size_t size = little
                          ? (size_t)at[3] << 24 | (size_t)at[2] << 16 | (size_t)at[1] << 8 | at[0]
                          : be32(at);
        skip(&b, 12);
        for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
            if (memcmp(key, layers[i][little], 4) == 0 && size >= 2 && b.n >= 2)
                return b.p[0] || b.p[1];
        skip(&b, (size + 3) & ~(size_t)3);
    }
    return false;
}
