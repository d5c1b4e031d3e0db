/* Images: resolution on paper by the singular values of their placement, and tiles of one picture
 * joined again. */
#include <math.h>

#include "read/pdf/gather.h"

static double degrees(double radians) {
    return radians * (180 / M_PI);
}

typedef struct Placement {
    double wide, high; /* of the unit square's sides on paper */
    double rotation, skew;
    bool flipped, flat; /* flat: it has no area */
} Placement;

static double turned_by(double angle) {
    return angle > 180 ? angle - 360 : angle <= -180 ? angle + 360 : angle;
}

static Placement placement_of(const Matrix *m) {
    double det = m->a * m->d - m->b * m->c;
    Placement p = {.wide = hypot(m->a, m->b), .high = hypot(m->c, m->d), .flipped = det < 0};
    p.flat = p.wide <= 0 || p.high <= 0 || fabs(det) <= 1e-12 * p.wide * p.high;
    double across = degrees(atan2(m->b, m->a)), up = degrees(atan2(m->d, m->c));
    p.rotation = across;
    double corner = fabs(turned_by(up - across));
    p.skew = fabs(corner - 90);
    return p;
}

/* Pixels an inch along each side of a picture placed at right angles. In a sheared one the singular
 * values of pixel space to paper decide: the coarsest direction counts for the axis that is
 * coarser. */
static void resolution(const Matrix *m, int width, int height, double *across, double *down) {
    double a = m->a / width, b = m->b / width, c = m->c / height, d = m->d / height;
    double x = hypot(a, b), y = hypot(c, d);
    if (fabs(a * c + b * d) > 1e-6 * x * y) {
        double sum = a * a + b * b + c * c + d * d, det = a * d - b * c;
        double root = sqrt(fmax(0, sum * sum - 4 * det * det));
        double most = sqrt((sum + root) / 2), least = sqrt(fmax(0, (sum - root) / 2));
        bool x_coarser = x >= y;
        x = x_coarser ? most : least;
        y = x_coarser ? least : most;
    }
    *across = 72 / x;
    *down = 72 / y;
}

static Box square_bounds(const Matrix *m) {
    Point p[4] = {matrix_apply(m, 0, 0), matrix_apply(m, 1, 0), matrix_apply(m, 0, 1),
                  matrix_apply(m, 1, 1)};
    Box b = {p[0].x, p[0].y, p[0].x, p[0].y};
    for (int i = 1; i < 4; i++)
        b = box_join(b, (Box){p[i].x, p[i].y, p[i].x, p[i].y});
    return b;
}

static void picture_facts(Image *i, const Matrix *m, const PaintImage *p) {
    Placement place = placement_of(m);
    if (p->width > 0 && p->height > 0) {
        i->width = p->width;
        i->height = p->height;
        double across, down;
        resolution(m, p->width, p->height, &across, &down);
        if (!place.flat) {
            i->ppi_x = (float)across;
            i->ppi_y = (float)down;
        }
    }
    if (p->bits > 0)
        i->bits = p->bits;
    i->density = (float)p->density;
    i->rotation = (float)place.rotation;
    i->skew = (float)place.skew;
    i->flipped = place.flipped;
    i->filter = (uint8_t)p->filter;
    i->space = (uint8_t)(p->space ? p->space->space : p->stencil ? SPACE_NONE : SPACE_UNKNOWN);
    i->mask = (uint8_t)(p->stencil ? MASK_STENCIL : p->mask == MASK_UNKNOWN ? MASK_NONE : p->mask);
}

/* JPEG 2000 may bring an alpha of its own. */
static bool fills_its_box(const Matrix *m, const PaintImage *p) {
    const double hair = 1e-3;
    bool upright = fabs(m->b) <= hair && fabs(m->c) <= hair;
    bool quarter = fabs(m->a) <= hair && fabs(m->d) <= hair;
    bool masked = p->mask != MASK_NONE && p->mask != MASK_UNKNOWN;
    return (upright || quarter) && !masked && !p->stencil && !p->for_soft_mask &&
           p->filter != FILTER_JPX;
}

void gather_image(void *self, const GraphicsState *gs, const PaintImage *p) {
    Gather *g = self;
    Image *i = mark_new(g, FACT_image, true);
    StyleEntry *style =
        p->stencil ? style_of(g, gs, USE_FILL) : style_of_space(g, gs, USE_IMAGE, p->space);
    MarkCommon common = {.kind = MARK_IMAGE,
                         .style = style,
                         .box = square_bounds(&gs->ctm),
                         .hidden = p->for_soft_mask              ? HIDDEN_MASK
                                   : placement_of(&gs->ctm).flat ? HIDDEN_EMPTY
                                                                 : HIDDEN_NO,
                         .alpha = gs->fill_alpha};
    Box area = g->last_area;
    Hidden hidden = g->last_hidden;
    g->painted++;
    mark_common(g, (Mark *)i, gs, &common);
    if (p->for_soft_mask) {
        g->last_area = area;
        g->last_hidden = hidden;
    }
    picture_facts(i, &gs->ctm, p);
    if (fills_its_box(&gs->ctm, p))
        cover_note(g, (Mark *)i, style, gs);
    *ARENA_PUSH(g->facts->page, g->images, g->image_count, g->image_capacity) = i;
    mark_done(g, FACT_image, (Mark *)i, true, NULL);
}

static bool near_float(double a, double b, double tolerance) {
    return fabs(a - b) <= tolerance;
}

/* Strips are rounded to whole pixels or to device pixels of 1/100 pt and less. */
static bool same_picture(const Image *a, const Image *b) {
    return a->style == b->style && a->parent == b->parent && a->bits == b->bits &&
           a->filter == b->filter && a->space == b->space && a->mask == b->mask &&
           a->flipped == b->flipped && a->hidden == b->hidden &&
           near_float((double)a->rotation, (double)b->rotation, 0.01) && a->skew < 0.01f &&
           fmod(fabs((double)a->rotation) + 0.005, 90) < 0.01 &&
           near_float((double)a->ppi_x, (double)b->ppi_x, 0.02 * (double)a->ppi_x) &&
           near_float((double)a->ppi_y, (double)b->ppi_y, 0.02 * (double)a->ppi_y);
}

/* Joins b to a when they share a whole edge. */
static bool join(Image *a, const Image *b) {
    const double hair = 0.1;
    bool rows = near_float((double)a->box.y0, (double)b->box.y0, hair) &&
                near_float((double)a->box.y1, (double)b->box.y1, hair);
    bool columns = near_float((double)a->box.x0, (double)b->box.x0, hair) &&
                   near_float((double)a->box.x1, (double)b->box.x1, hair);
    bool beside = rows && (near_float((double)a->box.x1, (double)b->box.x0, hair) ||
                           near_float((double)b->box.x1, (double)a->box.x0, hair));
    bool above = columns && (near_float((double)a->box.y1, (double)b->box.y0, hair) ||
                             near_float((double)b->box.y1, (double)a->box.y0, hair));
    if (!beside && !above)
        return false;
    bool quarter = near_float(fabs((double)a->rotation), 90, 1);
    if (beside != quarter)
        a->width += b->width;
    else
        a->height += b->height;
    a->box = box32_of(box_join(box_of(a->box), box_of(b->box)));
    a->clip = box32_of(box_join(box_of(a->clip), box_of(b->clip)));
    a->visible |= b->visible;
    if (b->region == REGION_ART)
        a->region = REGION_ART;
    return true;
}

/* One pass over tiles in paint order, each against the pictures last begun. True when something was
 * joined. */
static bool merge_pass(Gather *g) {
    enum { REACH = 48 };
    size_t kept = 0;
    for (size_t i = 0; i < g->image_count; i++) {
        Image *image = g->images[i];
        bool joined = false;
        for (size_t k = kept; k > 0 && kept - k < REACH && !joined; k--)
            joined = same_picture(g->images[k - 1], image) && join(g->images[k - 1], image);
        if (joined)
            image->kind = MARK_UNKNOWN; /* it is told as part of the other */
        else
            g->images[kept++] = image;
    }
    bool some = kept < g->image_count;
    g->image_count = kept;
    return some;
}

void gather_images_merge(Gather *g) {
    while (g->image_count > 1 && merge_pass(g))
        continue;
}
