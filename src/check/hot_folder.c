#include "check/hot_folder.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *folder;
    Text meaning;
} stages[HOT_STAGES] = {
#define STAGE(ID, folder, zh, en) [HOT_##ID] = {folder, {zh, en}},
#include "check/hot_folder.def"
#undef STAGE
};

const char *hot_stage_folder(HotStage stage) {
    return stages[stage].folder;
}

Text hot_stage_meaning(HotStage stage) {
    return stages[stage].meaning;
}

typedef struct HotPlace {
    const char *root;
    const char *tree; /* between stage and name, with a slash at its end; "" when none */
    const char *name;
} HotPlace;

static bool has_folder(Arena *a, const char *root, HotStage stage) {
    struct stat s;
    const char *path = arena_printf(a, "%s/%s", root, stages[stage].folder);
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

static HotStage stage_of(Str folder) {
    for (HotStage s = 0; s < HOT_STAGES; s++)
        if (str_is(folder, stages[s].folder))
            return s;
    return HOT_STAGES;
}

/* The folder of a file, which may be a folder that is not there any more. */
static const char *real_folder(Arena *a, const char *path) {
    char real[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *folder = !slash          ? "."
                         : slash == path ? "/"
                                         : arena_copy(a, path, (size_t)(slash - path));
    return arena_strdup(a, realpath(folder, real) ? real : folder);
}

static const char *without_watcher(const char *tree) {
    const char *slash = strchr(tree, '/');
    return slash ? slash + 1 : "";
}

/* The innermost stage counts. */
static bool find(HotPlace *out, Arena *a, const char *path) {
    const char *folder = real_folder(a, path), *slash = strrchr(path, '/');
    const char *end = folder + strlen(folder);
    while (end > folder) {
        const char *start = memrchr(folder, '/', (size_t)(end - folder));
        if (!start)
            return false;
        HotStage stage = stage_of((Str){start + 1, (size_t)(end - start - 1)});
        const char *root = stage == HOT_STAGES || start == folder
                               ? NULL
                               : arena_copy(a, folder, (size_t)(start - folder));
        if (root && has_folder(a, root, HOT_WAITING) && has_folder(a, root, HOT_WORKING) &&
            has_folder(a, root, HOT_RESULTS)) {
            const char *tree = *end ? arena_printf(a, "%s/", end + 1) : "";
            tree = stage == HOT_WORKING ? without_watcher(tree) : tree;
            *out = (HotPlace){root, tree, slash ? slash + 1 : path};
            return true;
        }
        end = start;
    }
    return false;
}

const char *hot_folder_root(Arena *a, const char *path) {
    HotPlace p;
    return find(&p, a, path) ? p.root : NULL;
}

const char *hot_folder_path(Arena *a, const char *path, HotStage stage) {
    HotPlace p;
    if (!find(&p, a, path))
        return NULL;
    return arena_printf(a, "%s/%s/%s%s", p.root, stages[stage].folder, p.tree, p.name);
}
