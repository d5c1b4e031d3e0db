#include "cli/rule_text.h"

#include <unistd.h>

static int list(const Cli *cli, const RuleSet *set, Sink *out, const char *word) {
    (void)word;
    rule_list(out, cli, set);
    return EXIT_OK;
}

static int show(const Cli *cli, const RuleSet *set, Sink *out, const char *word) {
    if (!word)
        return cli_refuse(cli, "写一条规则的名字：chupin rules show page-size",
                          "name a rule: chupin rules show page-size");
    const Rule *r = rule_named(cli, set, word);
    if (!r)
        return EXIT_REFUSED;
    sink_format(out, "# %s\n", r->text.file);
    sink_write(out, r->text.text.p, r->text.text.n);
    return EXIT_OK;
}

/* Loading is the check: by now every error has been said. */
static int lint(const Cli *cli, const RuleSet *set, Sink *out, const char *word) {
    (void)word;
    sink_format(
        out, cli->lang == LANG_ZH ? "%zu 条规则，没有写错的地方\n" : "%zu rules, nothing wrong\n",
        set->count);
    return EXIT_OK;
}

static int test(const Cli *cli, const RuleSet *set, Sink *out, const char *word) {
    (void)word;
    int failed = 0;
    size_t rows = 0;
    for (size_t i = 0; i < set->count; i++)
        rows += set->items[i].test_count;
    Result r = rules_test(set, cli->arena, out, cli->lang, &failed);
    if (r.kind)
        return cli_fail(cli, r);
    sink_format(out,
                cli->lang == LANG_ZH ? "%zu 条规则，%zu 个例子，%d 个不符\n"
                                     : "%zu rules, %zu rows, %d did not come out\n",
                set->count, rows, failed);
    return failed ? EXIT_FOUND : EXIT_OK;
}

typedef struct Verb {
    const char *name;
    size_t words; /* operands after it, at most */
    bool takes_folder;
    int (*run)(const Cli *cli, const RuleSet *set, Sink *out, const char *word);
} Verb;
static const Verb verbs[] = {{"list", 0, false, list},
                             {"show", 1, false, show},
                             {"lint", 1, true, lint},
                             {"test", 0, false, test}};

static const Verb *find_verb(const Cli *cli, const char *name) {
    const char *names[sizeof verbs / sizeof *verbs];
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        names[i] = verbs[i].name;
        if (streq(verbs[i].name, name))
            return &verbs[i];
    }
    const char *near = name ? nearest_word(name, names, sizeof verbs / sizeof *verbs) : NULL;
    if (near)
        cli_refuse(cli, "rules 后面是 list、show、lint 或 test；是不是 %s？",
                   "rules takes list, show, lint or test; did you mean %s?", near);
    else
        cli_refuse(cli, "rules 后面是 list、show、lint 或 test",
                   "rules takes list, show, lint or test");
    return NULL;
}

int cmd_rules(const Cli *cli) {
    const Words *words = &cli->args->operands;
    const Verb *verb = find_verb(cli, words->count ? words->items[0] : NULL);
    if (!verb)
        return EXIT_REFUSED;
    if (words->count > verb->words + 1)
        return cli_refuse(cli, "rules %s 后面写多了", "too many words after rules %s", verb->name);
    const char *word = words->count > 1 ? words->items[1] : NULL;
    RuleSet set = {0};
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    int code = rules_open(cli, &set, verb->takes_folder ? word : NULL);
    if (!code)
        code = verb->run(cli, &set, &out, word);
    rules_free(&set);
    Result closed = sink_close(&out, cli->arena);
    return closed.kind ? cli_fail(cli, closed) : code;
}
