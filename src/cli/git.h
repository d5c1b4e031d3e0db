/* Asking git, through the program: names come NUL-terminated and are never quoted or parsed from
 * text for people.
 *
 * The environment that git gives to a hook (GIT_DIR, GIT_INDEX_FILE …) is passed on, so that
 * `git commit -a` and `git commit FILE` are seen as they will be committed. */
#ifndef CHUPIN_CLI_GIT_H
#define CHUPIN_CLI_GIT_H

#include "base/result.h"

#include <sys/types.h>

/* Starts a program with these ends; its standard error is ours unless `err` is given. -1: none.
 * Ctrl-C ends it also where we hold that signal back. Returns 0 or an errno. */
typedef struct Spawn {
    int in, out, err;
} Spawn;
int spawn_program(pid_t *pid, const char *program, const char *const *argv, const Spawn *ends);
int spawn_wait(pid_t pid); /* its exit code; 128 + signal */

/* What git says to these arguments (after "git", ended by NULL), with `in` on its standard input.
 * git's own words of trouble go to standard error, unless it is only asked. */
Result git_run(Str *out, Arena *a, const char *const *arguments, Str in);
bool git_ask(Str *out, Arena *a, const char *const *arguments); /* quietly; false: it fails */
bool git_ask_line(const char **out, Arena *a, const char *const *arguments); /* its one line */

/* A commit, or the index: every file in it, by path. */
typedef struct GitEntry {
    const char *path, *blob;
    bool file; /* neither link nor submodule */
} GitEntry;
typedef struct GitTree {
    GitEntry *items;
    size_t count, capacity;
} GitTree;
Result git_tree(GitTree *out, Arena *a, const char *commit); /* NULL: the index */
const GitEntry *git_find(const GitTree *t, const char *path);

/* Contents, one after another, from one process. */
typedef struct GitBlobs {
    pid_t pid;
    int in, out;
} GitBlobs;
enum { BLOB_HEAD = 2048 };
typedef struct GitBlob {
    int64_t bytes;
    size_t head_count;
    char head[BLOB_HEAD]; /* its beginning */
} GitBlob;
Result git_blobs_open(GitBlobs *b, Arena *a);
void git_blobs_close(GitBlobs *b);
/* The head comes first, and then git_blob_take has to follow: into the descriptor, or nowhere with
 * -1. */
Result git_blob(GitBlob *out, GitBlobs *b, Arena *a, const char *blob);
Result git_blob_take(GitBlobs *b, Arena *a, const GitBlob *blob, int fd);

#endif
