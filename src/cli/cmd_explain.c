#include "cli/rule_text.h"

#include <unistd.h>

int cmd_explain(const Cli *cli) {
    const Words *names = &cli->args->operands;
    RuleSet set = {0};
    if (names->count != 1)
        return cli_refuse(cli, "写一条规则的名字，例如 chupin explain page-size",
                          "name one rule, as in: chupin explain page-size");
    int code = rules_open(cli, &set, NULL);
    const Rule *r = code ? NULL : rule_named(cli, &set, names->items[0]);
    if (r) {
        Sink out = sink_fd(cli->arena, STDOUT_FILENO);
        rule_explain(&out, cli, r);
        sink_flush(&out);
    }
    rules_free(&set);
    return r ? EXIT_OK : EXIT_REFUSED;
}
