#include "check/runner.h"

static void sort_out(Runner *r, FactKind kind) {
    r->active_count[kind] = 0;
    for (size_t i = 0; i < r->kind_count[kind]; i++)
        if (r->by_kind[kind][i]->applies == OUTCOME_PASS)
            r->active[kind][r->active_count[kind]++] = r->by_kind[kind][i];
}

void runner_begin_page(Runner *r, const Page *page) {
    r->page = page;
    r->env.row[FACT_page] = page;
    runner_bind_job(r, page->number);
    for (size_t i = 0; i < r->run_count; i++)
        if (r->runs[i].at == RUN_MARK)
            (void)runner_applies(r, &r->runs[i]);
    for (int k = 0; k < FACT_COUNT; k++)
        sort_out(r, (FactKind)k);
    cases_begin_page(r);
}

void runner_mark(Runner *r, FactKind kind, const Page *page, const void *mark) {
    if (r->page != page)
        runner_begin_page(r, page);
    r->env.row[kind] = mark;
    r->env.row[FACT_mark] = mark;
    if (!cases_run(r, kind, mark))
        for (size_t i = 0; i < r->active_count[kind]; i++) {
            RuleRun *run = r->active[kind][i];
            runner_count(r, run, kind, mark, rule_run(run->rule, &r->env));
        }
    r->env.row[kind] = NULL;
    r->env.row[FACT_mark] = NULL;
}
