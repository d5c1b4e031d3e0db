/* The square with the most ink, once more: which inks, and what their exact colours say. */
#include "ink/measure/tac_parts.h"

double tac_told(const Limit *l, double sum, double doubt) {
    const double limits[] = {l->tac_max, l->tac_warn};
    for (size_t i = 0; i < 2; i++)
        if (sum > limits[i] && sum - doubt <= limits[i])
            return limits[i];
    return sum;
}

size_t tac_inks(const TacAreas *t) {
    size_t inks = 0;
    for (size_t i = 0; i < t->planes; i++)
        inks += t->counts[i];
    return inks;
}

/* Sums of its planes, 255ths. */
static void add_planes(const TacAreas *t, const InkPixels *p, Area square, uint64_t *totals) {
    uint8_t *row = t->tints;
    for (size_t plane = 0; plane < t->planes; plane++)
        for (int y = square.y0; y < square.y1 && t->counts[plane]; y++)
            if (ink_pixels_row(p, plane, y, square.x0, square.x1, row))
                for (int x = 0; x < square.x1 - square.x0; x++)
                    totals[plane] += row[x];
}

/* Marks pixels that have spot ink too: their bytes are no colour of process inks alone. */
static void mark_spots(const TacAreas *t, const InkPixels *p, Area row, uint8_t *spots) {
    uint8_t *tints = t->tints;
    size_t n = (size_t)(row.x1 - row.x0);
    memset(spots, 0, n);
    for (size_t plane = FIRST_SPOT; plane < t->planes; plane++)
        if (t->counts[plane] && ink_pixels_row(p, plane, row.y0, row.x0, row.x1, tints))
            for (size_t x = 0; x < n; x++)
                spots[x] |= tints[x];
}

typedef struct Exactly {
    double more; /* than the bytes say, 1 = 100 % of a pixel */
    size_t pixels;
} Exactly;

static void look_at_row(TacAreas *t, const InkPixels *p, Area row, Exactly *e) {
    const ExactColours *colours = exact_colours(t);
    size_t n = (size_t)(row.x1 - row.x0);
    uint8_t *spots = t->tints + 4 * n;
    mark_spots(t, p, row, spots);
    for (size_t i = 0; i < 4; i++)
        ink_pixels_row(p, PLANE_CYAN + i, row.y0, row.x0, row.x1, t->tints + i * n);
    for (size_t x = 0; x < n; x++) {
        const uint8_t tints[4] = {t->tints[x], t->tints[n + x], t->tints[2 * n + x],
                                  t->tints[3 * n + x]};
        const ExactColour *c = spots[x] ? NULL : exact_find(colours, tints);
        unsigned bytes = (unsigned)tints[0] + tints[1] + tints[2] + tints[3];
        if (c || (!bytes && !spots[x])) {
            e->more += c ? c->sum - bytes / 255.0 : 0;
            e->pixels++;
        }
    }
}

/* From the sums of its planes; their mean together is returned. */
static double keep_square(TacAreas *t, Area square, const uint64_t *totals, uint64_t pixels) {
    const char **names = ARENA_ARRAY(t->p->arena, const char *, t->planes);
    double full = 255.0 * (double)pixels, sum = 0, process = 0;
    size_t inks = 0;
    for (size_t plane = 0; plane < t->planes; plane++) {
        double mean = t->counts[plane] ? (double)totals[plane] / full : 0;
        sum += mean;
        process += t->roles[plane] == ROLE_PROCESS ? mean : 0;
        if (mean >= 0.5 / 255)
            names[inks++] = t->names[plane];
    }
    t->square = (TacSquare){.area = square,
                            .process_mean = process,
                            .doubt = rounding_of(t, inks),
                            .inks = strs_of(t->p->arena, names, inks)};
    return sum;
}

void tac_square_exactly(TacAreas *t, Area square) {
    uint64_t pixels;
    const uint64_t *totals = pixel_sums_square(t->exactly, &pixels);
    if (pixels)
        keep_square(t, square, totals, pixels);
}

void tac_square_look(void *areas, const InkPixels *p, Area square) {
    TacAreas *t = areas;
    size_t pixels = (size_t)(square.x1 - square.x0) * (size_t)(square.y1 - square.y0);
    uint64_t *totals = ARENA_ARRAY(t->p->arena, uint64_t, t->planes);
    add_planes(t, p, square, totals);
    double sum = keep_square(t, square, totals, pixels);
    if (!(sum + t->square.doubt >= fmin(t->p->limit->tac_warn, t->p->limit->tac_max)))
        return;
    Exactly e = {0};
    for (int y = square.y0; y < square.y1; y++)
        look_at_row(t, p, (Area){square.x0, y, square.x1, y + 1}, &e);
    t->square.correction = e.more / (double)pixels;
    t->square.process_mean += t->square.correction;
    t->square.doubt *= 1 - (double)e.pixels / (double)pixels;
}
