#include "ink/draw/cell.h"

#include <math.h>
#include <string.h>

#include "ink/draw/draw.h"

enum {
    FINEST = 4,
    FINE_PIXELS = 1 << 19, /* of a cell that is drawn finer than the device */
    MOST_PIXELS = 12 << 20,
    MOST_OVERLAPS = 64 /* cells that may lie on one point */
};

static bool invert(const Matrix *m, Matrix *out) {
    double det = m->a * m->d - m->b * m->c;
    if (!(fabs(det) > 1e-18) || !isfinite(det))
        return false;
    *out = matrix_inverse(m);
    return true;
}

typedef struct Steps {
    int from, to;
} Steps;

/* Which repeats of low … high, a step apart, meet the stretch a … b. */
static Steps steps_over(double a, double b, double low, double high, double step) {
    double from = floor((a - high) / step) + 1, to = ceil((b - low) / step) - 1;
    from = fmax(fmin(from, 1e9), -1e9);
    to = fmax(fmin(to, 1e9), -1e9);
    return (Steps){(int)from, (int)to};
}

static void draw_in_place(Cell *c, const Matrix *page_to_device, Area area, int i, int j) {
    double x = i * c->x_step, y = j * c->y_step;
    const Matrix *m = &c->to_page;
    Matrix moved = {1, 0, 0, 1, m->a * x + m->c * y, m->b * x + m->d * y};
    c->in_place = true;
    c->finer = 1;
    c->area = area;
    c->to_pixels = matrix_multiply(&moved, page_to_device);
}

static bool draw_apart(Cell *c, const Matrix *pattern_to_device) {
    const Matrix *m = pattern_to_device;
    double w = (c->box.x1 - c->box.x0) * hypot(m->a, m->b);
    double h = (c->box.y1 - c->box.y0) * hypot(m->c, m->d);
    for (c->finer = FINEST; c->finer > 1 && w * h * c->finer * c->finer > FINE_PIXELS;)
        c->finer /= 2;
    w = fmax(ceil(w * c->finer), 1);
    h = fmax(ceil(h * c->finer), 1);
    Matrix from_page;
    if (!(w * h <= MOST_PIXELS) || !invert(&c->to_page, &from_page))
        return false;
    c->area = (Area){0, 0, (int)w, (int)h};
    double x = w / (c->box.x1 - c->box.x0), y = h / (c->box.y1 - c->box.y0);
    Matrix to_cell = {x, 0, 0, -y, -c->box.x0 * x, c->box.y1 * y};
    c->to_pixels = matrix_multiply(&from_page, &to_cell);
    return true;
}

bool cell_plan(Cell *c, const PaintScope *scope, Box box, const Matrix *page_to_device, Area area) {
    *c = (Cell){.box = box,
                .x_step = fabs(scope->x_step),
                .y_step = fabs(scope->y_step),
                .to_page = scope->matrix,
                .coloured = scope->coloured};
    Matrix to_device = matrix_multiply(&c->to_page, page_to_device), back;
    if (!box_known(box) || !(box.x1 > box.x0 && box.y1 > box.y0) || !(c->x_step > 0) ||
        !(c->y_step > 0) || !invert(&to_device, &back))
        return false;
    double across_one = ceil((box.x1 - box.x0) / c->x_step);
    double down_one = ceil((box.y1 - box.y0) / c->y_step);
    if (!(across_one * down_one <= MOST_OVERLAPS))
        return false;
    Box seen = box_transformed((Box){area.x0, area.y0, area.x1, area.y1}, &back);
    Steps across = steps_over(seen.x0, seen.x1, box.x0, box.x1, c->x_step);
    Steps down = steps_over(seen.y0, seen.y1, box.y0, box.y1, c->y_step);
    if (across.from == across.to && down.from == down.to) {
        draw_in_place(c, page_to_device, area, across.from, down.from);
        return true;
    }
    return draw_apart(c, &to_device);
}

CellView cell_view(const Cell *c, const Matrix *page_to_device) {
    CellView v = {.cell = c};
    Matrix to_device = matrix_multiply(&c->to_page, page_to_device);
    if (c->in_place || !invert(&to_device, &v.from_device))
        return v;
    v.across = (c->area.x1 - c->area.x0) / (c->box.x1 - c->box.x0);
    v.down = (c->area.y1 - c->area.y0) / (c->box.y1 - c->box.y0);
    return v;
}

/* One sample on one cell, over what is there. sums: alpha, then planes. */
static void add_pixel(const Cell *c, int x, int y, unsigned *sums) {
    unsigned alpha = mask_row(c->alpha, y)[x - c->area.x0];
    if (!alpha)
        return;
    unsigned bare = 255u - alpha;
    sums[0] = (sums[0] * bare + 127) / 255 + alpha;
    for (size_t i = 0; i < c->plane_count; i++)
        sums[i + 1] = (sums[i + 1] * bare + 127) / 255 + mask_row(c->tints[i], y)[x - c->area.x0];
}

static int held(double at, int end) {
    return at < 0 ? 0 : at >= end ? end - 1 : (int)at;
}

static void sample(const CellView *v, double x, double y, unsigned *sums) {
    const Cell *c = v->cell;
    Point p = matrix_apply(&v->from_device, x, y);
    Steps across = steps_over(p.x, p.x, c->box.x0, c->box.x1, c->x_step);
    Steps down = steps_over(p.y, p.y, c->box.y0, c->box.y1, c->y_step);
    for (int j = down.from; j <= down.to; j++)
        for (int i = across.from; i <= across.to; i++)
            add_pixel(c, held((p.x - i * c->x_step - c->box.x0) * v->across, c->area.x1),
                      held((c->box.y1 - p.y + j * c->y_step) * v->down, c->area.y1), sums);
}

static void sample_pixel(const CellView *v, int x, int y, unsigned *total) {
    const Cell *c = v->cell;
    unsigned sums[MOST_PAINTED + 1], all = (unsigned)(c->finer * c->finer);
    size_t count = c->plane_count + 1;
    memset(total, 0, count * sizeof *total);
    if (c->in_place) {
        add_pixel(c, x, y, total);
        return;
    }
    for (int k = 0; k < c->finer * c->finer; k++) {
        memset(sums, 0, count * sizeof *sums);
        sample(v, x + (k % c->finer + 0.5) / c->finer, y + (k / c->finer + 0.5) / c->finer, sums);
        for (size_t i = 0; i < count; i++)
            total[i] += sums[i];
    }
    for (size_t i = 0; i < count; i++)
        total[i] = (total[i] + all / 2) / all;
}

void cell_row(const CellView *v, int y, int x0, size_t n, const uint8_t *wanted, uint8_t *alpha,
              uint8_t *tints, size_t stride) {
    unsigned total[MOST_PAINTED + 1];
    for (size_t x = 0; x < n; x++) {
        alpha[x] = 0;
        if (!wanted[x])
            continue;
        sample_pixel(v, x0 + (int)x, y, total);
        alpha[x] = (uint8_t)(total[0] > 255 ? 255 : total[0]);
        for (size_t i = 0; i < v->cell->plane_count; i++) {
            unsigned tint = total[0] ? (total[i + 1] * 255 + total[0] / 2) / total[0] : 0;
            tints[i * stride + x] = (uint8_t)(tint > 255 ? 255 : tint);
        }
    }
}
