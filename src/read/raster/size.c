#include "read/raster/size.h"

#include <math.h>

#include "read/edges.h"

RasterTurn raster_turn(const RasterHead *head) {
    /* TIFF 6.0, Orientation: where row 0 and column 0 are as viewed. */
    static const struct {
        bool swap, flip_x, flip_y;
    } turns[] = {[1] = {false, false, false}, [2] = {false, true, false}, [3] = {false, true, true},
                 [4] = {false, false, true},  [5] = {true, false, false}, [6] = {true, true, false},
                 [7] = {true, true, true},    [8] = {true, false, true}};
    int o = head->orientation >= 1 && head->orientation <= 8 ? head->orientation : 1;
    bool swap = turns[o].swap;
    return (RasterTurn){.width = swap ? head->height : head->width,
                        .height = swap ? head->width : head->height,
                        .swap = swap,
                        .flip_x = turns[o].flip_x,
                        .flip_y = turns[o].flip_y};
}

static double usable_density(double ppi) {
    return isfinite(ppi) && ppi > 0 ? ppi : 0;
}

static void size_by_density(Raster *r, const RasterHead *head, const RasterTurn *turn) {
    double x = usable_density(head->ppi_x), y = usable_density(head->ppi_y);
    r->density_x = turn->swap ? y : x;
    r->density_y = turn->swap ? x : y;
    if (r->density_x > 0 && r->density_y > 0) {
        r->density_w = 72 * r->width / r->density_x;
        r->density_h = 72 * r->height / r->density_y;
    }
}

/* A size the job could have meant, and how far the pixels are from its shape. */
typedef struct Candidate {
    double w, h;
    bool bled;
    double off, pixel; /* a pixel's side at that size */
} Candidate;

/* Pixels of unequal sides, as of a fax, have the shape that their densities give them. */
static double shape_of(const Raster *r) {
    bool tagged = r->density_x > 0 && r->density_y > 0;
    return (double)r->width / r->height * (tagged ? r->density_y / r->density_x : 1);
}

static Candidate candidate(const Raster *r, double w, double h, bool bled) {
    double shape = shape_of(r);
    return (Candidate){.w = w,
                       .h = h,
                       .bled = bled,
                       .off = fmin(fabs(w / shape - h), fabs(h * shape - w)),
                       .pixel = fmax(w / r->width, h / r->height)};
}

typedef struct Wanted {
    double tolerance;
    bool bleeds;         /* some edge is to bleed */
    Candidate bled, net; /* the better orientation of each; `w` NaN: not known */
} Wanted;

static void take_better(Candidate *best, Candidate c) {
    if (isnan(best->w) || c.off < best->off)
        *best = c;
}

static Wanted wanted_sizes(const Raster *r, const Job *job, const Limit *limit) {
    double bleed[EDGES], scale = isnan(job->scale) ? 1 : job->scale;
    limit_bleeds(limit, bleed);
    double across = bleed[LEFT] + bleed[RIGHT], down = bleed[TOP] + bleed[BOTTOM];
    Wanted wanted = {.tolerance = isnan(limit->size_error) ? LENGTH_TOLERANCE : limit->size_error,
                     .bleeds = across + down > 0,
                     .bled = {.w = NAN},
                     .net = {.w = NAN}};
    for (int pages = 1; pages <= (job->spreads == 1 ? 2 : 1); pages++) {
        double w = pages * job->size_w * scale, h = job->size_h * scale;
        take_better(&wanted.net, candidate(r, w, h, false));
        take_better(&wanted.net, candidate(r, h, w, false));
        if (!wanted.bleeds)
            continue;
        take_better(&wanted.bled, candidate(r, w + across, h + down, true));
        take_better(&wanted.bled, candidate(r, h + across, w + down, true));
    }
    return wanted;
}

static bool has_shape(const Wanted *wanted, const Candidate *c) {
    return c->off <= wanted->tolerance + c->pixel;
}

/* JFIF and PNG store whole pixels an inch or a metre: half a pixel an inch is rounding. */
static bool density_is(const Raster *r, const Wanted *wanted, const Candidate *c) {
    const double rounding = 0.5;
    if (isnan(r->density_w))
        return false;
    double x = 72 * r->width / c->w, y = 72 * r->height / c->h;
    bool across =
        fabs(r->density_w - c->w) <= wanted->tolerance || fabs(r->density_x - x) <= rounding;
    bool down =
        fabs(r->density_h - c->h) <= wanted->tolerance || fabs(r->density_y - y) <= rounding;
    return across && down;
}

/* With bleed or without? NULL: the shape fits both and nothing else tells. */
static const Candidate *choose(const Raster *r, const Wanted *wanted) {
    const Candidate *bled = &wanted->bled, *net = &wanted->net;
    if (!wanted->bleeds)
        return net;
    bool both = has_shape(wanted, bled) && has_shape(wanted, net);
    bool tagged_bled = density_is(r, wanted, bled), tagged_net = density_is(r, wanted, net);
    if (both && tagged_bled != tagged_net)
        return tagged_bled ? bled : net;
    if (both && fabs(bled->off - net->off) <= LENGTH_TOLERANCE)
        return NULL;
    return bled->off <= net->off ? bled : net;
}

static RasterFit fit_of(const Wanted *wanted, const Candidate *c) {
    if (!has_shape(wanted, c))
        return FIT_DIFFERENT;
    return c->bled || !wanted->bleeds ? FIT_WITH_BLEED : FIT_TRIM;
}

static void size_by_job(Raster *r, const Job *job, const Limit *limit) {
    Wanted wanted = wanted_sizes(r, job, limit);
    const Candidate *c = choose(r, &wanted);
    if (c)
        r->fit = (uint8_t)fit_of(&wanted, c);
    else
        c = &wanted.bled;
    double scale = isnan(job->scale) ? 1 : job->scale;
    r->job_w = c->w;
    r->job_h = c->h;
    r->fit_off = c->off;
    r->ppi = 72 * scale * fmin(r->width / c->w, r->height / c->h);
    if (!isnan(r->density_w))
        r->density_fits = density_is(r, &wanted, c);
}

void raster_sizes(Raster *r, const RasterHead *head, const Job *job, const Limit *limit) {
    RasterTurn turn = raster_turn(head);
    r->width = (int32_t)turn.width;
    r->height = (int32_t)turn.height;
    size_by_density(r, head, &turn);
    if (job->size_w > 0 && job->size_h > 0 && r->width > 0 && r->height > 0)
        size_by_job(r, job, limit);
}

bool raster_fits_job(const Raster *r) {
    return r->fit == FIT_WITH_BLEED || r->fit == FIT_TRIM;
}

Box raster_media(const Raster *r) {
    if (raster_fits_job(r))
        return (Box){0, 0, r->job_w, r->job_h};
    if (!isnan(r->density_w))
        return (Box){0, 0, r->density_w, r->density_h};
    return (Box){0, 0, greater(r->width, 1), greater(r->height, 1)};
}
