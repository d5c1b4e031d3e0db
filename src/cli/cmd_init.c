#include "check/hot_folder.h"
#include "check/job.h"
#include "cli/cli.h"
#include "cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SHEET      "chupin.yaml"
#define SAMPLE     "工作单样板.yaml"
#define HOW_TO_USE "使用说明.txt"

static void say(const Cli *cli, const char *zh, const char *en, const char *path) {
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    sink_format(&out, cli->lang == LANG_ZH ? zh : en,
                text_printable(cli->arena, path, strlen(path)));
    sink_flush(&out);
}

/* A new file; EEXIST when there is one already. */
static Result write_new(const Cli *cli, const char *path, void (*write)(Sink *to, Lang lang),
                        bool *there) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    *there = fd < 0 && errno == EEXIST;
    if (*there)
        return OK;
    if (fd < 0)
        return result_fail(cli->arena, ERR_USAGE, (Where){path, 0, 0}, "写不了：%s",
                           "cannot be written: %s", strerror(errno));
    Sink to = sink_fd(cli->arena, fd);
    write(&to, cli->lang);
    Result r = sink_close(&to, cli->arena);
    close(fd);
    return r;
}

static void how_to_use(Sink *to, Lang lang) {
    sink_str(to, lang == LANG_ZH
                     ? "\xEF\xBB\xBF把正稿拷进“待检”，一会儿到“检查结果”看报告。\r\n\r\n"
                     : "Copy artwork into 待检; soon its report is in 检查结果.\r\n\r\n");
    for (HotStage s = 0; s < HOT_STAGES; s++)
        sink_format(to, lang == LANG_ZH ? "%s：%s\r\n" : "%s: %s\r\n", hot_stage_folder(s),
                    text_in(hot_stage_meaning(s), lang));
    sink_str(to,
             lang == LANG_ZH
                 ? "\r\n一件活一个文件夹：待检\\工作单号\\，里面放正稿和工作单 chupin.yaml"
                   "（照 " SAMPLE " 填）；每个阶段里都是这个文件夹。\r\n"
                   "只管一个文件的工作单：正稿.pdf.chupin.yaml，放在它旁边。\r\n"
                   "别动“处理中”里的文件。文件旁边的 说明.txt 讲它为什么在那里、下一步做什么。\r\n"
                 : "\r\nOne folder a job: 待检\\NUMBER\\ with the artwork and its sheet chupin.yaml"
                   " (see " SAMPLE "); it is the same folder in every stage.\r\n"
                   "A sheet for one file only: artwork.pdf.chupin.yaml, beside it.\r\n"
                   "Leave alone what is in 处理中. The 说明.txt beside a file says why it is there "
                   "and what to do next.\r\n");
}

static Result make_hot_folder(const Cli *cli, const char *folder) {
    bool there;
    for (HotStage s = 0; s < HOT_STAGES; s++)
        TRY(folder_make(cli->arena,
                        arena_printf(cli->arena, "%s/%s", folder, hot_stage_folder(s))));
    TRY(write_new(cli, arena_printf(cli->arena, "%s/" SAMPLE, folder), job_sheet_template, &there));
    TRY(write_new(cli, arena_printf(cli->arena, "%s/" HOW_TO_USE, folder), how_to_use, &there));
    say(cli, "建好了 %s：正稿拷进里面的 待检，再运行 chupin watch 看着它\n",
        "made %s: copy artwork into 待检 there, and have chupin watch look after it\n", folder);
    return OK;
}

int cmd_init(const Cli *cli) {
    const Words *dirs = &cli->args->operands;
    bool there;
    if (dirs->count > 1)
        return cli_refuse(cli, "一次只写一个文件夹", "name one folder");
    const char *folder = dirs->count ? dirs->items[0] : ".";
    if (args_has(cli->args, OPTION_HOTFOLDER)) {
        Result r = make_hot_folder(cli, folder);
        return r.kind ? cli_fail(cli, r) : EXIT_OK;
    }
    const char *path = arena_printf(cli->arena, "%s/" SHEET, folder);
    Result r = write_new(cli, path, job_sheet_template, &there);
    if (r.kind)
        return cli_fail(cli, r);
    if (there)
        return cli_refuse(cli, "%s 已经有了，不去动它", "%s is there already and stays as it is",
                          text_printable(cli->arena, path, strlen(path)));
    say(cli, "写好了 %s：填好尺寸、出血、页数、纸张，再查正稿\n",
        "wrote %s: fill in size, bleed, pages and paper, then check the artwork\n", path);
    return EXIT_OK;
}
