#include "check/job_find.h"

#include "base/sha256.h"
#include "check/hot_folder.h"
#include "check/job_measure.h"
#include "check/job_sheet.h"
#include "check/job_text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char sheet_file[] = "chupin.yaml";

static void hash_file(const char *path, char hex[SHA256_HEX]) {
    char buffer[4096];
    Sha256 h;
    sha256_start(&h);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;
    while (fd >= 0 && ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR)))
        if (n > 0)
            sha256_add(&h, buffer, (size_t)n);
    if (fd >= 0)
        close(fd);
    sha256_end(&h, hex);
}

static const char *file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *folder_of(Arena *a, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *folder = !slash          ? "."
                         : slash == path ? "/"
                                         : arena_copy(a, path, (size_t)(slash - path));
    char real[PATH_MAX];
    return arena_strdup(a, realpath(folder, real) ? real : folder);
}

static bool is_root(Arena *a, const YamlNode *root) {
    const MapDesc *sheet = map_of(MAP_SHEET);
    for (size_t i = 0; root->kind == YAML_MAP && i < root->count; i++) {
        const KeyDesc *k = key_find(sheet, a, root->keys[i]->scalar);
        Tri yes = 0;
        if (k && streq(k->name, "root") && root->items[i]->kind == YAML_SCALAR)
            return yes_read(&yes, a, root->items[i]->scalar) && yes == 1;
    }
    return false;
}

/* Adds the sheet at `path`; true when nothing above it counts. */
static bool add_sheet(FoundSheets *out, Arena *a, const char *path, Errors *errors) {
    FoundSheet *s = ARENA_PUSH(a, out->items, out->count, out->capacity);
    s->path = path;
    s->name = text_printable(a, file_name(path), strlen(file_name(path)));
    Result r = yaml_load(&s->text, a, path);
    if (r.kind) {
        errors_put(errors, r.at, NULL, 1, r.text);
        out->count--;
        return false;
    }
    hash_file(path, s->sha256);
    s->text.text = sheet_text(a, s->text.text);
    s->root = yaml_parse(a, &s->text, errors);
    if (!s->root) {
        out->count--;
        return false;
    }
    return is_root(a, s->root);
}

void sheets_find(FoundSheets *out, Arena *a, const char *artwork, const char *named,
                 Errors *errors) {
    *out = (FoundSheets){0};
    const char *waiting = hot_folder_path(a, artwork, HOT_WAITING);
    artwork = waiting ? waiting : artwork;
    const char *folder = folder_of(a, named ? named : artwork);
    if (named && add_sheet(out, a, named, errors))
        return;
    const char *own = arena_printf(a, "%s.chupin.yaml", artwork);
    if (!named && access(own, F_OK) == 0 && add_sheet(out, a, own, errors))
        return;
    for (;;) {
        bool top = streq(folder, "/") || *folder != '/';
        const char *path = arena_printf(a, "%s/%s", streq(folder, "/") ? "" : folder, sheet_file);
        bool again =
            named && streq(file_name(named), sheet_file) && streq(folder, folder_of(a, named));
        if (!again && access(path, F_OK) == 0 && add_sheet(out, a, path, errors))
            return;
        if (top)
            return;
        folder = folder_of(a, folder);
    }
}
