/* Help on the terminal and the man page, both from the two tables. */
#include "cli/cli.h"

#include <string.h>

static int columns(const char *text) {
    return text_width(text, strlen(text));
}

static const char *say(Lang lang, const char *zh, const char *en) {
    return lang == LANG_ZH ? zh : en;
}

void help_overview(Sink *to, Lang lang) {
    sink_format(to, "chupin %s  %s\n\n", CHUPIN_VERSION,
                say(lang, "出品检查：正稿送出去之前，按清单查一遍",
                    "checks print artwork before it leaves the house"));
    sink_format(to, "%s  chupin <%s> […]\n\n", say(lang, "用法", "Usage"),
                say(lang, "命令", "command"));
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = command_row((CommandId)i);
        sink_format(to, "  %s", c->name);
        sink_pad(to, 12 - columns(c->name));
        sink_format(to, "%s\n", text_in(c->summary, lang));
    }
    sink_str(
        to,
        say(lang, "\n先试这个：  chupin check 正稿.pdf\n某个命令怎么用：  chupin help check\n",
            "\nTry first:  chupin check artwork.pdf\nHow a command is used:  chupin help check\n"));
}

/* "-o, --output FILE" */
static char *option_head(Arena *a, const Option *o) {
    char letter[] = {'-', o->letter, ',', ' ', 0};
    return arena_printf(a, "%s--%s%s%s", o->letter ? letter : "    ", o->name,
                        o->argument ? " " : "", o->argument ? o->argument : "");
}

void help_command(Sink *to, Arena *a, CommandId id, Lang lang) {
    enum { USE_COLUMN = 34 };
    const Command *c = command_row(id);
    sink_format(to, "%s  chupin %s %s\n\n%s\n\n", say(lang, "用法", "Usage"), c->name, c->synopsis,
                text_in(c->summary, lang));
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *o = option_row((OptionId)i);
        if (!option_fits(o, id) || i == OPTION_VERSION)
            continue;
        char *head = option_head(a, o);
        sink_format(to, "  %s", head);
        int gap = USE_COLUMN - columns(head);
        if (gap < 2)
            sink_char(to, '\n'), gap = USE_COLUMN + 2;
        sink_pad(to, gap);
        sink_format(to, "%s\n", text_in(o->use, lang));
    }
    sink_format(to, "\n%s\n", text_in(c->more, lang));
}

/* Text for roff: a backslash and a leading dot or quote would be taken as commands; - is a minus.
 */
void help_roff(Sink *to, const char *text) {
    for (const char *p = text; *p; p++) {
        if ((*p == '.' || *p == '\'') && (p == text || p[-1] == '\n'))
            sink_str(to, "\\&");
        if (*p == '-' || *p == '\\')
            sink_char(to, '\\');
        sink_str(to, *p == '\n' ? "\n.br" : "");
        sink_char(to, *p);
    }
}

static void man_options(Sink *to, Arena *a, CommandId id, Lang lang) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *o = option_row((OptionId)i);
        if (!option_fits(o, id) || o->commands == EVERY_COMMAND)
            continue;
        const char *head = option_head(a, o);
        sink_str(to, ".TP\n");
        help_roff(to, head + strspn(head, " "));
        sink_char(to, '\n');
        help_roff(to, text_in(o->use, lang));
        sink_char(to, '\n');
    }
}

static void man_line(Sink *to, const char *before, const char *text) {
    sink_str(to, before);
    help_roff(to, text);
    sink_char(to, '\n');
}

void help_man(Sink *to, Arena *a, Lang lang) {
    sink_format(to, ".TH CHUPIN 1 \"\" \"chupin %s\"\n.ad l\n", CHUPIN_VERSION);
    sink_format(to, ".SH %s\n", say(lang, "名称", "NAME"));
    sink_format(to, "chupin \\- %s\n",
                say(lang, "印刷正稿出品检查", "preflight checker for print artwork"));
    sink_format(to, ".SH %s\n", say(lang, "用法", "SYNOPSIS"));
    sink_str(to, ".nf\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = command_row((CommandId)i);
        man_line(to, "", arena_printf(a, "chupin %s %s", c->name, c->synopsis));
    }
    sink_format(to, ".fi\n.SH %s\n", say(lang, "命令", "COMMANDS"));
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = command_row((CommandId)i);
        man_line(to, ".SS ", arena_printf(a, "%s %s", c->name, c->synopsis));
        man_line(to, "", text_in(c->summary, lang));
        man_line(to, ".PP\n", text_in(c->more, lang));
        man_options(to, a, (CommandId)i, lang);
    }
    sink_format(to, ".SH %s\n", say(lang, "每个命令都有的选项", "OPTIONS OF EVERY COMMAND"));
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *o = option_row((OptionId)i);
        if (o->commands != EVERY_COMMAND)
            continue;
        const char *head = option_head(a, o);
        man_line(to, ".TP\n", head + strspn(head, " "));
        man_line(to, "", text_in(o->use, lang));
    }
    sink_format(to, ".SH %s\n", say(lang, "环境变量", "ENVIRONMENT"));
    man_line(to, ".TP\nCHUPIN_RULES\n", say(lang, "规则文件夹", "folder of the rules"));
    man_line(to, ".TP\nNO_COLOR\n", say(lang, "设了就不用颜色", "no colours when set"));
    man_line(to, ".TP\nLC_ALL, LC_MESSAGES, LANG\n", say(lang, "语言", "language"));
    sink_format(to, ".SH %s\n", say(lang, "文件", "FILES"));
    man_line(to, ".TP\nchupin.yaml\n",
             say(lang, "工作单，见 chupin-yaml(5)", "the job sheet, see chupin-yaml(5)"));
    man_line(to, ".TP\n/etc/chupin/chupin.yaml\n",
             say(lang, "这台机器的设置", "settings of this machine"));
    sink_format(to, ".SH %s\n", say(lang, "另见", "SEE ALSO"));
    sink_str(to, ".BR chupin\\-yaml (5),\n.BR chupin\\-rules (7)\n");
}
