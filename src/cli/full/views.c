#include "cli/full/views.h"
#include "cli/folder.h"
#include "cli/full/stamp.h"
#include "cli/pictures.h"
#include "print/annotated.h"
#include "print/sheet.h"
#include "record/sidecar.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef void ViewWriter(const Report *r, const ReportStyle *style, Sink *to);

/* Those that are no rows of reports.def. */
static ViewWriter *printed(const char *name) {
    if (streq(name, "annotated"))
        return report_annotated;
    return streq(name, "sheet") ? report_sheet : NULL;
}

static const struct {
    const char *name, *ending;
} rows[] = {
#define VIEW(id, ending) {#id, ending},
#include "cli/views.def"
#undef VIEW
};
enum { ROWS = sizeof rows / sizeof *rows };

View view_find(Arena *a, Str name) {
    const char *typed = arena_copy(a, name.p, name.n);
    for (size_t i = 0; i < ROWS; i++)
        if (streq(typed, rows[i].name)) {
            const ReportFormat *f = report_format_find(typed);
            ViewWriter *print = printed(typed);
            return (View){rows[i].name, rows[i].ending, f ? f->write : print, print != NULL};
        }
    assert(!"the command line lets no other name through");
    return (View){0};
}

Result view_ready(const View *v, Arena *a) {
    return v->write == report_sheet ? sheet_ready(a) : OK;
}

Result view_write(const View *v, Arena *a, const Report *r, const ReportStyle *style, Str stored,
                  Sink *to) {
    if (v->write == report_annotated)
        TRY(annotated_write(a, r, style, to)); /* says more of why there is none */
    else if (streq(v->name, "json") && stored.n)
        sink_write(to, stored.p, stored.n);
    else
        v->write(r, style, to);
    sink_flush(to);
    if (!to->error)
        return OK;
    return result_fail(a, ERR_OUTPUT, (Where){0}, "%s 没能写成：%s", "%s could not be made: %s",
                       v->name, strerror(to->error));
}

/* ---- beside the artwork ---- */

/* A reader sees the old file or the new one. */
static Result write_file(const View *v, const Desk *d, const ReportStyle *style, const char *path) {
    char *temporary = arena_printf(d->arena, "%s.tmp", path);
    Where at = {path, 0, 0};
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return result_fail(d->arena, ERR_OUTPUT, at, "写不进去：%s", "cannot be written: %s",
                           strerror(errno));
    Sink to = sink_fd(d->arena, fd);
    Result r = view_write(v, d->arena, d->report, style, d->json, &to);
    if (close(fd) && !r.kind)
        r = result_fail(d->arena, ERR_OUTPUT, at, "写不进去：%s", "cannot be written: %s",
                        strerror(errno));
    if (!r.kind && rename(temporary, path))
        r = result_fail(d->arena, ERR_OUTPUT, at, "写不进去：%s", "cannot be written: %s",
                        strerror(errno));
    if (r.kind)
        unlink(temporary);
    return r;
}

static View each_view(Str *list, Arena *a) {
    const char *comma = list->n ? memchr(list->p, ',', list->n) : NULL;
    Str name = {list->p, comma ? (size_t)(comma - list->p) : list->n};
    *list = comma ? (Str){comma + 1, list->n - name.n - 1} : (Str){NULL, 0};
    return view_find(a, str_trim(name));
}

int views_ready(const Cli *cli, const Words *lists) {
    for (size_t i = 0; i < lists->count; i++) {
        Str list = str_of(lists->items[i]);
        do {
            View v = each_view(&list, cli->arena);
            Result r = view_ready(&v, cli->arena);
            if (r.kind)
                return cli_fail(cli, r);
        } while (list.p);
    }
    return EXIT_OK;
}

static int write_views(const Desk *d, const ReportStyle *style, Str list, Words *written) {
    do {
        View v = each_view(&list, d->arena);
        const char *path = sidecar_path(d->arena, d->art->path, d->sha256, v.ending);
        Result r = write_file(&v, d, style, path);
        if (r.kind)
            return cli_fail(d->cli, r);
        *ARENA_PUSH(d->arena, written->items, written->count, written->capacity) = path;
    } while (list.p);
    return EXIT_OK;
}

int views_write(const Desk *d, const CheckAsk *ask, Words *written) {
    enum { COLUMNS = 100 };
    if (!ask->views->count)
        return EXIT_OK;
    Result r = folder_make(d->arena, sidecar_folder(d->arena, d->art->path));
    if (r.kind) { /* the artwork is checked, only its reports have no place */
        r.kind = ERR_OUTPUT;
        return cli_fail(d->cli, r);
    }
    ReportStyle style = {
        .lang = d->cli->lang,
        .width = COLUMNS,
        .exit_code = report_exit_code(d->report, ask->fail_on, ask->strict, ask->require_sign),
        .stored = arena_copy(d->arena, d->json.p, d->json.n),
        .pictures = artwork_pictures(d->art, d->report, ask->seconds),
        .artwork = d->art->path};
    int code = EXIT_OK;
    for (size_t i = 0; i < ask->views->count && !code; i++)
        code = write_views(d, &style, str_of(ask->views->items[i]), written);
    return code;
}
