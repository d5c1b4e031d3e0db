#include "ink/shape/dash.h"

bool dash_pattern(Dasher *d, const double *lengths, int count, double phase) {
    double total = 0;
    for (int i = 0; i < count; i++) {
        if (!(lengths[i] >= 0))
            return false;
        total += lengths[i];
    }
    if (!(total > 0) || !(total < FARTHEST))
        return false;
    d->lengths = lengths;
    d->count = count;
    d->total = count % 2 ? 2 * total : total;
    d->changes = 2 * MOST_DASHES;
    d->first_index = 0;
    d->first_on = true;
    phase = isfinite(phase) ? fmod(phase, d->total) : 0;
    d->first_left = phase < 0 ? phase + d->total : phase;
    while (d->first_left > 0 && d->first_left >= lengths[d->first_index]) {
        d->first_left -= lengths[d->first_index];
        d->first_index = (d->first_index + 1) % count;
        d->first_on = !d->first_on;
    }
    d->first_left = lengths[d->first_index] - d->first_left;
    return true;
}

double dash_user_length(const Dasher *d, double dx, double dy) {
    if (!d->uneven)
        return hypot(dx, dy) * d->user_per_pen;
    return hypot(d->to_user.a * dx + d->to_user.c * dy, d->to_user.b * dx + d->to_user.d * dy);
}

static void rewind_pattern(Dasher *d) {
    d->index = d->first_index;
    d->left = d->first_left;
    d->on = d->first_on;
}

void dash_begin(Dasher *d, bool closed) {
    rewind_pattern(d);
    d->open = false;
    d->holds_first = closed && d->on;
    d->only_first = d->finished = false;
}

bool dash_again(Dasher *d, bool *solid) {
    *solid = d->holds_first;
    if (!d->first_on)
        return false;
    if (!d->on)
        d->open = false;
    rewind_pattern(d);
    d->only_first = true;
    d->holds_first = false;
    return true;
}

void dash_end(Dasher *d) {
    if (d->open)
        outline_end(d->out, false);
    d->open = false;
}

static bool shows(const Dasher *d) {
    return d->on && !d->holds_first && !d->finished;
}

static Point mix(Point a, Point b, double t) {
    return (Point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

static Point direction(const Piece *p, double t) {
    Point u = mix(p->along, p->then, t);
    double length = hypot(u.x, u.y);
    return length > 0 ? (Point){u.x / length, u.y / length} : p->along;
}

static void show(Dasher *d, const Piece *p, double from, double to) {
    if (!shows(d) || to <= from)
        return;
    bool straight = p->along.x == p->then.x && p->along.y == p->then.y;
    Piece part = {.from = from > 0 ? mix(p->from, p->to, from) : p->from,
                  .to = to < 1 ? mix(p->from, p->to, to) : p->to,
                  .along = straight || from <= 0 ? p->along : direction(p, from),
                  .then = straight ? p->along
                          : to < 1 ? direction(p, to)
                                   : p->then,
                  .length = p->length * (to - from)};
    outline_piece(d->out, &part);
    d->open = true;
}

static void next_element(Dasher *d) {
    d->index = d->index + 1 < d->count ? d->index + 1 : 0;
    d->left = d->lengths[d->index];
    d->on = !d->on;
    d->holds_first = false;
    d->finished = d->only_first;
}

/* What is cut in the part of a piece from `from` to `to`, in user space along it. */
static void cut(Dasher *d, const Piece *p, double length, double from, double to) {
    double at = from;
    while (to - at >= d->left && d->changes > 0 && !d->finished) {
        double end = at + d->left;
        show(d, p, at / length, end / length);
        if (d->open)
            dash_end(d);
        else if (shows(d) && d->lengths[d->index] == 0 && d->out->cap != CAP_IS_BUTT)
            outline_dot(d->out, mix(p->from, p->to, end / length), direction(p, end / length));
        at = end;
        next_element(d);
        d->changes--;
    }
    show(d, p, at / length, to / length);
    d->left -= to - at;
}

void dash_skip(Dasher *d, double length) {
    if (d->finished)
        return;
    dash_end(d);
    if (length < d->left) {
        d->left -= length;
        return;
    }
    length -= d->left;
    next_element(d);
    length = fmod(length, d->total);
    while (length >= d->left) {
        length -= d->left;
        next_element(d);
    }
    d->left -= length;
}

/* Narrows [t[0], t[1]] of a line to what lies between low and high. */
static bool within(double from, double to, double low, double high, double t[2]) {
    double way = to - from;
    if (way == 0)
        return from >= low && from <= high;
    double a = (low - from) / way, b = (high - from) / way;
    t[0] = fmax(t[0], fmin(a, b));
    t[1] = fmin(t[1], fmax(a, b));
    return t[0] < t[1];
}

void dash_piece(Dasher *d, const Piece *p) {
    double dx = p->to.x - p->from.x, dy = p->to.y - p->from.y;
    double length = d->uneven ? dash_user_length(d, dx, dy) : p->length * d->user_per_pen;
    double t[2] = {0, 1};
    if (!within(p->from.x, p->to.x, d->view.x0, d->view.x1, t) ||
        !within(p->from.y, p->to.y, d->view.y0, d->view.y1, t)) {
        dash_skip(d, length);
        return;
    }
    if (t[0] > 0)
        dash_skip(d, length * t[0]);
    cut(d, p, length, length * t[0], length * t[1]);
    if (t[1] < 1)
        dash_skip(d, length * (1 - t[1]));
}
