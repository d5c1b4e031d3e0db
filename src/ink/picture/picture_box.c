#include "ink/picture/picture_box.h"

#include <math.h>
#include <string.h>

/* So many whole rows fit 16 bits. */
enum { MOST_ADDED = 256 };

/* The samples a pixel covers: the first and the last by a share, those between whole. */
typedef struct Span {
    int first, last;
    double head, tail; /* share of the first; of the last, when it is another one */
} Span;

typedef struct Column {
    int first, between; /* counted from the first column that is used */
    float head, whole, tail;
} Column;

struct BoxFilter {
    BoxAxis rows;
    int channels;
    Column *columns;
    int column_count;
    size_t skip, used; /* bytes of a row: not used at its start, then used */
    int done;          /* rows of the grid */
    int current;       /* row of samples in `row`; -1: none yet */
    const uint8_t *row;
    bool ended;
    uint16_t *whole;
    float *mean;
    uint8_t *out;
    int out_of; /* `out` was made of this row alone; -1: of several */
};

static Span span_of(const BoxAxis *a, int pixel) {
    static const double least = 1.0 / 512;
    double p = (pixel - a->at) / a->step, q = (pixel + 1 - a->at) / a->step;
    double low = fmin(fmax(fmin(p, q), 0), a->samples);
    double high = fmax(fmin(fmax(p, q), a->samples), low);
    Span s = {.first = (int)floor(low), .last = (int)ceil(high) - 1};
    s.first = s.first < a->samples ? s.first : a->samples - 1;
    s.last = s.last > s.first ? s.last : s.first;
    s.head = s.first + 1 - low;
    s.tail = high - s.last;
    if (s.last > s.first && s.tail < least)
        s.tail = --s.last > s.first ? 1 : 0;
    if (s.last > s.first && s.head < least)
        s.head = ++s.first < s.last ? 1 : 0;
    if (s.last == s.first) {
        s.head = 1;
        s.tail = 0;
    }
    return s;
}

static void plan_columns(BoxFilter *b, Arena *scratch, const BoxAxis *a) {
    b->column_count = a->count;
    b->columns = ARENA_ARRAY(scratch, Column, a->count);
    Span one = span_of(a, a->first), other = span_of(a, a->first + a->count - 1);
    int base = one.first < other.first ? one.first : other.first;
    int end = one.last > other.last ? one.last : other.last;
    b->skip = (size_t)base * (size_t)b->channels;
    b->used = (size_t)(end + 1 - base) * (size_t)b->channels;
    for (int i = 0; i < a->count; i++) {
        Span s = span_of(a, a->first + i);
        int between = s.last > s.first ? s.last - s.first - 1 : -1;
        double width = s.head + s.tail + (between > 0 ? between : 0);
        b->columns[i] = (Column){.first = s.first - base,
                                 .between = between,
                                 .head = (float)(s.head / width),
                                 .whole = (float)(1 / width),
                                 .tail = (float)(s.tail / width)};
    }
}

BoxFilter *box_filter_new(Arena *scratch, const BoxAxis *columns, const BoxAxis *rows,
                          int channels) {
    BoxFilter *b = ARENA_NEW(scratch, BoxFilter);
    *b = (BoxFilter){.rows = *rows, .channels = channels, .current = -1, .out_of = -1};
    plan_columns(b, scratch, columns);
    size_t padded = b->used + 16;
    b->whole = ARENA_ARRAY(scratch, uint16_t, padded);
    b->mean = ARENA_ARRAY(scratch, float, padded);
    b->out = arena_alloc(scratch, (size_t)columns->count * (size_t)channels);
    return b;
}

static void add_whole(uint16_t *restrict sum, const uint8_t *restrict row, size_t n) {
    for (size_t i = 0; i < n; i++)
        sum[i] = (uint16_t)(sum[i] + row[i]);
}

static void add_mean(float *restrict mean, const uint16_t *restrict sum, size_t n, float k) {
    for (size_t i = 0; i < n; i++)
        mean[i] += (float)sum[i] * k;
}

static void take_share(float *restrict mean, const uint8_t *restrict row, size_t n, float k) {
    for (size_t i = 0; i < n; i++)
        mean[i] = row[i] * k;
}

static void add_share(float *restrict mean, const uint8_t *restrict row, size_t n, float k) {
    for (size_t i = 0; i < n; i++)
        mean[i] += row[i] * k;
}

/* Makes `row` the row at hand. False: the samples ended before it. */
static bool advance(BoxFilter *b, int row, BoxPull *pull, BoxSkip *skip, void *self) {
    if (b->ended)
        return false;
    if (b->current < row - 1) {
        skip(self, row - 1 - b->current);
        b->current = row - 1;
    }
    if (b->current < row) {
        b->row = pull(self);
        b->ended = !b->row;
        b->current = row;
    }
    return !b->ended;
}

/* Inlined with a constant, so that the loops over channels are unrolled. */
static inline void squeeze_any(const BoxFilter *b, int channels) {
    uint8_t *out = b->out;
    for (int i = 0; i < b->column_count; i++, out += channels) {
        const Column *c = &b->columns[i];
        const float *p = b->mean + (size_t)c->first * (size_t)channels;
        for (int k = 0; k < channels; k++) {
            float sum = 0;
            for (int j = 1; j <= c->between; j++)
                sum += p[j * channels + k];
            sum = sum * c->whole + p[k] * c->head;
            if (c->between >= 0)
                sum += p[(c->between + 1) * channels + k] * c->tail;
            out[k] = (uint8_t)(int)(sum + 0.5f);
        }
    }
}

typedef float Four __attribute__((vector_size(16)));

static void squeeze_four(const BoxFilter *b) {
    uint8_t *out = b->out;
    for (int i = 0; i < b->column_count; i++, out += 4) {
        const Column *c = &b->columns[i];
        const float *p = b->mean + (size_t)c->first * 4;
        Four sum = {0}, v;
        for (int j = 1; j <= c->between; j++) {
            memcpy(&v, p + 4 * j, sizeof v);
            sum += v;
        }
        memcpy(&v, p, sizeof v);
        sum = sum * c->whole + v * c->head + 0.5f;
        if (c->between >= 0) {
            memcpy(&v, p + 4 * (c->between + 1), sizeof v);
            sum += v * c->tail;
        }
        for (int k = 0; k < 4; k++)
            out[k] = (uint8_t)(int)sum[k];
    }
}

/* Means of rows to means of pixels. */
static void squeeze(const BoxFilter *b) {
    if (b->channels == 1)
        squeeze_any(b, 1);
    else if (b->channels == 3)
        squeeze_any(b, 3);
    else if (b->channels == 4)
        squeeze_four(b);
    else
        squeeze_any(b, b->channels);
}

static void add_whole_rows(BoxFilter *b, float k) {
    add_mean(b->mean, b->whole, b->used, k);
    memset(b->whole, 0, b->used * sizeof *b->whole);
}

/* The mean of several rows of samples. `whole` is all 0 before and after. */
static bool gather(BoxFilter *b, const Span *s, BoxPull *pull, BoxSkip *skip, void *self) {
    float k = (float)(1 / (s->head + s->tail + (s->last - s->first - 1)));
    if (!advance(b, s->first, pull, skip, self))
        return false;
    take_share(b->mean, b->row + b->skip, b->used, (float)s->head * k);
    for (int r = s->first + 1; r < s->last; r++) {
        if (!advance(b, r, pull, skip, self))
            return false;
        add_whole(b->whole, b->row + b->skip, b->used);
        if ((r - s->first) % MOST_ADDED == 0)
            add_whole_rows(b, k);
    }
    if (s->last - s->first > 1)
        add_whole_rows(b, k);
    if (!advance(b, s->last, pull, skip, self))
        return false;
    add_share(b->mean, b->row + b->skip, b->used, (float)s->tail * k);
    return true;
}

bool box_filter_next(BoxFilter *b, BoxPull *pull, BoxSkip *skip, void *self, BoxRow *out) {
    if (b->done == b->rows.count)
        return false;
    int ahead = b->rows.step > 0 ? b->done : b->rows.count - 1 - b->done;
    *out = (BoxRow){b->rows.first + ahead, b->out};
    b->done++;
    Span s = span_of(&b->rows, out->at);
    if (s.first < s.last) {
        b->out_of = -1;
        if (!gather(b, &s, pull, skip, self))
            return false;
        squeeze(b);
    } else if (b->out_of != s.first) {
        if (!advance(b, s.first, pull, skip, self))
            return false;
        take_share(b->mean, b->row + b->skip, b->used, 1);
        squeeze(b);
        b->out_of = s.first;
    }
    return true;
}
