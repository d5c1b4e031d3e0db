/* `chupin hook`: what git is about to commit or to push is checked as it will be stored, not as it
 * lies in the working copy. Internal to cmd_hook.
 *
 * changes (which files) → hook_lay (their contents in a folder of their own, with the job sheets of
 * the same commit) → hook_check (a check each, as many at a time as there are cores, and what is
 * said of them in their order). */
#ifndef CHUPIN_CLI_HOOK_H
#define CHUPIN_CLI_HOOK_H

#include "cli/cli.h"
#include "cli/git.h"

typedef enum HookKind { HOOK_PRE_COMMIT, HOOK_PRE_PUSH, HOOK_KINDS } HookKind;
const char *hook_name(HookKind kind); /* as git calls its file */

int hook_install(const Cli *cli, const Words *names); /* both when none is named */
int hook_uninstall(const Cli *cli, const Words *names);

/* Files that are to be looked at: in one commit, or in the index. */
typedef struct HookChanges {
    const char *commit; /* NULL: the index */
    GitTree tree;       /* all it holds */
    const GitEntry **items;
    size_t count, capacity;
    int exempt; /* left out by .gitattributes: `*.png -chupin` */
} HookChanges;
Result hook_staged(HookChanges *out, Arena *a);
/* A line "local-ref local-object remote-ref remote-object", as pre-push is given. Nothing is in
 * `out` for a deleted branch. `remote` is the name of the remote, or its address. */
Result hook_pushed(HookChanges *out, Arena *a, const char *line, const char *remote);

/* ---- contents ---- */

typedef struct HookDesk {
    const Cli *cli;
    Arena *arena;
    const char *top;       /* of the working copy; in a repository without one, git's own folder */
    const char *temporary; /* below it lies <top> again, with what is checked */
    const char *lfs;       /* where Git LFS keeps its contents */
    const HookChanges *changes;
    GitBlobs blobs;
    Words done; /* folders that have their sheets */
} HookDesk;
Result hook_desk_open(HookDesk *d, const Cli *cli, Arena *a);
void hook_desk_close(HookDesk *d);

typedef enum HookFound {
    FOUND_NOTHING, /* no artwork */
    FOUND_ARTWORK, /* laid down at `path` */
    FOUND_POINTER, /* of Git LFS, and what it points to is not here */
} HookFound;
/* It stays until the desk is closed: another file's sheet may name it. */
Result hook_lay(HookFound *found, const char **path, HookDesk *d, const GitEntry *entry);

/* ---- what counts as artwork ---- */

bool hook_passes_over(const char *path); /* our own reports */
/* The text of a Git LFS pointer: what it points to. */
bool lfs_pointer(char oid[65], const char *text, size_t n);

/* ---- checks ---- */

typedef struct HookTally {
    int checked, refused, pointers, exempt;
} HookTally;
typedef struct HookArtwork {
    const char *path, *name; /* name: as people know it */
} HookArtwork;
typedef struct HookArtworks {
    HookArtwork *items;
    size_t count, capacity;
} HookArtworks;
/* Checks them and says what came out of each, in their order. `prefix` is taken out of whatever is
 * said; `ended` gets the exit code of each. After one that was ended by a signal no other is begun.
 */
void hook_check(const Cli *cli, const HookArtworks *files, const char *prefix,
                void (*ended)(void *self, int code), void *self);
void hook_say(const Cli *cli, const char *zh, const char *en, const char *name);

#endif
