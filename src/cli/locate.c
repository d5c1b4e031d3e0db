#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_rules_folder(Arena *a, const char *dir) {
    struct stat s;
    return stat(arena_printf(a, "%s/checklist.yaml", dir), &s) == 0;
}

/* Relative to the program's own folder: installed as bin/chupin, or built as build/<preset>/chupin.
 */
static const char *beside_program(Arena *a) {
    static const char *const places[] = {"../share/chupin/rules", "../../rules"};
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return NULL;
    self[n] = 0;
    char *slash = strrchr(self, '/');
    if (!slash)
        return NULL;
    *slash = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *dir = arena_printf(a, "%s/%s", self, places[i]);
        if (is_rules_folder(a, dir))
            return dir;
    }
    return NULL;
}

Result locate_rules(const char **dir, const Cli *cli) {
    const char *named = args_value(cli->args, OPTION_RULES);
    if (!named)
        named = getenv("CHUPIN_RULES");
    if (named && *named) {
        *dir = named;
        if (is_rules_folder(cli->arena, named))
            return OK;
        return result_fail(cli->arena, ERR_USAGE, (Where){named, 0, 0},
                           "这里没有规则（缺 checklist.yaml）",
                           "there are no rules here (checklist.yaml is missing)");
    }
    *dir = beside_program(cli->arena);
    if (!*dir && is_rules_folder(cli->arena, CHUPIN_DATA "/rules"))
        *dir = CHUPIN_DATA "/rules";
    if (*dir)
        return OK;
    return result_fail(cli->arena, ERR_USAGE, (Where){0},
                       "找不到规则文件夹；用 --rules 文件夹 或环境变量 CHUPIN_RULES 指给我",
                       "the folder of rules was not found; name it with --rules or CHUPIN_RULES");
}
