#include "record/record_place.h"

#include "base/yaml.h"
#include "check/hot_folder.h"
#include "record/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define RECORD_NAME "chupin.sqlite"

bool file_system_is_remote(long magic) {
    static const struct {
        unsigned long magic;
        const char *name;
    } remote[] = {
        /* statfs(2); a FUSE file system may be anything. */
        {0x6969, "NFS"},        {0x517b, "SMB"},           {0xff534d42, "CIFS"},
        {0xfe534d42, "SMB2"},   {0x65735546, "FUSE"},      {0x5346414f, "AFS"},
        {0x73757245, "Coda"},   {0x564c, "NCP"},           {0x01021997, "9P"},
        {0x00c36400, "Ceph"},   {0x01161970, "GFS2"},      {0x47504653, "GPFS"},
        {0x0bd00bd0, "Lustre"}, {0x7461636f, "OCFS2"},     {0x786f4256, "VirtualBox"},
        {0xbacbacbc, "VMware"}, {0x7c7c6673, "Parallels"},
    };
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        if ((unsigned long)(uint32_t)magic == remote[i].magic)
            return true;
    return false;
}

typedef struct Placing {
    Arena *arena;
    const RecordAsk *ask;
} Placing;

static const char *variable(const Placing *p, const char *name) {
    const char *value = p->ask->variable ? p->ask->variable(name) : getenv(name);
    return value && *value ? value : NULL;
}

static long asked_of_system(const char *path) {
    struct statfs info;
    return statfs(path, &info) == 0 ? (long)info.f_type : -1;
}

static const char *folder_of(Arena *a, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_copy(a, path, (size_t)(slash - path));
}

static const char *join(Arena *a, const char *folder, const char *name) {
    bool slash = *folder && folder[strlen(folder) - 1] == '/';
    return arena_printf(a, "%s%s%s", folder, slash ? "" : "/", name);
}

/* Of the nearest part of the path that is there: the others will be made in it. */
static bool is_remote(const Placing *p, const char *path) {
    long (*magic)(const char *) = p->ask->file_system ? p->ask->file_system : asked_of_system;
    while (access(path, F_OK) != 0 && !streq(path, ".") && !streq(path, "/"))
        path = folder_of(p->arena, path);
    return file_system_is_remote(magic(path));
}

static bool exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
}

/* ---- the site ---- */

/* `record:` of one site configuration; *record stays NULL when there is none. */
static Result site_file(const char **record, const Placing *p, const char *path) {
    YamlText text;
    Errors errors = {.arena = p->arena};
    if (access(path, F_OK) != 0)
        return OK;
    TRY(yaml_load(&text, p->arena, path));
    YamlNode *root = yaml_parse(p->arena, &text, &errors);
    const YamlNode *value = NULL;
    for (size_t i = 0; root && root->kind == YAML_MAP && i < root->count; i++) {
        if (streq(root->keys[i]->scalar, "record") || streq(root->keys[i]->scalar, "记录"))
            value = root->items[i];
        else if (!streq(root->keys[i]->scalar, "notify") && !streq(root->keys[i]->scalar, "通知"))
            yaml_error(&errors, &text, root->keys[i],
                       "不认识的键；这里只有 record: （记录放在哪里）和 notify: （通知谁）",
                       "unknown key; there are only record: (where the record is) and notify: (whom "
                       "to tell)");
    }
    if (value && (value->kind != YAML_SCALAR || !*value->scalar))
        yaml_error(&errors, &text, value, "record: 后面写记录的路径",
                   "record: is followed by the path of the record");
    TRY(errors_result(&errors, ERR_USAGE));
    if (value)
        *record = value->scalar[0] == '/'
                      ? value->scalar
                      : join(p->arena, folder_of(p->arena, path), value->scalar);
    return OK;
}

static Result site_record(const char **record, const Placing *p) {
    const char *home = variable(p, "HOME"), *config = variable(p, "XDG_CONFIG_HOME");
    const char *system = p->ask->system_config;
    if (!config && home)
        config = join(p->arena, home, ".config");
    if (config)
        TRY(site_file(record, p, join(p->arena, config, "chupin/chupin.yaml")));
    if (!*record)
        TRY(site_file(record, p, system ? system : "/etc/chupin/chupin.yaml"));
    return OK;
}

/* ---- choosing ---- */

static Result configured(RecordPlace *out, const Placing *p, const char *place,
                         RecordSource source) {
    if (!*place || streq(place, STORE_MEMORY))
        return result_fail(p->arena, ERR_USAGE, (Where){0},
                           "记录要写一个文件的路径，例如 --record /var/lib/chupin/chupin.sqlite",
                           "a record is the path of a file, such as --record "
                           "/var/lib/chupin/chupin.sqlite");
    *out = (RecordPlace){
        .record = place, .source = source, .configured = true, .exists = exists(place)};
    if (!store_is_path(place)) {
        out->exists = true;
        return OK;
    }
    if (!is_remote(p, place))
        return OK;
    return result_fail(p->arena, ERR_USAGE, (Where){0},
                       "记录 %s 在网络盘上，几个人同时写会坏；record: 要写本机硬盘上的路径，例如 "
                       "record: /var/lib/chupin/chupin.sqlite",
                       "the record %s is on a network drive, where two writers at once break it; "
                       "record: has to name a path on a disk of this machine, such as "
                       "record: /var/lib/chupin/chupin.sqlite",
                       place);
}

static Result nowhere(const Placing *p, const char *folder) {
    return result_fail(
        p->arena, ERR_USAGE, (Where){0},
        "%s 在网络盘上，那里只放 检查结果/，不放记录；在工作单 chupin.yaml 里加一行 "
        "record: /var/lib/chupin/chupin.sqlite 再做一次",
        "%s is on a network drive, which holds 检查结果/ but no record; add the line "
        "record: /var/lib/chupin/chupin.sqlite to the job sheet chupin.yaml and do "
        "it again",
        folder);
}

static Result by_default(RecordPlace *out, const Placing *p) {
    const RecordAsk *ask = p->ask;
    const char *folder = hot_folder_root(p->arena, ask->artwork);
    if (!folder)
        folder = folder_of(p->arena, ask->sheet_path ? ask->sheet_path : ask->artwork);
    const char *beside = join(p->arena, folder, RECORD_NAME);
    if (is_remote(p, beside)) {
        *out = (RecordPlace){.source = RECORD_NOWHERE, .refusal = nowhere(p, folder)};
        return OK;
    }
    *out = (RecordPlace){.record = beside, .source = RECORD_BESIDE, .exists = exists(beside)};
    if (out->exists || access(folder, W_OK) == 0)
        return OK;
    const char *home = variable(p, "HOME"), *data = variable(p, "XDG_DATA_HOME");
    if (!data && home)
        data = join(p->arena, home, ".local/share");
    if (!data)
        return result_fail(p->arena, ERR_USAGE, (Where){0},
                           "%s 不让写，也没有用户文件夹；在工作单里加一行 record: 指明记录的路径",
                           "%s may not be written to and there is no home folder; add a line "
                           "record: with the path of the record to the job sheet",
                           folder);
    const char *own = join(p->arena, data, "chupin/" RECORD_NAME);
    *out = (RecordPlace){.record = own, .source = RECORD_USER, .exists = exists(own)};
    return OK;
}

Result record_place(RecordPlace *out, Arena *a, const RecordAsk *ask) {
    Placing p = {a, ask};
    const char *site = NULL;
    if (ask->option)
        return configured(out, &p, ask->option, RECORD_OPTION);
    if (ask->sheet_record && *ask->sheet_record) {
        const char *place = ask->sheet_record;
        if (store_is_path(place) && *place != '/' && ask->sheet_path)
            place = join(a, folder_of(a, ask->sheet_path), place);
        return configured(out, &p, place, RECORD_SHEET);
    }
    TRY(site_record(&site, &p));
    if (site)
        return configured(out, &p, site, RECORD_SITE);
    return by_default(out, &p);
}
