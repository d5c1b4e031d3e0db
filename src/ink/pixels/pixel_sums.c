#include "ink/pixels/pixel_sums.h"

#include <math.h>
#include <string.h>

#include "ink/pixels/pixel_cells.h"

struct PixelSums {
    Arena *arena;
    PixelSumsPlan plan;
    size_t channels, counted_count;
    size_t counted[MOST_RASTER_CHANNELS]; /* channels in the sum */
    Area cells;                           /* that lie within as a whole */
    uint64_t *totals;                     /* a channel */
    uint8_t *highest;
    uint32_t peak;
    int peak_x, peak_y;
    int side_x, side_y;
    uint32_t *ring, *sums; /* the last side_y rows of cells; of the row at hand what counts */
    uint64_t *columns;     /* what counts in those rows */
    uint64_t best;
    Area best_area;
    uint64_t *of_planes, square_pixels; /* of the best */
};

static int round_up(int v, int step) {
    return (v + step - 1) / step * step;
}

static int side_of(double cells, int most) {
    int side = cells >= 1 ? cells < most ? (int)lround(cells) : most : cells > 0;
    return side < most ? side : most;
}

PixelSums *pixel_sums_new(Arena *a, const PixelSumsPlan *plan) {
    PixelSums *s = ARENA_NEW(a, PixelSums);
    const RasterHead *h = plan->inks->head;
    s->arena = a;
    s->plan = *plan;
    s->channels = (size_t)plan->inks->channels;
    Area w = s->plan.within = area_meet(plan->within, (Area){0, 0, (int)h->width, (int)h->height});
    for (size_t c = 0; c < s->channels; c++)
        if (plan->counts[plan->inks->plane_of[c]])
            s->counted[s->counted_count++] = c;
    s->totals = ARENA_ARRAY(a, uint64_t, s->channels);
    s->highest = ARENA_ARRAY(a, uint8_t, s->channels);
    s->of_planes = ARENA_ARRAY(a, uint64_t, plan->inks->planes.count);
    if (area_empty(w))
        return s;
    s->cells =
        (Area){round_up(w.x0, plan->across) / plan->across, round_up(w.y0, plan->down) / plan->down,
               w.x1 / plan->across, w.y1 / plan->down};
    if (area_empty(s->cells))
        return s;
    size_t width = (size_t)(s->cells.x1 - s->cells.x0);
    s->side_x = side_of(plan->side_x, s->cells.x1 - s->cells.x0);
    s->side_y = side_of(plan->side_y, s->cells.y1 - s->cells.y0);
    s->ring = ARENA_ARRAY(a, uint32_t, width * s->channels * (size_t)s->side_y);
    s->sums = ARENA_ARRAY(a, uint32_t, width);
    s->columns = ARENA_ARRAY(a, uint64_t, width);
    return s;
}

/* Pixels that are in no whole cell. */
static void add_pixels(PixelSums *s, const uint8_t *composed, int x0, int x1) {
    const uint8_t *p = composed + (size_t)x0 * s->channels;
    for (int x = x0; x < x1; x++, p += s->channels)
        for (size_t c = 0; c < s->channels; c++)
            s->totals[c] += p[c];
}

static uint32_t sum_at(const PixelSums *s, const uint8_t *pixel) {
    uint32_t sum = 0;
    for (size_t i = 0; i < s->counted_count; i++)
        sum += pixel[s->counted[i]];
    return sum;
}

static void find_peak(PixelSums *s, int y, const uint8_t *composed) {
    Area w = s->plan.within;
    const uint8_t *row = composed + (size_t)w.x0 * s->channels;
    size_t n = (size_t)(w.x1 - w.x0);
    uint8_t of_row[MOST_RASTER_CHANNELS] = {0};
    pixel_highest(row, n, s->channels, of_row);
    for (size_t c = 0; c < s->channels; c++)
        s->highest[c] = s->highest[c] > of_row[c] ? s->highest[c] : of_row[c];
    if (sum_at(s, of_row) <= s->peak)
        return;
    if (s->channels == 4 && s->counted_count == 4 && pixel_peak(row, n) <= s->peak)
        return;
    for (size_t x = 0; x < n; x++) {
        uint32_t sum = sum_at(s, row + x * s->channels);
        if (sum <= s->peak)
            continue;
        s->peak = sum;
        s->peak_x = w.x0 + (int)x;
        s->peak_y = y;
    }
}

void pixel_sums_row(PixelSums *s, int y, const uint8_t *composed) {
    Area w = s->plan.within;
    if (area_empty(w) || y < w.y0 || y >= w.y1)
        return;
    find_peak(s, y, composed);
    int row = y / s->plan.down;
    if (row < s->cells.y0 || row >= s->cells.y1 || area_empty(s->cells)) {
        add_pixels(s, composed, w.x0, w.x1);
        return;
    }
    add_pixels(s, composed, w.x0, s->cells.x0 * s->plan.across);
    add_pixels(s, composed, s->cells.x1 * s->plan.across, w.x1);
}

static void add_totals(PixelSums *s, const uint32_t *cells, size_t width) {
    for (size_t c = 0; c < s->channels; c++) {
        uint64_t total = 0;
        for (size_t x = 0; x < width; x++)
            total += cells[x * s->channels + c];
        s->totals[c] += total;
    }
}

/* What counts of a row of cells. */
static const uint32_t *counted_sums(PixelSums *s, const uint32_t *cells, size_t width) {
    if (s->channels == 4 && s->counted_count == 4) {
        for (size_t x = 0; x < width; x++, cells += 4)
            s->sums[x] = cells[0] + cells[1] + cells[2] + cells[3];
        return s->sums;
    }
    for (size_t x = 0; x < width; x++) {
        s->sums[x] = 0;
        for (size_t i = 0; i < s->counted_count; i++)
            s->sums[x] += cells[x * s->channels + s->counted[i]];
    }
    return s->sums;
}

/* The rows of cells of the best square stand in the ring. */
static void look_at_square(PixelSums *s) {
    size_t width = (size_t)(s->cells.x1 - s->cells.x0) * s->channels;
    size_t from = (size_t)(s->best_area.x0 - s->cells.x0);
    memset(s->of_planes, 0, s->plan.inks->planes.count * sizeof *s->of_planes);
    for (size_t row = 0; row < (size_t)s->side_y; row++) {
        const uint32_t *cells = s->ring + row * width + from * s->channels;
        for (size_t x = 0; x < (size_t)s->side_x; x++, cells += s->channels)
            for (size_t c = 0; c < s->channels; c++)
                s->of_planes[s->plan.inks->plane_of[c]] += cells[c];
    }
}

static void judge_squares(PixelSums *s, int row, size_t width) {
    size_t side = (size_t)s->side_x;
    uint64_t sum = 0, before = s->best;
    for (size_t x = 0; x < width; x++) {
        sum += s->columns[x];
        if (x + 1 < side)
            continue;
        size_t from = x + 1 - side;
        if (sum > s->best) {
            int x0 = s->cells.x0 + (int)from, y1 = row + 1;
            s->best = sum;
            s->best_area = (Area){x0, y1 - s->side_y, x0 + s->side_x, y1};
        }
        sum -= s->columns[from];
    }
    if (s->best > before)
        look_at_square(s);
}

void pixel_sums_cells(PixelSums *s, int row, const uint32_t *cells) {
    if (row < s->cells.y0 || row >= s->cells.y1 || area_empty(s->cells))
        return;
    size_t width = (size_t)(s->cells.x1 - s->cells.x0), n = width * s->channels;
    const uint32_t *in = cells + (size_t)s->cells.x0 * s->channels;
    add_totals(s, in, width);
    if (!s->side_x || !s->side_y)
        return;
    int nth = row - s->cells.y0;
    uint32_t *place = s->ring + (size_t)(nth % s->side_y) * n;
    const uint32_t *out = counted_sums(s, place, width);
    for (size_t x = 0; x < width; x++)
        s->columns[x] -= out[x];
    memcpy(place, in, n * sizeof *place);
    const uint32_t *more = counted_sums(s, in, width);
    for (size_t x = 0; x < width; x++)
        s->columns[x] += more[x];
    if (nth + 1 >= s->side_y)
        judge_squares(s, row, width);
}

/* A picture without one whole cell is a square of its own. */
static void take_all(PixelSums *s, InkSumsResult *r, double pixels) {
    memset(s->of_planes, 0, s->plan.inks->planes.count * sizeof *s->of_planes);
    for (size_t c = 0; c < s->channels; c++)
        s->of_planes[s->plan.inks->plane_of[c]] += s->totals[c];
    for (size_t i = 0; i < s->counted_count; i++)
        s->best += s->totals[s->counted[i]];
    r->max_mean = (double)s->best / (255 * pixels);
    s->square_pixels = (uint64_t)pixels;
    r->max_square = s->plan.within;
}

InkSumsResult pixel_sums_finish(PixelSums *s) {
    InkSumsResult r = {.peak = s->peak / 255.0, .peak_x = s->peak_x, .peak_y = s->peak_y};
    Area w = s->plan.within;
    r.plane_count = s->plan.inks->planes.count;
    r.planes = ARENA_ARRAY(s->arena, PlaneSum, r.plane_count);
    if (area_empty(w))
        return r;
    double pixels = (double)(w.x1 - w.x0) * (w.y1 - w.y0);
    for (size_t c = 0; c < s->channels; c++)
        r.planes[s->plan.inks->plane_of[c]] =
            (PlaneSum){(double)s->totals[c] / (255 * pixels), s->highest[c]};
    if (s->side_x && s->side_y) {
        s->square_pixels = (uint64_t)s->side_x * (uint64_t)s->side_y * (uint64_t)s->plan.across *
                           (uint64_t)s->plan.down;
        r.max_mean = (double)s->best / (255.0 * (double)s->square_pixels);
        Area a = s->best_area;
        r.max_square = (Area){a.x0 * s->plan.across, a.y0 * s->plan.down, a.x1 * s->plan.across,
                              a.y1 * s->plan.down};
    } else if (s->plan.side_x > 0) {
        take_all(s, &r, pixels);
    }
    r.max_mean_bound = r.max_mean;
    return r;
}

const uint64_t *pixel_sums_square(const PixelSums *s, uint64_t *pixels) {
    *pixels = s->square_pixels;
    return s->of_planes;
}
