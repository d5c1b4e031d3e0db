#include "cli/plates_text.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ink/press/press.h"

static const char *shown(const Cli *cli, const char *text) {
    return text_printable(cli->arena, text, strlen(text));
}

static const char *say(const Cli *cli, const char *zh, const char *en) {
    return cli->lang == LANG_ZH ? zh : en;
}

static void say_page(Sink *to, const Cli *cli, const PlatesPage *p) {
    sink_format(to, say(cli, "第 %d 页  %d×%d", "page %d  %d×%d"), p->number, p->width, p->height);
    for (size_t i = 0; i < p->plate_count; i++) {
        char percent[32];
        number_format(percent, sizeof percent, p->plates[i].coverage * 100, 2);
        sink_format(to, "  %s %s%%", shown(cli, p->plates[i].ink), percent);
    }
    sink_char(to, '\n');
}

static void say_loss(Sink *to, const Cli *cli, const ToldLoss *loss) {
    sink_format(to, say(cli, "第 %d 页没画全：%s", "page %d is not complete: %s"), loss->page,
                shown(cli, text_in(loss->what, cli->lang)));
    if (box_known(loss->box)) {
        Box b = loss->box;
        double values[] = {b.x0, b.y0, b.x1 - b.x0, b.y1 - b.y0};
        char words[4][32];
        for (int i = 0; i < 4; i++)
            number_format(words[i], sizeof *words, values[i], 1);
        const char *origin = loss->from_trim ? say(cli, "成品", "trim") : say(cli, "页面", "media");
        sink_format(to,
                    say(cli, "（%s左上角起 x %s y %s，%s×%s mm）",
                        " (from the top left of the %s: x %s y %s, %s×%s mm)"),
                    origin, words[0], words[1], words[2], words[3]);
    }
    sink_char(to, '\n');
}

static void say_profile(Sink *to, const Cli *cli, const ToldProfile *p) {
    const char *source = text_in(press_source_text((PressSource)p->source), cli->lang);
    sink_format(to, say(cli, "印刷特性 %s（%s）\n", "press profile %s (%s)\n"), shown(cli, p->name),
                source);
}

void plates_say(const Cli *cli, const PlatesResult *r, const char *dir) {
    Sink out = sink_fd(cli->arena, STDOUT_FILENO), err = sink_fd(cli->arena, STDERR_FILENO);
    size_t files = 0;
    for (size_t i = 0; i < r->count; i++) {
        const PlatesPage *p = &r->pages[i];
        files += p->plate_count + (p->composite != NULL);
        if (p->plate_count)
            say_page(&out, cli, p);
        for (size_t k = 0; k < p->loss_count; k++)
            say_loss(&err, cli, &p->losses[k]);
    }
    if (r->profile.name)
        say_profile(&out, cli, &r->profile);
    sink_format(
        &out,
        say(cli, "%zu 个文件和 coverage.json 写在 %s\n", "%zu files and coverage.json are in %s\n"),
        files, shown(cli, dir));
    sink_flush(&out);
    sink_flush(&err);
}

static void write_rows(Json *j, const PlatesResult *r) {
    enum { DECIMALS = 6 };
    json_open(j, '[');
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->pages[i].plate_count; k++) {
            const ToldPlate *plate = &r->pages[i].plates[k];
            json_open(j, '{');
            json_key(j, "page"), json_int(j, plate->page);
            json_key(j, "ink"), json_str(j, plate->ink);
            json_key(j, "role"), json_str(j, enum_word(enum_find("InkRole"), plate->role));
            json_key(j, "coverage"), json_num(j, plate->coverage, DECIMALS);
            json_close(j);
        }
    json_close(j);
}

Result plates_coverage(const Cli *cli, const PlatesResult *r, const Folder *folder) {
    const char *path = arena_printf(cli->arena, "%s/coverage.json", folder->path);
    const char *part = arena_printf(cli->arena, "%s/coverage.json", folder->temporary);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        Sink sink = sink_fd(cli->arena, fd);
        Json j = json_to(&sink, 1);
        write_rows(&j, r);
        sink_char(&sink, '\n');
        sink_flush(&sink);
        error = sink.error;
        if (close(fd) && !error)
            error = errno;
    }
    if (!error && rename(part, path))
        error = errno;
    return error ? result_fail(cli->arena, ERR_OUTPUT, (Where){path, 0, 0}, "写不进去：%s",
                               "cannot be written: %s", strerror(error))
                 : OK;
}
