/* Loading rule sets. */
#include "rules/rule_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void keep_regexes(RuleSet *set, Regex *regexes) {
    while (regexes) {
        Regex *next = regexes->next;
        regexes->next = set->patterns;
        set->patterns = regexes;
        regexes = next;
    }
}

static bool load_rule(RuleSet *set, Arena *a, const YamlText *text, Errors *errors, bool tests) {
    size_t before = errors->count;
    RuleFile f = {.arena = a, .errors = errors, .text = text, .tests_cut = !tests};
    f.root = yaml_parse(a, text, errors);
    if (!f.root)
        return false;
    read_keys(&f);
    if (f.root->kind == YAML_MAP) {
        read_plain(&f);
        read_expressions(&f);
        read_messages(&f);
        read_tests(&f);
        conclude(&f);
    }
    keep_regexes(set, f.regexes);
    if (errors->count > before)
        return false;
    *ARENA_PUSH(a, set->items, set->count, set->capacity) = f.rule;
    return true;
}

bool rules_load_one(RuleSet *set, Arena *a, const YamlText *text, Errors *errors) {
    return load_rule(set, a, text, errors, true);
}

static bool holds_text(Str text, const char *part) {
    return memmem(text.p, text.n, part, strlen(part)) != NULL;
}

/* Cuts `tests:` off when it is the last key and has, by its looks, rows that pass and that fail;
 * otherwise the whole file is read, and says itself what is wrong. */
static bool cut_tests(YamlText *text) {
    static const char key[] = "\ntests:";
    const char *start =
        text->text.n ? memmem(text->text.p, text->text.n, key, sizeof key - 1) : NULL;
    if (!start)
        return false;
    Str head = {text->text.p, (size_t)(start - text->text.p) + 1};
    Str tail = {start + sizeof key - 1, text->text.n - head.n - (sizeof key - 2)};
    for (const char *p = tail.p; p + 1 < tail.p + tail.n; p++)
        if (p[0] == '\n' && !strchr(" \n#-", p[1]))
            return false;
    if (!holds_text(tail, "expect: pass") ||
        !(holds_text(tail, "expect: fail") || holds_text(tail, "expect: warn")))
        return false;
    text->text = head;
    return true;
}

void rules_free(RuleSet *set) {
    for (Regex *r = set->patterns; r; r = r->next)
        regfree(&r->compiled);
    set->patterns = NULL;
}

/* One rule file that was found. */
typedef struct Found {
    const char *path, *name;
    YamlText text;
} Found;

typedef struct FoundList {
    Found *items;
    size_t count, capacity;
} FoundList;

static int by_name(const void *a, const void *b) {
    const Found *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->path, y->path);
}

static bool is_rule_name(const char *name) {
    const char *dot = strrchr(name, '.');
    return name[0] != '.' && dot && streq(dot, ".yaml");
}

static void find_in_group(FoundList *list, Arena *a, const char *dir) {
    DIR *d = opendir(dir);
    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));)
        if (is_rule_name(e->d_name))
            *ARENA_PUSH(a, list->items, list->count, list->capacity) =
                (Found){.path = arena_printf(a, "%s/%s", dir, e->d_name),
                        .name = arena_strdup(a, e->d_name)};
    closedir(d);
}

/* Each folder but `profiles` is a group. What is not a folder cannot be opened as one. */
static Result find_rules(FoundList *list, Arena *a, const char *dir) {
    DIR *d = opendir(dir);
    if (!d)
        return result_fail(a, ERR_USAGE, (Where){.file = dir},
                           "打不开规则文件夹（%s）。请检查路径，或用 --rules 指定",
                           "cannot open the folder of rules (%s); check the path, or name one "
                           "with --rules",
                           strerror(errno));
    for (struct dirent *e; (e = readdir(d));) {
        bool is_data = e->d_name[0] == '.' || streq(e->d_name, "profiles");
        if (!is_data && (e->d_type == DT_DIR || e->d_type == DT_LNK || e->d_type == DT_UNKNOWN))
            find_in_group(list, a, arena_printf(a, "%s/%s", dir, e->d_name));
    }
    closedir(d);
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_name);
    return OK;
}

static void hash_rules(RuleSet *set, const FoundList *list) {
    Sha256 h;
    sha256_start(&h);
    for (size_t i = 0; i < list->count; i++) {
        const Found *f = &list->items[i];
        sha256_add(&h, f->name, strlen(f->name) + 1);
        sha256_add(&h, f->text.text.p, f->text.text.n);
        sha256_add(&h, "", 1);
    }
    sha256_end(&h, set->sha256);
}

static Result load_folder(RuleSet *out, Arena *a, const char *dir, Errors *errors, bool tests) {
    FoundList list = {0};
    *out = (RuleSet){0};
    TRY(find_rules(&list, a, dir));
    for (size_t i = 0; i < list.count; i++) {
        Found *f = &list.items[i];
        Result read = yaml_load(&f->text, a, f->path);
        if (read.kind) {
            errors_put(errors, read.at, NULL, 1, read.text);
            continue;
        }
        YamlText text = f->text;
        bool cut = !tests && cut_tests(&text);
        load_rule(out, a, &text, errors, !cut);
        if (i && streq(f->name, list.items[i - 1].name))
            errors_add(errors, (Where){.file = f->path}, NULL, 1, "已有同名规则：%s",
                       "there is a rule of this name already: %s", list.items[i - 1].path);
    }
    hash_rules(out, &list);
    return errors_result(errors, ERR_USAGE);
}

Result rules_load(RuleSet *out, Arena *a, const char *dir, Errors *errors) {
    return load_folder(out, a, dir, errors, true);
}

Result rules_load_to_run(RuleSet *out, Arena *a, const char *dir, Errors *errors) {
    return load_folder(out, a, dir, errors, false);
}

const Rule *rules_find(const RuleSet *set, const char *id) {
    for (size_t i = 0; i < set->count; i++)
        if (streq(set->items[i].id, id))
            return &set->items[i];
    return NULL;
}

const char *rules_nearest(const RuleSet *set, const char *id) {
    Arena *a = arena_new();
    const char **ids = ARENA_ARRAY(a, const char *, set->count + 1);
    for (size_t i = 0; i < set->count; i++)
        ids[i] = set->items[i].id;
    const char *near = nearest_word(id, ids, set->count);
    arena_free(a);
    return near;
}
