/* Which pictures the web page shows, and how large, so that the whole file stays small: above forty
 * pages only those with findings and the first and the last are large. */
#include "report/html_parts.h"

#include <math.h>
#include <nettle/base64.h>
#include <string.h>

enum {
    LARGE_PAGES = 40,
    SMALL_PAGES = 400,
    SMALL_PIXELS = 240,
    TINY_PIXELS = 150,
    MANY_SMALL = 120,
    CROP_PIXELS = 480,
    CROPS = 60,
    CROPS_A_LINE = 3,
    PICTURE_BYTES = 4800 * 1024, /* of all pictures; base64 adds a third */
    BASE64_PIECE = 3 * 1024
};

typedef struct Shot {
    PictureWish wish;
    const Finding *finding; /* of a piece; NULL: the page */
    bool large;
    bool drawn;
    ReportPicture picture;
    Text why;
} Shot;

struct HtmlAlbum {
    Shot *shots; /* pages, then pieces */
    size_t count, capacity, pages;
    size_t bytes;
};

static bool has_finding(const Report *r, int page, Severity severity) {
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->page == page && f->outcome == OUTCOME_FAIL && f->severity == severity && !f->waiver)
            return true;
    }
    return false;
}

static Shot *shot_add(const Html *h, Shot shot) {
    HtmlAlbum *album = h->album;
    Shot *s = ARENA_PUSH(h->arena, album->shots, album->count, album->capacity);
    *s = shot;
    return s;
}

static int large_pixels(size_t pages) {
    enum { FEW = 8, SOME = 20, LARGEST = 1400, LARGER = 1000, LARGE = 760 };
    return pages <= FEW ? LARGEST : pages <= SOME ? LARGER : LARGE;
}

/* The first and the last, then those with the worst findings. */
static void choose_large(HtmlAlbum *album, const Report *r) {
    size_t n = album->pages, left = LARGE_PAGES;
    bool all = n <= LARGE_PAGES;
    for (size_t i = 0; i < n; i++)
        if (all || i == 0 || i + 1 == n)
            album->shots[i].large = true, left--;
    for (Severity s = SEVERITY_ERROR; s < SEVERITY_INFO && !all; s++)
        for (size_t i = 0; i < n && left; i++)
            if (!album->shots[i].large && has_finding(r, album->shots[i].wish.page, s))
                album->shots[i].large = true, left--;
    size_t large = 0;
    for (size_t i = 0; i < n; i++)
        large += album->shots[i].large;
    for (size_t i = 0; i < n; i++)
        if (album->shots[i].large)
            album->shots[i].wish.most = large_pixels(large);
}

static void plan_pages(const Html *h) {
    const Report *r = h->r;
    HtmlAlbum *album = h->album;
    int small = r->page_count > MANY_SMALL ? TINY_PIXELS : SMALL_PIXELS;
    for (size_t i = 0; i < r->page_count; i++) {
        int page = r->pages[i].number;
        bool shown = i < SMALL_PAGES || i + 1 == r->page_count ||
                     has_finding(r, page, SEVERITY_ERROR) || has_finding(r, page, SEVERITY_WARNING);
        if (shown)
            shot_add(h, (Shot){.wish = {.page = page, .most = small, .compact = true}});
    }
    album->pages = album->count;
    choose_large(album, r);
}

static const PageSummary *summary_of(const Report *r, int page) {
    for (size_t i = 0; i < r->page_count; i++)
        if (r->pages[i].number == page)
            return &r->pages[i];
    return NULL;
}

/* As near to `x` as it gets with all of it on the page and a little beyond; `size` 0: unknown. */
static double kept_on(double x, double length, double size) {
    const double beyond = 4;
    if (!(size > 0) || length > size + 2 * beyond)
        return x;
    return fmin(fmax(x, -beyond), size + beyond - length);
}

/* A piece of the page around a place, wider than high; of something long its middle. */
static Box around(const Report *r, const Finding *f) {
    const double least = 24, most = 120, air = 1.5, wide = 1.5;
    const PageSummary *p = summary_of(r, f->page);
    const Box *b = &f->places[0].box;
    double longer = fmax(b->x1 - b->x0, b->y1 - b->y0);
    double h = fmin(fmax(longer * air, least), most) / wide, w = h * wide;
    double x = (b->x0 + b->x1 - w) / 2, y = (b->y0 + b->y1 - h) / 2;
    if (p && f->origin_is_trim)
        x = kept_on(x, w, p->trim_w), y = kept_on(y, h, p->trim_h);
    return (Box){x, y, x + w, y + h};
}

/* What fills the page is seen on the page. */
static bool fills_page(const Report *r, const Finding *f) {
    const PageSummary *p = summary_of(r, f->page);
    const Box *b = &f->places[0].box;
    const double share = 0.6;
    return p && b->x1 - b->x0 > share * p->trim_w && b->y1 - b->y0 > share * p->trim_h;
}

static void plan_pieces(const Html *h) {
    const Report *r = h->r;
    size_t pieces = 0;
    int *shown = ARENA_ARRAY(h->arena, int, h->numbers.count + 1);
    for (size_t number = 1; number <= h->numbers.count; number++)
        for (size_t i = 0; i < r->finding_count && pieces < CROPS; i++) {
            const Finding *f = &r->findings[i];
            if (!f->page || !f->place_count || !f->places[0].boxed || h->number[i] != (int)number ||
                shown[number] >= CROPS_A_LINE || fills_page(r, f))
                continue;
            shown[number]++, pieces++;
            shot_add(h, (Shot){.finding = f,
                               .wish = {.page = f->page,
                                        .most = CROP_PIXELS,
                                        .part = true,
                                        .compact = true,
                                        .mm = around(r, f)}});
        }
}

/* A picture for which there is no room any more is not shown. */
static void draw_shot(const Html *h, Shot *s) {
    static const Text unknown = {NULL, NULL};
    const ReportPictures *from = h->style->pictures;
    s->drawn = from->draw(from->self, h->arena, &s->wish, &s->picture, &s->why);
    if (!s->drawn)
        return;
    s->why = unknown;
    if (h->album->bytes + s->picture.bytes > PICTURE_BYTES) {
        s->drawn = false;
        s->why = (Text){html_word(h, HTML_NO_ROOM), html_word(h, HTML_NO_ROOM)};
    } else {
        h->album->bytes += s->picture.bytes;
    }
}

/* Small ones first: they are for every page. */
static void draw_all(const Html *h) {
    HtmlAlbum *album = h->album;
    const ReportPictures *from = h->style->pictures;
    PictureWish *wishes = ARENA_ARRAY(h->arena, PictureWish, album->count + 1);
    for (size_t i = 0; i < album->count; i++)
        wishes[i] = album->shots[i].wish;
    if (from->expect)
        from->expect(from->self, wishes, album->count);
    for (size_t i = 0; i < album->pages; i++)
        if (!album->shots[i].large)
            draw_shot(h, &album->shots[i]);
    for (size_t i = album->pages; i < album->count; i++)
        draw_shot(h, &album->shots[i]);
    for (size_t i = 0; i < album->pages; i++)
        if (album->shots[i].large)
            draw_shot(h, &album->shots[i]);
}

void html_album_open(Html *h) {
    h->album = ARENA_NEW(h->arena, HtmlAlbum);
    plan_pages(h);
    if (!h->style->pictures)
        return;
    plan_pieces(h);
    draw_all(h);
}

static const Shot *page_shot(const Html *h, int page) {
    for (size_t i = 0; i < h->album->pages; i++)
        if (h->album->shots[i].wish.page == page)
            return &h->album->shots[i];
    return NULL;
}

bool html_page_is_shown(const Html *h, int page) {
    return page_shot(h, page);
}

const ReportPicture *html_page_picture(const Html *h, int page, Text *why) {
    const Shot *s = page_shot(h, page);
    *why = s ? s->why : (Text){NULL, NULL};
    return s && s->drawn ? &s->picture : NULL;
}

const ReportPicture *html_crop(const Html *h, const Finding *f) {
    for (size_t i = h->album->pages; i < h->album->count; i++)
        if (h->album->shots[i].finding == f && h->album->shots[i].drawn)
            return &h->album->shots[i].picture;
    return NULL;
}

void html_image(const Html *h, const ReportPicture *p, const char *alt) {
    char text[BASE64_ENCODE_RAW_LENGTH(BASE64_PIECE)];
    sink_format(h->to, "<img width=\"%d\" height=\"%d\" alt=\"", p->width, p->height);
    html_text(h, alt);
    sink_format(h->to, "\" src=\"data:image/%s;base64,", p->jpeg ? "jpeg" : "png");
    for (size_t at = 0; at < p->bytes; at += BASE64_PIECE) {
        size_t n = p->bytes - at < BASE64_PIECE ? p->bytes - at : BASE64_PIECE;
        base64_encode_raw(text, n, p->image + at);
        sink_write(h->to, text, BASE64_ENCODE_RAW_LENGTH(n));
    }
    html_raw(h, "\">");
}

static double within(double v) {
    return fmin(fmax(v, 0), 100);
}

void html_at(const Html *h, const Box *mm, const Box *place) {
    double w = mm->x1 - mm->x0, height = mm->y1 - mm->y0;
    double x0 = within(100 * (place->x0 - mm->x0) / w), x1 = within(100 * (place->x1 - mm->x0) / w);
    double y0 = within(100 * (place->y0 - mm->y0) / height),
           y1 = within(100 * (place->y1 - mm->y0) / height);
    sink_format(h->to, " style=\"left:%s%%;top:%s%%;width:%s%%;height:%s%%\"",
                html_number(h, x0, 2), html_number(h, y0, 2), html_number(h, x1 - x0, 2),
                html_number(h, y1 - y0, 2));
}
