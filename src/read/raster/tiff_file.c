#include "read/raster/tiff_file.h"

#include <string.h>

static uint64_t number(const TiffBytes *b, uint64_t at, int size) {
    uint64_t v = 0;
    for (int i = 0; i < size; i++)
        v = v << 8 | b->p[at + (uint64_t)(b->big_endian ? i : size - 1 - i)];
    return v;
}

static bool within(const TiffBytes *b, uint64_t at, uint64_t n) {
    return at <= b->n && n <= b->n - at;
}

bool tiff_bytes_open(TiffBytes *out, const uint8_t *p, size_t n) {
    *out = (TiffBytes){.p = p, .n = n};
    if (n < 8 || (memcmp(p, "II", 2) != 0 && memcmp(p, "MM", 2) != 0))
        return false;
    out->big_endian = p[0] == 'M';
    uint64_t version = number(out, 2, 2);
    out->big = version == 43;
    return version == 42 || (out->big && n >= 16 && number(out, 4, 2) == 8);
}

/* Where a directory's entries are: false when it is not whole in the file. */
typedef struct Directory {
    uint64_t first, count;
    int entry; /* bytes */
    uint64_t next;
} Directory;

static bool directory_at(Directory *out, const TiffBytes *b, uint64_t at) {
    int head = b->big ? 8 : 2, link = b->big ? 8 : 4;
    out->entry = b->big ? 20 : 12;
    if (at < 8 || !within(b, at, (uint64_t)head))
        return false;
    out->count = number(b, at, head);
    out->first = at + (uint64_t)head;
    if (out->count > UINT16_MAX || !within(b, out->first, out->count * (uint64_t)out->entry))
        return false;
    uint64_t end = out->first + out->count * (uint64_t)out->entry;
    out->next = within(b, end, (uint64_t)link) ? number(b, end, link) : 0;
    return true;
}

static int size_of_type(int type) {
    static const uint8_t sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type > 0 && type < (int)sizeof sizes ? sizes[type] : 0;
}

static bool entry_values(TiffValues *out, const TiffBytes *b, uint64_t entry) {
    int wide = b->big ? 8 : 4;
    uint64_t count = number(b, entry + 4, wide), at = entry + 4 + (uint64_t)wide;
    *out = (TiffValues){.type = (int)number(b, entry + 2, 2), .count = count};
    out->size = size_of_type(out->type);
    if (!out->size)
        return false;
    uint64_t size = (uint64_t)out->size;
    out->whole = count <= UINT64_MAX / size;
    uint64_t bytes = out->whole ? count * size : UINT64_MAX;
    if (bytes > (uint64_t)wide)
        at = number(b, at, wide);
    out->whole = out->whole && within(b, at, bytes);
    uint64_t there = at < b->n ? b->n - at : 0;
    out->p = b->p + (at < b->n ? at : 0);
    out->n = (size_t)(bytes < there ? bytes : there);
    return true;
}

bool tiff_values(TiffValues *out, const TiffBytes *b, uint64_t directory, uint16_t tag) {
    Directory d;
    if (!directory_at(&d, b, directory))
        return false;
    for (uint64_t i = 0; i < d.count; i++) {
        uint64_t entry = d.first + i * (uint64_t)d.entry;
        if (number(b, entry, 2) == tag)
            return entry_values(out, b, entry);
    }
    return false;
}

uint64_t tiff_value(const TiffBytes *b, const TiffValues *v, uint64_t i) {
    uint64_t at = i * (uint64_t)v->size;
    if (i >= v->count || at + (uint64_t)v->size > v->n)
        return 0;
    return number(b, (uint64_t)(v->p - b->p) + at, v->size);
}

/* Reduced copies (bit 0) and masks (bit 2) are no pages; the older tag says 2 for a reduced copy.
 */
static bool is_page(const TiffBytes *b, uint64_t directory) {
    TiffValues v;
    if (tiff_values(&v, b, directory, TIFFTAG_SUBFILETYPE))
        return !(tiff_value(b, &v, 0) & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK));
    return !tiff_values(&v, b, directory, TIFFTAG_OSUBFILETYPE) ||
           tiff_value(b, &v, 0) != OFILETYPE_REDUCEDIMAGE;
}

static bool seen_before(const uint64_t *seen, size_t count, uint64_t at) {
    for (size_t i = 0; i < count; i++)
        if (seen[i] == at)
            return true;
    return false;
}

TiffChain tiff_chain(const TiffBytes *b, Arena *a) {
    TiffChain c = {0};
    Directory d;
    uint64_t *seen = NULL, first = number(b, b->big ? 8 : 4, b->big ? 8 : 4);
    size_t count = 0, capacity = 0;
    for (uint64_t at = first; at; at = d.next) {
        if (seen_before(seen, count, at))
            c.end = CHAIN_CYCLIC;
        else if (count == MOST_TIFF_DIRECTORIES)
            c.end = CHAIN_TOO_LONG;
        else if (!directory_at(&d, b, at))
            c.end = CHAIN_OUTSIDE;
        if (c.end != CHAIN_WHOLE)
            break;
        *ARENA_PUSH(a, seen, count, capacity) = at;
        if (is_page(b, at))
            *ARENA_PUSH(a, c.pages, c.count, c.capacity) = at;
    }
    if (!c.count && count)
        *ARENA_PUSH(a, c.pages, c.count, c.capacity) = first;
    return c;
}

static tmsize_t read_bytes(thandle_t self, void *out, tmsize_t n) {
    TiffHandle *h = self;
    uint64_t left = h->at < h->bytes->n ? h->bytes->n - h->at : 0;
    size_t taken = (uint64_t)n < left ? (size_t)n : (size_t)left;
    memcpy(out, h->bytes->p + (taken ? h->at : 0), taken);
    h->at += taken;
    return (tmsize_t)taken;
}

static tmsize_t write_nothing(thandle_t self, void *p, tmsize_t n) {
    (void)self, (void)p, (void)n;
    return 0;
}

static toff_t seek_to(thandle_t self, toff_t at, int whence) {
    TiffHandle *h = self;
    h->at = whence == SEEK_SET ? at : whence == SEEK_CUR ? h->at + at : h->bytes->n + at;
    return h->at;
}

static int close_nothing(thandle_t self) {
    (void)self;
    return 0;
}

static toff_t size_of(thandle_t self) {
    return ((TiffHandle *)self)->bytes->n;
}

static int map_all(thandle_t self, void **p, toff_t *n) {
    const TiffBytes *b = ((TiffHandle *)self)->bytes;
    *p = (void *)(uintptr_t)b->p;
    *n = b->n;
    return 1;
}

static void unmap_nothing(thandle_t self, void *p, toff_t n) {
    (void)self, (void)p, (void)n;
}

static int on_error(TIFF *tif, void *self, const char *module, const char *format, va_list args) {
    (void)tif, (void)module, (void)format, (void)args;
    ((TiffHandle *)self)->errors++;
    return 1;
}

/* Decoders warn of damaged data that they patch over. LZW with its bits in the old order is merely
 * old: "Old-style LZW codes, convert file". */
static int on_warning(TIFF *tif, void *self, const char *module, const char *format, va_list args) {
    (void)tif, (void)format, (void)args;
    ((TiffHandle *)self)->warnings += !module || strncmp(module, "LZW", 3) != 0;
    return 1;
}

/* Mode h: libtiff reads no directory by itself; the one that is wanted is read below. */
bool tiff_handle_open(TiffHandle *h, const TiffBytes *b, uint64_t directory) {
    *h = (TiffHandle){.bytes = b};
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options)
        return false;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, MOST_TIFF_ALLOCATION);
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, h);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, h);
    h->tif = TIFFClientOpenExt("", "rh", h, read_bytes, write_nothing, seek_to, close_nothing,
                               size_of, map_all, unmap_nothing, options);
    TIFFOpenOptionsFree(options);
    if (h->tif && !TIFFSetSubDirectory(h->tif, directory))
        tiff_handle_close(h);
    return h->tif;
}

void tiff_handle_close(TiffHandle *h) {
    if (h->tif)
        TIFFClose(h->tif);
    h->tif = NULL;
}
