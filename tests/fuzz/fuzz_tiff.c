/* Arbitrary bytes as a TIFF: heads of all pages, then their rows with a small budget, never a
 * crash; what is refused or damaged says why. */
#include "read/raster/raster.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { BUDGET = 4 << 20, MOST_PAGES = 8, MOST_ROW_BYTES = 16 << 20 };

typedef struct Sum {
    const RasterHead *head;
    size_t bytes;
    uint32_t next;
    unsigned value; /* so that every byte told is read */
} Sum;

static bool on_row(void *self, uint32_t y, const uint8_t *samples) {
    Sum *s = self;
    size_t n = (size_t)s->head->width * (size_t)s->head->channels;
    if (y != s->next++ || y >= s->head->height)
        abort();
    for (size_t i = 0; i < n; i++)
        s->value += samples[i];
    s->bytes += n;
    return s->bytes < MOST_ROW_BYTES;
}

static void read_head(const RasterHead *h) {
    if (!h->width || !h->height || h->channels < h->colours || h->orientation < 1 ||
        h->extra_count != (size_t)(h->channels - h->colours))
        abort();
    unsigned value = 0;
    for (size_t i = 0; i < h->icc_count; i++)
        value += h->icc[i];
    for (size_t i = 0; i < h->extra_count; i++)
        for (size_t j = 0; j < h->extras[i].name.n; j++)
            value += (uint8_t)h->extras[i].name.p[j];
    if (value && (!h->software || !h->xmp_title))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Arena *a = arena_new();
    RasterSource source = {.bytes = p, .count = n, .arena = a, .budget = BUDGET};
    Text why = {0};
    void *file = tiff_codec.open(&source, &why);
    if (!file && (!why.zh || !why.en))
        abort();
    for (int i = 0; file && i < tiff_codec.pages(file) && i < MOST_PAGES; i++) {
        RasterHead head;
        why = (Text){0};
        if (!tiff_codec.head(file, i, &head, &why)) {
            if (!why.zh || !why.en)
                abort();
            continue;
        }
        read_head(&head);
        Sum sum = {.head = &head};
        RasterRead read = tiff_codec.rows(file, i, on_row, &sum);
        if (read.rows < head.height && sum.bytes < MOST_ROW_BYTES && !read.why.zh)
            abort();
    }
    if (file) {
        (void)tiff_codec.damage(file);
        tiff_codec.close(file);
    }
    arena_free(a);
    return 0;
}
