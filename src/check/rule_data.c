#include "check/rule_data.h"

#include <errno.h>
#include <string.h>

static const struct {
    const char *file;
    void (*load)(RuleData *d, DataReader *r);
} files[] = {
    {"papers.yaml", papers_load},
    {"sizes.yaml", sizes_load},
    {"inks.yaml", inks_load},
    {"checklist.yaml", checklist_load},
};

/* A profile is a name in profiles/, or a path of one's own. */
static const char *profile_file(Arena *a, const char *profile) {
    return strchr(profile, '/') || strstr(profile, ".yaml")
               ? profile
               : arena_printf(a, "profiles/%s.yaml", profile);
}

static void load_profile(RuleData *d, DataReader *r, const char *dir, const char *profile) {
    const char *file = profile_file(r->arena, profile);
    size_t before = r->errors->count;
    bool own = streq(file, profile);
    if (data_open(r, own ? NULL : dir, file))
        profile_load(d, r);
    else if (r->errors->count == before)
        errors_add(r->errors, (Where){.file = "--profile"}, NULL, 1, "没有“%s”这套规则。",
                   "there is no profile \"%s\"", profile);
}

Result rule_data_load(RuleData **out, Arena *a, const char *rules_dir, const char *profile,
                      Errors *errors) {
    RuleData *d = ARENA_NEW(a, RuleData);
    DataReader r = {.arena = a, .errors = errors};
    size_t before = errors->count;
    sha256_start(&r.hash);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (data_open(&r, rules_dir, files[i].file))
            files[i].load(d, &r);
    load_profile(d, &r, rules_dir, profile);
    sha256_end(&r.hash, d->sha256);
    *out = d;
    return errors->count == before ? OK : errors_result(errors, ERR_USAGE);
}

const ChecklistItem *rule_data_checklist(const RuleData *d) {
    return d->checklist;
}

const InkName *rule_data_inks(const RuleData *d, size_t *count) {
    *count = d->ink_count;
    return d->inks;
}

const char *rule_data_profile(const RuleData *d) {
    return d->profile;
}

void limits_over(Limit *into, const Limit *from, uint8_t *layers, uint8_t layer) {
    const EntityDesc *e = entity_of(FACT_limit);
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        if (!field_known(f, from))
            continue;
        size_t size = f->type == T_BOOL  ? sizeof(Tri)
                      : f->type == T_INT ? sizeof(int32_t)
                                         : sizeof(double);
        memcpy((char *)into + f->offset, (const char *)from + f->offset, size);
        if (layers)
            layers[i] = layer;
    }
}
