#include "check/place.h"

bool origin_is_trim(const Page *page) {
    return box_known(page->trim) && page->trim_source != TRIM_DEFAULTED &&
           page->trim_source != TRIM_UNKNOWN;
}

static Box origin_of(const Page *page) {
    if (origin_is_trim(page))
        return page->trim;
    return (Box){0, 0, page->media_w, page->media_h};
}

/* 0, 90, 180 or 270 */
static int turn_of(const Page *page) {
    return page->rotate == UNKNOWN_INT ? 0 : ((page->rotate % 360) + 360) % 360;
}

Box place_box(const Page *page, Box b) {
    Box o = origin_of(page), v;
    int turn = turn_of(page);
    if (turn == 90)
        v = (Box){b.y0 - o.y0, b.x0 - o.x0, b.y1 - o.y0, b.x1 - o.x0};
    else if (turn == 180)
        v = (Box){o.x1 - b.x1, b.y0 - o.y0, o.x1 - b.x0, b.y1 - o.y0};
    else if (turn == 270)
        v = (Box){o.y1 - b.y1, o.x1 - b.x1, o.y1 - b.y0, o.x1 - b.x0};
    else
        v = (Box){b.x0 - o.x0, o.y1 - b.y1, b.x1 - o.x0, o.y1 - b.y0};
    return (Box){TO_MM(v.x0), TO_MM(v.y0), TO_MM(v.x1), TO_MM(v.y1)};
}

Box box_of_place(const Page *page, Box mm) {
    Box o = origin_of(page), v = {MM(mm.x0), MM(mm.y0), MM(mm.x1), MM(mm.y1)};
    switch (turn_of(page)) {
    case 90:
        return (Box){o.x0 + v.y0, o.y0 + v.x0, o.x0 + v.y1, o.y0 + v.x1};
    case 180:
        return (Box){o.x1 - v.x1, o.y0 + v.y0, o.x1 - v.x0, o.y0 + v.y1};
    case 270:
        return (Box){o.x1 - v.y1, o.y1 - v.x1, o.x1 - v.y0, o.y1 - v.x0};
    default:
        return (Box){o.x0 + v.x0, o.y1 - v.y1, o.x0 + v.x1, o.y1 - v.y0};
    }
}
