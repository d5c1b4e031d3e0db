/* What each page looks like, as a hash: whether a later version shows the same page is told by it,
 * and answers are offered to be taken over. A page that could not be drawn whole has none, so it
 * counts as changed; so does one whose pictures were saved again. */
#include "cli/full/desk_parts.h"
#include "cli/pictures.h"

#include <string.h>

/* A hair of 0.1 mm on an A4 page still darkens its pixels. */
enum { LONGER_SIDE = 1200 };

static const char *hash_of(Arena *a, const PageSummary *page, const ReportPicture *picture) {
    Sha256 h;
    char *hex = arena_alloc(a, SHA256_HEX), size[64];
    int n = number_format(size, sizeof size, page->trim_w, REPORT_DECIMALS);
    sha256_start(&h);
    sha256_add(&h, size, (size_t)n + 1);
    n = number_format(size, sizeof size, page->trim_h, REPORT_DECIMALS);
    sha256_add(&h, size, (size_t)n + 1);
    sha256_add(&h, picture->image, picture->bytes);
    sha256_end(&h, hex);
    return hex;
}

const char *const *desk_page_hashes(const Desk *d, const Report *r, size_t *count) {
    const ReportPictures *pictures = artwork_pictures(d->art, r, d->seconds);
    size_t pages = r->file.pages > 0 ? (size_t)r->file.pages : 0;
    const char **list = ARENA_ARRAY(d->arena, const char *, pages + 1);
    PictureWish *wishes = ARENA_ARRAY(d->arena, PictureWish, r->page_count + 1);
    for (size_t i = 0; i < r->page_count; i++)
        wishes[i] = (PictureWish){.page = r->pages[i].number, .most = LONGER_SIDE};
    if (pictures->expect)
        pictures->expect(pictures->self, wishes, r->page_count);
    for (size_t i = 0; i < r->page_count; i++) {
        ReportPicture picture;
        Text why;
        int page = wishes[i].page;
        bool drawn = pictures->draw(pictures->self, d->arena, &wishes[i], &picture, &why);
        if (drawn && picture.whole && page >= 1 && (size_t)page <= pages)
            list[page - 1] = hash_of(d->arena, &r->pages[i], &picture);
    }
    *count = pages;
    return list;
}
