#include "run/compare_child.h"

#include "ink/compare/page_pairs.h"

/* Differences while they are put in order: of the document first, then of pages as they come. */
typedef struct Verdict {
    const ComparedTold *told;
    Arena *arena;
    Text other;
    PageDifference *all;
    size_t count, capacity;
} Verdict;

static void add(Verdict *v, int page, Text what) {
    *ARENA_PUSH(v->arena, v->all, v->count, v->capacity) =
        (PageDifference){.page = page, .what = what};
}

static bool both_readable(const ComparedTold *t) {
    return t->readable[0] && t->readable[1];
}

/* Which pages of the other file are held against one. */
static const bool *pages_found(const Verdict *v) {
    const ComparedTold *t = v->told;
    bool *found = ARENA_ARRAY(v->arena, bool, (size_t)t->pages[1] + 1);
    for (size_t i = 0; i < t->pair_count; i++)
        if (t->pairs[i].other)
            found[t->pairs[i].other - 1] = true;
    return found;
}

static void tell_gone(Verdict *v) {
    enum { MOST_TOLD = 20 };
    const bool *found = pages_found(v);
    int gone = 0;
    for (int i = 0; i < v->told->pages[1]; i++)
        if (!found[i] && gone++ < MOST_TOLD)
            add(v, 0,
                (Text){arena_printf(v->arena, "%s的第 %d 页不见了", v->other.zh, i + 1),
                       arena_printf(v->arena, "page %d of %s is missing", i + 1, v->other.en)});
    if (gone > MOST_TOLD)
        add(v, 0,
            (Text){arena_printf(v->arena, "%s还有 %d 页不见了", v->other.zh, gone - MOST_TOLD),
                   arena_printf(v->arena, "%d more pages of %s are missing", gone - MOST_TOLD,
                                v->other.en)});
}

static void tell_document(Verdict *v) {
    int now = v->told->pages[0], then = v->told->pages[1];
    if (now != then)
        add(v, 0,
            (Text){arena_printf(v->arena, "页数 %d → %d", then, now),
                   arena_printf(v->arena, "pages %d → %d", then, now)});
    if (v->told->whole)
        tell_gone(v);
}

static const bool *pages_moved(const Verdict *v) {
    const ComparedTold *t = v->told;
    int *others = ARENA_ARRAY(v->arena, int, t->pair_count + 1);
    bool *moved = ARENA_ARRAY(v->arena, bool, t->pair_count + 1);
    for (size_t i = 0; i < t->pair_count; i++)
        others[i] = t->pairs[i].other - 1;
    page_moves(moved, v->arena, others, t->pair_count);
    return moved;
}

static void tell_pages(Verdict *v) {
    const ComparedTold *t = v->told;
    const bool *moved = pages_moved(v);
    size_t next = 0;
    for (size_t i = 0; i < t->pair_count; i++) {
        int page = (int)i + 1, other = t->pairs[i].other;
        if (t->pairs[i].look == LOOK_ADDED)
            add(v, page,
                (Text){arena_printf(v->arena, "多出来的一页，%s里没有", v->other.zh),
                       arena_printf(v->arena, "this page was added: %s has none like it",
                                    v->other.en)});
        else if (moved[i])
            add(v, page,
                (Text){arena_printf(v->arena, "换了位置，原来是第 %d 页", other),
                       arena_printf(v->arena, "was moved: it was page %d", other)});
        for (; next < t->difference_count && t->differences[next].page == page; next++)
            *ARENA_PUSH(v->arena, v->all, v->count, v->capacity) = t->differences[next];
    }
}

/* The first page that is not known to look the same or another; 0: all are. */
static int first_unknown(const ComparedTold *t) {
    for (size_t i = 0; i < t->pair_count; i++)
        if (t->pairs[i].look == LOOK_UNKNOWN)
            return (int)i + 1;
    return 0;
}

static Text why_not(const Verdict *v) {
    const ComparedTold *t = v->told;
    Text who[] = {{"这个文件", "this file"}, v->other};
    for (int i = 0; i < 2; i++)
        if (!t->readable[i])
            return (Text){arena_printf(v->arena, "%s：%s", who[i].zh, t->unreadable[i].zh),
                          arena_printf(v->arena, "%s: %s", who[i].en, t->unreadable[i].en)};
    int page = first_unknown(t);
    if (!page)
        return (Text){"没有页", "there are no pages"};
    Text why = t->pairs[page - 1].why;
    return (Text){arena_printf(v->arena, "第 %d 页%s", page, why.zh),
                  arena_printf(v->arena, "page %d: %s", page, why.en)};
}

/* One difference proves that they differ, whatever else could not be looked at. */
void compare_conclude(ComparedFiles *out, const ComparedTold *told) {
    static const Text unnamed = {"另一个文件", "the other file"};
    Verdict v = {
        .told = told, .arena = told->arena, .other = told->other.zh ? told->other : unnamed};
    if (both_readable(told)) {
        tell_document(&v);
        tell_pages(&v);
    }
    bool differs = v.count > 0;
    bool unknown = !both_readable(told) || first_unknown(told) || !told->pair_count;
    *out = (ComparedFiles){.compared = differs || !unknown,
                           .same_look = !differs && !unknown,
                           .pages = {told->pages[0], told->pages[1]},
                           .pairs = told->pairs,
                           .pair_count = told->pair_count,
                           .differences = v.all,
                           .difference_count = v.count};
    if (!out->compared)
        out->why = why_not(&v);
}
