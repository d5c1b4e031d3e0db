#include "cli/hook.h"

#include "read/artwork_name.h"
#include "read/read.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the folder ---- */

/* A folder with those above it. What was linked here is replaced: nothing is written through a
 * link. */
static bool make_folder(Arena *a, const char *path, size_t below) {
    char *part = arena_strdup(a, path);
    struct stat s;
    for (char *p = part + below; *p; p++) {
        char *slash = strchr(p + 1, '/');
        p = slash ? slash : p + strlen(p);
        char cut = *p;
        *p = 0;
        if (lstat(part, &s) == 0 && !S_ISDIR(s.st_mode) && unlink(part))
            return false;
        if (mkdir(part, 0700) && errno != EEXIST)
            return false;
        *p = cut;
        if (!cut)
            break;
    }
    return true;
}

static const char *folder_of(Arena *a, const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? arena_copy(a, path, (size_t)(slash - path)) : "";
}

static Result no_folder(HookDesk *d) {
    return result_fail(d->arena, ERR_OUTPUT, (Where){0}, "临时文件夹 %s 用不了：%s",
                       "the temporary folder %s cannot be used: %s", d->temporary, strerror(errno));
}

/* `folder` as it lies in the working copy or above it, in our own folder. */
static const char *laid_folder(HookDesk *d, const char *folder) {
    return arena_printf(d->arena, "%s%s", d->temporary, folder);
}

/* What lies beside an artwork or a sheet and is not ours to check can still be reached from there:
 * the record, 检查结果/, files that the sheet names. */
static void link_neighbours(HookDesk *d, const char *folder, const char *laid) {
    DIR *dir = opendir(folder);
    for (struct dirent *e = NULL; dir && (e = readdir(dir));) {
        if (streq(e->d_name, ".") || streq(e->d_name, "..") || streq(e->d_name, ".git"))
            continue;
        /* One that is there already is the commit's own. */
        (void)!symlink(arena_printf(d->arena, "%s/%s", folder, e->d_name),
                       arena_printf(d->arena, "%s/%s", laid, e->d_name));
    }
    if (dir)
        closedir(dir);
}

static bool is_done(HookDesk *d, const char *folder) {
    for (size_t i = 0; i < d->done.count; i++)
        if (streq(d->done.items[i], folder))
            return true;
    *ARENA_PUSH(d->arena, d->done.items, d->done.count, d->done.capacity) = folder;
    return false;
}

static Result write_blob(HookDesk *d, const GitBlob *blob, const char *path) {
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return no_folder(d);
    Result r = git_blob_take(&d->blobs, d->arena, blob, fd);
    close(fd);
    return r;
}

/* A sheet as the commit has it; `lies` false: the commit has none there. */
static Result lay_sheet(bool *lies, HookDesk *d, const char *relative, const char *laid) {
    GitBlob blob;
    const GitEntry *entry = git_find(&d->changes->tree, relative);
    *lies = entry && entry->file;
    if (!*lies)
        return OK;
    TRY(git_blob(&blob, &d->blobs, d->arena, entry->blob));
    return write_blob(d, &blob, laid);
}

/* The sheet of one folder. `inside`: its path in the repository; NULL: the folder lies above it. */
static Result lay_folder(HookDesk *d, const char *folder, const char *inside, bool neighbours) {
    static const char sheet[] = "chupin.yaml";
    if (is_done(d, folder))
        return OK;
    const char *laid = laid_folder(d, folder);
    const char *real = arena_printf(d->arena, "%s/%s", folder, sheet);
    bool lies = false, there = access(real, F_OK) == 0;
    const char *relative = !inside   ? NULL
                           : *inside ? arena_printf(d->arena, "%s/%s", inside, sheet)
                                     : sheet;
    if (!neighbours && !there && !(relative && git_find(&d->changes->tree, relative)))
        return OK;
    if (!make_folder(d->arena, laid, strlen(d->temporary)))
        return no_folder(d);
    if (relative)
        TRY(lay_sheet(&lies, d, relative, arena_printf(d->arena, "%s/%s", laid, sheet)));
    link_neighbours(d, folder, laid);
    return OK;
}

/* Every folder from that of the artwork upward. */
static Result lay_folders(HookDesk *d, const char *path) {
    Arena *a = d->arena;
    const char *inside = folder_of(a, path);
    TRY(lay_folder(d, *inside ? arena_printf(a, "%s/%s", d->top, inside) : d->top, inside, true));
    while (*inside) {
        inside = folder_of(a, inside);
        TRY(lay_folder(d, *inside ? arena_printf(a, "%s/%s", d->top, inside) : d->top, inside,
                       false));
    }
    for (const char *above = d->top; *above;) {
        above = folder_of(a, above);
        TRY(lay_folder(d, above, NULL, false));
    }
    return OK;
}

/* ---- one file ---- */

static size_t read_head(const char *path, char *head) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, head, BLOB_HEAD);
    if (fd >= 0)
        close(fd);
    return n > 0 ? (size_t)n : 0;
}

/* Looks at what a blob is; a pointer is followed. `content` stays NULL when the blob itself is it.
 */
static HookFound judge(const char **content, HookDesk *d, GitBlob *blob, const char *path) {
    char oid[65];
    *content = NULL;
    if (!lfs_pointer(oid, blob->head, blob->head_count))
        return read_recognises(blob->head, blob->head_count) || name_is_of_artwork(path)
                   ? FOUND_ARTWORK
                   : FOUND_NOTHING;
    char head[BLOB_HEAD];
    const char *there = arena_printf(d->arena, "%s/%.2s/%.2s/%s", d->lfs, oid, oid + 2, oid);
    size_t n = read_head(there, head);
    if (!n)
        return name_is_of_artwork(path) ? FOUND_POINTER : FOUND_NOTHING;
    *content = there;
    return read_recognises(head, n) || name_is_of_artwork(path) ? FOUND_ARTWORK : FOUND_NOTHING;
}

Result hook_lay(HookFound *found, const char **path, HookDesk *d, const GitEntry *entry) {
    GitBlob blob;
    const char *content;
    *found = FOUND_NOTHING;
    if (hook_passes_over(entry->path))
        return OK;
    TRY(git_blob(&blob, &d->blobs, d->arena, entry->blob));
    *found = judge(&content, d, &blob, entry->path);
    if (*found != FOUND_ARTWORK || content)
        TRY(git_blob_take(&d->blobs, d->arena, &blob, -1));
    if (*found != FOUND_ARTWORK)
        return OK;
    *path = arena_printf(d->arena, "%s%s/%s", d->temporary, d->top, entry->path);
    bool made = make_folder(d->arena, folder_of(d->arena, *path), strlen(d->temporary));
    if (made && content) {
        unlink(*path);
        made = symlink(content, *path) == 0;
    }
    if (!made)
        return no_folder(d);
    if (!content)
        TRY(write_blob(d, &blob, *path));
    bool lies;
    TRY(lay_sheet(&lies, d, arena_printf(d->arena, "%s.chupin.yaml", entry->path),
                  arena_printf(d->arena, "%s.chupin.yaml", *path)));
    return lay_folders(d, entry->path);
}

/* ---- opening ---- */

static const char *lfs_folder(Arena *a) {
    static const char *const common[] = {"rev-parse", "--path-format=absolute", "--git-common-dir",
                                         NULL};
    static const char *const storage[] = {"config", "--type=path", "--get", "lfs.storage", NULL};
    const char *git = ".git", *kept = "lfs";
    (void)git_ask_line(&git, a, common);
    (void)git_ask_line(&kept, a, storage);
    return *kept == '/' ? arena_printf(a, "%s/objects", kept)
                        : arena_printf(a, "%s/%s/objects", git, kept);
}

Result hook_desk_open(HookDesk *d, const Cli *cli, Arena *a) {
    static const char *const top[] = {"rev-parse", "--show-toplevel", NULL};
    static const char *const git[] = {"rev-parse", "--absolute-git-dir", NULL};
    const char *base = getenv("TMPDIR");
    *d = (HookDesk){.cli = cli, .arena = a, .blobs = {.pid = -1}};
    if (!git_ask_line(&d->top, a, top) && !git_ask_line(&d->top, a, git))
        return result_fail(a, ERR_USAGE, (Where){0}, "这里不是 git 仓库",
                           "this is no git repository");
    char *made = arena_printf(a, "%s/chupin-hook-XXXXXX", base && *base ? base : "/tmp");
    char real[4096];
    if (!mkdtemp(made) || !realpath(made, real))
        return result_fail(a, ERR_OUTPUT, (Where){0}, "建不了临时文件夹 %s：%s",
                           "the temporary folder %s cannot be made: %s", made, strerror(errno));
    d->temporary = arena_strdup(a, real);
    d->lfs = lfs_folder(a);
    return git_blobs_open(&d->blobs, a);
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *at) {
    (void)s, (void)kind, (void)at;
    return remove(path);
}

void hook_desk_close(HookDesk *d) {
    enum { OPEN_FOLDERS = 16 };
    git_blobs_close(&d->blobs);
    if (d->temporary)
        nftw(d->temporary, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    d->temporary = NULL;
}
