#include "check/job_live.h"

#include "check/hot_folder.h"
#include "check/job_find.h"
#include "check/job_sheet.h"

#include <string.h>
#include <unistd.h>

static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static const char *beside(Arena *a, const char *artwork, const char *name) {
    return arena_printf(a, "%.*s%s", (int)folder_length(artwork), artwork, name);
}

const char *live_path(Arena *a, const char *artwork, const char *live) {
    if (*live == '/')
        return live;
    const char *near = beside(a, artwork, live);
    const char *waiting = hot_folder_path(a, artwork, HOT_WAITING);
    return waiting && access(near, F_OK) != 0 ? beside(a, waiting, live) : near;
}

static const char *live_of(Arena *a, const YamlNode *root) {
    for (size_t i = 0; root && root->kind == YAML_MAP && i < root->count; i++) {
        const KeyDesc *k = key_find(map_of(MAP_SHEET), a, root->keys[i]->scalar);
        if (k && streq(k->name, "live") && root->items[i]->kind == YAML_SCALAR)
            return root->items[i]->scalar;
    }
    return NULL;
}

/* The folder it is relative to may be any above. */
static bool ends_in(const char *path, const char *name) {
    size_t n = strlen(path), m = strlen(name);
    return m && n >= m && streq(path + n - m, name) &&
           (n == m || *name == '/' || path[n - m - 1] == '/');
}

bool live_is_twin(Arena *a, const char *path) {
    FoundSheets sheets = {0};
    Errors errors = {.arena = a};
    sheets_find(&sheets, a, path, NULL, &errors);
    for (size_t i = 0; i < sheets.count; i++) {
        const char *live = live_of(a, sheets.items[i].root);
        if (live)
            return ends_in(path, live); /* the nearest one says it */
    }
    return false;
}
