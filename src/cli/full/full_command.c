/* The full program has every command. */
#include "cli/full/batch_records.h"
#include "cli/full/batch_sheet.h"
#include "cli/full/desk.h"

CommandFunction *full_command(CommandId id) {
    static CommandFunction *const full[COMMAND_COUNT] = {
        [COMMAND_check] = NULL, /* HERE, like all that have no row below */
#define HERE(id)
#define FULL(id)                                              [COMMAND_##id] = cmd_##id,
#define COMMAND(id, home, synopsis, zh, en, more_zh, more_en) home(id)
#include "cli/commands.def"
#undef COMMAND
#undef FULL
#undef HERE
    };
    return full[id];
}

FullCheck *full_check(void) {
    return desk_check;
}

FullRunSheet *full_run_sheet(void) {
    return batch_sheet;
}

const FullRecords *full_records(void) {
    static const FullRecords records = {batch_records_open, batch_records_lay, batch_records_close};
    return &records;
}

bool cli_is_full(void) {
    return true;
}

int cli_become_full(const Cli *cli) {
    return cli_refuse(cli, "没有这个命令", "there is no such command");
}
