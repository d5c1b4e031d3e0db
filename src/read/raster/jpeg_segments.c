#include "read/raster/jpeg_file.h"

#include "read/bytes.h"

#include <string.h>

/* ITU T.81, table B.1. */
enum Marker {
    MARKER_TEM = 0x01,
    MARKER_SOF0 = 0xC0, /* baseline */
    MARKER_SOF2 = 0xC2, /* progressive */
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_SOF9 = 0xC9,  /* extended sequential, arithmetic */
    MARKER_SOF10 = 0xCA, /* progressive, arithmetic */
    MARKER_DAC = 0xCC,
    MARKER_SOF15 = 0xCF,
    MARKER_RST0 = 0xD0,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_DQT = 0xDB,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP13 = 0xED
};

enum { MOST_RESOURCES = 32 << 20, FRAME_BYTES = 6, COMPONENT_BYTES = 3, BITS = 8 };

static bool take_identified(JpegPart *out, JpegPart s, const char *identifier, size_t n) {
    if (s.n < n || memcmp(s.p, identifier, n))
        return false;
    *out = (JpegPart){s.p + n, s.n - n};
    return true;
}

#define IDENTIFIED(out, s, literal) take_identified((out), (s), (literal), sizeof(literal) - 1)

/* Resources too large for one segment go on in the next (Adobe Photoshop File Formats, "Image
 * Resources"; XMP Specification, part 3, 1.1.3.1). */
static void join_resources(JpegFile *f, JpegPart more) {
    JpegPart *all = &f->photoshop;
    if (!all->p) {
        *all = more;
    } else if (all->n + more.n <= MOST_RESOURCES) {
        uint8_t *joined = arena_alloc(f->source.arena, all->n + more.n);
        memcpy(joined, all->p, all->n);
        memcpy(joined + all->n, more.p, more.n);
        *all = (JpegPart){joined, all->n + more.n};
    }
}

/* The first of each counts. The name of an Exif block ends in two bytes, of which some programs
 * write the second otherwise. */
static void application(JpegFile *f, int marker, JpegPart s) {
    JpegPart body;
    if (marker == MARKER_APP0 && IDENTIFIED(&body, s, "JFIF\0") && !f->jfif.p)
        f->jfif = body;
    else if (marker == MARKER_APP1 && IDENTIFIED(&body, s, "Exif\0") && body.n && !f->exif.p)
        f->exif = (JpegPart){body.p + 1, body.n - 1};
    else if (marker == MARKER_APP1 && IDENTIFIED(&body, s, "http://ns.adobe.com/xap/1.0/\0") &&
             !f->xmp.p)
        f->xmp = body;
    else if (marker == MARKER_APP13 && IDENTIFIED(&body, s, "Photoshop 3.0\0"))
        join_resources(f, body);
    else if (marker == MARKER_APP2 && IDENTIFIED(&body, s, "ICC_PROFILE\0") &&
             f->icc_parts++ < MOST_ICC_PARTS)
        f->icc[f->icc_parts - 1] = body;
}

static void tables(JpegFile *f, JpegPart s) {
    while (s.n) {
        int wide = s.p[0] >> 4, id = s.p[0] & 15;
        size_t size = 1 + (wide ? 2 : 1) * (size_t)JPEG_TABLE;
        if (s.n < size || id >= JPEG_TABLES)
            return;
        JpegTable *t = &f->tables[id];
        t->defined = true;
        for (int i = 0; i < JPEG_TABLE; i++)
            t->steps[i] = wide ? (uint16_t)be16(s.p + 1 + 2 * i) : s.p[1 + i];
        s = (JpegPart){s.p + size, s.n - size};
    }
}

static bool is_frame(int marker) {
    return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT &&
           marker != MARKER_JPG && marker != MARKER_DAC;
}

static bool is_supported(int marker) {
    return marker <= MARKER_SOF2 || marker == MARKER_SOF9 || marker == MARKER_SOF10;
}

static bool frame(JpegFile *f, int marker, JpegPart s, Text *why) {
    if (s.n < FRAME_BYTES || s.n < FRAME_BYTES + COMPONENT_BYTES * (size_t)s.p[5]) {
        *why = (Text){"JPEG 文件头损坏", "the JPEG header is damaged"};
        return false;
    }
    f->height = be16(s.p + 1);
    f->width = be16(s.p + 3);
    f->components = s.p[5];
    f->progressive = marker == MARKER_SOF2 || marker == MARKER_SOF10;
    f->framed = true;
    Arena *a = f->source.arena;
    if (!is_supported(marker))
        *why = (Text){"无损或分层的 JPEG，一般软件都打不开，请另存为普通 JPEG",
                      "a lossless or hierarchical JPEG, which few programs open"};
    else if (s.p[0] != BITS)
        *why = (Text){arena_printf(a, "%d 位的 JPEG，一般软件都打不开，请另存为 8 位", s.p[0]),
                      arena_printf(a, "a JPEG of %d bits, which few programs open", s.p[0])};
    else if (!f->width || !f->height)
        *why = (Text){"JPEG 文件头没有写画面大小", "the JPEG header states no size"};
    else if (f->components != 1 && f->components != 3 && f->components != 4)
        *why = (Text){
            arena_printf(a, "JPEG 有 %d 个颜色分量，不是灰度、RGB 或 CMYK", f->components),
            arena_printf(a, "a JPEG of %d components: not gray, RGB or CMYK", f->components)};
    for (int i = 0; !why->zh && i < f->components; i++)
        f->table_of[i] = s.p[FRAME_BYTES + COMPONENT_BYTES * i + 2] % JPEG_TABLES;
    return !why->zh;
}

/* Pads and junk between segments are skipped, as libjpeg does. 0: no marker is left. */
static int next_marker(const JpegFile *f, size_t *at) {
    const uint8_t *p = f->source.bytes;
    size_t n = f->source.count;
    int marker = 0;
    while (!marker && *at < n) {
        const uint8_t *found = memchr(p + *at, 0xFF, n - *at);
        for (*at = found ? (size_t)(found - p) : n; *at < n && p[*at] == 0xFF;)
            ++*at;
        marker = *at < n ? p[(*at)++] : 0;
    }
    return marker;
}

static bool has_length(int marker) {
    return marker > MARKER_TEM && (marker < MARKER_RST0 || marker > MARKER_EOI);
}

/* Whether a marker at its end closes the file. What follows it is another picture, as in an MPO
 * file, or notes of a camera, and no damage. */
static bool has_end(const JpegFile *f) {
    const uint8_t *from = f->source.bytes + f->scan, *at = f->source.bytes + f->source.count;
    while ((at = memrchr(from, 0xFF, (size_t)(at - from))))
        if (at + 1 < f->source.bytes + f->source.count && at[1] == MARKER_EOI)
            return true;
    return false;
}

static bool segment(JpegFile *f, int marker, JpegPart s, Text *why) {
    if (marker >= MARKER_APP0)
        application(f, marker, s);
    else if (marker == MARKER_DQT)
        tables(f, s);
    else if (is_frame(marker) && !f->framed)
        return frame(f, marker, s, why);
    return true;
}

bool jpegfile_walk(JpegFile *f, Text *why) {
    const uint8_t *p = f->source.bytes;
    size_t n = f->source.count, at = 2;
    int marker = 0;
    while (at < n && (marker = next_marker(f, &at)) && marker != MARKER_EOI) {
        if (!has_length(marker))
            continue;
        size_t length = n - at < 2 ? 0 : be16(p + at);
        if (length < 2 || length > n - at)
            break;
        if (marker == MARKER_SOS) {
            f->scan = at + length;
            break;
        }
        if (!segment(f, marker, (JpegPart){p + at + 2, length - 2}, why))
            return false;
        at += length;
    }
    if (!f->scan || !f->framed) {
        *why = (Text){"JPEG 在画面数据之前就断了", "the JPEG ends before its picture begins"};
        return false;
    }
    if (!has_end(f))
        f->damage = (Text){"文件不完整，没有 JPEG 结束标记", "cut off: no end marker of the JPEG"};
    return true;
}
