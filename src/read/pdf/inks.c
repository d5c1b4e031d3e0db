/* Inks of the document by name, and what they are for. */
#include <ctype.h>
#include <string.h>

#include "read/ink_role.h"
#include "read/pdf/gather.h"

static const char *const suffixes[] = {
#define SUFFIX(word) word,
#include "read/pdf/suffixes.def"
#undef SUFFIX
};

static Ink *add(Gather *g, const char *name, InkKind kind) {
    Ink *ink = facts_add(g->facts, FACT_ink);
    ink->name = name;
    ink->kind = (uint8_t)kind;
    ink->alternate = SPACE_NONE;
    ink->used = ink->used_in_slug = 0;
    ink->first_page = 0;
    ink->generic = 0;
    ink->twin = "";
    ink->twin_reason = TWIN_NONE;
    *ARENA_PUSH(g->arena, g->looks, g->look_count, g->look_capacity) = 0;
    return ink;
}

Ink *ink_of(Gather *g, Str name, InkKind kind, const ColourSpace *space) {
    uint64_t key = hash_bytes(HASH_START, name.p, name.n);
    void **slot = table_slot(&g->ink_table, g->arena, key);
    if (*slot)
        return *slot;
    Ink *ink = add(g, text_from_name(g->arena, name.p, name.n), kind);
    if (space && space->base && kind != INK_PROCESS)
        ink->alternate = (uint8_t)space->base->space;
    if (space && space->space == SPACE_SEPARATION && kind == INK_SPOT)
        g->looks[ink->row] = space->tint_hash;
    return *table_slot(&g->ink_table, g->arena, key) = ink;
}

Ink *ink_of_process(Gather *g, int process) {
    return ink_of(g, str_of(process_names[process]), INK_PROCESS, NULL);
}

static bool job_has_die(const Gather *g, const Ink *ink) {
    const char *folded = text_nfkc_fold(g->arena, ink->name);
    const DeclaredInk *d;
    for (size_t next = 0; (d = ink_declared(g->facts, g->arena, folded, &next));)
        if (d->role == ROLE_DIE)
            return true;
    return false;
}

bool inks_cut(const Gather *g, const StyleEntry *e) {
    if (ink_role_of_layer(e->style->layer) == ROLE_DIE)
        return true;
    for (int i = 0; i < e->ink_count; i++)
        if (!job_has_die(g, e->inks[i]))
            return false;
    return e->ink_count > 0;
}

/* An ink has a layer's role only if every style with it lies on layers of that one role. */
static void roles_from_layers(Gather *g) {
    size_t inks = facts_count(g->facts, FACT_ink);
    uint8_t *roles = ARENA_ARRAY(g->arena, uint8_t, inks + 1);
    bool *mixed = ARENA_ARRAY(g->arena, bool, inks + 1);
    for (size_t i = 0; i < g->style_count; i++) {
        const StyleEntry *e = g->styles[i];
        unsigned role = ink_role_of_layer(e->style->layer);
        for (int k = 0; k < e->ink_count; k++) {
            uint32_t row = e->inks[k]->row;
            mixed[row] |= role == ROLE_UNKNOWN || (roles[row] && roles[row] != role);
            roles[row] = (uint8_t)role;
        }
    }
    for (size_t i = 0; i < inks; i++) {
        Ink *ink = facts_at(g->facts, FACT_ink, i);
        if (ink->kind == INK_SPOT && !mixed[i])
            ink_role_set(ink, (InkRole)roles[i], ROLE_FROM_LAYER);
    }
}

/* Without spaces, hyphens and underscores. */
static char *squeezed(Arena *a, const char *s) {
    char *out = arena_alloc(a, strlen(s) + 1), *to = out;
    for (; *s; s++)
        if (!isspace((unsigned char)*s) && *s != '_' && *s != '-')
            *to++ = *s;
    return out;
}

/* Without a last word that only names the paper or the guide's edition: PANTONE 871 C, 871 CVC. */
static char *without_suffix(Arena *a, const char *folded) {
    const char *space = strrchr(folded, ' ');
    for (size_t i = 0; space && i < sizeof suffixes / sizeof *suffixes; i++)
        if (streq(space + 1, suffixes[i]))
            return arena_copy(a, folded, (size_t)(space - folded));
    return arena_strdup(a, folded);
}

typedef struct InkForms {
    Ink *ink;
    const char *folded, *squeezed, *plain, *lower;
    uint64_t look;
} InkForms;

static const char *ascii_lower(Arena *a, const char *s) {
    char *out = arena_strdup(a, s);
    for (char *p = out; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return out;
}

static bool may_look_alike(const Ink *ink) {
    return ink->role == ROLE_SPOT || ink->role == ROLE_UNCLEAR;
}

static Twin twin_of(const InkForms *a, const InkForms *b) {
    if (streq(a->lower, b->lower))
        return TWIN_CASE;
    if (streq(a->folded, b->folded) || streq(a->squeezed, b->squeezed))
        return TWIN_WIDTH;
    if (streq(a->plain, b->plain))
        return TWIN_SUFFIX;
    bool alike = a->look && a->look == b->look && may_look_alike(a->ink) && may_look_alike(b->ink);
    return alike ? TWIN_LOOK : TWIN_NONE;
}

static void find_twins(InkForms *forms, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            Twin twin = twin_of(&forms[i], &forms[k]);
            Ink *ink = forms[i].ink;
            if (twin == TWIN_NONE || ink->twin_reason != TWIN_NONE)
                continue;
            ink->twin = forms[k].ink->name;
            ink->twin_reason = (uint8_t)twin;
        }
}

static InkForms forms_of(Gather *g, Ink *ink, const char *folded) {
    const char *plain = squeezed(g->arena, without_suffix(g->arena, folded));
    return (InkForms){.ink = ink,
                      .folded = folded,
                      .squeezed = squeezed(g->arena, folded),
                      .plain = plain,
                      .lower = ascii_lower(g->arena, ink->name),
                      .look = g->looks[ink->row]};
}

void inks_close(Gather *g) {
    enum { MOST_TWINS = 512 }; /* beyond it a document has other troubles */
    size_t inks = facts_count(g->facts, FACT_ink), count = 0;
    const char **folded = ARENA_ARRAY(g->arena, const char *, inks + 1);
    InkForms *forms = ARENA_ARRAY(g->arena, InkForms, MOST_TWINS);
    for (size_t i = 0; i < inks; i++) {
        Ink *ink = facts_at(g->facts, FACT_ink, i);
        folded[i] = text_nfkc_fold(g->arena, ink->name);
        ink_role_by_job(g->facts, g->plan, ink, folded[i]);
    }
    roles_from_layers(g);
    for (size_t i = 0; i < inks; i++) {
        Ink *ink = facts_at(g->facts, FACT_ink, i);
        ink_role_by_name(g->facts, g->plan, ink, folded[i]);
        if (ink->kind == INK_SPOT && ink->used == 1 && count < MOST_TWINS)
            forms[count++] = forms_of(g, ink, folded[i]);
    }
    find_twins(forms, count);
    declared_inks_close(g->facts);
}
