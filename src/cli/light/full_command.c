/* The light program has none of the commands that are FULL: it becomes the full program, which lies
 * beside it (as built) or in libexec (as installed). */
#include "cli/artwork.h"
#include "cli/batch.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

CommandFunction *full_command(CommandId id) {
    (void)id;
    return NULL;
}

FullCheck *full_check(void) {
    return NULL;
}

FullRunSheet *full_run_sheet(void) {
    return NULL;
}

const FullRecords *full_records(void) {
    return NULL;
}

bool cli_is_full(void) {
    return false;
}

static char *own_folder(Arena *a) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return NULL;
    self[n] = 0;
    char *slash = strrchr(self, '/');
    if (!slash)
        return NULL;
    *slash = 0;
    return arena_strdup(a, self);
}

int cli_become_full(const Cli *cli) {
    const char *folder = own_folder(cli->arena);
    const char *const places[] = {folder ? arena_printf(cli->arena, "%s/chupin-full", folder)
                                         : CHUPIN_LIBEXEC "/chupin-full",
                                  CHUPIN_LIBEXEC "/chupin-full"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        execv(places[i], cli->argv);
    return cli_refuse(cli, "这一步要用 chupin-full，它没有装上（%s）：请重新安装 chupin",
                      "this needs chupin-full, which is not installed (%s): install chupin again",
                      strerror(errno));
}
