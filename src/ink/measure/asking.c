#include "ink/measure/asking.h"

MeasuredPage measured_page(InkMeasure *m, Facts *facts, Page *page) {
    const ReadPlan *plan = ink_measure_plan(m);
    return (MeasuredPage){.measure = m,
                          .facts = facts,
                          .page = page,
                          .job = plan->job_of(plan->jobs, page->number),
                          .limit = plan->limit_of(plan->jobs, page->number),
                          .arena = facts->page};
}

void asking_begin(Asking *a) {
    const MeasuredPage *p = &a->page;
    a->likeness = ink_measure_likeness(p->measure);
    a->ring = ink_measure_plan(p->measure)->keep[FACT_bleed_edge] ? bleed_ring_new(p) : NULL;
    a->tac = tac_areas_new(p);
    likeness_begin(a->likeness, p);
}

void asking_band(void *asking, const Band *band) {
    Asking *a = asking;
    if (a->ring)
        bleed_ring_add(a->ring, band);
    tac_areas_add(a->tac, band);
    likeness_add(a->likeness, band);
}

void asking_end(Asking *a, const Plates *plates) {
    MeasuredPage *p = &a->page;
    p->plates = plates;
    p->page->drawn = plates->complete;
    for (size_t i = 0; i < plates->omission_count; i++)
        ink_measure_leave_out(p->measure, p->page->number, plates->omissions[i].what);
    tac_areas_finish(a->tac);
    if (a->ring)
        bleed_ring_finish(a->ring);
    if (a->overlaps)
        overlaps_finish(a->overlaps);
    likeness_finish(a->likeness, p);
}
