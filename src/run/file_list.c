#include "run/file_list.h"

#include "read/artwork_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64, MOST_LIST_BYTES = 256 * 1024 * 1024, SNIFFED = 1024 };

static void push(FileList *list, const char *path, size_t n) {
    *ARENA_PUSH(list->arena, list->paths, list->count, list->capacity) =
        arena_copy(list->arena, path, n);
}

/* Illustrator files hold a PDF or not; only its first bytes tell. */
static bool lacks_pdf(const char *path) {
    const char *dot = strrchr(path, '.');
    char head[SNIFFED];
    if (!dot || strcasecmp(dot, ".ai"))
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd >= 0 ? read(fd, head, sizeof head) : -1;
    if (fd >= 0)
        close(fd);
    return n >= 0 && !memmem(head, (size_t)n, "%PDF", 4);
}

static Result cannot(FileList *list, const char *path, int error) {
    return result_fail(list->arena, ERR_FILE, (Where){path, 0, 0}, "打不开：%s",
                       "cannot be opened: %s", strerror(error));
}

/* Links to files are followed, links to folders are not: they may lead in a circle. */
static Result add_folder(FileList *list, const char *folder, int depth);

static Result add_entry(FileList *list, const char *folder, const char *name, int depth) {
    struct stat s;
    size_t n = strlen(folder);
    const char *slash = n && folder[n - 1] == '/' ? "" : "/";
    const char *path = arena_printf(list->arena, "%s%s%s", folder, slash, name);
    if (lstat(path, &s))
        return OK; /* it has just gone */
    if (S_ISDIR(s.st_mode))
        return depth < DEEPEST ? add_folder(list, path, depth + 1) : OK;
    if (S_ISLNK(s.st_mode) && (stat(path, &s) || !S_ISREG(s.st_mode)))
        return OK;
    if (S_ISREG(s.st_mode) && name_is_of_artwork(name) && !lacks_pdf(path))
        push(list, path, strlen(path));
    else
        list->passed_over++;
    return OK;
}

static Result add_folder(FileList *list, const char *folder, int depth) {
    DIR *dir = opendir(folder);
    if (!dir && depth)
        return OK; /* one folder that is closed to us does not stop the others */
    if (!dir)
        return cannot(list, folder, errno);
    Result r = OK;
    for (const struct dirent *e; !r.kind && (e = readdir(dir));)
        if (!name_is_passed_over(e->d_name))
            r = add_entry(list, folder, e->d_name, depth);
    closedir(dir);
    return r;
}

static void add_lines(FileList *list, const char *p, size_t n, bool nul) {
    char end = nul || memchr(p, '\0', n) ? '\0' : '\n';
    while (n) {
        const char *stop = memchr(p, end, n);
        size_t line = stop ? (size_t)(stop - p) : n;
        Str path = {p, line && p[line - 1] == '\r' && end == '\n' ? line - 1 : line};
        if (path.n)
            push(list, path.p, path.n);
        p += line + (stop != NULL);
        n -= line + (stop != NULL);
    }
}

static Result add_list(FileList *list, int fd, const char *name, bool nul) {
    size_t count = 0, capacity = 65536;
    char *bytes = malloc(capacity);
    ssize_t n = 0;
    while (bytes && count < MOST_LIST_BYTES) {
        if (count == capacity) {
            char *more = realloc(bytes, capacity * 2);
            if (!more)
                break;
            bytes = more, capacity *= 2;
        }
        n = read(fd, bytes + count, capacity - count);
        if (n == 0 || (n < 0 && errno != EINTR))
            break;
        count += n > 0 ? (size_t)n : 0;
    }
    Result r = n < 0 ? cannot(list, name, errno) : OK;
    if (bytes && n == 0)
        add_lines(list, bytes, count, nul);
    else if (!r.kind)
        r = result_fail(list->arena, ERR_LIMIT, (Where){name, 0, 0}, "清单太长",
                        "the list is too long");
    free(bytes);
    return r;
}

Result file_list_add(FileList *list, const char *operand, bool nul) {
    struct stat s;
    if (streq(operand, "-"))
        return add_list(list, STDIN_FILENO, "-", nul);
    if (stat(operand, &s))
        return cannot(list, operand, errno);
    if (S_ISDIR(s.st_mode))
        return add_folder(list, operand, 0);
    if (name_is_of_artwork(operand)) {
        push(list, operand, strlen(operand));
        return OK;
    }
    int fd = open(operand, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return cannot(list, operand, errno);
    Result r = add_list(list, fd, operand, nul);
    close(fd);
    return r;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void file_list_sort(FileList *list) {
    size_t kept = 0;
    if (list->count)
        qsort(list->paths, list->count, sizeof *list->paths, by_bytes);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || !streq(list->paths[kept - 1], list->paths[i]))
            list->paths[kept++] = list->paths[i];
    list->count = kept;
}
