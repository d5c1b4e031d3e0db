#include "watch/sheets.h"
#include "check/hot_folder.h"
#include "watch/moves.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHEET_ENDING ".chupin.yaml"

static const char *sheet_of(Arena *a, const char *root, const char *path) {
    return arena_printf(a, "%s/%s/%s" SHEET_ENDING, root, hot_stage_folder(HOT_WAITING), path);
}

/* Brought to the disk before it gets its name: half a sheet would be a wrong one. */
static int copy(int from, off_t bytes, const char *to) {
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return errno;
    int error = 0;
    for (ssize_t n; bytes > 0 && !error; bytes -= n) {
        n = sendfile(fd, from, NULL, (size_t)bytes);
        error = n < 0 ? errno : n == 0 ? EIO : 0;
    }
    if (!error && fsync(fd))
        error = errno;
    return close(fd) && !error ? errno : error;
}

int sheet_goes_along(Arena *a, const char *root, const char *path, const char *now) {
    struct stat s;
    if (streq(path, now))
        return 0;
    int from = open(sheet_of(a, root, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (from < 0)
        return errno == ENOENT ? 0 : errno;
    const char *to = sheet_of(a, root, now);
    const char *beside =
        arena_printf(a, "%s/%s/.chupin-%d.tmp", root, hot_stage_folder(HOT_WAITING), (int)getpid());
    int error = fstat(from, &s) ? errno : S_ISREG(s.st_mode) ? 0 : EINVAL;
    if (!error)
        error = copy(from, s.st_size, beside);
    if (!error)
        error = move_new(beside, to);
    if (error)
        unlink(beside);
    close(from);
    return error == EEXIST ? 0 : error;
}
