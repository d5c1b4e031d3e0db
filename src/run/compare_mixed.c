/* A PDF page against a page that is pixels: of what size, and how it looks. */
#include "run/compare_child.h"

#include <math.h>

#include "check/place.h"
#include "read/derive.h"

bool pair_is_mixed(const Pair *p) {
    const PageAtHand *now = p->files[0].page, *then = p->files[1].page;
    return (now->content && then->pixels) || (now->pixels && then->content);
}

/* The press of pixels is that of the profile they carry. */
static Text need_press(CompareFile *f) {
    const PageAtHand *at = f->page;
    const RasterHead *head = at->pixels->head;
    bool inks = head->space == SPACE_CMYK;
    if (!f->press && !f->no_maker.zh &&
        press_profile_carried(&f->profile, at->facts->document, inks ? head->icc : NULL,
                              head->icc_count, NULL, &f->no_maker))
        f->press = press_new(at->facts->document, NULL, &f->profile);
    return f->no_maker;
}

Text seen_page(SeenPage *out, CompareFile *f, Box region) {
    const PageAtHand *at = f->page;
    Text why = {NULL, NULL};
    *out = (SeenPage){.page = at->page, .region = region};
    if (at->content) {
        out->maker = compare_maker(f);
        out->content = at->content;
        why = out->maker ? why : f->no_maker;
    } else if (at->pixels) {
        why = need_press(f);
        out->press = f->press;
        out->pixels = at->pixels;
    } else {
        why = (Text){"页面读不到", "the page cannot be read"};
    }
    return why;
}

typedef struct Size {
    double w, h; /* pt as viewed */
} Size;

static Size size_of(const Page *p, Box b) {
    bool across = p->rotate % 180 == 0;
    double w = b.x1 - b.x0, h = b.y1 - b.y0;
    return (Size){across ? w : h, across ? h : w};
}

/* Pixels are whole, and some say nothing of their size: then only their shape is known. */
static bool fits(const Pair *p, const PageAtHand *pixels, Size box) {
    const Raster *r = pixels->pixels->raster;
    Size shown = {pixels->page->media_w, pixels->page->media_h};
    double px = fmax(shown.w / r->width, shown.h / r->height);
    if (fabs(shown.w - box.w) <= p->limit->compare_size + px &&
        fabs(shown.h - box.h) <= p->limit->compare_size + px)
        return true;
    double grown = shown.w / box.w;
    return isnan(r->density_w) &&
           fabs(shown.h - box.h * grown) <= p->limit->compare_size * grown + px;
}

/* What of the PDF page was made to pixels: all of it, or within its bleed or its trim. Unknown:
 * nothing that has their size. */
static Box box_of_pixels(const Pair *p, const PageAtHand *pdf, const PageAtHand *pixels) {
    const Page *page = pdf->page;
    const Box boxes[] = {{0, 0, page->media_w, page->media_h}, page->bleed, page->trim};
    size_t count = origin_is_trim(page) ? sizeof boxes / sizeof *boxes : 1;
    for (size_t i = 0; i < count; i++)
        if (box_known(boxes[i]) && fits(p, pixels, size_of(page, boxes[i])))
            return boxes[i];
    return BOX_UNKNOWN;
}

static const char *size_text(Arena *a, Size s) {
    char w[32], h[32];
    number_format(w, sizeof w, TO_MM(s.w), 1);
    number_format(h, sizeof h, TO_MM(s.h), 1);
    return arena_printf(a, "%s × %s", w, h);
}

static void tell_sizes(Pair *p) {
    const char *text[2];
    for (int i = 0; i < 2; i++) {
        const Page *page = p->files[i].page->page;
        bool trimmed = p->files[i].page->content && origin_is_trim(page);
        Box media = {0, 0, page->media_w, page->media_h};
        text[i] = size_text(p->arena, size_of(page, trimmed ? page->trim : media));
    }
    pair_differs(p, BOX_UNKNOWN,
                 pair_text(p, "尺寸 %s → %s mm", "size %s → %s mm", text[1], text[0]));
}

/* Type that is too small for the pixels may be any other. */
static Text too_small(const Pair *p, const CompareFile *pdf, double ppi) {
    double smallest = page_text_smallest(pdf->text);
    if (!(smallest > 0) || smallest / 72 * ppi >= LEGIBLE_PIXELS)
        return (Text){NULL, NULL};
    return pair_text(p, "最小的字 %.1f pt，像素图只有 %.0f ppi，看不清是不是同样的字",
                     "its smallest type is %.1f pt, too small for the %.0f ppi of the pixels to be "
                     "told from other text",
                     smallest, ppi);
}

Text compare_mixed(Pair *p, const ComparePlan *plan) {
    int pixels = p->files[0].page->pixels ? 0 : 1;
    const PageAtHand *at[] = {p->files[pixels].page, p->files[1 - pixels].page};
    Box whole = {0, 0, at[0]->page->media_w, at[0]->page->media_h};
    Box drawn = box_of_pixels(p, at[1], at[0]);
    SeenPage pages[2];
    if (!box_known(drawn)) {
        tell_sizes(p);
        return (Text){NULL, NULL};
    }
    Text why = seen_page(&pages[pixels], &p->files[pixels], whole);
    if (!why.zh)
        why = seen_page(&pages[1 - pixels], &p->files[1 - pixels], drawn);
    if (why.zh)
        return why;
    p->speck = p->limit->compare_speck;
    Comparison c = compare_seen(p->arena, pages, plan, &why);
    if (!why.zh)
        why = pair_tell(p, &c);
    return why.zh || p->differs ? why : too_small(p, &p->files[1 - pixels], c.ppi);
}
