#include "read/raster/png_file.h"

#include "read/bytes.h"
#include "read/raster/mapped.h"

#include <libdeflate.h>
#include <string.h>

enum { IHDR_BYTES = 13, MOST_LENGTH = 0x7fffffff, MOST_SIDE = 0x7fffffff };

#define TYPE(s) be32((const uint8_t *)(s))

static uint32_t type_of(PngChunk c) {
    return be32(c.p - 4);
}

static bool is_letters(const uint8_t *p) {
    for (int i = 0; i < 4; i++)
        if ((p[i] | 32) < 'a' || (p[i] | 32) > 'z')
            return false;
    return true;
}

/* The first trouble is told; what follows it is often its consequence. */
static void damage(PngFile *f, Text text) {
    if (!f->damage.zh)
        f->damage = text;
}

/* Both texts name the chunk by %.4s. */
static void damaged_chunk(PngFile *f, PngChunk c, const char *zh, const char *en) {
    const char *type = (const char *)c.p - 4;
    damage(f, (Text){arena_printf(f->source.arena, zh, type),
                     arena_printf(f->source.arena, en, type)});
}

static bool sum_is_right(PngChunk c, Mapped *mapped) {
    enum { PIECE = 1 << 20 };
    uint32_t sum = libdeflate_crc32(0, c.p - 4, 4);
    for (size_t at = 0; at < c.n; at += PIECE) {
        sum = libdeflate_crc32(sum, c.p + at, c.n - at < PIECE ? c.n - at : PIECE);
        mapped_passed(mapped, c.p + at);
    }
    return sum == be32(c.p + c.n);
}

/* Chunks that a reader may not pass over begin with a capital. */
static bool is_known(uint32_t type, uint8_t first) {
    return first & 32 || type == TYPE("IHDR") || type == TYPE("PLTE") || type == TYPE("IDAT") ||
           type == TYPE("IEND");
}

static void take_pixels(PngFile *f, PngChunk c, size_t there) {
    const uint8_t *from = c.p - 8;
    if (!f->pixels.p)
        f->pixels = (PngChunk){from, 0};
    if (f->pixels.p + f->pixels.n != from)
        damaged_chunk(f, c, "图像数据块 %.4s 中间夹了别的数据块",
                      "%.4s chunks are not in one piece");
    else if (there < PNG_FRAME + c.n)
        f->cut = (PngChunk){c.p, there - 8 < c.n ? there - 8 : c.n};
    else
        f->pixels.n += PNG_FRAME + c.n;
}

static void take_text(PngFile *f, PngChunk c) {
    PngTextId id = pngfile_text_of(c);
    if (id != PNG_TEXTS && !f->texts[id].p)
        f->texts[id] = c;
}

static void take(PngFile *f, PngChunk c) {
    static const struct {
        char type[5];
        bool anywhere;
    } rows[PNG_CHUNKS] = {
#define PNG_CHUNK(type, anywhere) {#type, anywhere},
#include "read/raster/png_chunks.def"
#undef PNG_CHUNK
    };
    uint32_t type = type_of(c);
    if (type == TYPE("tEXt") || type == TYPE("zTXt") || type == TYPE("iTXt"))
        take_text(f, c);
    for (int i = 0; i < PNG_CHUNKS; i++)
        if (type == TYPE(rows[i].type) && !f->chunks[i].p && (rows[i].anywhere || !f->pixels.p))
            f->chunks[i] = c;
}

static bool is_chunk(PngFile *f, const uint8_t *p, size_t there) {
    if (there < PNG_FRAME)
        damage(f, (Text){"文件不完整，后面的内容没有了", "the file is cut off"});
    else if (be32(p) > MOST_LENGTH || !is_letters(p + 4))
        damage(f, (Text){"数据块之间是乱码，后面读不到", "junk where a chunk should be"});
    else
        return true;
    return false;
}

/* The chunk at `at`, which is moved behind it; false: it is the last that can be read. */
static bool next_chunk(PngFile *f, size_t *at, Mapped *mapped) {
    const uint8_t *p = f->source.bytes + *at;
    mapped_passed(mapped, p);
    size_t there = f->source.count - *at;
    if (!is_chunk(f, p, there))
        return false;
    PngChunk c = {p + 8, be32(p)};
    uint32_t type = type_of(c);
    bool whole = c.n <= there - PNG_FRAME;
    if (!whole)
        damaged_chunk(f, c, "文件不完整，在 %.4s 数据块里中断",
                      "the file is cut off in its %.4s chunk");
    if (type == TYPE("IDAT"))
        take_pixels(f, c, there);
    if (!whole)
        return false;
    *at += PNG_FRAME + c.n;
    if (!sum_is_right(c, mapped))
        damaged_chunk(f, c, "数据块 %.4s 的校验和不对", "wrong sum of the %.4s chunk");
    else if (!is_known(type, p[4]))
        damaged_chunk(f, c, "不认识的关键数据块 %.4s，画面可能不对",
                      "an unknown critical chunk %.4s: the picture may be wrong");
    else
        take(f, c);
    return type != TYPE("IEND");
}

/* PNG specification, table 8: which depths go with which colour type. */
static bool depth_fits(int colour_type, int bits) {
    static const char *const depths[] = {"\1\2\4\10\20", "", "\10\20", "\1\2\4\10",
                                         "\10\20",       "", "\10\20"};
    return colour_type <= 6 && bits && strchr(depths[colour_type], bits);
}

static bool read_header(PngFile *f) {
    const uint8_t *p = f->chunks[CHUNK_IHDR].p;
    if (!p || f->chunks[CHUNK_IHDR].n != IHDR_BYTES || p != f->source.bytes + PNG_SIGNATURE + 8)
        return false;
    f->width = be32(p);
    f->height = be32(p + 4);
    f->bits = p[8];
    f->colour_type = p[9];
    f->interlaced = p[12] == 1;
    return f->width && f->width <= MOST_SIDE && f->height && f->height <= MOST_SIDE &&
           depth_fits(f->colour_type, f->bits) && !p[10] && !p[11] && p[12] <= 1;
}

/* libpng leaves transparency of another length aside; so it must not be promised. */
static void check_transparency(PngFile *f) {
    PngChunk *c = &f->chunks[CHUNK_tRNS];
    size_t palette = f->chunks[CHUNK_PLTE].n / 3, most = (size_t)1 << f->bits;
    bool fits = f->colour_type == 0   ? c->n == 2
                : f->colour_type == 2 ? c->n == 6
                : f->colour_type == 3 ? c->n && c->n <= (palette < most ? palette : most)
                                      : false;
    if (c->p && !fits) {
        damaged_chunk(f, *c, "透明数据块 %.4s 不合规格", "a malformed %.4s chunk");
        *c = (PngChunk){0};
    }
}

bool pngfile_walk(PngFile *f, Text *why) {
    const RasterSource *s = &f->source;
    size_t at = PNG_SIGNATURE;
    Mapped mapped = {s, 0};
    if (s->count < PNG_SIGNATURE || memcmp(s->bytes, "\211PNG\r\n\032\n", PNG_SIGNATURE)) {
        *why = (Text){"不是 PNG 文件", "not a PNG file"};
        return false;
    }
    while (next_chunk(f, &at, &mapped))
        ;
    if (!read_header(f)) {
        *why = (Text){"PNG 文件头 IHDR 损坏", "the PNG header IHDR is damaged"};
        return false;
    }
    check_transparency(f);
    if (at < s->count && !f->damage.zh)
        f->damage =
            (Text){arena_printf(s->arena, "文件结尾后面还有 %zu 字节多余的数据", s->count - at),
                   arena_printf(s->arena, "%zu bytes of other data behind the end", s->count - at)};
    return true;
}
