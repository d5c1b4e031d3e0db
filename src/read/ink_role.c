#include "read/ink_role.h"

#include <string.h>

static const struct {
    const char *group, *type; /* "": any type */
    InkRole role;
} steps[] = {
#define STEP(group, type, role) {group, type, ROLE_##role},
#include "read/pdf/steps.def"
#undef STEP
};

InkRole ink_role_of_layer(const Layer *l) {
    for (size_t i = 0; l && l->step_group && i < sizeof steps / sizeof *steps; i++)
        if (streq(steps[i].group, l->step_group) &&
            (!*steps[i].type || streq(steps[i].type, l->step_type)))
            return steps[i].role;
    return ROLE_UNKNOWN;
}

DeclaredInk *ink_declared(const Facts *facts, Arena *a, const char *folded, size_t *next) {
    while (*next < facts_count(facts, FACT_declared_ink)) {
        DeclaredInk *d = facts_at(facts, FACT_declared_ink, (*next)++);
        if (d->name && streq(text_nfkc_fold(a, d->name), folded))
            return d;
    }
    return NULL;
}

/* `*` stands for any text. Both are folded already. */
static bool matches(const char *pattern, const char *name) {
    const char *star = NULL, *from = NULL;
    while (*name) {
        if (*pattern == '*') {
            star = ++pattern;
            from = name;
        } else if (*pattern == *name) {
            pattern++, name++;
        } else if (star) {
            pattern = star;
            name = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == 0;
}

static bool row_fits(Arena *a, const InkName *row, const char *folded) {
    for (size_t i = 0; row->words && i < row->words->count; i++)
        if (matches(text_nfkc_fold(a, row->words->items[i]), folded))
            return true;
    return false;
}

InkRole ink_role_of_name(Arena *a, const ReadPlan *plan, const char *folded, bool *generic) {
    InkRole role = ROLE_UNKNOWN;
    *generic = false;
    for (size_t i = 0; i < plan->ink_name_count; i++) {
        const InkName *row = &plan->ink_names[i];
        if (!row_fits(a, row, folded))
            continue;
        *generic |= row->generic == 1;
        if (role == ROLE_UNKNOWN)
            role = row->role;
    }
    return role;
}

static bool layers_have_roles(const Facts *facts) {
    for (size_t i = 0; i < facts_count(facts, FACT_layer); i++)
        if (ink_role_of_layer(facts_at(facts, FACT_layer, i)) != ROLE_UNKNOWN)
            return true;
    return false;
}

/* Only if every style with the ink lies on layers of one role. */
static InkRole role_of_its_layers(const Facts *facts, const char *name) {
    InkRole role = ROLE_UNKNOWN;
    if (!layers_have_roles(facts))
        return ROLE_UNKNOWN;
    for (size_t i = 0; i < facts_count(facts, FACT_style); i++) {
        const Style *s = facts_at(facts, FACT_style, i);
        if (!s->inks || !strs_has(s->inks, name))
            continue;
        InkRole here = ink_role_of_layer(s->layer);
        if (here == ROLE_UNKNOWN || (role != ROLE_UNKNOWN && role != here))
            return ROLE_UNKNOWN;
        role = here;
    }
    return role;
}

InkRole ink_role_so_far(const Facts *facts, const ReadPlan *plan, Arena *a, const char *name) {
    const char *folded = text_nfkc_fold(a, name);
    const DeclaredInk *d;
    InkRole role = ROLE_UNKNOWN;
    bool generic;
    for (size_t next = 0; role == ROLE_UNKNOWN && (d = ink_declared(facts, a, folded, &next));)
        role = d->role;
    if (role == ROLE_UNKNOWN)
        role = role_of_its_layers(facts, name);
    if (role == ROLE_UNKNOWN)
        role = ink_role_of_name(a, plan, folded, &generic);
    return role == ROLE_UNKNOWN ? ROLE_UNCLEAR : role;
}

void ink_role_set(Ink *ink, InkRole role, RoleSource source) {
    if (ink->role_source != ROLE_FROM_UNKNOWN || role == ROLE_UNKNOWN)
        return;
    ink->role = (uint8_t)role;
    ink->role_source = (uint8_t)source;
}

void ink_role_by_job(Facts *facts, const ReadPlan *plan, Ink *ink, const char *folded) {
    DeclaredInk *d;
    if (ink->kind == INK_PROCESS)
        ink_role_set(ink, ROLE_PROCESS, ROLE_FROM_STANDARD);
    if (plan->job_of(plan->jobs, 0)->inks)
        ink->declared = 0;
    for (size_t next = 0; (d = ink_declared(facts, facts->document, folded, &next));) {
        ink->declared = 1;
        ink_role_set(ink, (InkRole)d->role, ROLE_FROM_JOB);
        d->found = d->found == 1 || ink->used == 1;
    }
}

void ink_role_by_name(Facts *facts, const ReadPlan *plan, Ink *ink, const char *folded) {
    bool generic = false;
    if (ink->kind == INK_SPOT)
        ink_role_set(ink, ink_role_of_name(facts->document, plan, folded, &generic),
                     ROLE_FROM_NAME);
    if (generic)
        ink->generic = 1;
    ink_role_set(ink, ROLE_UNCLEAR, ROLE_FROM_NOTHING);
}

void declared_inks_open(Facts *facts, const ReadPlan *plan) {
    for (size_t i = 0; i < plan->declared_ink_count; i++) {
        DeclaredInk *row = facts_add(facts, FACT_declared_ink);
        uint32_t index = row->row;
        *row = plan->declared_inks[i];
        row->row = index;
    }
}

void declared_inks_close(Facts *facts) {
    for (size_t i = 0; i < facts_count(facts, FACT_declared_ink); i++) {
        DeclaredInk *d = facts_at(facts, FACT_declared_ink, i);
        if (d->found == UNKNOWN_BOOL)
            d->found = 0;
    }
}
