#include "read/raster/png_file.h"

#include <string.h>
#include <zlib.h>

enum { MOST_KEYWORD = 79, MOST_TEXT = 4 << 20, PIECE = 16384 };

/* How large it becomes, without keeping it; SIZE_MAX: broken, or over `most`. */
static size_t unpacked_size(const uint8_t *p, size_t n, size_t most) {
    uint8_t piece[PIECE];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n};
    if (inflateInit(&z) != Z_OK)
        return SIZE_MAX;
    int state = Z_OK;
    while (state == Z_OK && z.total_out <= most) {
        z.next_out = piece;
        z.avail_out = PIECE;
        state = inflate(&z, Z_NO_FLUSH);
    }
    size_t size = state == Z_STREAM_END && z.total_out <= most ? z.total_out : SIZE_MAX;
    (void)inflateEnd(&z);
    return size;
}

uint8_t *pngfile_unpack(Arena *a, const uint8_t *p, size_t n, size_t most, size_t *count) {
    size_t size = unpacked_size(p, n, most);
    if (size == SIZE_MAX)
        return NULL;
    uint8_t *out = arena_alloc(a, size + 1);
    uLongf got = (uLongf)size;
    uLong used = (uLong)n;
    if (uncompress2(out, &got, p, &used) != Z_OK || got != size)
        return NULL;
    *count = size;
    return out;
}

static Str keyword(PngChunk c) {
    size_t reach = c.n < MOST_KEYWORD + 1 ? c.n : MOST_KEYWORD + 1;
    const uint8_t *end = reach ? memchr(c.p, 0, reach) : NULL;
    return (Str){(const char *)c.p, end ? (size_t)(end - c.p) : 0};
}

PngTextId pngfile_text_of(PngChunk chunk) {
    static const char *const words[PNG_TEXTS] = {
        [PNG_TITLE] = "Title", [PNG_SOFTWARE] = "Software", [PNG_XMP] = "XML:com.adobe.xmp"};
    PngTextId id = PNG_TITLE;
    while (id < PNG_TEXTS && !str_is(keyword(chunk), words[id]))
        id++;
    return id;
}

/* tEXt and zTXt are Latin-1 (PNG specification, 11.3.3); many programs write UTF-8 all the same. */
static Str from_latin1(Arena *a, const uint8_t *p, size_t n) {
    if (text_valid((const char *)p, n))
        return (Str){(const char *)p, n};
    uint8_t *out = arena_alloc(a, 2 * n + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] >= 0x80)
            out[count++] = (uint8_t)(0xC0 | p[i] >> 6);
        out[count++] = p[i] < 0x80 ? p[i] : (uint8_t)(0x80 | (p[i] & 0x3F));
    }
    return (Str){(const char *)out, count};
}

static Str unpacked(Arena *a, const uint8_t *p, size_t n) {
    size_t count = 0;
    uint8_t *text = pngfile_unpack(a, p, n, MOST_TEXT, &count);
    return (Str){text ? (const char *)text : "", text ? count : 0};
}

/* Keyword, flag and method of compression, language, translated keyword, text. */
static Str international(Arena *a, const uint8_t *p, size_t n) {
    const uint8_t *end = p + n, *at = p + 2;
    bool packed = n >= 2 && p[0] == 1;
    for (int words = 0; words < 2 && at < end; words++) {
        at = memchr(at, 0, (size_t)(end - at));
        at = at ? at + 1 : end;
    }
    if (n < 4 || at >= end)
        return (Str){"", 0};
    return packed ? unpacked(a, at, (size_t)(end - at))
                  : (Str){(const char *)at, (size_t)(end - at)};
}

Str pngfile_text(Arena *a, PngChunk chunk) {
    if (!chunk.p)
        return (Str){"", 0};
    const char *type = (const char *)chunk.p - 4;
    size_t before = keyword(chunk).n + 1;
    const uint8_t *p = chunk.p + before;
    size_t n = chunk.n - before;
    if (!memcmp(type, "iTXt", 4))
        return international(a, p, n);
    if (memcmp(type, "zTXt", 4))
        return from_latin1(a, p, n < MOST_TEXT ? n : MOST_TEXT);
    Str text = n ? unpacked(a, p + 1, n - 1) : (Str){"", 0};
    return from_latin1(a, (const uint8_t *)text.p, text.n);
}
