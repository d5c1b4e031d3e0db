/* The pages of the web page: each as it prints, with the numbers of findings where they are. What
 * could not be drawn still shows where on the sheet something is wrong. */
#include "report/html_parts.h"

#include <math.h>

enum { BOXES_A_PAGE = 40 };

typedef struct Leaf {
    const PageSummary *page;
    const ReportPicture *picture; /* NULL: `why` */
    Text why;
    Box mm; /* that the leaf shows; unknown: no place can be shown on it */
    bool origin_is_trim;
    double shape; /* width over height */
} Leaf;

static Leaf leaf_of(const Html *h, const PageSummary *p) {
    const double margin = 5, usual = 0.707, flattest = 0.15, longest = 6;
    Leaf leaf = {.page = p, .shape = usual, .mm = {NAN, NAN, NAN, NAN}};
    leaf.picture = html_page_picture(h, p->number, &leaf.why);
    if (leaf.picture) {
        leaf.mm = leaf.picture->mm;
        leaf.origin_is_trim = leaf.picture->origin_is_trim;
        leaf.shape = leaf.picture->width / (double)leaf.picture->height;
    } else if (p->trim_w > 0 && p->trim_h > 0) {
        leaf.mm = (Box){-margin, -margin, p->trim_w + margin, p->trim_h + margin};
        leaf.origin_is_trim = true;
        leaf.shape = (p->trim_w + 2 * margin) / (p->trim_h + 2 * margin);
    }
    leaf.shape = fmin(fmax(leaf.shape, flattest), longest);
    return leaf;
}

static bool on_leaf(const Html *h, const Leaf *leaf, size_t i) {
    const Finding *f = &h->r->findings[i];
    return h->number[i] && f->page == leaf->page->number &&
           f->origin_is_trim == leaf->origin_is_trim && box_known(leaf->mm);
}

static void box(const Html *h, const Leaf *leaf, const Finding *f, int number, const Place *p) {
    sink_format(h->to, "<a class=\"box b-%s\" href=\"#f%d\" title=\"", severity_word(f->severity),
                number);
    html_in(h, f->message);
    html_raw(h, "\"");
    html_at(h, &leaf->mm, &p->box);
}

/* Numbers that would stand on each other stand side by side. */
static int aside(const Leaf *leaf, Box *labels, int count, const Box *b) {
    const double near = 0.06 * (leaf->mm.x1 - leaf->mm.x0);
    int n = 0;
    for (int i = 0; i < count; i++)
        n += fabs(labels[i].x0 - b->x0) < near && fabs(labels[i].y0 - b->y0) < near;
    labels[count] = *b;
    return n;
}

static int finding_boxes(const Html *h, const Leaf *leaf, const Finding *f, int number, int room,
                         int shift) {
    int shown = 0;
    for (size_t k = 0; k < f->place_count && shown < room; k++) {
        if (!f->places[k].boxed)
            continue;
        box(h, leaf, f, number, &f->places[k]);
        if (shown++)
            html_raw(h, " aria-hidden=\"true\" tabindex=\"-1\"></a>\n");
        else
            sink_format(h->to, "><i style=\"--n:%d\">%d</i></a>\n", shift, number);
    }
    return shown;
}

static const Place *first_box(const Finding *f) {
    for (size_t k = 0; k < f->place_count; k++)
        if (f->places[k].boxed)
            return &f->places[k];
    return NULL;
}

static void boxes(const Html *h, const Leaf *leaf) {
    Box labels[BOXES_A_PAGE];
    int shown = 0, count = 0;
    for (size_t i = 0; i < h->r->finding_count && shown < BOXES_A_PAGE; i++) {
        const Finding *f = &h->r->findings[i];
        const Place *first = on_leaf(h, leaf, i) ? first_box(f) : NULL;
        if (!first)
            continue;
        int shift = aside(leaf, labels, count++, &first->box);
        shown += finding_boxes(h, leaf, f, h->number[i], BOXES_A_PAGE - shown, shift);
    }
}

static int place_count(const Html *h, const Leaf *leaf) {
    int n = 0;
    for (size_t i = 0; i < h->r->finding_count; i++)
        for (size_t k = 0; on_leaf(h, leaf, i) && k < h->r->findings[i].place_count; k++)
            n += h->r->findings[i].places[k].boxed;
    return n;
}

static void trim_line(const Html *h, const Leaf *leaf) {
    const PageSummary *p = leaf->page;
    if (!leaf->origin_is_trim || !box_known(leaf->mm) || !(p->trim_w > 0 && p->trim_h > 0))
        return;
    html_raw(h, "<span class=\"trim\"");
    html_at(h, &leaf->mm, &(Box){0, 0, p->trim_w, p->trim_h});
    html_raw(h, "></span>");
}

static void blank(const Html *h, const Leaf *leaf) {
    html_raw(h, "<span class=\"blank\">");
    if (leaf->why.zh)
        html_format(h, html_word(h, HTML_NO_PICTURE), text_in(leaf->why, h->lang));
    html_raw(h, "</span>");
}

static void caption(const Html *h, const Leaf *leaf) {
    const PageSummary *p = leaf->page;
    html_raw(h, "<figcaption><b>");
    html_format(h, html_word(h, HTML_PAGE_N), p->number);
    html_raw(h, "</b>");
    if (p->trim_w > 0 && p->trim_h > 0)
        html_format(h, " · %s × %s mm", html_number(h, p->trim_w, 1), html_number(h, p->trim_h, 1));
    if (p->inked && !isnan(p->ink_peak)) {
        html_raw(h, "<br>");
        html_format(h, html_word(h, HTML_PEAK), html_number(h, 100 * p->ink_peak, 0));
    }
    if (leaf->picture && !leaf->picture->whole) {
        html_raw(h, "<br>");
        html_say(h, HTML_NOT_WHOLE);
    }
    html_raw(h, "</figcaption>");
}

static void leaf_write(const Html *h, const PageSummary *p) {
    const double height = 1.45; /* of a cell, by its width: no leaf is higher */
    Leaf leaf = leaf_of(h, p);
    sink_format(h->to, "<li id=\"p%d\"><figure><div class=\"leafs\">", p->number);
    sink_format(h->to, "<div class=\"leaf\" style=\"--w:%s%%;--r:%s;aspect-ratio:%s\">",
                html_number(h, fmin(100, 100 * height * leaf.shape), 1),
                html_number(h, leaf.shape, 4), html_number(h, leaf.shape, 4));
    if (leaf.picture)
        html_image(
            h, leaf.picture,
            arena_printf(h->arena, html_word(h, HTML_PAGE_ALT), p->number, place_count(h, &leaf)));
    else
        blank(h, &leaf);
    trim_line(h, &leaf);
    sink_format(h->to, "<a class=\"zoom\" href=\"#p%d\" aria-label=\"", p->number);
    html_format(h, html_word(h, HTML_PAGE_N), p->number);
    html_raw(h, "\"></a>");
    boxes(h, &leaf);
    html_raw(h, "</div><a class=\"shut\" href=\"#pages\">");
    html_say(h, HTML_CLOSE);
    html_raw(h, "</a></div>");
    caption(h, &leaf);
    html_raw(h, "</figure></li>\n");
}

/* Few pages are shown larger. */
static int cell_pixels(size_t pages) {
    enum { ONE = 460, SOME = 4, SOME_PIXELS = 300, MANY = 120, MANY_PIXELS = 130, USUAL = 200 };
    return pages == 1 ? ONE : pages <= SOME ? SOME_PIXELS : pages > MANY ? MANY_PIXELS : USUAL;
}

void html_pages(const Html *h) {
    const Report *r = h->r;
    int left = 0;
    if (!r->page_count)
        return;
    html_section(h, "pages", HTML_PAGES);
    html_raw(h, "<p class=\"hint\">");
    html_say(h, h->style->pictures ? HTML_PAGES_HINT : HTML_NO_PICTURES);
    sink_format(h->to, "</p>\n<ol class=\"pages\" style=\"--cell:%dpx\">\n",
                cell_pixels(r->page_count));
    for (size_t i = 0; i < r->page_count; i++)
        if (html_page_is_shown(h, r->pages[i].number))
            leaf_write(h, &r->pages[i]);
        else
            left++;
    html_raw(h, "</ol>\n");
    if (left) {
        html_raw(h, "<p class=\"hint\">");
        html_format(h, html_word(h, HTML_UNSHOWN_PAGES), left);
        html_raw(h, "</p>\n");
    }
    html_raw(h, "</section>\n");
}
