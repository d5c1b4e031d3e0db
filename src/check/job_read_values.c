/* One reader for each form a value of a job sheet may have. */
#include "check/job_measure.h"
#include "check/job_sheet.h"

#include <math.h>
#include <string.h>

static const char schema_name[] = "chupin.job/1";
static const char *const nothing_words[] = {"无", "没有", "none", "no", "-", "—"};

static const char *scalar_of(SheetReader *r, const YamlNode *n) {
    if (n->kind == YAML_SCALAR)
        return n->scalar;
    read_error(r, n, "这里只能写一个值。", "one value is expected here");
    return NULL;
}

static const char *shown(SheetReader *r, const YamlNode *n) {
    return text_printable(r->arena, n->scalar, n->scalar_bytes);
}

static void not_a(SheetReader *r, const YamlNode *n, const char *zh, const char *en) {
    if (!yaml_colon_error(r->errors, r->text, n))
        read_error(r, n, arena_printf(r->arena, "看不懂“%s”：%s。", shown(r, n), zh),
                   arena_printf(r->arena, "cannot read \"%s\": %s", shown(r, n), en));
}

static const char *read_text(SheetReader *r, const YamlNode *n) {
    const char *s = scalar_of(r, n);
    if (!s)
        return NULL;
    Str t = str_trim(str_of(s));
    return arena_copy(r->arena, t.p, t.n);
}

/* Prose is kept as people wrote it: a list or a map becomes lines. */
static void add_prose(SheetReader *r, Sink *out, const YamlNode *n) {
    if (n->kind == YAML_SCALAR) {
        Str t = str_trim(str_of(n->scalar));
        sink_write(out, t.p, t.n);
    }
    for (size_t i = 0; n->kind != YAML_SCALAR && i < n->count; i++) {
        if (out->count)
            sink_char(out, '\n');
        if (n->kind == YAML_MAP) {
            sink_str(out, n->keys[i]->scalar);
            sink_str(out, ": ");
        }
        add_prose(r, out, n->items[i]);
    }
}

static const char *read_prose(SheetReader *r, const YamlNode *n) {
    Sink out = sink_memory(r->arena);
    add_prose(r, &out, n);
    Str s = sink_text(&out);
    return arena_copy(r->arena, s.p, s.n);
}

static bool means_nothing(SheetReader *r, const YamlNode *n) {
    const char *key = name_key(r->arena, n->scalar);
    for (size_t i = 0; i < sizeof nothing_words / sizeof *nothing_words; i++)
        if (streq(key, nothing_words[i]))
            return true;
    return false;
}

/* One text or a list of them; 无 is an empty list. Marks inside a text do not split it: names hold
 * commas. */
static const Strs *read_texts(SheetReader *r, const YamlNode *n) {
    const char **items = NULL;
    size_t count = 0, capacity = 0;
    if (n->kind == YAML_SCALAR && means_nothing(r, n))
        return strs_of(r->arena, NULL, 0);
    if (n->kind == YAML_SCALAR) {
        const char *one = read_text(r, n);
        return strs_of(r->arena, &one, 1);
    }
    if (n->kind == YAML_MAP) {
        read_error(r, n, "这里要写一串名称，例如 [甲, 乙]。", "write a list here, such as [a, b]");
        return NULL;
    }
    for (size_t i = 0; i < n->count; i++) {
        const char *text = read_text(r, n->items[i]);
        if (text && *text)
            *ARENA_PUSH(r->arena, items, count, capacity) = text;
    }
    return strs_of(r->arena, items, count);
}

static SheetPairs read_pairs(SheetReader *r, const YamlNode *n) {
    SheetPairs p = {0};
    if (n->kind != YAML_MAP) {
        read_error(r, n, "这里要写成“名称: 值”，一行一项。",
                   "write \"key: value\" here, one a line");
        return p;
    }
    p.keys = ARENA_ARRAY(r->arena, const char *, n->count);
    p.values = ARENA_ARRAY(r->arena, const char *, n->count);
    for (size_t i = 0; i < n->count; i++) {
        const char *value = read_text(r, n->items[i]);
        if (!value)
            continue;
        p.keys[p.count] = n->keys[i]->scalar;
        p.values[p.count++] = value;
    }
    return p;
}

static SheetPairs read_severities(SheetReader *r, const YamlNode *n) {
    SheetPairs p = read_pairs(r, n);
    for (size_t i = 0; n->kind == YAML_MAP && i < n->count; i++) {
        const char *word = n->items[i]->scalar;
        if (word && !streq(word, "error") && !streq(word, "warning") && !streq(word, "info") &&
            !streq(word, "off"))
            not_a(r, n->items[i], "只能是 error、warning、info 或 off",
                  "it must be error, warning, info or off");
    }
    return p;
}

static void read_size(SheetReader *r, SheetSize *out, const YamlNode *n) {
    const char *s = scalar_of(r, n);
    if (!s)
        return;
    *out = (SheetSize){.w = NAN, .h = NAN, .node = n, .text = r->text};
    if (!size_read(&out->w, &out->h, r->arena, s))
        out->name = s;
}

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
    const char *s = scalar_of(r, n);
    double v;
    if (!s)
        return;
    if (means_nothing(r, n)) {
        v = 0;
    } else if (!measure_read(&v, r->arena, s, DIM_LENGTH, BARE_ALLOWED) || v < 0) {
        not_a(r, n, "要写长度，例如 3 mm", "write a length, such as 3 mm");
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
static void read_edges(SheetReader *r, SheetEdges *out, const YamlNode *n) {
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

static void read_paper(SheetReader *r, SheetPaper *out, const YamlNode *n) {
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

static void read_count(SheetReader *r, int32_t *out, const YamlNode *n) {
    const char *s = scalar_of(r, n);
    if (s && !count_read(out, r->arena, s))
        not_a(r, n, "要写整数", "write a whole number");
}

static void read_scale(SheetReader *r, double *out, const YamlNode *n) {
    const char *s = scalar_of(r, n);
    if (s && !scale_read(out, r->arena, s))
        not_a(r, n, "比例要写成 1:10", "write a scale as 1:10");
}

static void read_yes(SheetReader *r, Tri *out, const YamlNode *n) {
    const char *s = scalar_of(r, n);
    if (s && !yes_read(out, r->arena, s))
        not_a(r, n, "要写是或否", "write yes or no");
}

static void read_schema(SheetReader *r, const char **out, const YamlNode *n) {
    *out = read_text(r, n);
    if (*out && !streq(*out, schema_name))
        not_a(r, n, "这个版本只认 chupin.job/1", "this version reads chupin.job/1");
}

static void read_pages(SheetReader *r, Pages *out, const YamlNode *n) {
    if (n->kind == YAML_SCALAR)
        read_count(r, &out->count, n);
    else
        read_map(r, MAP_PAGES, out, n, MAP_COUNT);
}

static void read_measure(SheetReader *r, double *out, const YamlNode *n, Dimension d) {
    const char *s = scalar_of(r, n);
    if (!s || measure_read(out, r->arena, s, d, BARE_ALLOWED))
        return;
    const Unit *u = unit_shown(d);
    not_a(r, n,
          arena_printf(r->arena, "要写%s，单位例如 %s", dimension_name(d, LANG_ZH),
                       u ? u->suffix : ""),
          arena_printf(r->arena, "write %s, in %s for example", dimension_name(d, LANG_EN),
                       u ? u->suffix : ""));
}

static void read_limit(SheetReader *r, const FieldDesc *f, const YamlNode *n) {
    const char *s = scalar_of(r, n);
    if (!s)
        return;
    SheetLimits *limits = &r->sheet->limits;
    if (limit_read(&limits->row, r->arena, f, s, BARE_ALLOWED)) {
        limits->layer[limit_index(f)] = r->layer;
        return;
    }
    const char *zh = f->type == T_BOOL ? "是或否" : dimension_name(f->dimension, LANG_ZH);
    const char *en = f->type == T_BOOL ? "yes or no" : dimension_name(f->dimension, LANG_EN);
    not_a(r, n, arena_printf(r->arena, "“%s”要写%s", f->zh, zh),
          arena_printf(r->arena, "%s takes %s", f->name, en));
}

static void read_limits(SheetReader *r, const YamlNode *n) {
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

static void read_word(SheetReader *r, const KeyDesc *k, uint8_t *out, const YamlNode *n) {
    const EnumDesc *e = enum_find(k->domain);
    const char *s = scalar_of(r, n);
    int value = s ? job_word(r->arena, e, s) : -1;
    if (value > 0)
        *out = (uint8_t)value;
    if (!s || value > 0)
        return;
    Sink zh = sink_memory(r->arena), en = sink_memory(r->arena);
    for (unsigned i = 1; i < e->count; i++) {
        sink_format(&zh, "%s%s", i > 1 ? "、" : "", enum_word(e, i, LANG_ZH));
        sink_format(&en, "%s%s", i > 1 ? ", " : "", enum_word(e, i, LANG_EN));
    }
    not_a(r, n, arena_printf(r->arena, "只能是%.*s", (int)sink_text(&zh).n, sink_text(&zh).p),
          arena_printf(r->arena, "it is one of %.*s", (int)sink_text(&en).n, sink_text(&en).p));
}

/* A list of maps; a single map, and for finishes a bare word, stand for a list of one. */
static void read_list(SheetReader *r, const KeyDesc *k, void *value, const YamlNode *n) {
    const MapDesc *m = map_of((MapId)k->target);
    SheetList *out = value;
    YamlNode *const self = (YamlNode *)(uintptr_t)n;
    YamlNode *const *nodes = n->kind == YAML_LIST ? n->items : &self;
    size_t count = n->kind == YAML_LIST ? n->count : 1;
    if (n->kind == YAML_SCALAR && means_nothing(r, n))
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

static void read_entries(SheetReader *r, SheetEntries *out, const YamlNode *n) {
    *out = (SheetEntries){.text = r->text};
    if (n->kind != YAML_LIST) {
        read_error(r, n, "这里要写一个列表，每项以“- ”开头。",
                   "write a list here, each item after \"- \"");
        return;
    }
    out->count = n->count;
    out->nodes = n->items;
}

void read_key(SheetReader *r, const KeyDesc *k, void *value, const YamlNode *n) {
    switch (k->form) {
    case FORM_SCHEMA:
        read_schema(r, value, n);
        break;
    case FORM_TEXT:
        *(const char **)value = read_text(r, n);
        break;
    case FORM_PROSE:
        *(const char **)value = read_prose(r, n);
        break;
    case FORM_LENGTH:
        read_measure(r, value, n, DIM_LENGTH);
        break;
    case FORM_BYTES:
        read_measure(r, value, n, DIM_BYTES);
        break;
    case FORM_SCALE:
        read_scale(r, value, n);
        break;
    case FORM_COUNT:
        read_count(r, value, n);
        break;
    case FORM_YES:
        read_yes(r, value, n);
        break;
    case FORM_SIZE:
        read_size(r, value, n);
        break;
    case FORM_EDGES:
        read_edges(r, value, n);
        break;
    case FORM_PAPER:
        read_paper(r, value, n);
        break;
    case FORM_PAGES:
        read_pages(r, value, n);
        break;
    case FORM_LIMIT:
        *(bool *)value = true;
        read_limit(r, field_find(entity_of(FACT_limit), str_of(k->name)), n);
        break;
    case FORM_LIMITS:
        read_limits(r, n);
        break;
    case FORM_TEXTS:
        *(const Strs **)value = read_texts(r, n);
        break;
    case FORM_PAIRS:
        *(SheetPairs *)value = read_pairs(r, n);
        break;
    case FORM_SEVERITIES:
        *(SheetPairs *)value = read_severities(r, n);
        break;
    case FORM_ENTRIES:
        read_entries(r, value, n);
        break;
    case FORM_WORD:
        read_word(r, k, value, n);
        break;
    case FORM_MAP:
        read_map(r, (MapId)k->target, value, n, MAP_COUNT);
        break;
    case FORM_LIST:
        read_list(r, k, value, n);
        break;
    }
}
