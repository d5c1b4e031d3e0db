#include "notify/plan.h"

#include "base/sink.h"
#include "base/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLAIN, SECRET };
enum { SHEET, SITE };

static const struct {
    const char *names;
    bool secret, site_only;
} keys[NOTIFY_KEYS] = {
#define NOTIFY_KEY(ID, names, secret, place)                                                       \
    [NOTIFY_##ID] = {names, secret == SECRET, place == SITE},
#include "notify/keys.def"
#undef NOTIFY_KEY
};

static const char *name_of(Arena *a, NotifyKey key) {
    return arena_copy(a, keys[key].names, strcspn(keys[key].names, "|"));
}

static NotifyKey key_of(Arena *a, const char *typed) {
    const char *folded = text_nfkc_fold(a, typed);
    for (NotifyKey k = 0; k < NOTIFY_KEYS; k++)
        for (const char *p = keys[k].names; *p;) {
            size_t n = strcspn(p, "|");
            if (strlen(folded) == n && strncmp(folded, p, n) == 0)
                return k;
            p += n + (p[n] == '|');
        }
    return NOTIFY_KEYS;
}

static bool is_reference(const char *value) {
    return str_starts(str_of(value), "env:") || str_starts(str_of(value), "file:");
}

Result notify_set(NotifyPlan *p, Arena *a, const char *key, const char *value, bool in_sheet,
                  Where at) {
    NotifyKey k = key_of(a, key);
    const char *shown = text_printable(a, key, strlen(key));
    if (k == NOTIFY_KEYS)
        return result_fail(
            a, ERR_USAGE, at,
            "notify 里没有“%s”；可以写 企业微信、钉钉、钉钉密钥、飞书、飞书密钥、回调、"
            "邮件、链接",
            "notify has no “%s”; there are wecom, dingtalk, dingtalk_secret, feishu, "
            "feishu_secret, webhook, email, link",
            shown);
    if (in_sheet && keys[k].site_only)
        return result_fail(
            a, ERR_USAGE, at, "notify 的 %s 只能写在 /etc/chupin/chupin.yaml 里，不能写在工作单里",
            "%s of notify belongs into /etc/chupin/chupin.yaml, not into a job sheet", shown);
    if (keys[k].secret && !is_reference(value))
        return result_fail(a, ERR_USAGE, at,
                           "notify 的 %s 是密钥，不能直接写出来；写 env:变量名 或 file:文件路径",
                           "%s of notify is a secret and is not written out; write env:NAME or "
                           "file:PATH",
                           shown);
    p->values[k] = arena_strdup(a, value);
    return OK;
}

/* ---- the site ---- */

static Result take_map(NotifyPlan *p, Arena *a, const YamlNode *map, const char *path) {
    for (size_t i = 0; i < map->count; i++) {
        Where at = {path, map->keys[i]->at.line, map->keys[i]->at.column};
        const YamlNode *value = map->items[i];
        if (value->kind != YAML_SCALAR)
            return result_fail(a, ERR_USAGE, at, "notify 的每一项写成 名称: 值",
                               "each entry of notify is name: value");
        TRY(notify_set(p, a, map->keys[i]->scalar, value->scalar, false, at));
    }
    return OK;
}

static Result site_file(NotifyPlan *p, Arena *a, const char *path, bool *found) {
    YamlText text;
    Errors errors = {.arena = a};
    *found = access(path, F_OK) == 0;
    if (!*found)
        return OK;
    TRY(yaml_load(&text, a, path));
    const YamlNode *root = yaml_parse(a, &text, &errors);
    TRY(errors_result(&errors, ERR_USAGE));
    const YamlNode *map = yaml_find(root, "notify");
    if (!map)
        map = yaml_find(root, "通知");
    *found = map != NULL;
    return map && map->kind == YAML_MAP ? take_map(p, a, map, path) : OK;
}

Result notify_site(NotifyPlan *p, Arena *a) {
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    bool found = false;
    if (config && *config)
        TRY(site_file(p, a, arena_printf(a, "%s/chupin/chupin.yaml", config), &found));
    else if (home && *home)
        TRY(site_file(p, a, arena_printf(a, "%s/.config/chupin/chupin.yaml", home), &found));
    return found ? OK : site_file(p, a, "/etc/chupin/chupin.yaml", &found);
}

bool notify_wanted(const NotifyPlan *p) {
    return p->values[NOTIFY_WECOM] || p->values[NOTIFY_DINGTALK] || p->values[NOTIFY_FEISHU] ||
           p->values[NOTIFY_WEBHOOK] || p->values[NOTIFY_EMAIL];
}

/* ---- as text ---- */

const char *notify_text(Arena *a, const NotifyPlan *p) {
    Sink to = sink_memory(a);
    for (NotifyKey k = 0; k < NOTIFY_KEYS; k++)
        if (p->values[k])
            sink_format(&to, "%s\t%s\n", name_of(a, k),
                        text_printable(a, p->values[k], strlen(p->values[k])));
    Str all = sink_text(&to);
    return arena_copy(a, all.p, all.n);
}

void notify_from_text(NotifyPlan *p, Arena *a, const char *text) {
    *p = (NotifyPlan){0};
    while (*text) {
        size_t n = strcspn(text, "\n"), key = strcspn(text, "\t\n");
        NotifyKey k = key_of(a, arena_copy(a, text, key));
        if (k < NOTIFY_KEYS && key < n)
            p->values[k] = arena_copy(a, text + key + 1, n - key - 1);
        text += n + (text[n] == '\n');
    }
}

/* ---- the values ---- */

static Result of_file(const char **out, Arena *a, const char *path) {
    enum { MOST = 4096 };
    char *text = arena_alloc(a, MOST + 1);
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode) ? read(fd, text, MOST) : -1;
    int error = errno;
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return result_fail(a, ERR_USAGE, (Where){path, 0, 0}, "通知的密钥读不出来：%s",
                           "the secret of a notification cannot be read: %s", strerror(error));
    Str trimmed = str_trim((Str){text, strcspn(text, "\r\n")});
    *out = arena_copy(a, trimmed.p, trimmed.n);
    return OK;
}

Result notify_value(const char **out, Arena *a, const NotifyPlan *p, NotifyKey key) {
    const char *value = p->values[key];
    *out = value;
    if (value && str_starts(str_of(value), "env:"))
        *out = getenv(value + strlen("env:"));
    else if (value && str_starts(str_of(value), "file:"))
        TRY(of_file(out, a, value + strlen("file:")));
    if (!value || (*out && **out))
        return OK;
    return result_fail(a, ERR_USAGE, (Where){0}, "通知的 %s 写的是 %s，里面没有内容",
                       "%s of notify names %s, which is empty", name_of(a, key), value);
}
