#include "check/runner.h"

#include <math.h>

void runner_bind_job(Runner *r, int page) {
    r->env.row[FACT_job] = jobs_job(r->input->jobs, page);
    r->env.row[FACT_limit] = jobs_limit(r->input->jobs, page);
    r->env.row[FACT_paper] = jobs_paper(r->input->jobs, page);
}

static void bind_subject(Runner *r, FactKind kind, const void *row) {
    r->env.row[kind] = row;
    if (kind_is_mark(kind))
        r->env.row[FACT_mark] = row;
}

static uint32_t order_of(FactKind kind, const void *row) {
    if (!row)
        return 0;
    int32_t seq = kind_is_mark(kind) ? ((const Mark *)row)->seq : -1;
    return seq >= 0 ? (uint32_t)seq : *(const uint32_t *)row;
}

static void add_broken(Runner *r, RuleRun *run, FactKind kind, const void *row, Outcome o) {
    Hits *h = o == OUTCOME_FAIL ? &run->failed : &run->warned;
    double rank = rule_rank(run->rule, &r->env, o);
    if (!hits_count(h, rank, order_of(kind, row)))
        return;
    Place place = place_of(r->page, kind, row, rule_measured(run->rule, &r->env, o));
    hits_keep(h, r->arena, &place, rank, row, entity_of(kind)->size);
}

/* The first reason is told, but one that lies in the file goes before the others. What hits_clear
 * ends, a page, is what a reason hangs on beside the path that is not known. */
static void note_reason(Runner *r, RuleRun *run, Hits *h) {
    Text path = rule_unknown_path(run->rule, &r->env);
    if (h->count && h->unknown == path.en)
        return;
    Reason why = reason_of(r->arena, path, &r->env);
    h->unknown = path.en;
    if (!h->count || why.by_file) {
        h->reason = why.text;
        h->settle = why.settle;
    }
    h->by_file |= why.by_file;
}

static void add_unchecked(Runner *r, RuleRun *run, FactKind kind, const void *row) {
    Hits *h = &run->unchecked;
    if (!h->count || !h->by_file)
        note_reason(r, run, h);
    h->severe = h->severe || !row || !rule_keeps(run->rule, &r->env);
    if (!hits_count(h, 0, order_of(kind, row)))
        return;
    Place place = place_of(r->page, kind, row, (Value){.kind = VALUE_NONE});
    hits_keep(h, r->arena, &place, 0, NULL, 0);
}

void runner_count(Runner *r, RuleRun *run, FactKind kind, const void *row, Outcome o) {
    switch (o) {
    case OUTCOME_PASS:
        run->tally.pass++;
        return;
    case OUTCOME_NOT_SELECTED:
    case OUTCOME_NOT_APPLICABLE:
    case OUTCOME_WORDS:
        return;
    case OUTCOME_FAIL:
    case OUTCOME_WARN:
        run->tally.fail++;
        add_broken(r, run, kind, row, o);
        return;
    case OUTCOME_UNCHECKED:
        run->tally.unchecked++;
        add_unchecked(r, run, kind, row);
        return;
    }
}

/* The subject's row is bound. */
static void judge(Runner *r, RuleRun *run, FactKind kind, const void *row) {
    runner_count(r, run, kind, row, rule_run(run->rule, &r->env));
}

bool runner_reads(const Runner *r, const Rule *rule) {
    return (rule->reads == READS_LIVE) == (r->input->part == CHECK_TWIN);
}

/* What only live text can show is not known of artwork that has no twin. */
bool runner_lacks_twin(const Runner *r, const RuleRun *run) {
    return run->rule->reads == READS_LIVE && r->input->part == CHECK_ALONE;
}

/* A rule over what files of this format never hold asks nothing of this one. */
static bool concerns_file(const Runner *r, const Rule *rule) {
    const File *file = r->env.row[FACT_file];
    return !file || entity_in(entity_of(rule->each), file->format);
}

/* A `when` that is not known counts once. */
bool runner_applies(Runner *r, RuleRun *run) {
    run->applies = OUTCOME_NOT_APPLICABLE;
    bool lacks = runner_lacks_twin(r, run);
    if (run->tally.off || (!lacks && (!runner_reads(r, run->rule) || !concerns_file(r, run->rule))))
        return false;
    run->applies = rule_applies(run->rule, run->item, &r->env);
    if (lacks && run->applies != OUTCOME_NOT_APPLICABLE) {
        run->applies = OUTCOME_UNCHECKED;
        run->tally.applicable = true;
        run->tally.unchecked++;
        return false;
    }
    if (run->applies == OUTCOME_NOT_APPLICABLE)
        return false;
    run->tally.applicable = true;
    if (run->applies == OUTCOME_PASS)
        return true;
    run->tally.unchecked++;
    add_unchecked(r, run, run->rule->each, NULL);
    return false;
}

/* Every row of a page is one hit of one finding. Rows of the document have names (fonts, inks,
 * layers), so each broken one is a finding of its own, up to a number that people still read. */
static void run_table(Runner *r, const Facts *facts, RuleRun *run, FactKind kind) {
    enum { TOLD_BY_NAME = 20 };
    bool named = entity_of(kind)->scope == SCOPE_DOCUMENT;
    size_t count = facts_count(facts, kind), told = 0;
    for (size_t i = 0; i < count; i++) {
        const void *row = facts_at(facts, kind, i);
        bind_subject(r, kind, row);
        judge(r, run, kind, row);
        bool broken = run->failed.count || run->warned.count;
        if (named && broken && told++ < TOLD_BY_NAME)
            runner_tell(r, run);
    }
    bind_subject(r, kind, NULL);
}

/* The document's rows stay bound for all other rules. */
static void bind_document(Runner *r, Facts *facts) {
    r->env.facts = facts;
    r->env.row[FACT_file] = facts_count(facts, FACT_file) ? facts_at(facts, FACT_file, 0) : NULL;
    r->env.row[FACT_document] =
        facts_count(facts, FACT_document) ? facts_at(facts, FACT_document, 0) : NULL;
}

static void run_document(Runner *r, Facts *facts, RuleRun *run) {
    FactKind kind = run->rule->each;
    bind_document(r, facts);
    runner_bind_job(r, 0);
    if (!runner_applies(r, run))
        return;
    if (entity_of(kind)->scope == SCOPE_JOB)
        judge(r, run, kind, r->env.row[kind]);
    else
        run_table(r, facts, run, kind);
    bind_document(r, facts);
}

/* A rule over pages that has to wait for the last of them. */
static void run_all_pages(Runner *r, const Facts *facts, RuleRun *run) {
    size_t count = facts_count(facts, FACT_page);
    for (size_t i = 0; i < count; i++) {
        r->page = facts_at(facts, FACT_page, i);
        r->env.row[FACT_page] = r->page;
        runner_bind_job(r, r->page->number);
        if (runner_applies(r, run))
            judge(r, run, FACT_page, r->page);
        runner_tell(r, run);
    }
    r->page = NULL;
    r->env.row[FACT_page] = NULL;
}

/* What is known before any page is judged by one process alone, but for what is only noted. */
static bool ours(const Runner *r, const RuleRun *run) {
    const CheckShare *share = r->input->share;
    return !share || run->at != RUN_OPEN || share->first || runner_lacks_twin(r, run);
}

static void run_rest(Runner *r, Facts *facts, RunAt at) {
    for (size_t i = 0; i < r->run_count; i++) {
        RuleRun *run = &r->runs[i];
        if (run->at != at || run->tally.off || !ours(r, run))
            continue;
        /* Of a file that cannot be read, only the file itself is known. */
        if (!r->readable && run->rule->each != FACT_file)
            continue;
        if (run->rule->each == FACT_page)
            run_all_pages(r, facts, run);
        else
            run_document(r, facts, run);
        runner_tell(r, run);
    }
}

void runner_open(Runner *r, Facts *facts) {
    bind_document(r, facts);
    const File *file = r->env.row[FACT_file];
    r->opened = true;
    r->readable = file && file->readable == 1;
    if (file)
        r->to->file(r->to->self, file, r->env.row[FACT_document]);
    run_rest(r, facts, RUN_OPEN);
}

/* Rows of these are there only because content was read: more of them might have been on the part
 * that was lost. */
static bool rows_come_from_content(const Rule *rule) {
    FactKind k = rule->each;
    return rule->cost >= COST_CONTENT &&
           (kind_is_mark(k) || k == FACT_font || k == FACT_ink || k == FACT_layer ||
            k == FACT_profile || k == FACT_declared_ink || k == FACT_lettering ||
            k == FACT_overlap || k == FACT_tac_area || (rule->tables >> FACT_style & 1));
}

/* What was not drawn may lie on anything: no row tells of it. And of a page that was not drawn at
 * all there are no rows. */
static bool lost_on(const Page *page, const Rule *rule) {
    if (page->complete != 1)
        return true;
    return (rule->each == FACT_overlap && page->drawn != 1) ||
           (rule->each == FACT_tac_area && page->drawn == UNKNOWN_BOOL);
}

/* What was lost on a page might have broken any rule over what is painted that applies there. Rules
 * of the last step are not judged yet, so whether they apply is not asked of them. */
static void count_lost(Runner *r, const Page *page) {
    for (size_t i = 0; i < r->run_count; i++) {
        RuleRun *run = &r->runs[i];
        bool applies = run->at == RUN_CLOSE || run->applies != OUTCOME_NOT_APPLICABLE;
        if (lost_on(page, run->rule) && rows_come_from_content(run->rule) && !run->tally.off &&
            applies) {
            run->tally.unchecked++;
            run->tally.lost++;
        }
    }
}

/* `mark` is every kind of mark: no row is of that kind alone. */
static void run_page_rows(Runner *r, const Facts *facts, RuleRun *run) {
    FactKind each = run->rule->each;
    for (int k = 0; each == FACT_mark && k < FACT_COUNT; k++)
        if (kind_is_mark((FactKind)k))
            run_table(r, facts, run, (FactKind)k);
    if (each != FACT_mark)
        run_table(r, facts, run, each);
}

void runner_page(Runner *r, Page *page) {
    const Facts *facts = r->env.facts;
    if (r->page != page)
        runner_begin_page(r, page);
    for (size_t i = 0; i < r->run_count; i++) {
        RuleRun *run = &r->runs[i];
        if (run->tally.off)
            continue;
        if (run->at == RUN_PAGE && runner_applies(r, run)) {
            if (run->rule->each == FACT_page)
                judge(r, run, FACT_page, page);
            else
                run_page_rows(r, facts, run);
        }
        if (run->at == RUN_PAGE || run->at == RUN_MARK)
            runner_tell(r, run);
    }
    count_lost(r, page);
    if (r->input->share)
        runner_share_page(r, page);
    runner_tell_page(r, page);
    r->page = NULL;
    r->env.row[FACT_page] = NULL;
}

/* What never ran because the file could not be read is not checked, whatever it is. */
static void count_unread(Runner *r) {
    for (size_t i = 0; !r->readable && i < r->run_count; i++) {
        RuleRun *run = &r->runs[i];
        bool ran = (run->rule->each == FACT_file && run->at != RUN_MARK) || run->at == RUN_LATER;
        if (!ran && !run->tally.off) {
            run->tally.applicable = true;
            run->tally.unchecked++;
        }
    }
}

/* Once a file, whatever its pages. */
static void tell_lacking(Runner *r) {
    static const Text reason = {"没有未转曲稿，文字没法核对",
                                "there is no live-text twin to read the text from"};
    static const Text settle = {
        "附上没有转曲的那一份：工作单写 live，或者用 --live 文件。",
        "deliver the twin with live text: live in the job sheet, or --live FILE."};
    for (size_t i = 0; r->readable && i < r->run_count; i++) {
        RuleRun *run = &r->runs[i];
        if (!runner_lacks_twin(r, run) || !run->tally.unchecked)
            continue;
        run->tally.unchecked = 1;
        run->unchecked.count = 1;
        run->unchecked.severe = true;
        run->unchecked.reason = reason;
        run->unchecked.settle = settle;
        runner_tell(r, run);
    }
}

void runner_close(Runner *r, Facts *facts) {
    bind_document(r, facts);
    cases_end(r);
    if (!r->input->share || runner_share_close(r, facts)) {
        run_rest(r, facts, RUN_CLOSE);
        tell_lacking(r);
        runner_tell_damage(r, r->env.row[FACT_document]);
        count_unread(r);
    }
    for (size_t i = 0; i < r->run_count; i++)
        r->to->tally(r->to->self, &r->runs[i].tally);
}
