/* Where places of findings lie on the pages of the file. */
#include "print/annotated_parts.h"

#include <math.h>

#include "base/units.h"
#include "check/place.h"

static bool box_of_key(const Copy *c, qpdf_oh page, const char *key, Box *out) {
    double v[4];
    qpdf_oh array = qpdf_oh_get_key(c->q, page, key);
    if (!qpdf_oh_is_array(c->q, array) || qpdf_oh_get_array_n_items(c->q, array) < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        qpdf_oh item = qpdf_oh_get_array_item(c->q, array, i);
        if (!qpdf_oh_is_number(c->q, item))
            return false;
        v[i] = qpdf_oh_get_numeric_value(c->q, item);
    }
    *out = (Box){fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]), fmax(v[1], v[3])};
    return out->x1 > out->x0 && out->y1 > out->y0;
}

static double number_of_key(const Copy *c, qpdf_oh page, const char *key, double otherwise) {
    qpdf_oh value = qpdf_oh_get_key(c->q, page, key);
    return qpdf_oh_is_number(c->q, value) ? qpdf_oh_get_numeric_value(c->q, value) : otherwise;
}

static int quarter_turns(double degrees) {
    double turn = fmod(degrees, 360);
    return fmod(turn, 90) != 0 ? 0 : ((int)turn + 360) % 360;
}

static Box to_page(const Frame *f, Box user) {
    return (Box){(user.x0 - f->media.x0) * f->unit, (user.y0 - f->media.y0) * f->unit,
                 (user.x1 - f->media.x0) * f->unit, (user.y1 - f->media.y0) * f->unit};
}

static Box to_user(const Frame *f, Box page) {
    return (Box){page.x0 / f->unit + f->media.x0, page.y0 / f->unit + f->media.y0,
                 page.x1 / f->unit + f->media.x0, page.y1 / f->unit + f->media.y0};
}

static const PageSummary *summary_of(const Report *r, int page) {
    for (size_t i = 0; i < r->page_count; i++)
        if (r->pages[i].number == page)
            return &r->pages[i];
    return NULL;
}

static bool turned(const Frame *f) {
    return f->page.rotate % 180 != 0;
}

/* The upper left corner of the trim as viewed from that of the media: as the pictures know it, for
 * they read the file as the check did; else in the middle, where marks and bleed leave it. */
static void trim_corner(const Copy *c, const Frame *f, const PageSummary *s, double *x, double *y) {
    const ReportPictures *pictures = c->style->pictures;
    PictureWish wish = {.page = s->number, .most = 32};
    ReportPicture picture;
    Text why;
    *x = (TO_MM(turned(f) ? f->page.media_h : f->page.media_w) - s->trim_w) / 2;
    *y = (TO_MM(turned(f) ? f->page.media_w : f->page.media_h) - s->trim_h) / 2;
    if (pictures && pictures->draw(pictures->self, c->arena, &wish, &picture, &why) &&
        box_known(picture.mm) && picture.origin_is_trim)
        *x = -picture.mm.x0, *y = -picture.mm.y0;
}

static void set_trim(const Copy *c, Frame *f) {
    const PageSummary *s = summary_of(c->r, f->page.number);
    Box written;
    f->page.trim_source = TRIM_DEFAULTED;
    if (!s || isnan(s->trim_w) || isnan(s->trim_h))
        return;
    const char *key = s->trim_source == TRIM_ARTBOX ? "/ArtBox" : "/TrimBox";
    bool boxed = s->trim_source == TRIM_ARTBOX || s->trim_source == TRIM_TRIMBOX;
    if (boxed && box_of_key(c, f->object, key, &written)) {
        f->page.trim = to_page(f, written);
    } else if (c->shown) {
        Box mm = c->shown[f->page.number - 1];
        f->page.trim =
            box_of_place(&f->page, (Box){-mm.x0, -mm.y0, s->trim_w - mm.x0, s->trim_h - mm.y0});
    } else {
        double x, y;
        trim_corner(c, f, s, &x, &y);
        f->page.trim = box_of_place(&f->page, (Box){x, y, x + s->trim_w, y + s->trim_h});
    }
    f->page.trim_source = s->trim_source;
}

static void read_frame(const Copy *c, Frame *f, size_t i) {
    static const Box letter = {0, 0, 612, 792}; /* as viewers do without a usable MediaBox */
    row_clear(entity_of(FACT_page), &f->page);
    f->object = qpdf_get_page_n(c->q, i);
    f->page.number = (int)i + 1;
    if (!box_of_key(c, f->object, "/MediaBox", &f->media))
        f->media = letter;
    if (!box_of_key(c, f->object, "/CropBox", &f->crop))
        f->crop = f->media;
    f->crop.x0 = fmax(f->crop.x0, f->media.x0), f->crop.x1 = fmin(f->crop.x1, f->media.x1);
    f->crop.y0 = fmax(f->crop.y0, f->media.y0), f->crop.y1 = fmin(f->crop.y1, f->media.y1);
    if (!(f->crop.x1 > f->crop.x0 && f->crop.y1 > f->crop.y0))
        f->crop = f->media;
    f->page.rotate = quarter_turns(number_of_key(c, f->object, "/Rotate", 0));
    double unit = number_of_key(c, f->object, "/UserUnit", 1);
    f->unit = unit > 0 && unit <= 1e6 ? unit : 1;
    f->page.media_w = (f->media.x1 - f->media.x0) * f->unit;
    f->page.media_h = (f->media.y1 - f->media.y0) * f->unit;
    set_trim(c, f);
}

void frames_read(Copy *c) {
    int pages = qpdf_get_num_pages(c->q);
    c->frame_count = pages > 0 ? (size_t)pages : 0;
    c->frames = ARENA_ARRAY(c->arena, Frame, c->frame_count + 1);
    for (size_t i = 0; i < c->frame_count; i++)
        read_frame(c, &c->frames[i], i);
}

Frame *frame_of(const Copy *c, int page) {
    return page >= 1 && (size_t)page <= c->frame_count ? &c->frames[page - 1] : NULL;
}

static Page origin_page(const Frame *f, bool from_trim) {
    Page page = f->page;
    if (!from_trim)
        page.trim_source = TRIM_DEFAULTED;
    return page;
}

Box frame_box(const Frame *f, bool from_trim, Box mm) {
    Page page = origin_page(f, from_trim);
    return to_user(f, box_of_place(&page, mm));
}

Box frame_place(const Frame *f, bool from_trim, Box user) {
    Page page = origin_page(f, from_trim);
    return place_box(&page, to_page(f, user));
}

double frame_side(const Frame *f) {
    return TO_MM(fmax(f->crop.x1 - f->crop.x0, f->crop.y1 - f->crop.y0) * f->unit);
}

/* Directions as viewed on an unturned page: right and up. */
void frame_upright(const Frame *f, Box box, double scale, double m[6]) {
    static const double axes[4][4] = {{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0}};
    int turn = f->page.rotate / 90;
    for (int i = 0; i < 4; i++)
        m[i] = axes[turn][i] * scale;
    m[4] = turn == 1 || turn == 2 ? box.x1 : box.x0;
    m[5] = turn >= 2 ? box.y1 : box.y0;
}
