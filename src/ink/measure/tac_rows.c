/* The rows of facts: plates, and places where much ink meets. */
#include "ink/measure/tac_parts.h"
#include "read/derive.h"

enum { MOST_FLAT = 8 }; /* rows of flat colours: those with the most ink */

static TacArea *add_row(const TacAreas *t, TacKind kind) {
    TacArea *row = facts_add(t->p->facts, FACT_tac_area);
    row->kind = (uint8_t)kind;
    row->why = row->why_en = "";
    return row;
}

static void leave_open(TacArea *row, Text why) {
    row->mean = row->process_mean = row->peak = row->area = NAN;
    row->why = why.zh;
    row->why_en = why.en;
}

static void add_plates(const TacAreas *t, const InkSumsResult *sums) {
    bool whole = !measured_omits(t->p, t->p->page->bleed);
    for (size_t i = FIRST_SPOT - 4; i < sums->plane_count; i++) {
        if (!sums->planes[i].peak)
            continue;
        Plate *row = facts_add(t->p->facts, FACT_plate);
        row->ink = t->names[i];
        row->role = (uint8_t)t->roles[i];
        row->coverage = whole ? sums->planes[i].coverage : NAN;
        row->peak = whole ? sums->planes[i].peak / 255.0 : NAN;
    }
}

/* What was measured. More ink than the highest limit, at a place where all is drawn, is that
 * whatever the rest of the page holds; otherwise the rest has to be certain too. */
typedef struct Measured {
    double value, most; /* most: with the inks of which nobody knows what they are */
    bool proven;        /* to be over the highest limit */
    bool flat_only;
    Box box;
} Measured;

static bool is_certain(const TacAreas *t, const Measured *m, Text *why) {
    const double limits[] = {t->p->limit->tac_warn, t->p->limit->tac_max};
    TacDoubt doubt = tac_doubt(t, m->proven ? m->box : t->p->page->bleed, m->flat_only);
    if (doubt != DOUBT_NONE) {
        *why = tac_why(t, doubt);
        return false;
    }
    for (int i = 0; i < 2 && !m->proven; i++)
        if (m->value <= limits[i] && m->most > limits[i]) {
            *why = tac_why_unclear(t);
            return false;
        }
    return true;
}

/* Of pixels of the bands, or of the file. */
static Box box_of_sums(const TacAreas *t, Area a) {
    Matrix back = matrix_inverse(t->exactly ? &t->p->pixels->place.to_pixels : &t->p->to_device);
    return box_transformed((Box){a.x0, a.y0, a.x1, a.y1}, &back);
}

static double square_told(const TacAreas *t, const InkSumsResult *s) {
    return tac_told(t->p->limit, s->max_mean + t->square.correction, t->square.doubt);
}

static void add_square(const TacAreas *t, const InkSumsResult *s, const InkSumsResult *if_unclear) {
    static const Text unmeasured = {"没有给出量墨量的方块大小，或页面大得只能估计",
                                    "no square is given, or the page is so large that it is only "
                                    "bounded"};
    static const Text unsized = {"不知道画面印多大，没法按毫米量墨量",
                                 "how large the picture is printed is not known, so no square can "
                                 "be measured"};
    const Limit *l = t->p->limit;
    TacArea *row = add_row(t, TAC_SQUARE);
    double mean = square_told(t, s), doubt = rounding_of(t, tac_inks(t));
    double bound = tac_told(l, s->max_mean_bound, doubt), most = bound;
    if (if_unclear)
        most = fmax(most, tac_told(l, if_unclear->max_mean_bound, rounding_of(t, t->planes)));
    Measured m = {mean, most, mean > l->tac_max, false, box_of_sums(t, s->max_square)};
    Text why = t->p->sized ? unmeasured : unsized;
    row->box = m.box;
    row->inks = t->square.inks;
    row->mean = mean;
    row->process_mean = t->square.process_mean;
    row->area = (m.box.x1 - m.box.x0) * (m.box.y1 - m.box.y0);
    bool open = !(l->tac_square > 0 && t->p->sized);
    /* Squares over the edges of bands may only be bounded. */
    if (s->max_mean < s->max_mean_bound)
        open |= (mean <= l->tac_max && bound > l->tac_max) ||
                (mean <= l->tac_warn && bound > l->tac_warn);
    if (open || !is_certain(t, &m, &why))
        leave_open(row, why);
    t->p->page->ink_mean = row->mean;
}

static void add_peak(const TacAreas *t, const InkSumsResult *s, const InkSumsResult *if_unclear) {
    const Limit *l = t->p->limit;
    TacArea *row = add_row(t, TAC_PEAK);
    double doubt = rounding_of(t, tac_inks(t));
    double peak = tac_told(l, s->peak, doubt);
    double most = if_unclear ? tac_told(l, if_unclear->peak, rounding_of(t, t->planes)) : peak;
    Area pixel = {s->peak_x, s->peak_y, s->peak_x + 1, s->peak_y + 1};
    Measured m = {peak, most, peak > l->tac_max, false, box_of_sums(t, pixel)};
    Text why;
    row->box = m.box;
    row->peak = m.value;
    if (!is_certain(t, &m, &why))
        leave_open(row, why);
    t->p->page->ink_peak = row->peak;
}

static double area_of(const TacAreas *t, uint64_t pixels) {
    const Matrix *m = &t->p->to_device;
    return (double)pixels / fabs(m->a * m->d - m->b * m->c);
}

/* The largest area over the higher limit; over the lower one when there is none. */
static void add_region(const TacAreas *t, const InkSumsResult *if_unclear) {
    const Limit *l = t->p->limit;
    TacArea *row = add_row(t, TAC_REGION);
    const RegionOfPixels *r = regions_end(t->over[OVER_WARN]),
                         *higher = regions_end(t->over[OVER_MAX]);
    OverLimit over = higher->pixels ? OVER_MAX : OVER_WARN;
    r = higher->pixels ? higher : r;
    double area = area_of(t, r->pixels);
    bool proven = over == OVER_MAX && area > l->tac_region;
    /* An area with unclear inks may be larger than that of the others. */
    Measured m = {0, if_unclear ? if_unclear->peak : 0, proven, false, measured_box(t->p, r->box)};
    Text why = {"", ""};
    row->over = tac_limit_of(l, over);
    row->area = area;
    if (r->pixels) {
        row->box = m.box;
        row->peak = r->peak / 255.0;
        row->mean = (double)r->sum / (255.0 * (double)r->pixels);
    }
    if (isnan(l->tac_warn) && isnan(l->tac_max)) /* over what? The rule names the missing limit */
        row->area = NAN;
    else if (!is_certain(t, &m, &why))
        leave_open(row, why);
}

static const Strs *process_inks(const TacAreas *t, const uint8_t tints[4]) {
    const char *names[4];
    size_t inks = 0;
    for (size_t i = 0; i < 4; i++)
        if (tints[i])
            names[inks++] = t->names[PLANE_CYAN + i];
    return strs_of(t->p->arena, names, inks);
}

static void add_flat(const TacAreas *t, size_t class, const RegionOfPixels *r) {
    const ExactColour *c = t->exact->classes[class];
    TacArea *row = add_row(t, TAC_SOLID);
    row->box = measured_box(t->p, r->box);
    row->mean = row->process_mean = row->peak = c->sum;
    row->area = area_of(t, r->pixels);
    row->inks = process_inks(t, c->tints);
    TacDoubt doubt = tac_doubt(t, row->box, true);
    if (doubt != DOUBT_NONE)
        leave_open(row, tac_why(t, doubt));
}

/* The classes whose largest area counts, the most ink first. */
static size_t flats_by_ink(const TacAreas *t, const RegionOfPixels *largest, size_t *classes) {
    size_t count = 0;
    double least = t->p->limit->tac_region;
    for (size_t i = 0; t->flat && i < t->exact->class_count; i++) {
        if (!largest[i].pixels || area_of(t, largest[i].pixels) <= least)
            continue;
        size_t at = count < MOST_FLAT ? count++ : MOST_FLAT;
        for (; at > 0 && t->exact->classes[classes[at - 1]]->sum < t->exact->classes[i]->sum; at--)
            if (at < MOST_FLAT)
                classes[at] = classes[at - 1];
        if (at < MOST_FLAT)
            classes[at] = i;
    }
    return count;
}

/* One row at least: with nothing in it when no flat colour has so much ink. */
static void add_flats(const TacAreas *t) {
    size_t classes[MOST_FLAT];
    const Limit *l = t->p->limit;
    const RegionOfPixels *largest = t->flat ? regions_end(t->flat) : NULL;
    size_t count = flats_by_ink(t, largest, classes);
    for (size_t i = 0; i < count; i++)
        add_flat(t, classes[i], &largest[classes[i]]);
    TacDoubt doubt = tac_doubt(t, t->p->page->bleed, true);
    if (count && doubt == DOUBT_NONE)
        return;
    TacArea *row = add_row(t, TAC_SOLID);
    row->mean = row->area = isnan(l->solid_warn) && isnan(l->solid_max) ? NAN : 0;
    if (doubt != DOUBT_NONE)
        leave_open(row, tac_why(t, doubt));
}

void tac_rows(TacAreas *t, const InkSumsResult *sums, const InkSumsResult *if_unclear) {
    add_plates(t, sums);
    add_square(t, sums, if_unclear);
    add_region(t, if_unclear);
    add_peak(t, sums, if_unclear);
    add_flats(t);
}
