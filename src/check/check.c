#include "check/check.h"

#include "check/job_sheet.h"
#include "check/runner.h"

static void on_open(void *self, Facts *facts) {
    runner_open(self, facts);
}

static void on_mark(void *self, Facts *facts, const Page *page, FactKind kind, const void *mark) {
    (void)facts;
    if (runner_takes(self, page))
        runner_mark(self, kind, page, mark);
}

static void on_draw(void *self, Facts *facts, Page *page, const PageContent *content) {
    if (runner_takes(self, page))
        runner_draw(self, facts, page, content);
    else
        runner_pass_drawing(self, facts, content);
}

static void on_pixels(void *self, Facts *facts, Page *page, const RasterPixels *pixels) {
    runner_pixels(self, facts, page, pixels);
}

static void on_style(void *self, Facts *facts, Style *style, const StyleColour *colour) {
    runner_style(self, facts, style, colour);
}

static void on_profile(void *self, Facts *facts, Profile *profile, const ProfileData *data) {
    (void)facts;
    runner_profile(self, profile, data);
}

static void on_page(void *self, Facts *facts, Page *page) {
    (void)facts;
    if (runner_takes(self, page))
        runner_page(self, page);
    else
        runner_pass_by(self, page);
}

static void on_close(void *self, Facts *facts) {
    runner_close(self, facts);
    runner_ink_close(self);
}

static const Job *job_of(const void *jobs, int page) {
    return jobs_job(jobs, page);
}

static const Limit *limit_of(const void *jobs, int page) {
    return jobs_limit(jobs, page);
}

ReadListener check_listener(Arena *a, const CheckInput *input, const CheckTeller *to,
                            ReadPlan *plan) {
    Runner *r = ARENA_NEW(a, Runner);
    *r = (Runner){.arena = a, .input = input, .to = to};
    *plan = (ReadPlan){
        .password = input->password, .jobs = input->jobs, .job_of = job_of, .limit_of = limit_of};
    plan->ink_names = rule_data_inks(input->data, &plan->ink_name_count);
    plan->declared_inks = jobs_declared_inks(input->jobs, &plan->declared_ink_count);
    runner_prepare(r, plan);
    r->plan = plan;
    bool plates = plan->cost >= COST_PLATES;
    return (ReadListener){.self = r,
                          .open = on_open,
                          .mark = on_mark,
                          .draw = plates ? on_draw : NULL,
                          .pixels = plates ? on_pixels : NULL,
                          .page = on_page,
                          .close = on_close,
                          .style = plates ? on_style : NULL,
                          .profile = plates ? on_profile : NULL};
}

Result check_file(Arena *a, const CheckInput *input, const CheckTeller *to) {
    ReadPlan plan;
    ReadListener listener = check_listener(a, input, to, &plan);
    Facts *facts = facts_new();
    Result r = read_file(facts, input->path, input->name, &plan, &listener);
    if (r.kind) { /* its words are in the arena of the facts */
        r.text = (Text){arena_strdup(a, r.text.zh), arena_strdup(a, r.text.en)};
        r.at.file = arena_strdup(a, r.at.file);
    }
    facts_free(facts);
    return r;
}

static void check_id(const RuleSet *rules, const char *id, const char *sheet, Errors *errors) {
    if (rules_find(rules, id))
        return;
    const char *near = rules_nearest(rules, id);
    Where at = {.file = sheet};
    if (near)
        errors_add(errors, at, NULL, 1, "checks: 没有规则“%s”，是不是“%s”？",
                   "checks: no rule \"%s\"; did you mean \"%s\"?", id, near);
    else
        errors_add(errors, at, NULL, 1, "checks: 没有规则“%s”。", "checks: no rule \"%s\"", id);
}

Result jobs_check_rules(const Jobs *jobs, const RuleSet *rules, Errors *errors) {
    const Checks *c = &jobs_sheet(jobs)->checks;
    const char *sheet = jobs_head(jobs)->sheet_name;
    size_t before = errors->count;
    for (size_t i = 0; c->off && i < c->off->count; i++)
        check_id(rules, c->off->items[i], sheet, errors);
    for (size_t i = 0; i < c->severity.count; i++)
        check_id(rules, c->severity.keys[i], sheet, errors);
    return errors->count == before ? OK : errors_result(errors, ERR_USAGE);
}
