#include "watch/moves.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool unsupported(int error) {
    return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP || error == EPERM ||
           error == EMLINK;
}

/* Where neither renameat2 nor links are known (some shares): the name is taken first, by a file of
 * our own, which the rename then replaces. */
static int move_over_own(const char *from, const char *to) {
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    close(fd);
    if (rename(from, to) == 0)
        return 0;
    int error = errno;
    unlink(to);
    return error;
}

int move_new(const char *from, const char *to) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (!unsupported(errno))
        return errno;
    if (link(from, to) == 0)
        return unlink(from) == 0 || errno == ENOENT ? 0 : errno;
    return unsupported(errno) ? move_over_own(from, to) : errno;
}

const char *numbered(Arena *a, const char *path, int number) {
    if (number < 2)
        return path;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name)
        dot = name + strlen(name);
    return arena_printf(a, "%.*s_%d%s", (int)(dot - path), path, number, dot);
}

int move_aside(const char *from, const char **to, Arena *a) {
    for (int number = 1;; number++) {
        const char *path = numbered(a, *to, number);
        int error = move_new(from, path);
        if (error == EEXIST)
            continue;
        *to = path;
        return error;
    }
}

int folders_make(Arena *a, const char *root, const char *path) {
    char *part = arena_strdup(a, path);
    for (char *slash = part + strlen(root); (slash = strchr(slash + 1, '/'));) {
        *slash = 0;
        if (mkdir(part, 0777) && errno != EEXIST)
            return errno;
        *slash = '/';
    }
    return 0;
}

void folders_remove(Arena *a, const char *root, const char *path) {
    char *part = arena_strdup(a, path), *slash;
    while ((slash = strrchr(part, '/')) && slash > part + strlen(root)) {
        *slash = 0;
        if (rmdir(part))
            return;
    }
}
