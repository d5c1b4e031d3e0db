/* What the files of a batch have to do with each other. Names are compared as people mean them:
 * case, width and spaces do not count (name_key). */
#include "report/batch.h"

#include "check/job_sheet.h"

#include "read/read.h"

#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_WORDS = 7 };

/* A name with one word wants another name with one of the others. */
static const struct {
    const char *word, *others[2];
    Text missing;
} sides[SIDE_WORDS] = {
    {"正面", {"背面", "反面"}, {"背面", "back"}}, {"背面", {"正面", NULL}, {"正面", "front"}},
    {"反面", {"正面", NULL}, {"正面", "front"}},  {"front", {"back", NULL}, {"背面", "back"}},
    {"back", {"front", NULL}, {"正面", "front"}}, {"a面", {"b面", NULL}, {"B 面", "B side"}},
    {"b面", {"a面", NULL}, {"A 面", "A side"}},
};

typedef struct Named {
    const BatchFile *file;
    const char *name;  /* key of the name, without folders */
    const char *title; /* key of the title that the name gives, folder before it */
    const char *kind;  /* the title without sides and digits: pages of one thing have it alike */
    int stage, version, date;
} Named;

typedef struct Set {
    Batch *batch;
    Arena *scratch;
    Named *files;
    size_t count;
} Set;

static const char *replaced(Arena *a, const char *text, const char *word, const char *with) {
    const char *at = strstr(text, word);
    if (!at)
        return text;
    return arena_printf(a, "%.*s%s%s", (int)(at - text), text, with, at + strlen(word));
}

static const char *kind_of(Arena *a, const char *title) {
    for (size_t i = 0; i < SIDE_WORDS; i++)
        title = replaced(a, title, sides[i].word, "");
    char *kind = arena_strdup(a, title), *to = kind;
    const char *slash = strrchr(kind, '/');
    for (const char *p = kind; *p; p++)
        if (p < slash || !((*p >= '0' && *p <= '9') || strchr("-_. ()", *p)))
            *to++ = *p;
    *to = '\0';
    return kind;
}

static Named name_of(Arena *a, const BatchFile *f) {
    File facts = {0};
    const char *slash = strrchr(f->path, '/'), *name = slash ? slash + 1 : f->path;
    file_name_facts(&facts, a, name);
    const char *title = facts.name_title ? facts.name_title : name;
    Named n = {.file = f,
               .name = name_key(a, name),
               .title = arena_printf(a, "%s/%s", f->folder, name_key(a, title)),
               .stage = facts.name_stage,
               .version = facts.name_version,
               .date = facts.name_date};
    n.kind = kind_of(a, n.title);
    if (facts.name_width > 0) { /* one design in two sizes is two things */
        const char *size = arena_printf(a, " %gx%g", facts.name_width, facts.name_height);
        n.title = arena_printf(a, "%s%s", n.title, size);
        n.kind = arena_printf(a, "%s%s", n.kind, size);
    }
    return n;
}

static Set set_of(Batch *b, Arena *scratch) {
    Set s = {.batch = b, .scratch = scratch, .files = ARENA_ARRAY(scratch, Named, b->count)};
    for (size_t i = 0; i < b->count; i++)
        if (b->files[i].settled)
            s.files[s.count++] = name_of(scratch, &b->files[i]);
    return s;
}

static SetFinding *found(Set *s, SetCheckId check, const char *file) {
    Batch *b = s->batch;
    SetFinding *f = ARENA_PUSH(b->arena, b->sets, b->set_count, b->set_capacity);
    f->check = check;
    f->file = file;
    return f;
}

/* ---- what a sheet wants ---- */

static bool is_there(const Set *s, const SetWish *w) {
    const char *key = name_key(s->scratch, w->pattern);
    for (size_t i = 0; i < s->count; i++) {
        const Named *n = &s->files[i];
        if (!n->file->sheet || !streq(n->file->sheet, w->sheet))
            continue;
        if (w->material ? strstr(n->name, key) ||
                              (n->file->item && streq(name_key(s->scratch, n->file->item), key))
                        : !fnmatch(key, n->name, 0))
            return true;
    }
    return false;
}

static void wishes(Set *s) {
    Arena *a = s->batch->arena;
    for (size_t i = 0; i < s->batch->wish_count; i++) {
        const SetWish *w = &s->batch->wishes[i];
        if (is_there(s, w))
            continue;
        const char *what = text_printable(a, w->pattern, strlen(w->pattern));
        SetFinding *f =
            found(s, w->material ? SET_MISSING_MATERIAL : SET_MISSING_FILE, w->shown_sheet);
        f->message = w->material
                         ? (Text){arena_printf(a, "物料表上的“%s”没有文件", what),
                                  arena_printf(a, "there is no file for the material “%s”", what)}
                         : (Text){arena_printf(a, "工作单上的文件“%s”没有", what),
                                  arena_printf(a, "“%s” of the job sheet is missing", what)};
    }
}

/* ---- sides ---- */

static int title_order(const void *x, const void *y) {
    return strcmp(((const Named *)x)->title, ((const Named *)y)->title);
}

/* The files stand in the order of their titles. */
static bool has_title(const Set *s, const char *title) {
    Named key = {.title = title};
    return bsearch(&key, s->files, s->count, sizeof key, title_order) != NULL;
}

static void side_of(Set *s, const Named *n) {
    Arena *a = s->batch->arena;
    const char *base = strrchr(n->title, '/');
    for (size_t k = 0; k < SIDE_WORDS; k++) {
        bool there = false;
        if (!strstr(base, sides[k].word))
            continue;
        for (size_t i = 0; i < 2 && sides[k].others[i]; i++)
            there |= has_title(
                s, arena_printf(s->scratch, "%.*s%s", (int)(base - n->title), n->title,
                                replaced(s->scratch, base, sides[k].word, sides[k].others[i])));
        if (there)
            return;
        found(s, SET_MISSING_SIDE, n->file->shown)->message =
            (Text){arena_printf(a, "没有对应的%s文件", sides[k].missing.zh),
                   arena_printf(a, "its %s is missing", sides[k].missing.en)};
        return;
    }
}

/* ---- groups of files that have something alike ---- */

static int by_title(const void *x, const void *y) {
    const Named *a = x, *b = y;
    int order = strcmp(a->title, b->title);
    return order                  ? order
           : a->stage != b->stage ? a->stage - b->stage
                                  : strcmp(a->file->path, b->file->path);
}

static int by_kind(const void *x, const void *y) {
    const Named *a = x, *b = y;
    int order = strcmp(a->kind, b->kind);
    return order ? order : strcmp(a->file->path, b->file->path);
}

static int by_hash(const void *x, const void *y) {
    const Named *a = x, *b = y;
    int order = strcmp(a->file->sha256, b->file->sha256);
    return order ? order : strcmp(a->file->path, b->file->path);
}

static int by_look(const void *x, const void *y) {
    const Named *a = x, *b = y;
    int order = strcmp(a->file->look, b->file->look);
    return order ? order : strcmp(a->file->path, b->file->path);
}

static bool same_look(const Named *a, const Named *b) {
    return *a->file->look && streq(a->file->look, b->file->look);
}

static bool same_title(const Named *a, const Named *b) {
    return a->stage == b->stage && streq(a->title, b->title);
}

static bool same_kind(const Named *a, const Named *b) {
    return streq(a->kind, b->kind);
}

static bool same_hash(const Named *a, const Named *b) {
    return *a->file->sha256 && streq(a->file->sha256, b->file->sha256);
}

static SetFinding *found_on(Set *s, SetCheckId check, const Named *files, size_t count) {
    SetFinding *f = found(s, check, files[0].file->shown);
    const char **also = ARENA_ARRAY(s->batch->arena, const char *, count);
    for (size_t i = 1; i < count; i++)
        also[i - 1] = files[i].file->shown;
    f->also = also;
    f->also_count = count - 1;
    return f;
}

static void versions(Set *s, const Named *files, size_t count) {
    bool differ = false;
    for (size_t i = 1; i < count; i++)
        differ |= files[i].version != files[0].version || files[i].date != files[0].date;
    if (differ)
        found_on(s, SET_TWO_VERSIONS, files, count)->message = (Text){
            arena_printf(s->batch->arena, "同一样东西有 %d 版，发出去的应当只有一版", (int)count),
            arena_printf(s->batch->arena, "%d versions of the same item; one is to be sent out",
                         (int)count)};
}

static const char *size_text(Arena *a, const BatchFile *f) {
    char w[32], h[32];
    number_format(w, sizeof w, f->trim_w, 1);
    number_format(h, sizeof h, f->trim_h, 1);
    return arena_printf(a, "%s×%s mm", w, h);
}

static void sizes(Set *s, const Named *files, size_t count) {
    const double alike = 0.5; /* mm: between two exports of one thing */
    Arena *a = s->batch->arena;
    const BatchFile *first = files[0].file;
    for (size_t i = 1; i < count; i++) {
        const BatchFile *f = files[i].file;
        if (!(fabs(f->trim_w - first->trim_w) > alike || fabs(f->trim_h - first->trim_h) > alike))
            continue;
        const char *one = size_text(a, first), *other = size_text(a, f);
        found_on(s, SET_MIXED_SIZES, files, count)->message =
            (Text){arena_printf(a, "尺寸不一样：%s，%s 是 %s", one, f->shown, other),
                   arena_printf(a, "trim sizes differ: %s, but %s is %s", one, f->shown, other)};
        return;
    }
}

static void twins(Set *s, const Named *files, size_t count) {
    found_on(s, SET_SAME_ARTWORK, files, count)->message =
        (Text){arena_printf(s->batch->arena, "%d 个文件一模一样", (int)count),
               arena_printf(s->batch->arena, "%d files are the same to the byte", (int)count)};
}

/* Those that are the same to the byte are told already. */
static void looks(Set *s, const Named *files, size_t count) {
    bool differ = false;
    for (size_t i = 1; i < count; i++)
        differ |= !streq(files[i].file->sha256, files[0].file->sha256);
    if (differ)
        found_on(s, SET_SAME_ARTWORK, files, count)->message =
            (Text){arena_printf(s->batch->arena, "%d 个文件的画面一模一样，只是另存过", (int)count),
                   arena_printf(s->batch->arena,
                                "%d files look the same: they were only saved again", (int)count)};
}

static void groups(Set *s, int (*order)(const void *x, const void *y),
                   bool (*same)(const Named *a, const Named *b),
                   void (*judge)(Set *s, const Named *files, size_t count)) {
    if (s->count)
        qsort(s->files, s->count, sizeof *s->files, order);
    for (size_t i = 0, n; i < s->count; i += n) {
        for (n = 1; i + n < s->count && same(&s->files[i], &s->files[i + n]);)
            n++;
        if (n > 1)
            judge(s, &s->files[i], n);
    }
}

void batch_check_sets(Batch *b) {
    Arena *scratch = arena_new();
    Set s = set_of(b, scratch);
    wishes(&s);
    groups(&s, by_title, same_title, versions); /* leaves them in the order of titles */
    for (size_t i = 0; i < s.count; i++)
        side_of(&s, &s.files[i]);
    groups(&s, by_kind, same_kind, sizes);
    groups(&s, by_hash, same_hash, twins);
    groups(&s, by_look, same_look, looks);
    arena_free(scratch);
}
