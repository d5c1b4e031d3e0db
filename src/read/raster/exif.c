#include "read/raster/exif.h"

#include "read/bytes.h"

#include <string.h>

enum { ENTRY = 12, MOST_ENTRIES = 1000, TIFF_MAGIC = 42, UNIT_INCH = 2, UNIT_CM = 3 };
enum { MOST_TEXT = 1024, SRGB = 1 };
enum Type { TYPE_ASCII = 2, TYPE_SHORT = 3, TYPE_LONG = 4, TYPE_RATIONAL = 5 };
enum Tag {
    TAG_ORIENTATION = 0x0112,
    TAG_X_RESOLUTION = 0x011A,
    TAG_Y_RESOLUTION = 0x011B,
    TAG_RESOLUTION_UNIT = 0x0128,
    TAG_SOFTWARE = 0x0131,
    TAG_EXIF_DIRECTORY = 0x8769,
    TAG_COLOR_SPACE = 0xA001
};

#define CM_PER_INCH 2.54

typedef struct Block {
    const uint8_t *p;
    size_t n;
    bool little;
} Block;

/* Behind the end everything is 0, which no field takes for a value. */
static uint32_t get16(const Block *b, size_t at) {
    if (b->n < 2 || at > b->n - 2)
        return 0;
    const uint8_t *p = b->p + at;
    return b->little ? (uint32_t)p[1] << 8 | p[0] : be16(p);
}

static uint32_t get32(const Block *b, size_t at) {
    if (b->n < 4 || at > b->n - 4)
        return 0;
    return b->little ? get16(b, at + 2) << 16 | get16(b, at)
                     : get16(b, at) << 16 | get16(b, at + 2);
}

/* Where the entry of a tag stands; 0: there is none. */
static size_t entry_of(const Block *b, size_t directory, enum Tag tag) {
    uint32_t count = get16(b, directory);
    for (uint32_t i = 0; i < count && i < MOST_ENTRIES; i++) {
        size_t at = directory + 2 + (size_t)i * ENTRY;
        if (get16(b, at) == tag)
            return at;
    }
    return 0;
}

static uint32_t whole(const Block *b, size_t directory, enum Tag tag) {
    size_t at = entry_of(b, directory, tag);
    if (!at || !get32(b, at + 4))
        return 0;
    uint32_t type = get16(b, at + 2);
    return type == TYPE_SHORT ? get16(b, at + 8) : type == TYPE_LONG ? get32(b, at + 8) : 0;
}

static double rational(const Block *b, size_t directory, enum Tag tag) {
    size_t at = entry_of(b, directory, tag);
    if (!at || get16(b, at + 2) != TYPE_RATIONAL)
        return 0;
    size_t value = get32(b, at + 8);
    uint32_t below = get32(b, value + 4);
    return below ? (double)get32(b, value) / below : 0;
}

static const char *ascii(Arena *a, const Block *b, size_t directory, enum Tag tag) {
    size_t at = entry_of(b, directory, tag);
    if (!at || get16(b, at + 2) != TYPE_ASCII)
        return "";
    size_t n = get32(b, at + 4), from = n <= 4 ? at + 8 : get32(b, at + 8);
    if (n > b->n || from > b->n - n)
        return "";
    n = strnlen((const char *)b->p + from, n < MOST_TEXT ? n : MOST_TEXT);
    const char *text = text_from_name(a, (const char *)b->p + from, n);
    return text_printable(a, text, strlen(text));
}

/* Without a unit it is the inch; 1 says that only the aspect is meant (Exif 2.3, 4.6.4). */
static void read_density(Exif *out, const Block *b, size_t directory) {
    uint32_t unit = entry_of(b, directory, TAG_RESOLUTION_UNIT)
                        ? whole(b, directory, TAG_RESOLUTION_UNIT)
                        : UNIT_INCH;
    double scale = unit == UNIT_INCH ? 1 : unit == UNIT_CM ? CM_PER_INCH : 0;
    out->ppi_x = rational(b, directory, TAG_X_RESOLUTION) * scale;
    out->ppi_y = rational(b, directory, TAG_Y_RESOLUTION) * scale;
    if (out->ppi_x > 0 && !(out->ppi_y > 0))
        out->ppi_y = out->ppi_x;
}

bool exif_read(Exif *out, Arena *a, const uint8_t *p, size_t n) {
    *out = (Exif){.software = ""};
    if (n < 8 || (memcmp(p, "II", 2) && memcmp(p, "MM", 2)))
        return false;
    Block b = {p, n, p[0] == 'I'};
    if (get16(&b, 2) != TIFF_MAGIC)
        return false;
    size_t first = get32(&b, 4), below = 0;
    if (first < 8 || first > n - 2)
        return false;
    uint32_t orientation = whole(&b, first, TAG_ORIENTATION);
    out->orientation = orientation >= 1 && orientation <= 8 ? (int)orientation : 0;
    read_density(out, &b, first);
    out->software = ascii(a, &b, first, TAG_SOFTWARE);
    below = whole(&b, first, TAG_EXIF_DIRECTORY);
    out->srgb = below >= 8 && whole(&b, below, TAG_COLOR_SPACE) == SRGB;
    return true;
}
