/* TIFF 6.0 and BigTIFF, classic and as Photoshop writes it. libtiff decodes; see tiff_file.h for
 * what is read beside it. */
#include "read/raster/tiff_page.h"

typedef struct TiffFile {
    RasterSource source;
    TiffBytes bytes;
    TiffChain chain;
    TiffPage **pages; /* NULL: not read yet */
} TiffFile;

static void *tiff_open(const RasterSource *source, Text *why) {
    Arena *a = source->arena;
    TiffFile *f = ARENA_NEW(a, TiffFile);
    f->source = *source;
    if (!tiff_bytes_open(&f->bytes, source->bytes, source->count)) {
        *why = (Text){"TIFF 文件头不完整", "the header of the TIFF is not whole"};
        return NULL;
    }
    f->chain = tiff_chain(&f->bytes, a);
    if (!f->chain.count) {
        *why = (Text){"找不到 TIFF 的页面目录，多半没有传完",
                      "the directory of the TIFF is missing: most likely it was not sent whole"};
        return NULL;
    }
    f->pages = ARENA_ARRAY(a, TiffPage *, f->chain.count);
    return f;
}

static int tiff_pages(const void *file) {
    return (int)((const TiffFile *)file)->chain.count;
}

static TiffPage *read_page(TiffFile *f, uint64_t directory, Text *why) {
    TiffPage *page = ARENA_NEW(f->source.arena, TiffPage);
    TiffHandle h;
    *why = (Text){"这一页的标签读不出来", "the tags of this page can not be read"};
    if (!tiff_handle_open(&h, &f->bytes, directory))
        return NULL;
    bool read = tiff_page_read(page, f->source.arena, &f->bytes, directory, h.tif, why);
    tiff_handle_close(&h);
    return read ? page : NULL;
}

static TiffPage *page_of(TiffFile *f, int page, Text *why) {
    if (!f->pages[page])
        f->pages[page] = read_page(f, f->chain.pages[page], why);
    return f->pages[page];
}

static bool tiff_head(void *file, int page, RasterHead *out, Text *why) {
    TiffPage *p = page_of(file, page, why);
    if (!p)
        return false;
    *out = p->head;
    *why = (Text){0};
    return true;
}

/* How many strips or tiles of a page would be behind the end of the file. */
static uint64_t strips_outside(const TiffBytes *b, uint64_t directory) {
    TiffValues offsets, counts;
    bool tiled = tiff_values(&offsets, b, directory, TIFFTAG_TILEOFFSETS);
    if (!tiled && !tiff_values(&offsets, b, directory, TIFFTAG_STRIPOFFSETS))
        return 0;
    uint16_t tag = tiled ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS;
    if (!tiff_values(&counts, b, directory, tag) || !offsets.whole || !counts.whole)
        return 0;
    uint64_t outside = 0;
    for (uint64_t i = 0; i < offsets.count && i < counts.count; i++) {
        uint64_t at = tiff_value(b, &offsets, i), n = tiff_value(b, &counts, i);
        outside += at > b->n || n > b->n - at;
    }
    return outside;
}

static Text tiff_damage(const void *file) {
    const TiffFile *f = file;
    switch (f->chain.end) {
    case CHAIN_CYCLIC:
        return (Text){"页面目录首尾相接，绕成了圈", "the list of its pages runs in a circle"};
    case CHAIN_OUTSIDE:
        return (Text){"页面目录指到了文件外面，后面的页可能丢了",
                      "the list of its pages leads out of the file: pages may be lost"};
    case CHAIN_TOO_LONG:
        return (Text){"页面太多，后面的页没有读", "too many pages: the last ones were not read"};
    case CHAIN_WHOLE:
        break;
    }
    uint64_t outside = 0;
    for (size_t i = 0; i < f->chain.count; i++)
        outside += strips_outside(&f->bytes, f->chain.pages[i]);
    if (!outside)
        return (Text){0};
    Arena *a = f->source.arena;
    return (Text){arena_printf(a, "有 %llu 段图像数据在文件末尾之外，多半没有传完",
                               (unsigned long long)outside),
                  arena_printf(a, "%llu pieces of pixel data would lie behind the end of the file",
                               (unsigned long long)outside)};
}

static RasterRead tiff_rows_of(void *file, int page, RasterRow *row, void *self) {
    TiffFile *f = file;
    Text why = {0};
    const TiffPage *p = page_of(f, page, &why);
    if (!p)
        return (RasterRead){.why = why};
    return tiff_rows(p, &f->source, &f->bytes, f->chain.pages[page], row, self);
}

static void tiff_close(void *file) {
    (void)file; /* everything is in the arena; handles live as long as a call */
}

const RasterCodec tiff_codec = {tiff_open,   tiff_pages,   tiff_head,
                                tiff_damage, tiff_rows_of, tiff_close};
