#include "cli/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what a commit or the index holds ---- */

static int by_path(const void *a, const void *b) {
    return strcmp(((const GitEntry *)a)->path, ((const GitEntry *)b)->path);
}

/* "100644 blob 1a2b…\tpath" of ls-tree, "100644 1a2b… 0\tpath" of ls-files. */
static bool read_entry(GitEntry *out, Arena *a, const char *line, bool index) {
    char mode[8], first[72], second[72];
    int at = 0;
    if (sscanf(line, "%7s %71s %71s%n", mode, first, second, &at) != 3 || line[at] != '\t')
        return false;
    *out = (GitEntry){.path = line + at + 1,
                      .blob = arena_strdup(a, index ? first : second),
                      .file = strncmp(mode, "100", 3) == 0};
    return true;
}

Result git_tree(GitTree *out, Arena *a, const char *commit) {
    Str said;
    *out = (GitTree){0};
    const char *const index[] = {"ls-files", "-s", "-z", "--full-name", "--", ":/", NULL};
    const char *const tree[] = {"ls-tree", "-r", "-z", "--full-tree", commit, NULL};
    TRY(git_run(&said, a, commit ? tree : index, (Str){0}));
    for (const char *p = said.p; p && p < said.p + said.n; p += strlen(p) + 1) {
        GitEntry entry;
        if (read_entry(&entry, a, p, !commit))
            *ARENA_PUSH(a, out->items, out->count, out->capacity) = entry;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_path);
    return OK;
}

const GitEntry *git_find(const GitTree *t, const char *path) {
    GitEntry key = {.path = path};
    return t->count ? bsearch(&key, t->items, t->count, sizeof *t->items, by_path) : NULL;
}

/* ---- contents ---- */

Result git_blobs_open(GitBlobs *b, Arena *a) {
    static const char *const argv[] = {"git", "cat-file", "--batch", NULL};
    int to[2], from[2];
    *b = (GitBlobs){.pid = -1, .in = -1, .out = -1};
    if (pipe2(to, O_CLOEXEC))
        return result_fail(a, ERR_FILE, (Where){0}, "运行不了 git：%s", "git cannot be run: %s",
                           strerror(errno));
    int error = pipe2(from, O_CLOEXEC) ? errno : 0;
    if (!error)
        error = spawn_program(&b->pid, "git", argv, &(Spawn){to[0], from[1], -1});
    close(to[0]);
    if (error) {
        b->pid = -1;
        close(to[1]);
        return result_fail(a, ERR_FILE, (Where){0}, "运行不了 git：%s", "git cannot be run: %s",
                           strerror(error));
    }
    close(from[1]);
    b->in = to[1], b->out = from[0];
    return OK;
}

void git_blobs_close(GitBlobs *b) {
    if (b->pid < 0)
        return;
    close(b->in);
    close(b->out);
    (void)spawn_wait(b->pid);
    b->pid = -1;
}

static Result broken_off(Arena *a) {
    return result_fail(a, ERR_FILE, (Where){0}, "git 没有把文件内容给完；git fsck 看看仓库有没有坏",
                       "git broke off in the middle of a file; git fsck tells whether the "
                       "repository is damaged");
}

static ssize_t read_some(int fd, char *to, size_t n) {
    ssize_t got;
    do
        got = read(fd, to, n);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool read_exactly(int fd, char *to, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t got = read_some(fd, to + done, n - done);
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

static bool write_exactly(int fd, const char *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, p + done, n - done);
        if (put < 0 && errno != EINTR)
            return false;
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* "<name> blob <bytes>\n" */
static bool read_header(GitBlob *out, int fd) {
    char line[128];
    size_t n = 0;
    while (n + 1 < sizeof line && read_exactly(fd, line + n, 1) && line[n] != '\n')
        n++;
    line[n] = 0;
    const char *bytes = strstr(line, " blob ");
    char *end;
    if (!bytes)
        return false;
    out->bytes = strtoll(bytes + strlen(" blob "), &end, 10);
    return !*end && out->bytes >= 0;
}

Result git_blob(GitBlob *out, GitBlobs *b, Arena *a, const char *blob) {
    const char *line = arena_printf(a, "%s\n", blob);
    *out = (GitBlob){0};
    if (!write_exactly(b->in, line, strlen(line)) || !read_header(out, b->out))
        return broken_off(a);
    out->head_count = out->bytes < BLOB_HEAD ? (size_t)out->bytes : BLOB_HEAD;
    return read_exactly(b->out, out->head, out->head_count) ? OK : broken_off(a);
}

static Result no_room(Arena *a) {
    return result_fail(a, ERR_OUTPUT, (Where){0},
                       "临时文件写不下：%s；腾出空间，或者用环境变量 TMPDIR 换个地方",
                       "no room for a temporary file: %s; make room, or name another place with "
                       "the variable TMPDIR",
                       strerror(errno));
}

Result git_blob_take(GitBlobs *b, Arena *a, const GitBlob *blob, int fd) {
    char part[1 << 16], end;
    int64_t left = blob->bytes - (int64_t)blob->head_count;
    if (fd >= 0 && !write_exactly(fd, blob->head, blob->head_count))
        return no_room(a);
    while (left > 0) {
        size_t want = left < (int64_t)sizeof part ? (size_t)left : sizeof part;
        ssize_t got = read_some(b->out, part, want);
        if (got <= 0)
            return broken_off(a);
        if (fd >= 0 && !write_exactly(fd, part, (size_t)got))
            return no_room(a);
        left -= got;
    }
    return read_exactly(b->out, &end, 1) && end == '\n' ? OK : broken_off(a);
}
