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
