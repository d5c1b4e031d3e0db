/* The command line: commands.def and options.def are the tables that parsing, help, the man page
 * and completions share.
 *
 * A command is a function from a Cli to an exit code. Everything it allocates lives in the Cli's
 * arena. */
#ifndef CHUPIN_CLI_CLI_H
#define CHUPIN_CLI_CLI_H

#include "base/sink.h"

typedef enum CommandId {
#define COMMAND(id, home, synopsis, zh, en, more_zh, more_en) COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    COMMAND_COUNT /* none given */
} CommandId;

typedef enum OptionId {
#define OPTION(ID, commands, name, letter, argument, zh, en) OPTION_##ID,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
} OptionId;

typedef struct Command {
    const char *name, *synopsis;
    Text summary, more;
} Command;

typedef struct Option {
    unsigned commands; /* bit CommandId */
    const char *name;
    char letter;
    const char *argument;
    Text use;
} Option;

const Command *command_row(CommandId id);
const Option *option_row(OptionId id);
#define EVERY_COMMAND (~0u)
/* Before the command only options that every command has may stand. */
static inline bool option_fits(const Option *o, CommandId id) {
    return id == COMMAND_COUNT ? o->commands == EVERY_COMMAND : (o->commands >> id & 1) != 0;
}

typedef struct Words {
    const char **items;
    size_t count, capacity;
} Words;

typedef struct Args {
    CommandId command;
    Words options[OPTION_COUNT]; /* every value given; "" for an option without argument */
    Words operands;
} Args;

typedef struct Cli {
    Arena *arena;
    Lang lang;
    const Args *args;
    char **argv; /* as the program was started */
} Cli;

Result args_parse(Args *out, Arena *a, int argc, char **argv);
bool args_has(const Args *args, OptionId id);
const char *args_value(const Args *args, OptionId id); /* the last one, or NULL */
Lang cli_language(int argc, char **argv);              /* of --lang, else of the locale */

enum { EXIT_OK = 0, EXIT_FOUND = 1, EXIT_REFUSED = 2, EXIT_NOT_CHECKED = 3 };
int cli_fail(const Cli *cli, Result r); /* says it in one line; the exit code of its kind */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) int cli_refuse(const Cli *cli,
                                                                           const char *zh,
                                                                           const char *en, ...);
int cli_errors(const Cli *cli, const Errors *errors); /* all of them, with carets */

/* Two programs are made from this folder. `chupin` is light: it starts at once. What needs the
 * record or documents for people is done by `chupin-full`, which has everything: the light one
 * hands the whole command over to it. */
typedef int CommandFunction(const Cli *cli);
CommandFunction *full_command(
    CommandId id); /* NULL in the light program, and for a command that is HERE */
bool cli_is_full(void);
/* Becomes the full program; returns only with the exit code for a full program that is not there.
 */
int cli_become_full(const Cli *cli);

/* Where the rules are: --rules, $CHUPIN_RULES, beside the program, or where it was installed. */
Result locate_rules(const char **dir, const Cli *cli);

/* Results go to standard output, or to a file that appears whole or not at all. */
typedef struct Output {
    Sink sink;
    const char *path, *temporary; /* NULL: standard output */
    int fd;
} Output;
/* `inputs` are files that must not be overwritten. */
Result output_open(Output *out, const Cli *cli, const Words *inputs);
Result output_close(Output *out, const Cli *cli, bool keep);

void help_overview(Sink *to, Lang lang);
void help_command(Sink *to, Arena *a, CommandId id, Lang lang);
void help_man(Sink *to, Arena *a, Lang lang);
void help_man_sheet(Sink *to, Lang lang);   /* chupin-yaml(5) */
void help_roff(Sink *to, const char *text); /* text that is no command of roff */
bool completion_write(Sink *to, Arena *a, const char *shell, Lang lang); /* false: no such shell */

#define COMMAND(id, home, synopsis, zh, en, more_zh, more_en) int cmd_##id(const Cli *cli);
#include "cli/commands.def"
#undef COMMAND

#endif
