/* reread RULES FILE…: a report that was written as JSON and read back is the same report: its JSON
 * is the same bytes, and so is every view of it. */
#include "check/check.h"
#include "ink/press/press.h"
#include "read/read.h"
#include "report/report_read.h"
#include "report/write.h"
#include "run/check_run.h"

#include <stdio.h>
#include <string.h>

static const char *const views[] = {"json", "text", "gcc", "jsonl"};

static Str written(Arena *a, const Report *r, const char *format, Lang lang) {
    Sink to = sink_memory(a);
    ReportStyle style = {.lang = lang, .width = 90};
    style.exit_code = report_exit_code(r, SEVERITY_ERROR, false, false);
    report_format_find(format)->write(r, &style, &to);
    return sink_text(&to);
}

static int compare(Arena *a, const char *path, const Report *first, const Report *second) {
    int wrong = 0;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        for (Lang lang = LANG_ZH; lang <= LANG_EN; lang++)
            if (!str_eq(written(a, first, views[i], lang), written(a, second, views[i], lang))) {
                printf("%s: the %s view of what was read back is another\n", path, views[i]);
                wrong = 1;
            }
    if (!str_eq(report_places(a, first), report_places(a, second))) {
        printf("%s: the places that were read back are others\n", path);
        wrong = 1;
    }
    return wrong;
}

static int reread(Arena *a, const Report *r, const char *path) {
    Report *again;
    Result read = report_read(&again, a, written(a, r, "json", LANG_ZH), path);
    if (!read.kind)
        read = report_take_places(again, report_places(a, r));
    if (read.kind) {
        printf("%s: %s\n", path, read.text.en);
        return 1;
    }
    return compare(a, path, r, again);
}

static int check(const RuleSet *rules, RuleData *data, const char *path) {
    Arena *a = arena_new();
    Errors errors = {.arena = a};
    Jobs *jobs;
    JobOptions options = {.as_of = "2026-02-01"};
    WorkerEnd end;
    WorkerLimits limits = worker_limits(0, 1e6);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    Report *r = ARENA_NEW(a, Report);
    *r = (Report){.arena = a,
                  .as_of = options.as_of,
                  .engine = reader_versions(),
                  .colour_engine = press_version(),
                  .rules_sha256 = rules->sha256,
                  .profile = rule_data_profile(data),
                  .file = {.name = name, .bytes = 0, .pages = -1}};
    Result done = jobs_load(&jobs, a, data, path, &options, &errors);
    CheckInput input = {.rules = rules, .data = data, .jobs = jobs, .path = path, .name = name};
    int wrong = 0;
    if (!done.kind) {
        r->job = jobs_head(jobs);
        done = check_run(r, &end, &input, &limits, 1);
        wrong = done.kind ? 0 : reread(a, r, path);
    }
    arena_free(a);
    return wrong;
}

int main(int argc, char **argv) {
    Arena *a = arena_new();
    Errors errors = {.arena = a};
    RuleData *data;
    RuleSet rules;
    int wrong = 0;
    Result loaded = argc > 1 ? rule_data_load(&data, a, argv[1], "agency", &errors)
                             : (Result){.kind = ERR_USAGE};
    if (!loaded.kind)
        loaded = rules_load_to_run(&rules, a, argv[1], &errors);
    if (loaded.kind)
        return 2;
    for (int i = 2; i < argc; i++)
        wrong += check(&rules, data, argv[i]);
    printf("%d files, %d wrong\n", argc - 2, wrong);
    rules_free(&rules);
    arena_free(a);
    return wrong || argc < 3;
}
