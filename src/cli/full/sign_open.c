/* Which rows still stand in the way of an approval. */
#include "cli/full/sign.h"

#include <string.h>

static bool is_open_error(const Finding *f) {
    return f->outcome == OUTCOME_FAIL && f->severity == SEVERITY_ERROR && !f->waiver;
}

bool sign_open_errors(const Report *r, const Item *item) {
    for (size_t i = 0; i < item->finding_count; i++)
        if (is_open_error(&r->findings[item->findings[i]]))
            return true;
    return false;
}

bool sign_settles(const Report *r, const Item *item) {
    const char *kind = entity_of(FACT_signed_version)->name;
    for (size_t i = 0; i < item->finding_count; i++) {
        const Finding *f = &r->findings[item->findings[i]];
        if (is_open_error(f) && !(f->kind && streq(f->kind, kind)))
            return false;
    }
    return sign_open_errors(r, item);
}

bool sign_is_open(const Report *r, const Item *item) {
    bool agreed = item->answer && item->answer->state == HUMAN_YES;
    return item_is_open(item) && !(agreed && sign_settles(r, item));
}

const char *sign_row(const Desk *d, const Item *item) {
    Lang lang = d->cli->lang;
    return arena_printf(d->arena, lang == LANG_ZH ? "第 %d 项“%s”" : "item %d “%s”",
                        item->row->number, shown(d->arena, text_in(item->row->title, lang)));
}

const char *sign_rows(const Desk *d, bool (*picks)(const Report *r, const Item *item)) {
    const char *list = NULL;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &d->report->items[i];
        if (picks(d->report, item))
            list = list ? arena_printf(d->arena, "%s%s%s", list,
                                       d->cli->lang == LANG_ZH ? "、" : ", ", sign_row(d, item))
                        : sign_row(d, item);
    }
    return list;
}
