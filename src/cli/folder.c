#include "cli/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path) {
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* errno tells why not. */
static bool make(Arena *a, const char *path) {
    char *part = arena_strdup(a, path);
    for (char *slash = part; (slash = strchr(slash + 1, '/'));) {
        *slash = 0;
        if (mkdir(part, 0777) && errno != EEXIST)
            return false;
        *slash = '/';
    }
    if (mkdir(part, 0777) == 0)
        return true;
    int error = errno;
    if (is_folder(path))
        return true;
    errno = error == EEXIST ? ENOTDIR : error;
    return false;
}

Result folder_make(Arena *a, const char *path) {
    if (make(a, path))
        return OK;
    return result_fail(a, ERR_USAGE, (Where){path, 0, 0}, "建不了这个文件夹：%s",
                       "this folder cannot be made: %s", strerror(errno));
}

Result folder_open(Folder *out, const Cli *cli, const char *path) {
    Where at = {path, 0, 0};
    *out = (Folder){.path = path};
    if (!*path)
        return result_fail(cli->arena, ERR_USAGE, (Where){0}, "-o 后面要写文件夹",
                           "-o needs a folder");
    TRY(folder_make(cli->arena, path));
    char *temporary = arena_printf(cli->arena, "%s/.chupin-XXXXXX", path);
    if (!mkdtemp(temporary))
        return result_fail(cli->arena, ERR_USAGE, at, "这个文件夹写不进去：%s",
                           "this folder cannot be written to: %s", strerror(errno));
    out->temporary = temporary;
    return OK;
}

void folder_close(const Folder *f, const Cli *cli) {
    DIR *dir = opendir(f->temporary);
    for (struct dirent *e = NULL; dir && (e = readdir(dir));)
        if (!streq(e->d_name, ".") && !streq(e->d_name, ".."))
            unlink(arena_printf(cli->arena, "%s/%s", f->temporary, e->d_name));
    if (dir)
        closedir(dir);
    rmdir(f->temporary);
}
