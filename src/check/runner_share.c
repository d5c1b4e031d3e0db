#include "check/runner.h"
#include "ink/measure/measure.h"

bool runner_takes_new(Runner *r, int page) {
    r->asked = page;
    return r->mine = page_share_take(r->input->share, page);
}

/* What is told once a file may have to be told because of this page. */
void runner_pass_by(Runner *r, const Page *page) {
    r->page = page;
    r->env.row[FACT_page] = page;
    runner_bind_job(r, page->number);
    for (size_t i = 0; i < r->run_count; i++) {
        RuleRun *run = &r->runs[i];
        if ((run->at == RUN_MARK || run->at == RUN_PAGE) && runner_lacks_twin(r, run))
            (void)runner_applies(r, run);
    }
    r->page = NULL;
    r->env.row[FACT_page] = NULL;
}

void runner_share_page(Runner *r, const Page *page) {
    PageLook look = {0};
    look.known = r->ink && ink_measure_look(r->ink, page->number, look.hash);
    runner_tell_undrawn(r);
    page_share_done(r->input->share, page, look);
}

/* Whoever closes tells what is lacking, for all. */
static void drop_lacking(Runner *r) {
    for (size_t i = 0; i < r->run_count; i++)
        if (runner_lacks_twin(r, &r->runs[i]))
            r->runs[i].tally.unchecked = 0;
}

bool runner_share_close(Runner *r, const Facts *facts) {
    CheckShare *share = r->input->share;
    const File *file = r->env.row[FACT_file];
    share->unsure = file->damaged != 0;
    if (!page_share_arrive(share)) {
        drop_lacking(r);
        return false;
    }
    share->closing(share->self);
    page_share_join(share, facts);
    return true;
}
