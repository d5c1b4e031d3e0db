/* papers.yaml, and finding the paper that a person wrote. */
#include "check/job_sheet.h"
#include "check/rule_data.h"

#include <ctype.h>
#include <string.h>

/* What stands beside the name of a paper and says nothing of its kind: units of weight, brands' and
 * sheets' words. */
static const char *const beside[] = {"gsm",  "g/m2", "g/㎡", "克/平方米", "克",   "g",
                                     "毫米", "mm",   "μm",   "um",        "国产", "进口",
                                     "双面", "单面", "纸面", "卷筒",      "平张", "全张"};

static Strs keys_of(DataReader *r, const char *name, const char *en, const Strs *aliases) {
    const char **keys = ARENA_ARRAY(r->arena, const char *, aliases->count + 2);
    keys[0] = name_key(r->arena, name);
    keys[1] = name_key(r->arena, en);
    for (size_t i = 0; i < aliases->count; i++)
        keys[i + 2] = name_key(r->arena, aliases->items[i]);
    return (Strs){aliases->count + 2, keys};
}

static void load_class(RuleData *d, DataReader *r, const YamlNode *key, const YamlNode *n) {
    const EnumDesc *e = enum_find("PaperClass");
    int class = enum_value(e, str_of(key->scalar));
    if (class < 0) {
        const char *near = nearest_word(key->scalar, e->words, e->count);
        data_error(
            r, key,
            arena_printf(r->arena, "没有这一类纸%s%s。", near ? "，是不是 " : "", near ? near : ""),
            arena_printf(r->arena, "no such class of paper%s%s", near ? "; did you mean " : "",
                         near ? near : ""));
        return;
    }
    if (!DATA_KEYS(r, n, "limits", "source", "conditions"))
        return;
    data_text(r, n, "source");
    data_limits(r, &d->paper_limits[class], n, false);
    d->conditions[class] = data_texts(r, n, "conditions");
}

static void load_paper(RuleData *d, DataReader *r, const YamlNode *n) {
    if (!DATA_KEYS(r, n, "name", "en", "class", "aliases"))
        return;
    PaperRow *p = ARENA_PUSH(r->arena, d->papers, d->paper_count, d->paper_capacity);
    row_clear(entity_of(FACT_paper), &p->row);
    p->row.name = data_text(r, n, "name");
    p->row.class = (uint8_t)data_word(r, n, "class", "PaperClass");
    p->row.conditions = d->conditions[p->row.class];
    p->keys = keys_of(r, p->row.name, data_text(r, n, "en"), data_texts(r, n, "aliases"));
}

void papers_load(RuleData *d, DataReader *r) {
    for (int i = 0; i < PAPER_WORDS; i++)
        row_clear(entity_of(FACT_limit), &d->paper_limits[i]);
    DATA_KEYS(r, r->root, "classes", "papers");
    const YamlNode *classes = yaml_find(r->root, "classes"),
                   *papers = data_list(r, r->root, "papers");
    for (size_t i = 0; classes && classes->kind == YAML_MAP && i < classes->count; i++)
        load_class(d, r, classes->keys[i], classes->items[i]);
    for (size_t i = 0; papers && i < papers->count; i++)
        load_paper(d, r, papers->items[i]);
}

static const PaperRow *exactly(const RuleData *d, const char *key) {
    for (size_t i = 0; i < d->paper_count; i++)
        for (size_t k = 0; k < d->papers[i].keys.count; k++)
            if (streq(d->papers[i].keys.items[k], key))
                return &d->papers[i];
    return NULL;
}

static bool latin(char c) {
    return isalpha((unsigned char)c) != 0;
}

/* Cuts the word at the front or the back; "g" is a unit only where no Latin word goes on: "gloss"
 * stays. */
static bool cut_word(Str *s, const char *word) {
    size_t w = strlen(word);
    if (s->n <= w)
        return false;
    if (memcmp(s->p, word, w) == 0 && !(latin(word[w - 1]) && latin(s->p[w]))) {
        *s = (Str){s->p + w, s->n - w};
        return true;
    }
    const char *back = s->p + s->n - w;
    if (memcmp(back, word, w) != 0 || (latin(word[0]) && latin(back[-1])))
        return false;
    s->n -= w;
    return true;
}

static bool cut_number(Str *s) {
    size_t before = s->n;
    while (s->n && strchr("0123456789.+", s->p[0]))
        *s = (Str){s->p + 1, s->n - 1};
    while (s->n && strchr("0123456789.+", s->p[s->n - 1]))
        s->n--;
    return s->n < before;
}

/* The name without grammage and without the words that say nothing of the kind. */
static const char *bare_name(Arena *a, const char *key) {
    Str s = str_of(key);
    for (bool cut = true; cut && s.n;) {
        cut = cut_number(&s);
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
            cut |= cut_word(&s, beside[i]);
    }
    return arena_copy(a, s.p, s.n);
}

const PaperRow *paper_find(const RuleData *d, Arena *a, const char *written, const char **near) {
    const char *key = name_key(a, written), *bare = bare_name(a, key);
    const PaperRow *p = exactly(d, key);
    *near = NULL;
    if (!p)
        p = exactly(d, bare);
    if (!p)
        p = exactly(d, arena_printf(a, "%s纸", bare));
    if (p)
        return p;
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < d->paper_count; i++)
        for (size_t k = 0; k < d->papers[i].keys.count; k++)
            *ARENA_PUSH(a, names, count, capacity) = d->papers[i].keys.items[k];
    *near = nearest_word(bare, names, count);
    return NULL;
}
