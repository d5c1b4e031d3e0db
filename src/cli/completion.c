/* Completion scripts for bash, zsh and fish, from the two tables. */
#include "cli/cli.h"

#include <string.h>

static bool takes_path(const Option *o) {
    return streq(o->argument, "FILE") || streq(o->argument, "DIR");
}

static bool takes_choice(const Option *o) {
    return o->argument && strchr(o->argument, '|') && o->argument[0] >= 'a';
}

static const char *spaced(Arena *a, const char *choices) {
    char *words = arena_strdup(a, choices);
    for (char *p = words; *p; p++)
        if (*p == '|')
            *p = ' ';
    return words;
}

/* What may follow a command that takes words, not files. */
static const char *operand_words(CommandId id) {
    switch (id) {
    case COMMAND_rules:
        return "list show lint test";
    case COMMAND_completion:
        return "bash zsh fish";
    case COMMAND_help:
        return
#define COMMAND(id, home, synopsis, zh, en, more_zh, more_en) #id " "
#include "cli/commands.def"
#undef COMMAND
            ;
    case COMMAND_explain:
        return "$(chupin rules list 2>/dev/null | cut -d' ' -f1)";
    case COMMAND_job:
        return "show list new lint export import verify rebuild";
    case COMMAND_hook:
        return "install uninstall run pre-commit pre-push files";
    case COMMAND_batch:
    case COMMAND_doctor:
    case COMMAND_check:
    case COMMAND_sign:
    case COMMAND_waive:
    case COMMAND_report:
    case COMMAND_facts:
    case COMMAND_plates:
    case COMMAND_init:
    case COMMAND_watch:
    case COMMAND_COUNT:
        return NULL;
    }
    return NULL;
}

static void bash_command(Sink *to, Arena *a, CommandId id) {
    sink_format(to, "    %s)\n        case $previous in\n", command_row(id)->name);
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *o = option_row((OptionId)i);
        if (!option_fits(o, id) || !o->argument)
            continue;
        char letter[] = {'|', '-', o->letter, 0};
        sink_format(to, "        --%s%s) ", o->name, o->letter ? letter : "");
        if (takes_choice(o))
            sink_format(to, "COMPREPLY=($(compgen -W \"%s\" -- \"$word\")) ; return ;;\n",
                        spaced(a, o->argument));
        else if (takes_path(o))
            sink_str(to, "COMPREPLY=($(compgen -f -- \"$word\")) ; return ;;\n");
        else
            sink_str(to, "return ;;\n");
    }
    sink_str(to, "        esac\n        options=\"");
    for (int i = 0; i < OPTION_COUNT; i++)
        if (option_fits(option_row((OptionId)i), id))
            sink_format(to, "--%s ", option_row((OptionId)i)->name);
    sink_str(to, "\"\n        words=\"");
    sink_str(to, operand_words(id));
    sink_str(to, "\"\n        ;;\n");
}

static void bash(Sink *to, Arena *a, Lang lang) {
    (void)lang;
    sink_str(to, "# bash completion for chupin, made by: chupin completion bash\n"
                 "_chupin() {\n"
                 "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                 "    local options= words=\n"
                 "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    sink_str(to, operand_words(COMMAND_help));
    sink_str(to, "--help --version\" -- \"$word\"))\n        return\n    fi\n    case "
                 "${COMP_WORDS[1]} in\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        bash_command(to, a, (CommandId)i);
    sink_str(to,
             "    esac\n"
             "    case $word in\n"
             "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
             "    *) if [ -n \"$words\" ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
             "       else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;\n"
             "    esac\n"
             "}\n"
             "complete -o filenames -F _chupin chupin\n");
}

/* In single quotes, where only the quote itself needs care; zsh also reads [ ] and : in
 * descriptions. */
static void quoted(Sink *to, const char *text, const char *escape) {
    for (const char *p = text; *p; p++) {
        if (*p == '\'') {
            sink_str(to, "'\\''");
            continue;
        }
        if (strchr(escape, *p))
            sink_char(to, '\\');
        sink_char(to, *p);
    }
}

static void zsh_option(Sink *to, Arena *a, const Option *o, Lang lang) {
    sink_format(to, "            '%s--%s%s[", streq(o->name, "ink") ? "*" : "", o->name,
                o->argument ? "=" : "");
    quoted(to, text_in(o->use, lang), "[]");
    sink_char(to, ']');
    if (o->argument) {
        sink_char(to, ':');
        quoted(to, o->name, ":");
        if (takes_choice(o))
            sink_format(to, ":(%s)", spaced(a, o->argument));
        else
            sink_str(to, takes_path(o) ? ":_files" : ": ");
    }
    sink_str(to, "' \\\n");
}

static void zsh_operands(Sink *to, CommandId id) {
    const char *words = operand_words(id);
    if (id == COMMAND_explain)
        sink_str(to, "            '1:rule:($(chupin rules list 2>/dev/null | cut -d\" \" -f1))'\n");
    else if (words)
        sink_format(to, "            '1:word:(%s)' '*:file:_files'\n", words);
    else
        sink_str(to, "            '*:file:_files'\n");
}

static void zsh(Sink *to, Arena *a, Lang lang) {
    sink_str(to, "#compdef chupin\n# zsh completion for chupin, made by: chupin completion zsh\n"
                 "_chupin() {\n    local -a commands\n    commands=(\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        sink_format(to, "        '%s:", command_row((CommandId)i)->name);
        quoted(to, text_in(command_row((CommandId)i)->summary, lang), ":");
        sink_str(to, "'\n");
    }
    sink_str(to, "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n     "
                 "   return\n    fi\n"
                 "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case "
                 "$command in\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        sink_format(to, "    %s)\n        _arguments -s \\\n", command_row((CommandId)i)->name);
        for (int k = 0; k < OPTION_COUNT; k++)
            if (option_fits(option_row((OptionId)k), (CommandId)i))
                zsh_option(to, a, option_row((OptionId)k), lang);
        zsh_operands(to, (CommandId)i);
        sink_str(to, "        ;;\n");
    }
    sink_str(to, "    esac\n}\n_chupin \"$@\"\n");
}

static void fish_option(Sink *to, Arena *a, CommandId id, const Option *o, Lang lang) {
    sink_format(to, "complete -c chupin -n '__fish_seen_subcommand_from %s' -l %s",
                command_row(id)->name, o->name);
    if (o->letter)
        sink_format(to, " -s %c", o->letter);
    if (takes_choice(o))
        sink_format(to, " -x -a '%s'", spaced(a, o->argument));
    else if (o->argument)
        sink_str(to, takes_path(o) ? " -r -F" : " -x");
    sink_str(to, " -d '");
    quoted(to, text_in(o->use, lang), "");
    sink_str(to, "'\n");
}

static void fish(Sink *to, Arena *a, Lang lang) {
    sink_str(to, "# fish completion for chupin, made by: chupin completion fish\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = command_row((CommandId)i);
        sink_format(to, "complete -c chupin -f -n __fish_use_subcommand -a %s -d '", c->name);
        quoted(to, text_in(c->summary, lang), "");
        sink_str(to, "'\n");
    }
    for (int i = 0; i < COMMAND_COUNT; i++) {
        for (int k = 0; k < OPTION_COUNT; k++)
            if (option_fits(option_row((OptionId)k), (CommandId)i))
                fish_option(to, a, (CommandId)i, option_row((OptionId)k), lang);
        const char *words = i == COMMAND_explain
                                ? "(chupin rules list 2>/dev/null | string split -f1 \" \")"
                                : operand_words((CommandId)i);
        if (words)
            sink_format(to, "complete -c chupin -f -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                        command_row((CommandId)i)->name, words);
    }
}

bool completion_write(Sink *to, Arena *a, const char *shell, Lang lang) {
    static const struct {
        const char *name;
        void (*write)(Sink *to, Arena *a, Lang lang);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (streq(shells[i].name, shell)) {
            shells[i].write(to, a, lang);
            return true;
        }
    return false;
}
