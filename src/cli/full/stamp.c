#include "cli/full/stamp.h"
#include "check/job_sheet.h"
#include "cli/inputs.h"

#include <stdlib.h>
#include <string.h>

static const char *named(const Cli *cli) {
    const char *by = args_value(cli->args, OPTION_BY);
    if (!by)
        by = getenv("CHUPIN_BY");
    Str s = str_trim(str_of(by));
    return s.n ? arena_copy(cli->arena, s.p, s.n) : NULL;
}

RecordStamp stamp_machine(const Cli *cli) {
    const char *by = named(cli), *role = args_value(cli->args, OPTION_ROLE);
    return (RecordStamp){.at = clock_text(cli->arena, "%Y-%m-%d %H:%M"),
                         .by = by ? by : "chupin",
                         .role = role ? role : ""};
}

Result stamp_person(RecordStamp *out, const Cli *cli) {
    *out = stamp_machine(cli);
    if (named(cli))
        return OK;
    return result_fail(cli->arena, ERR_USAGE, (Where){0},
                       "是谁？请加上 --by 姓名（或设好环境变量 CHUPIN_BY）",
                       "who is it? add --by NAME, or set the variable CHUPIN_BY");
}

Result party_typed(Party *out, Arena *a, const char *typed) {
    static const char *const words[PARTIES] = {
#define PARTY(ID, names) [PARTY_##ID] = names,
#include "cli/full/parties.def"
#undef PARTY
    };
    const char *key = name_key(a, typed ? typed : "");
    for (Party p = PARTY_DESIGN; *key && p < PARTIES; p++)
        if (name_in(a, words[p], key)) {
            *out = p;
            return OK;
        }
    if (!*key)
        return result_fail(a, ERR_USAGE, (Where){0},
                           "哪一方签？加上 --party：设计、文案、总监、AE、客户 或 印厂",
                           "who signs? add --party: design, copy, director, ae, client or printer");
    return result_fail(
        a, ERR_USAGE, (Where){0}, "--party 是 设计、文案、总监、AE、客户 或 印厂，不能是“%s”",
        "--party is design, copy, director, ae, client or printer, not “%s”", shown(a, typed));
}

int cli_refused(const Cli *cli, Result r) {
    int code = cli_fail(cli, r);
    return code == EXIT_REFUSED ? EXIT_FOUND : code;
}

int cli_deny(const Cli *cli, const char *zh, const char *en, ...) {
    va_list args;
    va_start(args, en);
    char *text = arena_vprintf(cli->arena, cli->lang == LANG_ZH ? zh : en, args);
    va_end(args);
    (void)cli_refuse(cli, "%s", "%s", text);
    return EXIT_FOUND;
}

void cli_note(const Cli *cli, const char *zh, const char *en, ...) {
    va_list args;
    va_start(args, en);
    char *text = arena_vprintf(cli->arena, cli->lang == LANG_ZH ? zh : en, args);
    va_end(args);
    (void)cli_refuse(cli, "%s", "%s", text);
}

const char *shown(Arena *a, const char *text) {
    return text_printable(a, text ? text : "", text ? strlen(text) : 0);
}
