/* How the program says that something is wrong with how it was called: one line on standard error.
 */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

static void say(const Cli *cli, const char *text) {
    Sink err = sink_fd(cli->arena, STDERR_FILENO);
    sink_format(&err, "chupin: ");
    sink_str(&err, text);
    sink_char(&err, '\n');
    sink_flush(&err);
}

static int exit_code(ErrKind kind) {
    switch (kind) {
    case ERR_NONE:
        return EXIT_OK;
    case ERR_USAGE:
        return EXIT_REFUSED;
    case ERR_FILE:
    case ERR_OUTPUT:
    case ERR_LIMIT:
        return EXIT_NOT_CHECKED;
    }
    return EXIT_REFUSED;
}

int cli_fail(const Cli *cli, Result r) {
    const char *place = "";
    if (r.at.file && r.at.line)
        place = arena_printf(cli->arena, "%s:%d:%d: ", r.at.file, r.at.line, r.at.column);
    else if (r.at.file)
        place = arena_printf(cli->arena, "%s: ", r.at.file);
    place = text_printable(cli->arena, place, strlen(place));
    say(cli, arena_printf(cli->arena, "%s%s", place, text_in(r.text, cli->lang)));
    return exit_code(r.kind);
}

int cli_refuse(const Cli *cli, const char *zh, const char *en, ...) {
    va_list args;
    va_start(args, en);
    say(cli, arena_vprintf(cli->arena, cli->lang == LANG_ZH ? zh : en, args));
    va_end(args);
    return EXIT_REFUSED;
}

int cli_errors(const Cli *cli, const Errors *errors) {
    Sink err = sink_fd(cli->arena, STDERR_FILENO);
    sink_str(&err, errors_render(cli->arena, errors, cli->lang));
    sink_char(&err, '\n');
    sink_flush(&err);
    return EXIT_REFUSED;
}
