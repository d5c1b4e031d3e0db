/* Pages that came, went or moved. */
#include "run/compare_child.h"

#include "check/place.h"
#include "ink/compare/page_pairs.h"

/* Pages of one file that are looked for in the other. */
typedef struct Loose {
    int *pages; /* numbers */
    PageSketch *sketches;
    size_t count;
} Loose;

static bool has_pixels(const Versions *v) {
    for (int i = 0; i < 2; i++) {
        const File *file = page_reader_file(v->files[i].reader);
        if (file && file->format != FORMAT_PDF)
            return true;
    }
    return false;
}

/* Pixels have their bleed on as a rule, and nothing around. */
static Box sketched_box(const Versions *v, const Page *page) {
    if (!origin_is_trim(page))
        return (Box){0, 0, page->media_w, page->media_h};
    return has_pixels(v) && box_known(page->bleed) ? page->bleed : page->trim;
}

static void sketch_at_hand(Versions *v, int side, PageSketch *out) {
    const Page *page = v->files[side].page->page;
    SeenPage seen;
    Arena *scratch = arena_new();
    Box region = sketched_box(v, page);
    if (!seen_page(&seen, &v->files[side], region).zh)
        page_sketch(out, scratch, &seen);
    arena_free(scratch);
}

/* Of the file that was just opened. */
static Loose sketch_file(Versions *v, int side, const bool *open) {
    size_t count = (size_t)v->pages[side];
    Loose out = {.pages = ARENA_ARRAY(v->arena, int, count + 1),
                 .sketches = ARENA_ARRAY(v->arena, PageSketch, count + 1)};
    for (int page = 1; page <= v->pages[side]; page++)
        if (open[page - 1])
            out.pages[out.count++] = page;
    for (size_t i = 0; i < out.count && version_turn_to(v, side, out.pages[i]); i++)
        sketch_at_hand(v, side, &out.sketches[i]);
    return out;
}

/* Pairs that are left to compare: pages and what each is held against. */
typedef struct Queue {
    int *pages, *others;
    size_t count;
} Queue;

static Queue queue_new(Arena *a, size_t most) {
    return (Queue){ARENA_ARRAY(a, int, most + 1), ARENA_ARRAY(a, int, most + 1), 0};
}

static void queue_add(Queue *q, int page, int other) {
    q->pages[q->count] = page;
    q->others[q->count++] = other;
}

/* Those whose others rise too, which one reading of both files comes by; the rest stay. */
static Queue take_rising(Queue *q, Arena *a) {
    Queue rising = queue_new(a, q->count);
    size_t left = 0;
    int last = 0;
    for (size_t i = 0; i < q->count; i++) {
        int page = q->pages[i], other = q->others[i];
        if (other > last) {
            queue_add(&rising, page, other);
            last = other;
        } else {
            q->pages[left] = page;
            q->others[left++] = other;
        }
    }
    q->count = left;
    return rising;
}

static void compare_queue(Versions *v, Queue *q) {
    enum { MOST_READINGS = 8 };
    for (int i = 0; i < MOST_READINGS && q->count; i++) {
        Queue rising = take_rising(q, v->arena);
        size_t last = rising.count - 1;
        for (int side = 0; side < 2; side++) {
            const int *pages = side ? rising.others : rising.pages;
            version_close(v, side);
            version_open(v, side, pages[0], pages[last]);
        }
        compare_all(v, rising.pages, rising.others, rising.count, NULL);
    }
    static const Text why = {"页的次序全变了，没有逐页对",
                             "its pages come in quite another order and were not compared"};
    for (size_t i = 0; i < q->count; i++)
        tell_unknown(v->lines, q->pages[i], why);
}

void pair_by_looks(Versions *v, const bool *open[2]) {
    Loose now = sketch_file(v, 0, open[0]), then = sketch_file(v, 1, open[1]);
    int *pairs = ARENA_ARRAY(v->arena, int, now.count + 1);
    bool by_number = v->pages[0] == v->pages[1];
    Queue queue = queue_new(v->arena, now.count);
    page_pairs(pairs, v->arena, now.sketches, now.count, then.sketches, then.count);
    for (size_t i = 0; i < now.count; i++) {
        int page = now.pages[i], other = pairs[i] < 0 ? 0 : then.pages[pairs[i]];
        if (by_number && other == page)
            continue; /* was compared already */
        tell_pair(v, page, other);
        if (other)
            queue_add(&queue, page, other);
    }
    compare_queue(v, &queue);
}
