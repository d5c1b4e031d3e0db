#include "check/runner_pictures.h"

static PictureLooks *looks_of(Runner *r) {
    if (!r->looks)
        r->looks = picture_looks_new(r->arena);
    return r->looks;
}

/* No loaded rule asks for what only pixels tell of a picture. */
static bool wanted(const Runner *r, const Facts *facts) {
    return r->plan->keep[FACT_picture] && r->plan->cost >= COST_PIXELS &&
           facts_count(facts, FACT_picture) > 0;
}

void runner_look(Runner *r, Facts *facts, const Page *page, const PageContent *content,
                 const PressProfile *press) {
    if (wanted(r, facts) && r->plan->job_of(r->plan->jobs, page->number)->deep == 1)
        picture_looks_page(looks_of(r), facts, content, press);
}

size_t runner_look_rows(Runner *r, Facts *facts, const RasterPixels *pixels, PixelRows *out) {
    if (!wanted(r, facts))
        return 0;
    *out = picture_looks_rows(looks_of(r), facts, pixels);
    return 1;
}

void runner_look_close(Runner *r) {
    picture_looks_free(r->looks);
    r->looks = NULL;
}
