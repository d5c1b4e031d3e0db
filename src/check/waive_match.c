/* Waivers against the findings of a file: which places are covered. */
#include "check/waive.h"

#include <math.h>
#include <string.h>

static const double box_tolerance = 0.5;     /* mm, each edge (design, section 4) */
static const double length_tolerance = 0.01; /* mm: lengths nearer than this are one length */
static const double stored_tolerance = 1e-3; /* reports keep three decimals */

/* One hit that a waiver may cover, and whether it does already. */
typedef struct Given {
    const Place *place;
    Waiver *waiver;
    size_t hit; /* 1 + that of the finding at hand which it covers; 0: free */
    bool *used; /* by an earlier finding */
    bool seen;  /* on the way that is being looked for, or on one that led nowhere */
} Given;

typedef struct Matching { /* of the hits of one finding with the places that may cover them */
    const Finding *finding;
    const Place *hits;
    Given *given;
    size_t count;
} Matching;

static bool no_worse(double value, double waived, Worst worse, double tolerance) {
    if (isnan(value) || isnan(waived))
        return isnan(value) && isnan(waived);
    switch (worse) {
    case WORST_MIN:
        return value >= waived - tolerance;
    case WORST_MAX:
        return value <= waived + tolerance;
    case WORST_NONE:
    case WORST_WORDS:
        return fabs(value - waived) <= tolerance;
    }
    return false;
}

static bool same_spot(const Place *a, const Place *b) {
    if (a->boxed != b->boxed || a->edge != b->edge)
        return false;
    return !a->boxed || (fabs(a->box.x0 - b->box.x0) <= box_tolerance &&
                         fabs(a->box.y0 - b->box.y0) <= box_tolerance &&
                         fabs(a->box.x1 - b->box.x1) <= box_tolerance &&
                         fabs(a->box.y1 - b->box.y1) <= box_tolerance);
}

static bool covers(const Matching *m, const Given *g, const Place *hit) {
    bool length = streq(m->finding->measured.unit, "mm");
    bool contradicts = g->place->content && hit->content && g->place->content != hit->content;
    return !contradicts && same_spot(g->place, hit) &&
           no_worse(hit->value, g->place->value, (Worst)g->waiver->worse,
                    length ? length_tolerance : stored_tolerance);
}

/* Finds the hit a place of its own, moving others to another one if need be (an augmenting path of
 * bipartite matching): which hit takes which place must not hang on their order. */
static bool place_hit(Matching *m, size_t hit) {
    for (size_t i = 0; i < m->count; i++)
        if (!m->given[i].hit && covers(m, &m->given[i], &m->hits[hit])) {
            m->given[i].hit = hit + 1;
            return true;
        }
    for (size_t i = 0; i < m->count; i++) {
        Given *g = &m->given[i];
        if (g->seen || !covers(m, g, &m->hits[hit]))
            continue;
        g->seen = true;
        if (place_hit(m, g->hit - 1)) {
            g->hit = hit + 1;
            return true;
        }
    }
    return false;
}

static bool fits(const Waiver *w, const Finding *f) {
    return w->state == WAIVER_HOLDS && streq(w->rule, f->rule) && w->kind && f->kind &&
           streq(w->kind, f->kind) && (!f->page || w->origin_is_trim == f->origin_is_trim);
}

static Matching matching_of(Arena *a, const Finding *f, Waiver *waivers, size_t count,
                            bool **used) {
    Matching m = {.finding = f};
    size_t capacity = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; fits(&waivers[i], f) && k < waivers[i].given_count; k++)
            if (waivers[i].given[k].page == f->page && !used[i][k])
                *ARENA_PUSH(a, m.given, m.count, capacity) =
                    (Given){&waivers[i].given[k], &waivers[i], 0, &used[i][k], false};
    return m;
}

/* The whole finding is waived when each hit is; what a place was used for counts either way. */
static void match_finding(Arena *a, Finding *f, Waiver *waivers, size_t count, bool **used) {
    Matching m = matching_of(a, f, waivers, count, used);
    size_t hits;
    bool whole;
    m.hits = finding_places(f, &hits, &whole);
    for (size_t i = 0; m.count && i < hits; i++)
        if (place_hit(&m, i)) {
            f->waived_places++;
            for (size_t k = 0; k < m.count; k++)
                m.given[k].seen = false;
        }
    const Waiver *first = NULL;
    for (size_t i = 0; i < m.count; i++)
        if (m.given[i].hit) {
            *m.given[i].used = true;
            m.given[i].waiver->places++;
            first = first ? first : m.given[i].waiver;
        }
    if (whole && f->waived_places == f->count)
        f->waiver = first;
}

static uint8_t state_of(const Waiver *w, const char *today, int version) {
    bool seconded = w->second && *w->second && !streq(w->second, w->by);
    bool late = (w->until_date && strcmp(today, w->until_date) > 0) ||
                (w->until_version && version > w->until_version);
    return late ? WAIVER_EXPIRED : w->two_people && !seconded ? WAIVER_HALF : WAIVER_HOLDS;
}

/* A rule that was switched off or could not be checked tells nothing of what it would have found.
 */
static bool was_asked(const Report *r, const char *rule) {
    for (size_t i = 0; i < r->rule_count; i++)
        if (streq(r->rules[i].id, rule) && (r->rules[i].off || r->rules[i].unchecked))
            return false;
    return !r->file.unreadable.zh;
}

void waivers_match(Report *r, Waiver *waivers, size_t count, const char *today, int version) {
    Arena *scratch = arena_new();
    bool **used = ARENA_ARRAY(scratch, bool *, count);
    for (size_t i = 0; i < count; i++) {
        used[i] = ARENA_ARRAY(scratch, bool, waivers[i].given_count);
        waivers[i].state = state_of(&waivers[i], today, version);
        waivers[i].places = 0;
    }
    for (size_t i = 0; i < r->finding_count; i++) {
        r->findings[i].waiver = NULL;
        r->findings[i].waived_places = 0;
        if (r->findings[i].outcome == OUTCOME_FAIL)
            match_finding(scratch, &r->findings[i], waivers, count, used);
    }
    for (size_t i = 0; i < count; i++)
        if (waivers[i].state == WAIVER_HOLDS && !waivers[i].places)
            waivers[i].state = was_asked(r, waivers[i].rule) ? WAIVER_UNMATCHED : WAIVER_UNKNOWN;
    arena_free(scratch);
}
