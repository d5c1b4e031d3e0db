#include "cli/full/office.h"
#include "cli/inputs.h"

#include <sys/stat.h>

static bool is_folder(const char *path) {
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

int office_open(Office *o, const Cli *cli, const char *path, const RecordStamp *stamp) {
    *o = (Office){0};
    Result r = input_options(&o->options, cli);
    if (!r.kind)
        r = input_seconds(&o->seconds, cli);
    if (r.kind)
        return cli_fail(cli, r);
    int code = rulebook_open(&o->book, cli);
    if (code)
        return code;
    o->folder = !path || is_folder(path);
    if (o->folder)
        code = artwork_of_folder(&o->art, cli, &o->book, &o->options, path ? path : ".");
    else
        code = artwork_open(&o->art, cli, &o->book, &o->options, path);
    if (code && !o->art.trouble.kind)
        return code;
    code = o->folder ? desk_place(&o->desk, &o->art, stamp) : desk_start(&o->desk, &o->art, stamp);
    o->desk.seconds = o->seconds;
    return code;
}

void office_close(Office *o) {
    desk_close(&o->desk);
    artwork_close(&o->art);
    rulebook_close(&o->book);
}
