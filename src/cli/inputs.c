#include "cli/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What stands in for a file that Git LFS did not download. */
static bool is_lfs_pointer(int fd) {
    static const char first[] = "version https://git-lfs";
    char head[sizeof first - 1];
    return pread(fd, head, sizeof head, 0) == sizeof head && memcmp(head, first, sizeof head) == 0;
}

Result input_open(const Cli *cli, const char *path, double *bytes) {
    Where at = {path, 0, 0};
    struct stat s;
    /* A pipe would wait for a writer for ever: opened without waiting, it is seen for what it is.
     */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int error = errno;
    bool seen = fd >= 0 && fstat(fd, &s) == 0;
    bool pointer = seen && S_ISREG(s.st_mode) && is_lfs_pointer(fd);
    if (fd >= 0)
        close(fd);
    if (!seen && error == ENOENT)
        return result_fail(cli->arena, ERR_FILE, at, "没有这个文件", "there is no such file");
    if (!seen && error == EACCES)
        return result_fail(cli->arena, ERR_FILE, at, "没有读这个文件的权限",
                           "you are not allowed to read this file");
    if (!seen)
        return result_fail(cli->arena, ERR_FILE, at, "打不开：%s", "cannot be opened: %s",
                           strerror(error));
    if (S_ISDIR(s.st_mode))
        return result_fail(
            cli->arena, ERR_FILE, at,
            "这是文件夹；请写里面的文件（PDF、TIFF、PNG、JPEG），例如 %s/*.pdf",
            "this is a folder; name the files in it (PDF, TIFF, PNG, JPEG), such as %s/*.pdf",
            text_printable(cli->arena, path, strlen(path)));
    if (!S_ISREG(s.st_mode))
        return result_fail(cli->arena, ERR_FILE, at, "这不是普通文件；请先存成文件再查",
                           "this is not a regular file; save it to a file first");
    if (pointer)
        return result_fail(
            cli->arena, ERR_FILE, at,
            "这是 Git LFS 的指针，稿子还没下载，没法查；先运行 git lfs pull",
            "this is a pointer of Git LFS, the artwork is not here and cannot be checked; run git "
            "lfs pull first");
    *bytes = (double)s.st_size;
    return OK;
}

const char *input_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int digits(const char *s, int count) {
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (s[i] - '0');
    return value;
}

/* A day of the calendar, written yyyy-mm-dd. */
static bool is_date(const char *s) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(s) != 10 || s[4] != '-' || s[7] != '-' || strspn(s, "0123456789") != 4 ||
        strspn(s + 5, "0123456789") != 2 || strspn(s + 8, "0123456789") != 2)
        return false;
    int year = digits(s, 4), month = digits(s + 5, 2), day = digits(s + 8, 2);
    if (month < 1 || month > 12)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* Builds that have to come out the same twice stop the clock:
 * https://reproducible-builds.org/specs/source-date-epoch/ */
static time_t now(void) {
    const char *stopped = getenv("SOURCE_DATE_EPOCH");
    double seconds;
    Str s = str_of(stopped);
    return s.n && number_parse(s, &seconds) == s.n ? (time_t)seconds : time(NULL);
}

char *clock_text(Arena *a, const char *format) {
    enum { CLOCK_BYTES = 32 };
    time_t t = now();
    struct tm local;
    char *out = arena_alloc(a, CLOCK_BYTES);
    if (!localtime_r(&t, &local) || !strftime(out, CLOCK_BYTES, format, &local))
        return arena_strdup(a, "1970-01-01 00:00");
    return out;
}

Result input_options(JobOptions *out, const Cli *cli) {
    const Args *args = cli->args;
    const Words *inks = &args->options[OPTION_INK];
    *out = (JobOptions){
        .job_sheet = args_value(args, OPTION_JOB),
        .size = args_value(args, OPTION_SIZE),
        .bleed = args_value(args, OPTION_BLEED),
        .pages = args_value(args, OPTION_PAGES),
        .paper = args_value(args, OPTION_PAPER),
        .process = args_value(args, OPTION_PROCESS),
        .text = args_value(args, OPTION_TEXT),
        .as_of = args_value(args, OPTION_AS_OF),
        .inks = inks->items,
        .ink_count = inks->count,
        .deep = args_has(args, OPTION_DEEP),
    };
    if (out->as_of && !is_date(out->as_of))
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "--as-of 要写成 2026-01-17 这样，“%s”不是一个日子",
                           "--as-of is written as 2026-01-17; “%s” is not a day",
                           text_printable(cli->arena, out->as_of, strlen(out->as_of)));
    if (!out->as_of)
        out->as_of = clock_text(cli->arena, "%Y-%m-%d");
    return OK;
}

Result input_seconds(double *out, const Cli *cli) {
    const char *given = args_value(cli->args, OPTION_TIMEOUT);
    *out = 0;
    if (!given)
        return OK;
    Str s = str_of(given);
    size_t used = number_parse(s, out);
    bool bare = used == s.n || (used + 1 == s.n && given[used] == 's');
    if (!used || !bare || !(*out > 0) || *out > 86400)
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "--timeout 要写秒数，如 120；“%s”不行",
                           "--timeout takes seconds, such as 120, not “%s”",
                           text_printable(cli->arena, given, s.n));
    return OK;
}

enum { MOST_JOBS = 256 };

static int cores(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
    return count < 1 ? 1 : count > MOST_JOBS ? MOST_JOBS : count;
}

Result input_jobs(int *out, const Cli *cli, OptionId option) {
    const char *given = args_value(cli->args, option);
    *out = cores();
    if (!given)
        return OK;
    char *end;
    long n = strtol(given, &end, 10);
    if (*end || end == given || n < 1 || n > MOST_JOBS)
        return result_fail(cli->arena, ERR_USAGE, (Where){0}, "-j 要写 1 到 %d 的整数",
                           "-j takes a whole number from 1 to %d", MOST_JOBS);
    *out = (int)n;
    return OK;
}
