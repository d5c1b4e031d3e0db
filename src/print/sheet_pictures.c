/* Pages of the artwork with numbered boxes on them. */
#include "print/sheet_parts.h"

#include <math.h>
#include <string.h>

struct Thumb {
    int page;
    ReportPicture shown;
    cairo_surface_t *surface; /* NULL: could not be drawn */
    Text why;
};

static const double least_box = MM(2.2), disc = MM(4.4);
enum { DISCS_A_PAGE = 64, CORNERS = 4 };

typedef struct Bytes {
    const uint8_t *p, *end;
} Bytes;

static cairo_status_t read_bytes(void *from, unsigned char *to, unsigned n) {
    Bytes *b = from;
    if ((size_t)(b->end - b->p) < n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, b->p, n);
    b->p += n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode(const ReportPicture *p) {
    Bytes b = {p->image, p->image + p->bytes};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_bytes, &b);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

/* Enough for 56 mm on a good printer. A PNG, which cairo reads. */
static PictureWish thumb_wish(int page) {
    enum { PIXELS = 420 };
    return (PictureWish){.page = page, .most = PIXELS};
}

void thumbs_expect(Sheet *s, const int *pages, size_t count) {
    const ReportPictures *from = s->style->pictures;
    PictureWish *wishes = ARENA_ARRAY(s->arena, PictureWish, count);
    for (size_t i = 0; i < count; i++)
        wishes[i] = thumb_wish(pages[i]);
    if (from && from->expect)
        from->expect(from->self, wishes, count);
}

const Thumb *thumb_of(Sheet *s, int page) {
    for (size_t i = 0; i < s->picture_count; i++)
        if (s->pictures[i]->page == page)
            return s->pictures[i];
    Thumb *p = ARENA_NEW(s->arena, Thumb);
    *ARENA_PUSH(s->arena, s->pictures, s->picture_count, s->picture_capacity) = p;
    p->page = page;
    const ReportPictures *from = s->style->pictures;
    const PictureWish wish = thumb_wish(page);
    if (from->draw(from->self, s->arena, &wish, &p->shown, &p->why))
        p->surface = decode(&p->shown);
    return p;
}

void thumbs_close(Sheet *s) {
    for (size_t i = 0; i < s->picture_count; i++)
        if (s->pictures[i]->surface)
            cairo_surface_destroy(s->pictures[i]->surface);
}

const char *thumb_trouble(const Sheet *s, const Thumb *p) {
    if (p->surface)
        return p->shown.whole ? "" : sheet_say(s, SAY_NOT_WHOLE);
    const char *why = sheet_safe_in(s, p->why);
    return *why ? why : sheet_say(s, SAY_NO_PICTURE);
}

/* Width and height of the page as it stands in a field, keeping its shape. */
static double drawn_width(const Thumb *p, double width, double height) {
    double shape = cairo_image_surface_get_width(p->surface) /
                   (double)cairo_image_surface_get_height(p->surface);
    return fmin(width, height * shape);
}

double thumb_height(const Thumb *p, double width, double most) {
    if (!p->surface)
        return fmin(most, MM(20));
    double shape = cairo_image_surface_get_height(p->surface) /
                   (double)cairo_image_surface_get_width(p->surface);
    return fmax(1, fmin(most, width * shape));
}

typedef struct Field { /* where the picture stands, and how mm become pt */
    double x, y, w, h, scale_x, scale_y;
    const Box *mm;
    double discs[DISCS_A_PAGE][2];
    size_t disc_count;
} Field;

static double clamp(double v, double low, double high) {
    return high < low ? low : v < low ? low : v > high ? high : v;
}

/* A hair would not be seen: the box grows around its middle, inside the picture. */
static Box on_field(const Field *f, const Box *place) {
    double x0 = f->x + (place->x0 - f->mm->x0) * f->scale_x,
           x1 = f->x + (place->x1 - f->mm->x0) * f->scale_x,
           y0 = f->y + (place->y0 - f->mm->y0) * f->scale_y,
           y1 = f->y + (place->y1 - f->mm->y0) * f->scale_y;
    double grow_x = fmax(0, least_box - (x1 - x0)) / 2, grow_y = fmax(0, least_box - (y1 - y0)) / 2;
    return (Box){clamp(x0 - grow_x, f->x, f->x + f->w - least_box),
                 clamp(y0 - grow_y, f->y, f->y + f->h - least_box),
                 clamp(x1 + grow_x, f->x + least_box, f->x + f->w),
                 clamp(y1 + grow_y, f->y + least_box, f->y + f->h)};
}

static void box_draw(Sheet *s, const Box *b, Tone tone) {
    frame_draw(s, b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0, 2.2, TONE_PAPER);
    frame_draw(s, b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0, 1.1, tone);
}

static bool is_free(const Field *f, double x, double y) {
    for (size_t i = 0; i < f->disc_count; i++)
        if (fabs(f->discs[i][0] - x) < disc && fabs(f->discs[i][1] - y) < disc)
            return false;
    return true;
}

/* At a corner of its box, else along the nearest row of the picture that still has room. */
static void disc_place(const Field *f, const Box *b, double *x, double *y) {
    const double corners[CORNERS][2] = {{b->x0 - disc / 2, b->y0 - disc / 2},
                                        {b->x1 - disc / 2, b->y0 - disc / 2},
                                        {b->x0 - disc / 2, b->y1 - disc / 2},
                                        {b->x1 - disc / 2, b->y1 - disc / 2}};
    for (int step = 0; step < CORNERS; step++) {
        *x = clamp(corners[step][0], f->x, f->x + f->w - disc);
        *y = clamp(corners[step][1], f->y, f->y + f->h - disc);
        if (is_free(f, *x, *y))
            return;
    }
    for (double down = 0; down < f->h; down += disc)
        for (double along = 0; along < f->w; along += disc) {
            *x = clamp(b->x0 + along, f->x, f->x + f->w - disc);
            *y = clamp(b->y0 + down, f->y, f->y + f->h - disc);
            if (is_free(f, *x, *y))
                return;
        }
}

static void finding_draw(Sheet *s, Field *field, const Thumb *p, const Finding *f, bool discs) {
    int number = number_of(&s->numbers, f);
    Tone tone = f->severity == SEVERITY_ERROR ? TONE_ALARM : TONE_INK;
    bool labelled = false;
    for (size_t i = 0; i < f->place_count; i++) {
        const Place *place = &f->places[i];
        if (!place->boxed || place->page != p->page)
            continue;
        Box b = on_field(field, &place->box);
        if (!discs)
            box_draw(s, &b, tone);
        if (discs && !labelled && field->disc_count < DISCS_A_PAGE) {
            double *at = field->discs[field->disc_count];
            disc_place(field, &b, &at[0], &at[1]);
            field->disc_count++;
            disc_draw(s, number, at[0], at[1], disc, tone);
            labelled = true;
        }
    }
}

static void boxes_draw(Sheet *s, Field *field, const Thumb *p, bool discs) {
    for (size_t i = 0; i < s->r->finding_count; i++) {
        const Finding *f = &s->r->findings[i];
        if (f->page == p->page && f->origin_is_trim == p->shown.origin_is_trim &&
            number_of(&s->numbers, f))
            finding_draw(s, field, p, f, discs);
    }
}

static void image_draw(Sheet *s, const Thumb *p, const Field *f) {
    cairo_save(s->cr);
    cairo_translate(s->cr, f->x, f->y);
    cairo_scale(s->cr, f->w / cairo_image_surface_get_width(p->surface),
                f->h / cairo_image_surface_get_height(p->surface));
    cairo_set_source_surface(s->cr, p->surface, 0, 0);
    cairo_paint(s->cr);
    cairo_restore(s->cr);
    frame_draw(s, f->x, f->y, f->w, f->h, HAIR, TONE_HAIR);
}

void thumb_draw(Sheet *s, const Thumb *p, double x, double y, double width, double height) {
    if (!p->surface) {
        frame_draw(s, x + HAIR / 2, y + HAIR / 2, width - HAIR, height - HAIR, HAIR, TONE_HAIR);
        icon_draw(s, ICON_QUERY, x + (width - MM(8)) / 2, y + (height - MM(8)) / 2, MM(8),
                  TONE_HAIR);
        return;
    }
    const Box *mm = &p->shown.mm;
    double w = drawn_width(p, width, height);
    Field f = {.x = x, .y = y, .w = w, .h = height, .mm = mm};
    image_draw(s, p, &f);
    if (!(mm->x1 > mm->x0 && mm->y1 > mm->y0))
        return;
    f.scale_x = w / (mm->x1 - mm->x0), f.scale_y = height / (mm->y1 - mm->y0);
    boxes_draw(s, &f, p, false);
    boxes_draw(s, &f, p, true);
}
