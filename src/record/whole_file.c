#include "record/whole_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BESIDE ".chupin-"

static Result fail_write(Arena *a, const char *path) {
    return result_fail(a, ERR_OUTPUT, (Where){0}, "%s 写不进去：%s；记录本身不受影响",
                       "%s can not be written: %s; the record itself is not touched", path,
                       strerror(errno));
}

static bool write_all(int fd, Str bytes) {
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes.p += n;
        bytes.n -= (size_t)n;
    }
    return true;
}

/* The name has to be on the disk as well as the bytes. */
static bool sync_folder(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (fd >= 0)
        close(fd);
    return fine;
}

/* By the clock of the folder's own machine, which gave `fresh` its time. */
static void remove_left_over(Arena *a, const char *folder, const struct stat *fresh) {
    enum { AN_HOUR = 3600 };
    DIR *d = opendir(folder);
    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));) {
        struct stat info;
        const char *path = arena_printf(a, "%s/%s", folder, e->d_name);
        if (str_starts(str_of(e->d_name), BESIDE) && lstat(path, &info) == 0 &&
            S_ISREG(info.st_mode) && info.st_mtime < fresh->st_mtime - AN_HOUR)
            unlink(path);
    }
    closedir(d);
}

/* As any other file of this user's; where a share knows no such rights, as it is. */
static void give_usual_rights(int fd) {
    mode_t mask = umask(0);
    umask(mask);
    (void)!fchmod(fd, 0666 & ~mask);
}

Result whole_file(Arena *a, const char *folder, const char *path, Str bytes) {
    struct stat info;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return fail_write(a, folder);
    char *beside = arena_printf(a, "%s/" BESIDE "XXXXXX", folder);
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0)
        return fail_write(a, folder);
    give_usual_rights(fd);
    bool fine = write_all(fd, bytes) && fsync(fd) == 0 && fstat(fd, &info) == 0;
    fine = close(fd) == 0 && fine;
    if (!fine || rename(beside, path) != 0 || !sync_folder(folder)) {
        Result result = fail_write(a, path);
        unlink(beside);
        return result;
    }
    remove_left_over(a, folder, &info);
    return OK;
}
