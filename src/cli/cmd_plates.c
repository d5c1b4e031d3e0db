#include "cli/inputs.h"
#include "cli/plates_text.h"

#include <math.h>
#include <sched.h>
#include <string.h>
#include <sys/stat.h>

static const double LOWEST_PPI = 10, HIGHEST_PPI = 2400, USUAL_PPI = 150;
enum { MOST_JOBS = 256, LAST_PAGE = 1000000 };

/* A number as people type it, full width too; NaN when it is none. */
static double number_of(const Cli *cli, const char *given) {
    const char *folded = text_nfkc_fold(cli->arena, given);
    Str s = str_trim(str_of(folded));
    double value;
    size_t used = number_parse(s, &value);
    return used && used == s.n ? value : NAN;
}

static Result whole_number(int *out, const Cli *cli, OptionId id, int usual, int most) {
    const char *given = args_value(cli->args, id), *name = option_row(id)->name;
    double value = given ? number_of(cli, given) : usual;
    *out = usual;
    if (given && !(value >= 1 && value <= most && value == floor(value)))
        return result_fail(cli->arena, ERR_USAGE, (Where){0}, "--%s 要写 1 到 %d 的整数，“%s”不行",
                           "--%s takes a whole number from 1 to %d, not “%s”", name, most,
                           text_printable(cli->arena, given, strlen(given)));
    *out = (int)value;
    return OK;
}

static Result read_ppi(double *out, const Cli *cli) {
    const char *given = args_value(cli->args, OPTION_PPI);
    *out = given ? number_of(cli, given) : USUAL_PPI;
    if (!(*out >= LOWEST_PPI && *out <= HIGHEST_PPI))
        return result_fail(cli->arena, ERR_USAGE, (Where){0}, "--ppi 要写 %g 到 %g，“%s”不行",
                           "--ppi takes %g to %g, not “%s”", LOWEST_PPI, HIGHEST_PPI,
                           text_printable(cli->arena, given, strlen(given)));
    return OK;
}

/* "x,y,w,h" in mm; each may say so. */
static bool parse_region(double out[4], Str s) {
    for (int i = 0; i < 4; i++) {
        s = str_trim(s);
        size_t used = number_parse(s, &out[i]);
        Str rest = str_trim((Str){s.p + used, s.n - used});
        if (str_starts(rest, "mm"))
            rest = str_trim((Str){rest.p + 2, rest.n - 2});
        bool end = i == 3 ? rest.n == 0 : rest.n > 0 && rest.p[0] == ',';
        if (!used || !end || !(fabs(out[i]) < 1e6))
            return false;
        s = (Str){rest.p + (i < 3), rest.n - (i < 3)};
    }
    return out[2] > 0 && out[3] > 0;
}

static Result read_region(Box *out, const Cli *cli) {
    const char *given = args_value(cli->args, OPTION_REGION);
    double v[4];
    *out = (Box){NAN, NAN, NAN, NAN};
    if (!given)
        return OK;
    if (!parse_region(v, str_of(text_nfkc_fold(cli->arena, given))))
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "--region 要写 x,y,宽,高（mm），如 10,10,50,30；“%s”不行",
                           "--region takes x,y,width,height in mm, such as 10,10,50,30, not “%s”",
                           text_printable(cli->arena, given, strlen(given)));
    *out = (Box){v[0], v[1], v[0] + v[2], v[1] + v[3]};
    return OK;
}

static int cores(void) {
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MOST_JOBS ? MOST_JOBS : n;
}

typedef struct PlatesCommand {
    const char *path, *dir;
    double bytes, seconds, ppi;
    int page, jobs; /* page 0: all */
    bool png;
    Box region;
    RuleData *data;
    Jobs *sheet;
} PlatesCommand;

/* Files of ours are p0001-….tif, p0001-….png and coverage.json. */
static bool may_be_ours(const char *name) {
    size_t digits = name[0] == 'p' ? strspn(name + 1, "0123456789") : 0;
    return streq(name, "coverage.json") || (digits >= 4 && name[1 + digits] == '-');
}

/* The artwork is never written to. */
static Result keep_artwork(const PlatesCommand *c, const Cli *cli) {
    struct stat artwork, there;
    const char *name = input_name(c->path);
    const char *target = arena_printf(cli->arena, "%s/%s", c->dir, name);
    if (may_be_ours(name) && stat(c->path, &artwork) == 0 && stat(target, &there) == 0 &&
        artwork.st_dev == there.st_dev && artwork.st_ino == there.st_ino)
        return result_fail(cli->arena, ERR_USAGE, (Where){c->path, 0, 0},
                           "它就在要写的文件夹里，名字像一块版；请换一个文件夹",
                           "it lies in the folder to write into and is named like a plate; name "
                           "another folder");
    return OK;
}

static Result read_command(PlatesCommand *c, const Cli *cli) {
    const Args *args = cli->args;
    if (args->operands.count != 1)
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "写一个文件：chupin plates 正稿.pdf -o 版",
                           "name one file: chupin plates artwork.pdf -o plates");
    c->path = args->operands.items[0];
    c->dir = args_value(args, OPTION_PLATES_DIR);
    if (!c->dir)
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "写到哪个文件夹？例如 chupin plates 正稿.pdf -o 版",
                           "into which folder? For example: chupin plates artwork.pdf -o plates");
    c->png = streq(args_value(args, OPTION_PLATES_FORMAT), "png");
    TRY(whole_number(&c->page, cli, OPTION_PAGE, 0, LAST_PAGE));
    TRY(whole_number(&c->jobs, cli, OPTION_JOBS, cores(), MOST_JOBS));
    TRY(read_ppi(&c->ppi, cli));
    TRY(read_region(&c->region, cli));
    TRY(input_seconds(&c->seconds, cli));
    TRY(input_open(cli, c->path, &c->bytes));
    return keep_artwork(c, cli);
}

/* The job tells what inks are for, and where the trim is when the file does not. */
static Result load_job(PlatesCommand *c, const Cli *cli, Errors *errors) {
    const char *dir;
    JobOptions options;
    TRY(input_options(&options, cli));
    TRY(locate_rules(&dir, cli));
    TRY(rule_data_load(&c->data, cli->arena, dir, "agency", errors));
    return jobs_load(&c->sheet, cli->arena, c->data, c->path, &options, errors);
}

static const Job *job_of(const void *jobs, int page) {
    return jobs_job(jobs, page);
}

static const Limit *limit_of(const void *jobs, int page) {
    return jobs_limit(jobs, page);
}

static ReadPlan read_plan(const PlatesCommand *c, const Cli *cli) {
    ReadPlan plan = {.password = args_value(cli->args, OPTION_PASSWORD),
                     .jobs = c->sheet,
                     .job_of = job_of,
                     .limit_of = limit_of,
                     .first_page = c->page,
                     .last_page = c->page};
    plan.ink_names = rule_data_inks(c->data, &plan.ink_name_count);
    plan.declared_inks = jobs_declared_inks(c->sheet, &plan.declared_ink_count);
    return plan;
}

static int finish(const PlatesCommand *c, const Cli *cli, const PlatesResult *r,
                  const Folder *folder) {
    if (r->interrupted) {
        cli_refuse(cli, "中断了；前面画完的页都在", "interrupted; pages drawn before are kept");
        return 128 + r->interrupted;
    }
    if (!r->file.readable)
        return cli_fail(cli, (Result){ERR_FILE, r->file.why, {c->path, 0, 0}});
    if (!r->count)
        return cli_refuse(cli, "这个文件只有 %d 页，没有第 %d 页",
                          "the file has %d pages; there is no page %d", r->file.pages, c->page);
    Result written = plates_coverage(cli, r, folder);
    if (written.kind)
        return cli_fail(cli, written);
    plates_say(cli, r, folder->path);
    for (size_t i = 0; i < r->count; i++)
        if (r->pages[i].loss_count)
            return EXIT_NOT_CHECKED;
    return EXIT_OK;
}

static int run(const PlatesCommand *c, const Cli *cli) {
    /* Plates of a page are as large as the page is. */
    static const size_t largest_file = (size_t)16 << 30;
    Folder folder;
    PlatesResult result;
    ReadPlan plan = read_plan(c, cli);
    WorkerLimits limits = worker_limits(c->seconds, c->bytes);
    limits.file = largest_file;
    worker_hold_signals();
    Result r = folder_open(&folder, cli, c->dir);
    if (r.kind)
        return cli_fail(cli, r);
    PlatesInput input = {.path = c->path,
                         .name = input_name(c->path),
                         .plan = &plan,
                         .dir = folder.path,
                         .temporary = folder.temporary,
                         .ppi = c->ppi,
                         .region = c->region,
                         .png = c->png,
                         .jobs = c->jobs};
    r = plates_run(&result, cli->arena, &input, &limits);
    int code = r.kind ? cli_fail(cli, r) : finish(c, cli, &result, &folder);
    folder_close(&folder, cli);
    return code;
}

int cmd_plates(const Cli *cli) {
    PlatesCommand c = {0};
    Errors errors = {.arena = cli->arena};
    Result r = read_command(&c, cli);
    if (!r.kind)
        r = load_job(&c, cli, &errors);
    if (errors.count)
        return cli_errors(cli, &errors);
    return r.kind ? cli_fail(cli, r) : run(&c, cli);
}
