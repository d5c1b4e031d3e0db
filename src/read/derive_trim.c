/* The effective trim, and how it compares with the size the job asks for. */
#include <math.h>

#include "read/derive.h"
#include "read/edges.h"

typedef struct Sides {
    double w, h;
} Sides;

static Sides sides_of(Box b) {
    return (Sides){b.x1 - b.x0, b.y1 - b.y0};
}

static Sides swapped(Sides s) {
    return (Sides){s.h, s.w};
}

/* The job's size as it stands in the file. */
static Sides job_sides(const Job *job) {
    double scale = isnan(job->scale) ? 1 : job->scale;
    return (Sides){job->size_w * scale, job->size_h * scale};
}

static double off(Sides is, Sides wanted) {
    double w = fabs(is.w - wanted.w), h = fabs(is.h - wanted.h);
    return w > h || isnan(w) ? w : h;
}

static double size_tolerance(const Limit *limit) {
    return isnan(limit->size_error) ? LENGTH_TOLERANCE : limit->size_error + LENGTH_TOLERANCE;
}

static Sides with_bleed(Sides s, const double viewed[EDGES]) {
    return (Sides){s.w + viewed[LEFT] + viewed[RIGHT], s.h + viewed[TOP] + viewed[BOTTOM]};
}

static bool turned(const Page *p) {
    return p->rotate == 90 || p->rotate == 270;
}

/* A page that is exactly what the job asks for, with or without its bleed, says where the trim is.
 */
static bool infer_from_media(Page *p, const Job *job, const Limit *limit) {
    Box media = {0, 0, p->media_w, p->media_h};
    Sides is = turned(p) ? swapped(sides_of(media)) : sides_of(media), job_is = job_sides(job);
    double bleed[EDGES], tolerance = size_tolerance(limit);
    limit_bleeds(limit, bleed);
    bool bleeds = bleed[TOP] + bleed[RIGHT] + bleed[BOTTOM] + bleed[LEFT] > 0;
    if (bleeds && (off(is, with_bleed(job_is, bleed)) <= tolerance ||
                   off(is, with_bleed(swapped(job_is), bleed)) <= tolerance)) {
        double written[EDGES];
        edges_as_written(written, bleed, p->rotate);
        p->trim = box_grown(media, written, -1);
        p->trim_source = TRIM_MEDIA_MINUS_BLEED;
        return true;
    }
    if (off(is, job_is) <= tolerance || off(is, swapped(job_is)) <= tolerance) {
        p->trim = media;
        p->trim_source = TRIM_MEDIA;
        return true;
    }
    return false;
}

static void find_trim(Page *p, const Job *job, const Limit *limit, Box marks) {
    if (box_usable(p, p->trim_box)) {
        p->trim = box_to_page(p, p->trim_box);
        p->trim_source = TRIM_TRIMBOX;
    } else if (box_usable(p, p->art_box)) {
        p->trim = box_to_page(p, p->art_box);
        p->trim_source = TRIM_ARTBOX;
    } else if (box_known(marks)) {
        p->trim = marks;
        p->trim_source = TRIM_MARKS;
    } else if (!infer_from_media(p, job, limit)) {
        p->trim = box_usable(p, p->crop_box)
                      ? box_meet(box_to_page(p, p->crop_box), (Box){0, 0, p->media_w, p->media_h})
                      : (Box){0, 0, p->media_w, p->media_h};
        p->trim_source = TRIM_DEFAULTED;
    }
}

static SizeMatch match_size(const Page *p, const Job *job, const Limit *limit, double *deviation) {
    Sides written = sides_of(p->trim), viewed = turned(p) ? swapped(written) : written;
    Sides job_is = job_sides(job), spread = {2 * job_is.w, job_is.h};
    double bleed[EDGES], tolerance = size_tolerance(limit);
    limit_bleeds(limit, bleed);
    Sides bled = with_bleed(job_is, bleed);
    bool boxed = p->trim_source == TRIM_TRIMBOX || p->trim_source == TRIM_ARTBOX;
    double spread_off = fmin(off(written, spread), off(viewed, spread));
    *deviation = fmin(off(written, job_is), off(viewed, job_is));
    if (*deviation <= tolerance)
        return SIZE_SAME;
    if (job->spreads == 1 && spread_off <= tolerance) {
        *deviation = spread_off;
        return SIZE_SAME;
    }
    if (boxed && off(bled, job_is) > tolerance &&
        (off(written, bled) <= tolerance || off(viewed, bled) <= tolerance))
        return SIZE_WITH_BLEED;
    if (off(written, swapped(job_is)) <= tolerance || off(viewed, swapped(job_is)) <= tolerance)
        return SIZE_SWAPPED;
    return spread_off <= tolerance ? SIZE_SPREAD : SIZE_DIFFERENT;
}

void derive_trim(Page *p, const Job *job, const Limit *limit, Box marks) {
    find_trim(p, job, limit, marks);
    if (p->trim_source == TRIM_DEFAULTED)
        return;
    Sides written = sides_of(p->trim), viewed = turned(p) ? swapped(written) : written;
    p->trim_w = written.w;
    p->trim_h = written.h;
    p->viewed_w = viewed.w;
    p->viewed_h = viewed.h;
    int order = measure_compare(viewed.w, viewed.h, DIM_LENGTH);
    p->orientation = order < 0   ? ORIENTATION_PORTRAIT
                     : order > 0 ? ORIENTATION_LANDSCAPE
                                 : ORIENTATION_SQUARE;
    if (isnan(job->size_w) || isnan(job->size_h))
        return;
    p->size_match = (uint8_t)match_size(p, job, limit, &p->size_off);
}
