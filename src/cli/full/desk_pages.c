/* What each page looks like, as a hash: whether a later version shows the same page is told by it,
 * and answers are offered to be taken over. Of a PDF it is what the check drew anyway, the plates
 * inside the trim; a raster file is drawn for it. A page that could not be drawn whole has none, so
 * it counts as changed; so does one whose pictures were saved again. */
#include "cli/full/desk_parts.h"
#include "cli/pictures.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A hair of 0.1 mm on an A4 page still darkens its pixels. */
enum { LONGER_SIDE = 1200 };

static void add_length(Sha256 *h, double mm) {
    char size[64];
    int n = number_format(size, sizeof size, mm, REPORT_DECIMALS);
    sha256_add(h, size, (size_t)n + 1);
}

/* Of a page of that trim with these bytes for its look. */
static const char *hash_of(Arena *a, const PageSummary *page, const void *look, size_t bytes) {
    Sha256 h;
    char *hex = arena_alloc(a, SHA256_HEX);
    sha256_start(&h);
    add_length(&h, page->trim_w);
    add_length(&h, page->trim_h);
    sha256_add(&h, look, bytes);
    sha256_end(&h, hex);
    return hex;
}

static const char *as_drawn(Arena *a, const PageSummary *page) {
    char look[2 * 16 + 1];
    if (!page->looked)
        return NULL;
    int n =
        snprintf(look, sizeof look, "%016" PRIx64 "%016" PRIx64, page->look_low, page->look_high);
    return hash_of(a, page, look, (size_t)n);
}

/* A raster file has one page. */
static const char *as_picture(const Desk *d, const Report *r, const PageSummary *page) {
    const ReportPictures *pictures = artwork_pictures(d->art, r, d->seconds);
    PictureWish wish = {.page = page->number, .most = LONGER_SIDE};
    ReportPicture picture;
    Text why;
    bool drawn = pictures->draw(pictures->self, d->arena, &wish, &picture, &why);
    return drawn && picture.whole ? hash_of(d->arena, page, picture.image, picture.bytes) : NULL;
}

const char *const *desk_page_hashes(const Desk *d, const Report *r, size_t *count) {
    size_t pages = r->file.pages > 0 ? (size_t)r->file.pages : 0;
    const char **list = ARENA_ARRAY(d->arena, const char *, pages + 1);
    bool pdf = streq(r->file.format, "pdf");
    for (size_t i = 0; i < r->page_count; i++) {
        const PageSummary *p = &r->pages[i];
        if (p->number >= 1 && (size_t)p->number <= pages)
            list[p->number - 1] = pdf ? as_drawn(d->arena, p) : as_picture(d, r, p);
    }
    *count = pages;
    return list;
}
