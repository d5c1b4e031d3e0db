/* `chupin job`: what the record knows, and the record itself. */
#include "cli/full/job.h"

#include <sys/stat.h>

typedef struct Verb {
    const char *name;
    int (*run)(const Cli *cli, const char *word);
} Verb;
static const Verb verbs[] = {{"show", job_show},     {"list", job_list},
                             {"new", job_new},       {"lint", job_lint},
                             {"export", job_export}, {"import", job_import},
                             {"verify", job_verify}, {"rebuild", job_rebuild}};
enum { VERBS = sizeof verbs / sizeof *verbs };

bool job_is_path(const char *word) {
    struct stat s;
    return word && stat(word, &s) == 0;
}

int job_open(Office *o, const Cli *cli, const char *word, RecordMode mode) {
    RecordStamp stamp = stamp_machine(cli);
    int code = office_open(o, cli, job_is_path(word) ? word : NULL, &stamp);
    return code ? code : desk_open(&o->desk, mode);
}

static int unknown(const Cli *cli, const char *word) {
    const char *names[VERBS];
    for (size_t i = 0; i < VERBS; i++)
        names[i] = verbs[i].name;
    const char *near = word ? nearest_word(word, names, VERBS) : NULL;
    if (near)
        return cli_refuse(
            cli, "job 后面是 show、list、new、lint、export、import、verify 或 rebuild；是不是 %s？",
            "job takes show, list, new, lint, export, import, verify or rebuild; did "
            "you mean %s?",
            near);
    return cli_refuse(cli, "job 后面是 show、list、new、lint、export、import、verify 或 rebuild",
                      "job takes show, list, new, lint, export, import, verify or rebuild");
}

int cmd_job(const Cli *cli) {
    const Words *words = &cli->args->operands;
    for (size_t i = 0; words->count && i < VERBS; i++) {
        if (!streq(verbs[i].name, words->items[0]))
            continue;
        if (words->count > 2)
            return cli_refuse(cli, "job %s 后面写多了", "too many words after job %s",
                              verbs[i].name);
        return verbs[i].run(cli, words->count == 2 ? words->items[1] : NULL);
    }
    return unknown(cli, words->count ? words->items[0] : NULL);
}
