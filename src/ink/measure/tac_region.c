#include "ink/measure/tac_region.h"

#include <limits.h>

typedef struct Run {
    int x0, x1;
    size_t class;
    uint32_t part;
} Run;
/* A piece of an area; `joined` leads to the piece that stands for all of it. */
typedef struct Part {
    uint32_t joined; /* itself: it stands for the area */
    uint32_t moved;  /* its place among the parts of the next row, + 1; 0: none */
    size_t class;
    RegionOfPixels region;
} Part;

typedef struct Row {
    Run *runs;
    size_t count, capacity;
} Row;

struct Regions {
    Arena *arena;
    RegionOfPixels *largest;
    int y;
    Row above, here;
    size_t above_at; /* runs above that end before the run at hand begins are passed */
    Part *parts, *next_parts;
    size_t part_count, part_capacity, next_count, next_capacity;
};

Regions *regions_new(Arena *a, size_t classes) {
    Regions *r = ARENA_NEW(a, Regions);
    r->arena = a;
    r->largest = ARENA_ARRAY(a, RegionOfPixels, classes + 1);
    r->y = INT_MIN;
    return r;
}

static uint32_t root_of(Regions *r, uint32_t part) {
    while (r->parts[part].joined != part) {
        r->parts[part].joined = r->parts[r->parts[part].joined].joined;
        part = r->parts[part].joined;
    }
    return part;
}

static int lesser_of(int a, int b) {
    return a < b ? a : b;
}

static int greater_of(int a, int b) {
    return a > b ? a : b;
}

static void add_region(RegionOfPixels *to, const RegionOfPixels *more) {
    to->box = (Area){lesser_of(to->box.x0, more->box.x0), lesser_of(to->box.y0, more->box.y0),
                     greater_of(to->box.x1, more->box.x1), greater_of(to->box.y1, more->box.y1)};
    to->pixels += more->pixels;
    to->sum += more->sum;
    to->peak = to->peak > more->peak ? to->peak : more->peak;
}

/* Areas that do not reach the row that ended are whole; the others move on. */
static void end_row(Regions *r) {
    r->next_count = 0;
    for (size_t i = 0; i < r->here.count; i++) {
        Part *p = &r->parts[root_of(r, r->here.runs[i].part)];
        if (!p->moved) {
            Part *to = ARENA_PUSH(r->arena, r->next_parts, r->next_count, r->next_capacity);
            *to = *p;
            to->joined = (uint32_t)(r->next_count - 1);
            p->moved = (uint32_t)r->next_count;
        }
        r->here.runs[i].part = p->moved - 1;
    }
    for (size_t i = 0; i < r->part_count; i++) {
        const Part *p = &r->parts[i];
        RegionOfPixels *largest = &r->largest[p->class];
        if (p->joined == i && !p->moved && p->region.pixels > largest->pixels)
            *largest = p->region;
    }
    Part *parts = r->parts;
    size_t capacity = r->part_capacity;
    r->parts = r->next_parts, r->part_count = r->next_count, r->part_capacity = r->next_capacity;
    r->next_parts = parts, r->next_capacity = capacity;
    Row row = r->above;
    r->above = r->here;
    r->here = row;
    r->here.count = r->above_at = 0;
}

void regions_row(Regions *r, int y) {
    if (r->here.count || r->above.count)
        end_row(r);
    if (r->above.count && y != r->y + 1)
        end_row(r);
    r->y = y;
}

static void join(Regions *r, uint32_t a, uint32_t b) {
    a = root_of(r, a), b = root_of(r, b);
    if (a == b)
        return;
    add_region(&r->parts[a].region, &r->parts[b].region);
    r->parts[b].joined = a;
}

static RegionOfPixels region_of_run(const Regions *r, int x0, int x1, const uint16_t *sums) {
    RegionOfPixels run = {.box = {x0, r->y, x1, r->y + 1}, .pixels = (uint64_t)(x1 - x0)};
    for (int i = 0; sums && i < x1 - x0; i++) {
        run.sum += sums[i];
        run.peak = run.peak > sums[i] ? run.peak : sums[i];
    }
    return run;
}

void regions_run(Regions *r, size_t class, int x0, int x1, const uint16_t *sums) {
    uint32_t part = (uint32_t)r->part_count;
    Part *p = ARENA_PUSH(r->arena, r->parts, r->part_count, r->part_capacity);
    *p = (Part){.joined = part, .class = class, .region = region_of_run(r, x0, x1, sums)};
    *ARENA_PUSH(r->arena, r->here.runs, r->here.count, r->here.capacity) =
        (Run){x0, x1, class, part};
    while (r->above_at < r->above.count && r->above.runs[r->above_at].x1 <= x0)
        r->above_at++;
    for (size_t i = r->above_at; i < r->above.count && r->above.runs[i].x0 < x1; i++)
        if (r->above.runs[i].class == class)
            join(r, r->above.runs[i].part, part);
}

const RegionOfPixels *regions_end(Regions *r) {
    while (r->here.count || r->above.count)
        end_row(r);
    return r->largest;
}
