#include "run/compare_child.h"

#include <stdarg.h>

#include "check/place.h"
#include "read/derive.h"

Text pair_text(const Pair *p, const char *zh, const char *en, ...) {
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    const char *first = arena_vprintf(p->arena, zh, args);
    Text text = {first, arena_vprintf(p->arena, en, again)};
    va_end(again);
    va_end(args);
    return text;
}

void told_line(Sink *lines, char letter, WireKind kind, const void *record) {
    sink_char(lines, letter);
    wire_write(lines, kind, record);
    sink_char(lines, '\n');
}

void tell_pair(const Versions *v, int page, int other) {
    told_line(v->lines, TOLD_PAIR, WIRE_told_pair, &(ToldPair){page, other});
}

void pair_differs(Pair *p, Box box, Text what) {
    const Page *page = p->files[0].page->page;
    ToldLoss told = {.page = p->number,
                     .from_trim = origin_is_trim(page),
                     .box = box_known(box) ? place_box(page, box) : BOX_UNKNOWN,
                     .what = what};
    told_line(p->lines, TOLD_DIFFERENCE, WIRE_told_loss, &told);
    p->differs = true;
}

void tell_unknown(Sink *lines, int page, Text why) {
    ToldLoss told = {.page = page, .box = BOX_UNKNOWN, .what = why};
    told_line(lines, TOLD_UNKNOWN, WIRE_told_loss, &told);
}

/* True: they look the same. */
static bool compare_pair(Pair *p) {
    compare_boxes(p);
    Text unknown = compare_pictures(p);
    if (p->differs || unknown.zh)
        compare_texts(p);
    ToldPage page = {.page = p->number};
    if (p->differs)
        told_line(p->lines, TOLD_DIFFERS, WIRE_told_page, &page);
    else if (unknown.zh)
        tell_unknown(p->lines, p->number, unknown);
    else
        told_line(p->lines, TOLD_SAME, WIRE_told_page, &page);
    sink_flush(p->lines);
    return !p->differs && !unknown.zh;
}

static bool compare_at_hand(Versions *v, int number) {
    Pair pair = {.arena = arena_new(),
                 .lines = v->lines,
                 .files = v->files,
                 .limit = jobs_limit(v->in->jobs, number),
                 .number = number};
    bool same = compare_pair(&pair);
    arena_free(pair.arena);
    return same;
}

void compare_all(Versions *v, const int *pages, const int *others, size_t count, bool *same) {
    for (size_t i = 0; i < count; i++) {
        bool there = version_turn_to(v, 0, pages[i]) && version_turn_to(v, 1, others[i]);
        if (!there)
            return; /* what is not told is not known */
        bool alike = compare_at_hand(v, pages[i]);
        if (same)
            same[i] = alike;
    }
}

static void tell_side(const Versions *v, int side) {
    const File *file = page_reader_file(v->files[side].reader);
    ToldFile told = {.readable = file && file->readable == 1,
                     .pages = v->pages[side],
                     .why = {"文件读不出来", "the file cannot be read"}};
    if (told.readable)
        told.why = (Text){NULL, NULL};
    else if (file && file->unreadable_why)
        told.why = (Text){file->unreadable_why, file->unreadable_why_en};
    told_line(v->lines, TOLD_SIDE, WIRE_told_file, &told);
}

/* As many pages as before: most likely each is where it was. */
static void compare_by_number(Versions *v, bool *open) {
    size_t count = (size_t)v->pages[0], left = 0;
    int *pages = ARENA_ARRAY(v->arena, int, count + 1);
    bool *same = ARENA_ARRAY(v->arena, bool, count + 1);
    for (size_t i = 0; i < count; i++) {
        pages[i] = (int)i + 1;
        tell_pair(v, pages[i], pages[i]);
    }
    compare_all(v, pages, pages, count, same);
    for (size_t i = 0; i < count; i++)
        left += open[i] = !same[i];
    if (left < 2)
        return; /* a page alone has no other place */
    for (int i = 0; i < 2; i++) {
        version_close(v, i);
        version_open(v, i, 0, 0);
    }
    pair_by_looks(v, (const bool *[]){open, open});
}

static void compare_versions(Versions *v) {
    bool *open[2];
    for (int i = 0; i < 2; i++) {
        open[i] = ARENA_ARRAY(v->arena, bool, (size_t)v->pages[i] + 1);
        for (int k = 0; k < v->pages[i]; k++)
            open[i][k] = true;
    }
    if (v->pages[0] == v->pages[1])
        compare_by_number(v, open[0]);
    else if (v->pages[0] && v->pages[1])
        pair_by_looks(v, (const bool *[]){open[0], open[1]});
}

void compare_child(const CompareInput *in, Sink *lines) {
    Arena *a = arena_new();
    Versions v = versions_of(in, a, lines);
    for (int i = 0; i < 2; i++)
        version_open(&v, i, 0, 0);
    for (int i = 0; i < 2; i++)
        tell_side(&v, i);
    compare_versions(&v);
    for (int i = 0; i < 2; i++)
        version_close(&v, i);
    told_line(lines, TOLD_COMPARED, WIRE_result, &(WireResult){v.trouble.kind, v.trouble.text});
    arena_free(a);
}
