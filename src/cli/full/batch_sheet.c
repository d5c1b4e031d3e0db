/* `batch --run-sheet`. */
#include "cli/full/batch_sheet.h"
#include "print/run_sheet.h"
#include "print/sheet.h"

int batch_sheet(const Cli *cli, const Batch *b, const ReportStyle *style, const char *as_of) {
    Words path = cli->args->options[OPTION_RUN_SHEET];
    Args args = *cli->args;
    args.options[OPTION_OUTPUT] = path;
    Cli own = *cli;
    own.args = &args;
    Output out;
    Result r = sheet_ready(cli->arena);
    if (!r.kind)
        r = output_open(&out, &own, &cli->args->operands);
    if (r.kind)
        return cli_fail(cli, r);
    run_sheet(b, style, as_of, &out.sink);
    r = output_close(&out, &own, true);
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}
