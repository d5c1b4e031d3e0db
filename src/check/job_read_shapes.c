/* Values of a job sheet that have a shape of their own: edges, papers, limits, lists. */
#include "check/job_measure.h"
#include "check/job_read.h"

#include <math.h>
#include <string.h>

/* Names of edges as people say them, on the page as viewed. */
static const struct {
    const char *names;
    int first, last;
} edge_names[] = {
    {"all|全部|四边|四周", SIDE_TOP, SIDE_LEFT},
    {"top|head|上|上边|天头", SIDE_TOP, SIDE_TOP},
    {"right|右|右边", SIDE_RIGHT, SIDE_RIGHT},
    {"bottom|foot|下|下边|地脚", SIDE_BOTTOM, SIDE_BOTTOM},
    {"left|左|左边", SIDE_LEFT, SIDE_LEFT},
    {"spine|订口|书脊|内侧|装订边", SIDE_SPINE, SIDE_SPINE},
    {"outer|fore_edge|切口|外侧", SIDE_OUTER, SIDE_OUTER},
};
enum { EDGE_NAMES = sizeof edge_names / sizeof *edge_names };

static void put_edges(SheetReader *r, SheetEdges *out, const YamlNode *n, int first, int last) {
    const char *s = read_scalar(r, n);
    double v;
    if (!s)
        return;
    if (reads_nothing(r, n)) {
        v = 0;
    } else if (!measure_read(&v, r->arena, s, DIM_LENGTH, BARE_ALLOWED) || v < 0) {
        read_refused(r, n, "要写长度，例如 3 mm", "write a length, such as 3 mm");
        return;
    }
    for (int i = first; i <= last; i++) {
        out->side[i] = v;
        out->layer[i] = r->layer;
    }
}

static int edge_named(SheetReader *r, const char *word) {
    const char *key = name_key(r->arena, word);
    for (int i = 0; i < EDGE_NAMES; i++)
        if (name_in(r->arena, edge_names[i].names, key))
            return i;
    return -1;
}

/* `all` is read first, wherever it stands, so that the other names add to it. */
void read_edges(SheetReader *r, SheetEdges *out, const YamlNode *n) {
    if (n->kind != YAML_MAP) {
        for (int i = 0; i < SIDES; i++)
            out->side[i] = NAN;
        put_edges(r, out, n, SIDE_TOP, SIDE_LEFT);
        return;
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n->count; i++) {
            int e = edge_named(r, n->keys[i]->scalar);
            if (e < 0 && pass == 0)
                read_error(
                    r, n->keys[i],
                    "边只能写 all、top、right、bottom、left、spine（订口）或 outer（切口）。",
                    "an edge is all, top, right, bottom, left, spine or outer");
            if (e >= 0 && (pass == 0) == (e == 0))
                put_edges(r, out, n->items[i], edge_names[e].first, edge_names[e].last);
        }
}

void read_paper(SheetReader *r, SheetPaper *out, const YamlNode *n) {
    if (n->kind == YAML_SCALAR) {
        *out = (SheetPaper){.all = read_text(r, n)};
        return;
    }
    if (n->kind == YAML_LIST) {
        read_error(r, n, "纸张写一种，或 {cover: …, inner: …}。",
                   "write one paper, or {cover: …, inner: …}");
        return;
    }
    out->all = NULL;
    for (size_t i = 0; i < n->count; i++) {
        const char *key = name_key(r->arena, n->keys[i]->scalar);
        if (name_in(r->arena, "cover|封面", key))
            out->cover = read_text(r, n->items[i]);
        else if (name_in(r->arena, "inner|内页|内文|正文|text", key))
            out->inner = read_text(r, n->items[i]);
        else
            read_error(r, n->keys[i], "纸张只分 cover（封面）和 inner（内页）。",
                       "paper has only cover and inner");
    }
}

/* A bare 5 would be 5 mm, and people mean points. 0 is 0 in every unit. */
static bool needs_unit(const FieldDesc *f, const char *written) {
    bool type_size = f->dimension == DIM_LENGTH && strstr(f->name, "text");
    return type_size && !str_is(str_trim(str_of(written)), "0");
}

void read_limit(SheetReader *r, const FieldDesc *f, const YamlNode *n) {
    const char *s = read_scalar(r, n);
    if (!s)
        return;
    SheetLimits *limits = &r->sheet->limits;
    bool unit = needs_unit(f, s);
    if (limit_read(&limits->row, r->arena, f, s, unit ? BARE_REFUSED : BARE_ALLOWED)) {
        limits->layer[limit_index(f)] = r->layer;
        return;
    }
    if (unit) {
        read_refused(
            r, n, arena_printf(r->arena, "“%s”要写字号，带单位，例如 6pt", f->zh),
            arena_printf(r->arena, "%s takes a type size with its unit, such as 6pt", f->name));
        return;
    }
    const char *zh = f->type == T_BOOL ? "是或否" : dimension_name(f->dimension, LANG_ZH);
    const char *en = f->type == T_BOOL ? "yes or no" : dimension_name(f->dimension, LANG_EN);
    read_refused(r, n, arena_printf(r->arena, "“%s”要写%s", f->zh, zh),
                 arena_printf(r->arena, "%s takes %s", f->name, en));
}

void read_limits(SheetReader *r, const YamlNode *n) {
    const EntityDesc *e = entity_of(FACT_limit);
    if (n->kind != YAML_MAP) {
        read_error(r, n, "限值要写成“名称: 值”，一行一项。",
                   "write limits as \"name: value\", one a line");
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        const char *word = n->keys[i]->scalar;
        const FieldDesc *f = field_find(e, str_trim(str_of(word)));
        const char *near = f ? NULL : field_nearest(e, word);
        if (f)
            read_limit(r, f, n->items[i]);
        else
            read_error(r, n->keys[i],
                       near ? arena_printf(r->arena, "没有这个限值，是不是“%s”？", near)
                            : "没有这个限值。",
                       near ? arena_printf(r->arena, "no such limit; did you mean \"%s\"?", near)
                            : "there is no such limit");
    }
}

/* A list of maps; a single map, and for finishes a bare word, stand for a list of one. */
void read_list(SheetReader *r, const KeyDesc *k, void *value, const YamlNode *n) {
    const MapDesc *m = map_of((MapId)k->target);
    SheetList *out = value;
    YamlNode *const self = (YamlNode *)(uintptr_t)n;
    YamlNode *const *nodes = n->kind == YAML_LIST ? n->items : &self;
    size_t count = n->kind == YAML_LIST ? n->count : 1;
    if (n->kind == YAML_SCALAR && reads_nothing(r, n))
        count = 0;
    char *rows = arena_alloc(r->arena, m->size * (count + 1));
    for (size_t i = 0; i < count; i++) {
        void *row = rows + i * m->size;
        map_clear((MapId)k->target, row);
        if (nodes[i]->kind == YAML_SCALAR)
            read_key(r, &m->keys[0], (char *)row + m->keys[0].offset, nodes[i]);
        else
            read_map(r, (MapId)k->target, row, nodes[i], MAP_COUNT);
    }
    out->count = count;
    out->items = rows;
}

void read_entries(SheetReader *r, SheetEntries *out, const YamlNode *n) {
    *out = (SheetEntries){.text = r->text};
    if (n->kind != YAML_LIST) {
        read_error(r, n, "这里要写一个列表，每项以“- ”开头。",
                   "write a list here, each item after \"- \"");
        return;
    }
    out->count = n->count;
    out->nodes = n->items;
}
