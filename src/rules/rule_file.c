/* The keys of a rule file and everything in it that is not an expression or a template. */
#include "rules/rule_file.h"

#include <string.h>

static const struct {
    const char *name;
    bool must;
} keys[KEY_COUNT] = {
#define KEY(ID, name, must) {name, must},
#include "rules/keys.def"
#undef KEY
};

bool file_error(const RuleFile *f, const YamlNode *at, const char *zh, const char *en, ...) {
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    Arena *a = f->errors->arena;
    const char *text_zh = arena_vprintf(a, zh, args);
    const char *text_en = arena_vprintf(a, en, again);
    va_end(again);
    va_end(args);
    yaml_error(f->errors, f->text, at, text_zh, text_en);
    return false;
}

static int find_key(const RuleFile *f, const YamlNode *key) {
    const char *names[KEY_COUNT];
    for (int i = 0; i < KEY_COUNT; i++) {
        names[i] = keys[i].name;
        if (streq(key->scalar, names[i]))
            return i;
    }
    const char *near = nearest_word(key->scalar, names, KEY_COUNT);
    if (near)
        file_error(f, key, "规则里没有“%s”这个键。是不是 %s？",
                   "a rule has no key \"%s\"; did you mean %s?", key->scalar, near);
    else
        file_error(f, key, "规则里没有“%s”这个键", "a rule has no key \"%s\"", key->scalar);
    return -1;
}

void read_keys(RuleFile *f) {
    const YamlNode *root = f->root;
    if (root->kind != YAML_MAP) {
        file_error(f, root, "规则文件要写成“键: 值”", "a rule file is a map of keys");
        return;
    }
    for (size_t i = 0; i < root->count; i++) {
        int key = find_key(f, root->keys[i]);
        if (key >= 0)
            f->value[key] = root->items[i];
    }
    for (int i = 0; i < KEY_COUNT; i++)
        if (keys[i].must && !f->value[i] && !(i == KEY_TESTS && f->tests_cut))
            file_error(f, root, "缺少 %s", "the key %s is missing", keys[i].name);
}

/* A scalar that is not empty; NULL when the key is absent or after an error. */
static const char *scalar(const RuleFile *f, KeyId key) {
    const YamlNode *node = f->value[key];
    if (!node)
        return NULL;
    if (node->kind == YAML_SCALAR && node->scalar_bytes)
        return node->scalar;
    file_error(f, node, "%s 后面要写一个值", "%s takes one value", keys[key].name);
    return NULL;
}

/* The entry of a vocabulary, or `absent` when the key is. */
static int read_word(const RuleFile *f, KeyId key, VocabularyId v, int absent) {
    const char *word = scalar(f, key);
    int found = word ? word_find(v, word) : absent;
    if (found >= 0)
        return found;
    const char *near = word_nearest(v, word);
    if (near)
        file_error(f, f->value[key], "%s 没有“%s”。是不是 %s？",
                   "%s has no \"%s\"; did you mean %s?", keys[key].name, word, near);
    else
        file_error(f, f->value[key], "%s 没有“%s”。可用：%s", "%s has no \"%s\"; it takes %s",
                   keys[key].name, word, word_list(f->errors->arena, v));
    return absent;
}

/* `true` or `false`; false when the key is absent. */
static bool read_yes(const RuleFile *f, KeyId key) {
    const char *word = scalar(f, key);
    if (word && !streq(word, "true") && !streq(word, "false"))
        file_error(f, f->value[key], "%s 写 true 或 false", "%s takes true or false",
                   keys[key].name);
    return streq(word, "true");
}

static bool is_kebab(const char *id) {
    for (const char *p = id; *p; p++)
        if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || (*p == '-' && p != id)))
            return false;
    return *id != '\0';
}

static void read_id(RuleFile *f) {
    const char *id = scalar(f, KEY_ID);
    const char *path = f->text->file ? f->text->file : "";
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *folder = slash;
    while (folder && folder > path && folder[-1] != '/')
        folder--;
    f->rule.group = slash ? arena_copy(f->arena, folder, (size_t)(slash - folder)) : "";
    f->rule.id = id ? id : "";
    if (!id)
        return;
    if (!is_kebab(id))
        file_error(f, f->value[KEY_ID], "规则编号只用小写字母、数字和连字符",
                   "an id is lower-case letters, digits and hyphens");
    size_t n = strlen(id);
    if (*name && (strncmp(name, id, n) != 0 || !streq(name + n, ".yaml")))
        file_error(f, f->value[KEY_ID], "编号要和文件名一样：%s 应在 %s.yaml 里",
                   "the id is the file name: %s belongs in %s.yaml", id, id);
}

static void read_each(RuleFile *f) {
    const char *name = scalar(f, KEY_EACH);
    int kind = name ? entity_find(str_of(name)) : -1;
    f->rule.each = kind >= 0 ? (FactKind)kind : FACT_document;
    if (!name || kind >= 0)
        return;
    const char *names[FACT_COUNT];
    for (int i = 0; i < FACT_COUNT; i++)
        names[i] = entity_of((FactKind)i)->name;
    const char *near = nearest_word(name, names, FACT_COUNT);
    if (near)
        file_error(f, f->value[KEY_EACH], "没有“%s”这种对象。是不是 %s？",
                   "there is no entity \"%s\"; did you mean %s?", name, near);
    else
        file_error(f, f->value[KEY_EACH], "没有“%s”这种对象。全部见 docs/facts.md",
                   "there is no entity \"%s\"; docs/facts.md lists them", name);
}

static Text read_text(const RuleFile *f, KeyId key) {
    const YamlNode *node = f->value[key];
    const YamlNode *zh = node ? yaml_find(node, "zh") : NULL;
    const YamlNode *en = node ? yaml_find(node, "en") : NULL;
    bool fine = zh && en && zh->kind == YAML_SCALAR && en->kind == YAML_SCALAR &&
                zh->scalar_bytes && en->scalar_bytes && node->count == 2;
    if (fine)
        return (Text){zh->scalar, en->scalar};
    if (node)
        file_error(f, node, "%s 要写中英两种：{zh: …, en: …}",
                   "%s is written in both languages: {zh: …, en: …}", keys[key].name);
    return (Text){"", ""};
}

void read_plain(RuleFile *f) {
    Rule *r = &f->rule;
    r->text = *f->text;
    read_id(f);
    read_each(f);
    r->title = read_text(f, KEY_TITLE);
    r->why = read_text(f, KEY_WHY);
    r->source = scalar(f, KEY_SOURCE);
    r->severity = (Severity)read_word(f, KEY_SEVERITY, VOCABULARY_Severity, SEVERITY_ERROR);
    r->who = (Who)read_word(f, KEY_WHO, VOCABULARY_Who, WHO_DESIGNER);
    r->reads = (Reads)read_word(f, KEY_READS, VOCABULARY_Reads, READS_ARTWORK);
    r->worst = (Worst)read_word(f, KEY_WORST, VOCABULARY_Worst, WORST_NONE);
    r->nowaive = read_yes(f, KEY_NOWAIVE);
}

static bool read_test(RuleFile *f, const YamlNode *node, RuleTest *test) {
    const YamlNode *given = yaml_find(node, "given"), *expect = yaml_find(node, "expect");
    if (!given || given->kind != YAML_MAP || !expect || expect->kind != YAML_SCALAR ||
        node->count != 2)
        return file_error(f, node, "每行样例写成 {given: {…}, expect: …}",
                          "each test is {given: {…}, expect: …}");
    int outcome = word_find(VOCABULARY_Outcome, expect->scalar);
    if (outcome < 0)
        return file_error(f, expect, "expect 没有“%s”。可用：%s",
                          "expect has no \"%s\"; it takes %s", expect->scalar,
                          word_list(f->errors->arena, VOCABULARY_Outcome));
    *test = (RuleTest){given, (Outcome)outcome, node->at};
    return true;
}

/* A rule that was never seen to pass and to fail is not known to judge anything. */
void read_tests(RuleFile *f) {
    const YamlNode *list = f->value[KEY_TESTS];
    if (!list)
        return;
    if (list->kind != YAML_LIST) {
        file_error(f, list, "tests 是一个列表", "tests is a list");
        return;
    }
    RuleTest *tests = ARENA_ARRAY(f->arena, RuleTest, list->count + 1);
    bool passes = false, fails = false;
    for (size_t i = 0; i < list->count; i++) {
        RuleTest *test = &tests[f->rule.test_count];
        if (!read_test(f, list->items[i], test))
            continue;
        f->rule.test_count++;
        passes = passes || test->expect == OUTCOME_PASS;
        fails = fails || test->expect == OUTCOME_FAIL || test->expect == OUTCOME_WARN;
    }
    f->rule.tests = tests;
    if (!passes || !fails)
        file_error(f, list, "样例里至少要有一行 pass 和一行 fail",
                   "the tests need at least one row that passes and one that fails");
}
