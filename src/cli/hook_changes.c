#include "cli/hook.h"

#include <stdio.h>
#include <string.h>

static void add(HookChanges *out, Arena *a, const GitEntry *entry) {
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i] == entry)
            return;
    *ARENA_PUSH(a, out->items, out->count, out->capacity) = entry;
}

static bool holds(Str names, const char *name) {
    for (const char *p = names.p; p && p < names.p + names.n; p += strlen(p) + 1)
        if (streq(p, name))
            return true;
    return false;
}

/* Names that differ between the index and a commit. */
static Result differing(Str *out, Arena *a, const char *commit) {
    const char *const arguments[] = {"diff-index",   "--cached",          "-z",   "--name-only",
                                     "--no-renames", "--diff-filter=AMT", commit, NULL};
    return git_run(out, a, arguments, (Str){0});
}

/* HEAD, or where nothing was committed yet the tree that holds nothing. */
static Result commit_before(const char **out, Arena *a) {
    const char *const head[] = {"rev-parse", "-q", "--verify", "HEAD^{commit}", NULL};
    const char *const nothing[] = {"hash-object", "-t", "tree", "/dev/null", NULL};
    Str said;
    if (git_ask_line(out, a, head))
        return OK;
    TRY(git_run(&said, a, nothing, (Str){0}));
    *out = arena_copy(a, said.p, strcspn(said.p, "\n"));
    return OK;
}

/* Leaves out what .gitattributes says is not for us: `*.png -chupin`. */
static Result leave_out(HookChanges *out, Arena *a) {
    static const char *const arguments[] = {"check-attr", "-z", "--stdin", "chupin", NULL};
    Sink names = sink_memory(a);
    Str said;
    size_t kept = 0, i = 0;
    for (size_t k = 0; k < out->count; k++)
        sink_write(&names, out->items[k]->path, strlen(out->items[k]->path) + 1);
    TRY(git_run(&said, a, arguments, sink_text(&names)));
    /* path, attribute, value; in the order asked */
    for (const char *p = said.p; p && p < said.p + said.n && i < out->count; i++) {
        for (int field = 0; field < 2; field++)
            p += strlen(p) + 1;
        if (streq(p, "unset"))
            out->exempt++;
        else
            out->items[kept++] = out->items[i];
        p += strlen(p) + 1;
    }
    out->count = kept;
    return OK;
}

Result hook_staged(HookChanges *out, Arena *a) {
    const char *before;
    const char *const merging[] = {"rev-parse", "-q", "--verify", "MERGE_HEAD", NULL};
    Str names, theirs = {0};
    *out = (HookChanges){0};
    TRY(commit_before(&before, a));
    TRY(differing(&names, a, before));
    if (!names.n)
        return OK;
    TRY(git_tree(&out->tree, a, NULL));
    /* What a merge only takes over was checked when it was committed over there. */
    bool merge = git_ask_line(&before, a, merging);
    if (merge)
        TRY(differing(&theirs, a, before));
    for (const char *p = names.p; p < names.p + names.n; p += strlen(p) + 1) {
        const GitEntry *entry = git_find(&out->tree, p);
        if (entry && entry->file && (!merge || holds(theirs, p)))
            add(out, a, entry);
    }
    return leave_out(out, a);
}

static bool is_none(const char *object) {
    return object[strspn(object, "0")] == 0;
}

static bool is_there(Arena *a, const char *object) {
    Str said;
    const char *const arguments[] = {"cat-file", "-e", object, NULL};
    return git_ask(&said, a, arguments);
}

/* Commits that the remote does not have yet, as far as we know. */
static Result new_commits(Str *out, Arena *a, const char *commit, const char *theirs,
                          const char *remote) {
    const char *url;
    const char *const known[] = {"config", "--get", arena_printf(a, "remote.%s.url", remote), NULL};
    const char *tracked =
        git_ask_line(&url, a, known) ? arena_printf(a, "--remotes=%s", remote) : "--remotes";
    bool has = !is_none(theirs) && is_there(a, theirs);
    const char *const arguments[] = {"rev-list",          commit, "--not", tracked,
                                     has ? theirs : NULL, NULL};
    return git_run(out, a, arguments, (Str){0});
}

/* Of a merge only what is like neither side. */
static const char *const names_of_commits[] = {
    "diff-tree", "--stdin",     "--root",         "-r",           "-c",
    "-z",        "--name-only", "--no-commit-id", "--no-renames", NULL};

Result hook_pushed(HookChanges *out, Arena *a, const char *line, const char *remote) {
    enum { OBJECT_ROOM = 80 };
    char ours[OBJECT_ROOM], theirs[OBJECT_ROOM];
    const char *commit;
    *out = (HookChanges){0};
    if (sscanf(line, "%*s %79s %*s %79s", ours, theirs) != 2 || is_none(ours))
        return OK;
    const char *const peel[] = {"rev-parse", "-q", "--verify", arena_printf(a, "%s^{commit}", ours),
                                NULL};
    if (!git_ask_line(&commit, a, peel))
        return OK; /* a tag of something that is no commit */
    Str commits, names;
    TRY(new_commits(&commits, a, commit, theirs, remote));
    if (!commits.n)
        return OK;
    TRY(git_run(&names, a, names_of_commits, commits));
    out->commit = commit;
    TRY(git_tree(&out->tree, a, commit));
    for (const char *p = names.p; p && p < names.p + names.n; p += strlen(p) + 1) {
        /* As it is at the end: what was wrong and is mended by now goes through. */
        const GitEntry *entry = git_find(&out->tree, p);
        if (entry && entry->file)
            add(out, a, entry);
    }
    return leave_out(out, a);
}
