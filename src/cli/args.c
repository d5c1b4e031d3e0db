#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static const char report_choices[] =
#define REPORT(id, many, zh, en) "|" #id
#include "report/reports.def"
#undef REPORT
    ;
static const char batch_choices[] =
#define BATCH_FORMAT(id, between, sums, begin, end) "|" #id
#include "report/batch_formats.def"
#undef BATCH_FORMAT
    ;
static const char view_choices[] =
#define VIEW(id, ending) "|" #id
#include "cli/views.def"
#undef VIEW
    ;
static const char *const view_names[] = {
#define VIEW(id, ending) #id,
#include "cli/views.def"
#undef VIEW
};
enum { VIEWS = sizeof view_names / sizeof *view_names };

#define FOR(id) (1u << COMMAND_##id)
#define PEOPLE  (FOR(sign) | FOR(waive) | FOR(job) | FOR(report))
#define EVERY   EVERY_COMMAND

static const Command commands[COMMAND_COUNT] = {
#define COMMAND(id, home, synopsis, zh, en, more_zh, more_en)                                      \
    [COMMAND_##id] = {#id, synopsis, {zh, en}, {more_zh, more_en}},
#include "cli/commands.def"
#undef COMMAND
};

static const Option options[OPTION_COUNT] = {
#define OPTION(ID, commands, name, letter, argument, zh, en)                                       \
    [OPTION_##ID] = {commands, name, letter, argument, {zh, en}},
#include "cli/options.def"
#undef OPTION
};

const Command *command_row(CommandId id) {
    return &commands[id];
}

const Option *option_row(OptionId id) {
    return &options[id];
}

bool args_has(const Args *args, OptionId id) {
    return args->options[id].count > 0;
}

const char *args_value(const Args *args, OptionId id) {
    const Words *w = &args->options[id];
    return w->count ? w->items[w->count - 1] : NULL;
}

static void add(Arena *a, Words *words, const char *word) {
    *ARENA_PUSH(a, words->items, words->count, words->capacity) = word;
}

static const char *shown(Arena *a, const char *word) {
    return text_printable(a, word, strlen(word));
}

static Result unknown_command(Arena *a, const char *word) {
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    const char *near = nearest_word(word, names, COMMAND_COUNT);
    if (near)
        return result_fail(a, ERR_USAGE, (Where){0}, "没有“%s”这个命令；是不是 %s？",
                           "there is no command “%s”; did you mean %s?", shown(a, word), near);
    return result_fail(a, ERR_USAGE, (Where){0}, "没有“%s”这个命令；chupin help 看全部命令",
                       "there is no command “%s”; chupin help lists them all", shown(a, word));
}

static Result unknown_option(Arena *a, const char *name, CommandId command) {
    const char *names[OPTION_COUNT];
    size_t n = 0;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (option_fits(&options[i], command))
            names[n++] = options[i].name;
    const char *near = nearest_word(name, names, n);
    const char *of =
        command == COMMAND_COUNT ? "chupin" : arena_printf(a, "chupin %s", commands[command].name);
    if (near)
        return result_fail(a, ERR_USAGE, (Where){0}, "%s 没有选项 --%s；是不是 --%s？",
                           "%s has no option --%s; did you mean --%s?", of, shown(a, name), near);
    return result_fail(a, ERR_USAGE, (Where){0}, "%s 没有选项 --%s；%s --help 看全部选项",
                       "%s has no option --%s; %s --help lists them all", of, shown(a, name), of);
}

/* One of words joined by |. */
static bool is_choice(const char *choices, const char *word) {
    size_t n = strlen(word);
    for (const char *p = choices; n && p; p = strchr(p, '|'), p = p ? p + 1 : NULL)
        if (strncmp(p, word, n) == 0 && (p[n] == '|' || !p[n]))
            return true;
    return false;
}

static Result view_known(Arena *a, const char *name) {
    if (is_choice(view_choices + 1, name))
        return OK;
    const char *near = nearest_word(name, view_names, VIEWS);
    if (near)
        return result_fail(a, ERR_USAGE, (Where){0}, "没有“%s”这种报告；是不是 %s？",
                           "there is no report “%s”; did you mean %s?", shown(a, name), near);
    return result_fail(a, ERR_USAGE, (Where){0}, "没有“%s”这种报告；可以是 %s，几种用逗号隔开",
                       "there is no report “%s”; there are %s, several with commas between",
                       shown(a, name), view_choices + 1);
}

/* "html,sheet": before anything is checked, and once for all files. */
static Result views_known(Arena *a, const char *list) {
    for (const char *p = list, *comma; p; p = comma ? comma + 1 : NULL) {
        comma = strchr(p, ',');
        Str name = str_trim((Str){p, comma ? (size_t)(comma - p) : strlen(p)});
        TRY(view_known(a, arena_copy(a, name.p, name.n)));
    }
    return OK;
}

static bool has_choices(const Option *o) {
    return o->argument && o->argument[0] >= 'a' && o->argument[0] <= 'z';
}

static Result set_option(Args *out, Arena *a, int id, const char *value) {
    const Option *o = &options[id];
    if (o->argument && !value)
        return result_fail(a, ERR_USAGE, (Where){0}, "--%s 后面要写 %s", "--%s needs %s", o->name,
                           o->argument);
    if (!o->argument && value)
        return result_fail(a, ERR_USAGE, (Where){0}, "--%s 后面不带东西", "--%s takes no argument",
                           o->name);
    if (has_choices(o) && !is_choice(o->argument, value))
        return result_fail(a, ERR_USAGE, (Where){0}, "--%s 只能是 %s，不能是“%s”",
                           "--%s is one of %s, not “%s”", o->name, o->argument, shown(a, value));
    if (id == OPTION_REPORT)
        TRY(views_known(a, value));
    add(a, &out->options[id], value ? value : "");
    return OK;
}

static int find_long(Str name, CommandId command) {
    for (int i = 0; i < OPTION_COUNT; i++)
        if (str_is(name, options[i].name) && option_fits(&options[i], command))
            return i;
    return -1;
}

static int find_short(char letter, CommandId command) {
    for (int i = 0; i < OPTION_COUNT; i++)
        if (options[i].letter == letter && option_fits(&options[i], command))
            return i;
    return -1;
}

/* "--name", "--name=value", "--name value"; `next` is the word after it. */
static Result long_option(Args *out, Arena *a, const char *word, const char *next,
                          bool *used_next) {
    const char *equals = strchr(word, '=');
    Str name = {word, equals ? (size_t)(equals - word) : strlen(word)};
    int id = find_long(name, out->command);
    if (id < 0)
        return unknown_option(a, arena_copy(a, name.p, name.n), out->command);
    *used_next = options[id].argument && !equals && next;
    return set_option(out, a, id, equals ? equals + 1 : *used_next ? next : NULL);
}

/* "-q", "-qo file", "-ofile" */
static Result short_options(Args *out, Arena *a, const char *word, const char *next,
                            bool *used_next) {
    for (const char *p = word; *p; p++) {
        int id = find_short(*p, out->command);
        if (id < 0)
            return result_fail(
                a, ERR_USAGE, (Where){0}, "没有选项 -%s；名字以 - 开头的文件请写在 -- 后面",
                "there is no option -%s; put files whose names begin with - after --",
                shown(a, word));
        if (!options[id].argument) {
            TRY(set_option(out, a, id, NULL));
            continue;
        }
        *used_next = !p[1] && next;
        return set_option(out, a, id, p[1] ? p + 1 : *used_next ? next : NULL);
    }
    return OK;
}

static Result operand(Args *out, Arena *a, const char *word) {
    if (out->command != COMMAND_COUNT) {
        add(a, &out->operands, word);
        return OK;
    }
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (streq(commands[i].name, word)) {
            out->command = (CommandId)i;
            return OK;
        }
    return unknown_command(a, word);
}

Result args_parse(Args *out, Arena *a, int argc, char **argv) {
    *out = (Args){.command = COMMAND_COUNT};
    bool only_operands = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
        bool used_next = false;
        if (only_operands || word[0] != '-' || !word[1])
            TRY(operand(out, a, word));
        else if (streq(word, "--"))
            only_operands = true;
        else if (word[1] == '-')
            TRY(long_option(out, a, word + 2, next, &used_next));
        else
            TRY(short_options(out, a, word + 1, next, &used_next));
        i += used_next;
    }
    return OK;
}

static const char *locale_name(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "C";
}

/* A machine that names no language (C, POSIX) gets Chinese: that is what the users read. */
static Lang locale_language(void) {
    const char *name = locale_name();
    if (strncmp(name, "zh", 2) == 0 || streq(name, "POSIX"))
        return LANG_ZH;
    return name[0] == 'C' && (!name[1] || name[1] == '.') ? LANG_ZH : LANG_EN;
}

Lang cli_language(int argc, char **argv) {
    const char *given = NULL;
    for (int i = 1; i < argc; i++) {
        if (streq(argv[i], "--lang") && i + 1 < argc)
            given = argv[i + 1];
        else if (strncmp(argv[i], "--lang=", 7) == 0)
            given = argv[i] + 7;
    }
    if (streq(given, "zh"))
        return LANG_ZH;
    return streq(given, "en") ? LANG_EN : locale_language();
}
