/* One reader for each form a value of a job sheet may have. */
#include "check/job_measure.h"
#include "check/job_read.h"

#include <math.h>
#include <string.h>

static const char schema_name[] = "chupin.job/1";
static const char *const nothing_words[] = {"无", "没有", "none", "no", "-", "—"};

const char *read_scalar(SheetReader *r, const YamlNode *n) {
    if (n->kind == YAML_SCALAR)
        return n->scalar;
    read_error(r, n, "这里只能写一个值。", "one value is expected here");
    return NULL;
}

static const char *shown(SheetReader *r, const YamlNode *n) {
    return text_printable(r->arena, n->scalar, n->scalar_bytes);
}

void read_refused(SheetReader *r, const YamlNode *n, const char *zh, const char *en) {
    if (!yaml_colon_error(r->errors, r->text, n))
        read_error(r, n, arena_printf(r->arena, "看不懂“%s”：%s。", shown(r, n), zh),
                   arena_printf(r->arena, "cannot read \"%s\": %s", shown(r, n), en));
}

const char *read_text(SheetReader *r, const YamlNode *n) {
    const char *s = read_scalar(r, n);
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

bool reads_nothing(SheetReader *r, const YamlNode *n) {
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
    if (n->kind == YAML_SCALAR && reads_nothing(r, n))
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
            read_refused(r, n->items[i], "只能是 error、warning、info 或 off",
                         "it must be error, warning, info or off");
    }
    return p;
}

static void read_size(SheetReader *r, SheetSize *out, const YamlNode *n) {
    const char *s = read_scalar(r, n);
    if (!s)
        return;
    *out = (SheetSize){.w = NAN, .h = NAN, .node = n, .text = r->text};
    if (!size_read(&out->w, &out->h, r->arena, s))
        out->name = s;
}

static void read_count(SheetReader *r, int32_t *out, const YamlNode *n) {
    const char *s = read_scalar(r, n);
    if (s && !count_read(out, r->arena, s))
        read_refused(r, n, "要写整数", "write a whole number");
}

static void read_scale(SheetReader *r, double *out, const YamlNode *n) {
    const char *s = read_scalar(r, n);
    if (s && !scale_read(out, r->arena, s))
        read_refused(r, n, "比例要写成 1:10", "write a scale as 1:10");
}

static void read_yes(SheetReader *r, Tri *out, const YamlNode *n) {
    const char *s = read_scalar(r, n);
    if (s && !yes_read(out, r->arena, s))
        read_refused(r, n, "要写是或否", "write yes or no");
}

static void read_schema(SheetReader *r, const char **out, const YamlNode *n) {
    *out = read_text(r, n);
    if (*out && !streq(*out, schema_name))
        read_refused(r, n, "这个版本只认 chupin.job/1", "this version reads chupin.job/1");
}

static void read_pages(SheetReader *r, Pages *out, const YamlNode *n) {
    if (n->kind == YAML_SCALAR)
        read_count(r, &out->count, n);
    else
        read_map(r, MAP_PAGES, out, n, MAP_COUNT);
}

static void read_measure(SheetReader *r, double *out, const YamlNode *n, Dimension d) {
    const char *s = read_scalar(r, n);
    if (!s || measure_read(out, r->arena, s, d, BARE_ALLOWED))
        return;
    const Unit *u = unit_shown(d);
    read_refused(r, n,
                 arena_printf(r->arena, "要写%s，单位例如 %s", dimension_name(d, LANG_ZH),
                              u ? u->suffix : ""),
                 arena_printf(r->arena, "write %s, in %s for example", dimension_name(d, LANG_EN),
                              u ? u->suffix : ""));
}

static void read_word(SheetReader *r, const KeyDesc *k, uint8_t *out, const YamlNode *n) {
    const EnumDesc *e = enum_find(k->domain);
    const char *s = read_scalar(r, n);
    int value = s ? job_word(r->arena, e, s) : -1;
    if (value > 0)
        *out = (uint8_t)value;
    if (!s || value > 0)
        return;
    Sink zh = sink_memory(r->arena), en = sink_memory(r->arena);
    for (unsigned i = 1; i < e->count; i++) {
        sink_format(&zh, "%s%s", i > 1 ? "、" : "", enum_name(e, i, LANG_ZH));
        sink_format(&en, "%s%s", i > 1 ? ", " : "", enum_word(e, i));
    }
    read_refused(
        r, n, arena_printf(r->arena, "只能是%.*s", (int)sink_text(&zh).n, sink_text(&zh).p),
        arena_printf(r->arena, "it is one of %.*s", (int)sink_text(&en).n, sink_text(&en).p));
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
