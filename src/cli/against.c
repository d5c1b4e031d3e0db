#include "cli/against.h"
#include "cli/inputs.h"
#include "report/report_read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MOST_REPORT = 256 << 20 };

/* The beginning tells a report from artwork that is read as a whole for nothing. */
static bool begins_json(int fd) {
    char first[64];
    ssize_t n = pread(fd, first, sizeof first, 0);
    Str s = str_trim((Str){first, n > 0 ? (size_t)n : 0});
    return s.n && (*s.p == '{' || str_starts(s, "\xEF\xBB\xBF{"));
}

static Result read_whole(Str *out, Arena *a, const char *path, int fd) {
    off_t size = lseek(fd, 0, SEEK_END);
    if (size < 0 || size > MOST_REPORT)
        return result_fail(a, ERR_USAGE, (Where){path, 0, 0}, "这份报告大得不像报告，没有读",
                           "this is too large for a report and was not read");
    char *bytes = arena_alloc(a, (size_t)size + 1);
    size_t at = 0;
    while (at < (size_t)size) {
        ssize_t n = pread(fd, bytes + at, (size_t)size - at, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return result_fail(a, ERR_FILE, (Where){path, 0, 0}, "读不出来：%s",
                               "cannot be read: %s", strerror(errno));
        if (n == 0)
            break;
        at += (size_t)n;
    }
    *out = (Str){bytes, at};
    return OK;
}

Result report_file_read(Report **out, Str *json, bool *none, Arena *a, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *none = fd < 0 || !begins_json(fd);
    Result r = *none ? OK : read_whole(json, a, path, fd);
    if (fd >= 0)
        close(fd);
    if (*none || r.kind)
        return r;
    if (str_starts(*json, "\xEF\xBB\xBF"))
        *json = (Str){json->p + 3, json->n - 3};
    return report_read(out, a, *json, path);
}

Result against_read(CheckAsk *ask, const Cli *cli) {
    Report *before = NULL;
    Str json;
    bool none = true;
    ask->against = args_value(cli->args, OPTION_AGAINST);
    if (ask->against)
        TRY(report_file_read(&before, &json, &none, cli->arena, ask->against));
    ask->before = before;
    ask->before_name = before ? before->file.name : NULL;
    return OK;
}

void against_lay(const CheckAsk *ask, Report *r, const RuleSet *rules) {
    Standing s = {
        .before = {.name = ask->before_name, .as_of = ask->before->as_of, .report = ask->before}};
    standing_apply(r, &s, rules);
}
