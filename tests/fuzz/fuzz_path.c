/* Arbitrary bytes as paths, pens and dashes: filled and stroked into an area, never a crash; runs
 * are within the area and in order.
 *
 * A record is a byte that says what comes, then its numbers: a point is two numbers, a number is
 * two bytes in 1/64 pixel or, after the byte 255 255, four bytes of a float of any size. */
#include "ink/shape/raster.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { MOST_VERBS = 300, MOST_DASH = 12 };

typedef struct Bytes {
    const uint8_t *p, *end;
} Bytes;

static unsigned byte(Bytes *b) {
    return b->p < b->end ? *b->p++ : 0;
}

static double number(Bytes *b) {
    unsigned bits = byte(b) << 8;
    bits |= byte(b);
    if (bits != 0xffff)
        return ((int)bits - 16384) / 64.0;
    uint8_t four[4];
    float f;
    for (int i = 0; i < 4; i++)
        four[i] = (uint8_t)byte(b);
    memcpy(&f, four, sizeof f);
    return (double)f;
}

static Point point(Bytes *b) {
    double x = number(b);
    return (Point){x, number(b)};
}

static Matrix matrix(Bytes *b) {
    Matrix m = {1, 0, 0, 1, 0, 0};
    if (byte(b) % 2)
        m = (Matrix){number(b) / 64, number(b) / 64, number(b) / 64,
                     number(b) / 64, number(b),      number(b)};
    return m;
}

typedef struct Rows {
    Area area;
    int y, x;
} Rows;

static void take(void *self, int y, int x0, int x1, uint8_t *coverage) {
    Rows *rows = self;
    bool in_order = y > rows->y || (y == rows->y && x0 > rows->x);
    bool inside =
        x0 >= rows->area.x0 && x1 <= rows->area.x1 && y >= rows->area.y0 && y < rows->area.y1;
    if (x0 >= x1 || !in_order || !inside || !coverage[0] || !coverage[x1 - x0 - 1])
        abort();
    memset(coverage, 1, (size_t)(x1 - x0));
    rows->y = y;
    rows->x = x1;
}

static void sweep(Rasteriser *r, Area area, bool even_odd) {
    Rows rows = {area, area.y0 - 1, area.x0};
    raster_sweep(r, even_odd, take, &rows);
}

static Path read_path(Bytes *b, uint8_t *verbs, Point *points) {
    static const size_t points_of[] = {
        [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
    Path path = {.verbs = verbs, .points = points};
    verbs[path.verb_count++] = PATH_MOVE;
    points[path.point_count++] = point(b);
    while (b->p < b->end && path.verb_count < MOST_VERBS) {
        PathVerb verb = (PathVerb)(byte(b) % 4);
        verbs[path.verb_count++] = (uint8_t)verb;
        for (size_t i = 0; i < points_of[verb]; i++)
            points[path.point_count++] = point(b);
    }
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Bytes b = {p, p + n};
    int left = (int)byte(&b) - 128, top = (int)byte(&b) - 128;
    Area area = {left, top, left + (int)byte(&b) * 4, top + (int)byte(&b) * 4};
    double dash[MOST_DASH];
    StrokeStyle style = {.dash = dash, .dash_count = (int)(byte(&b) % (MOST_DASH + 1))};
    for (int i = 0; i < style.dash_count; i++)
        dash[i] = number(&b);
    style.dash_phase = number(&b);
    style.width = number(&b);
    style.miter_limit = number(&b);
    style.cap = (int)(byte(&b) % 4);
    style.join = (int)(byte(&b) % 4);
    Matrix pen = matrix(&b), place = matrix(&b);
    static uint8_t verbs[MOST_VERBS];
    static Point points[3 * MOST_VERBS];
    Path path = read_path(&b, verbs, points);

    Rasteriser *r = raster_new();
    for (int even_odd = 0; even_odd < 2; even_odd++) {
        raster_begin(r, area);
        raster_path(r, &path, &place);
        sweep(r, area, even_odd);
    }
    raster_begin(r, area);
    (void)raster_stroke(r, &path, &style, &pen, &place);
    sweep(r, area, false);
    raster_free(r);
    return 0;
}
