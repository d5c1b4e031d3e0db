/* `chupin sign`: answers to the rows of the list, and signatures. */
#include "cli/full/sign.h"

#include <string.h>

typedef int SignWay(Office *o);

static bool decides(const Args *args) {
    return args_has(args, OPTION_APPROVE) || args_has(args, OPTION_WITH_CHANGES) ||
           args_has(args, OPTION_REJECT);
}

static bool answers(const Args *args) {
    return args_has(args, OPTION_YES) || args_has(args, OPTION_NO) || args_has(args, OPTION_NA);
}

/* The one way that was asked; NULL: more than one. */
static SignWay *way_of(const Args *args) {
    const struct {
        bool asked;
        SignWay *way;
    } ways[] = {{args_has(args, OPTION_ITEM), sign_items},
                {args_has(args, OPTION_ALL), sign_all},
                {args_has(args, OPTION_CARRY), sign_carry},
                {args_has(args, OPTION_FROM_SHEET), sign_from_sheet},
                {decides(args), sign_party}};
    SignWay *found = NULL;
    int count = 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ways[i].asked)
            found = ways[i].way, count++;
    return count > 1 ? NULL : count ? found : sign_ask;
}

/* Result and standing of the file, the record open: a check when there is none yet. */
static int prepare(Office *o) {
    Desk *d = &o->desk;
    d->compares = true;
    int code = desk_open(d, RECORD_CREATE);
    if (!code)
        code = desk_result(d, DESK_ANY_DAY);
    if (!code && !d->run)
        return EXIT_NOT_CHECKED; /* said already: it could not be checked to its end */
    if (!code)
        code = desk_lay(d);
    if (!code && d->fresh)
        cli_note(d->cli, "这个文件还没有按现在的工作单和规则查过，先查了一遍（检查 %s）",
                 "this file had no run for this job sheet and these rules; it was checked first "
                 "(run %s)",
                 run_short(d->arena, d->run));
    return code;
}

static int sign(const Cli *cli, SignWay *way, const char *path) {
    RecordStamp stamp;
    Result r = stamp_person(&stamp, cli);
    if (r.kind)
        return cli_refused(cli, r);
    Office o;
    int code = office_open(&o, cli, path, &stamp);
    if (!code && o.folder)
        code = cli_refuse(cli, "%s 是文件夹；签哪个文件？", "%s is a folder; which file is signed?",
                          shown(cli->arena, path));
    if (!code)
        code = prepare(&o);
    if (!code)
        code = way(&o);
    office_close(&o);
    return code;
}

static int verify(const Cli *cli, const char *path) {
    RecordStamp stamp = stamp_machine(cli);
    Office o;
    int code = office_open(&o, cli, path, &stamp);
    if (!code && o.folder)
        code = cli_refuse(cli, "写一个文件", "name one file");
    if (!code)
        code = desk_open(&o.desk, RECORD_READ);
    if (!code)
        code = sign_verify(&o);
    office_close(&o);
    return code;
}

int cmd_sign(const Cli *cli) {
    const Words *words = &cli->args->operands;
    bool verifies = words->count == 2 && streq(words->items[0], "verify");
    if (verifies)
        return verify(cli, words->items[1]);
    if (words->count != 1)
        return cli_refuse(
            cli, "一次签一个文件：chupin sign 正稿.pdf；对签过的稿：chupin sign verify 正稿.pdf",
            "sign one file at a time: chupin sign artwork.pdf; to compare: chupin "
            "sign verify artwork.pdf");
    SignWay *way = way_of(cli->args);
    if (!way)
        return cli_refuse(cli,
                          "一次只做一样：--item、--all、--carry、--from-sheet，或 --approve 这一类",
                          "one thing at a time: --item, --all, --carry, --from-sheet, or --approve "
                          "and its like");
    if (way == sign_ask && answers(cli->args))
        return cli_refuse(cli,
                          "回答的是哪一项？--yes、--no、--na 前面写 --item 编号，或 --all；"
                          "不写就一项一项问",
                          "which row is answered? --yes, --no and --na go with --item N or --all; "
                          "without them every row is asked");
    return sign(cli, way, words->items[0]);
}
