#include "check/runner_pictures.h"
#include "ink/measure/colour_facts.h"
#include "ink/measure/measure.h"

static InkMeasure *ink_of(Runner *r) {
    if (!r->ink)
        r->ink = ink_measure_new(r->arena, r->plan);
    return r->ink;
}

void runner_draw(Runner *r, Facts *facts, Page *page, const PageContent *content) {
    r->facts = facts;
    ink_measure_page(ink_of(r), facts, page, content);
    runner_look(r, facts, page, content, ink_measure_profile(r->ink));
}

void runner_pass_drawing(Runner *r, Facts *facts, const PageContent *content) {
    ink_measure_intents(ink_of(r), facts, content);
}

void runner_pixels(Runner *r, Facts *facts, Page *page, const RasterPixels *pixels) {
    r->facts = facts;
    PixelRows look;
    size_t looks = runner_look_rows(r, facts, pixels, &look);
    ink_measure_pixels(ink_of(r), facts, page, pixels, &look, looks);
}

static ColourFacts *colours_of(Runner *r) {
    if (!r->colours)
        r->colours = colour_facts_new(r->arena, ink_of(r));
    return r->colours;
}

void runner_style(Runner *r, Facts *facts, Style *style, const StyleColour *colour) {
    colour_facts_style(colours_of(r), facts, style, colour);
}

void runner_profile(Runner *r, Profile *profile, const ProfileData *data) {
    colour_facts_profile(colours_of(r), profile, data);
}

const PlateShare *ink_shares(Runner *r, size_t *count) {
    *count = r->facts ? facts_count(r->facts, FACT_plate) : 0;
    PlateShare *shares = *count ? ARENA_ARRAY(r->facts->page, PlateShare, *count) : NULL;
    for (size_t i = 0; i < *count; i++) {
        const Plate *p = facts_at(r->facts, FACT_plate, i);
        shares[i] = (PlateShare){p->ink, p->coverage};
    }
    return shares;
}

void runner_tell_undrawn(Runner *r) {
    size_t count = 0;
    const UndrawnPlace *places = r->ink ? ink_measure_undrawn(r->ink, &count) : NULL;
    for (size_t i = r->undrawn; i < count; i++) {
        Unproven u = {{arena_printf(r->arena, "第 %d 页的网点版", places[i].page),
                       arena_printf(r->arena, "the plates of page %d", places[i].page)},
                      places[i].what};
        r->to->unproven(r->to->self, &u);
    }
    r->undrawn = count;
}

/* What could not be drawn, page by page, and what the colours were converted for. */
void runner_ink_close(Runner *r) {
    colour_facts_free(r->colours);
    r->colours = NULL;
    runner_look_close(r);
    if (!r->ink)
        return;
    runner_tell_undrawn(r);
    const PressProfile *p = ink_measure_profile(r->ink);
    if (p && r->to->profile)
        r->to->profile(r->to->self,
                       &(UsedProfile){p->name, p->sha256, press_source_text(p->source)});
    ink_measure_free(r->ink);
    r->ink = NULL;
}
