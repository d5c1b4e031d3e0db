#include "report/write.h"

static const ReportFormat formats[] = {
#define REPORT(id, many, zh, en) {#id, many, {zh, en}, report_##id},
#include "report/reports.def"
#undef REPORT
};

const ReportFormat *report_format_find(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (streq(formats[i].name, name))
            return &formats[i];
    return NULL;
}

const char *phrase(Phrase p, Lang lang) {
    static const Text phrases[PHRASE_COUNT] = {
#define PHRASE(ID, zh, en) [PHRASE_##ID] = {zh, en},
#include "report/words.def"
#undef PHRASE
    };
    return text_in(phrases[p], lang);
}

typedef struct StateRow {
    const char *type, *word;
    int value;
    Text name;
} StateRow;

static const StateRow states[] = {
#define STATE(type, value, word, zh, en) {#type, word, value, {zh, en}},
#include "report/states.def"
#undef STATE
};

static const StateRow *state_row(const char *type, int value) {
    const StateRow *s = states;
    while (s->value != value || !streq(s->type, type))
        s++;
    return s;
}

const char *item_state_word(ItemState s) {
    return state_row("item", (int)s)->word;
}

const char *machine_state_word(MachineState s) {
    return state_row("machine", (int)s)->word;
}

const char *human_state_word(HumanState s) {
    return state_row("human", (int)s)->word;
}

const char *verdict_word(VerdictState s) {
    return state_row("verdict", (int)s)->word;
}

const char *party_word(Party p) {
    return state_row("party", (int)p)->word;
}

const char *decision_word(Decision d) {
    return state_row("decision", (int)d)->word;
}

const char *progress_word(Progress p) {
    return state_row("progress", (int)p)->word;
}

Text human_state_name(HumanState s) {
    return state_row("human", (int)s)->name;
}

Text party_title(Party p) {
    return state_row("party", (int)p)->name;
}

Text decision_title(Decision d) {
    return state_row("decision", (int)d)->name;
}

Text progress_name(Progress p) {
    return state_row("progress", (int)p)->name;
}

Text item_state_name(ItemState s) {
    return state_row("item", (int)s)->name;
}

Text machine_state_name(MachineState s) {
    return state_row("machine", (int)s)->name;
}

Text verdict_name(VerdictState s) {
    return state_row("verdict", (int)s)->name;
}

static bool is_reviewed(const Report *r) {
    return r->standing && party_approved(r->standing, PARTY_DIRECTOR);
}

Text verdict_sentence(const Report *r) {
    Phrase p = is_reviewed(r) ? PHRASE_UNSIGNED : PHRASE_UNREVIEWED;
    if (report_awaits_review(r))
        return (Text){phrase(p, LANG_ZH), phrase(p, LANG_EN)};
    return verdict_name(r->verdict.state);
}

const char *next_of_people(const Report *r, Lang lang) {
    bool open = false, unchecked = r->unproven_count > 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        open |= item_is_open(&r->items[i]);
        unchecked |= r->items[i].state == ITEM_UNCHECKED;
    }
    if (!open && unchecked)
        return phrase(PHRASE_NEXT_UNPROVEN, lang);
    if (!report_awaits_review(r))
        return phrase(PHRASE_NEXT_HUMAN, lang);
    return phrase(is_reviewed(r) ? PHRASE_NEXT_SIGN : PHRASE_NEXT_REVIEW, lang);
}

Text verdict_short_name(VerdictState s) {
    return state_row("short_verdict", (int)s)->name;
}

const char *waiver_reasons(Arena *a, const Waiver *w, Lang lang) {
    const char *why = w->why ? w->why : "";
    if (!w->second_why || !*w->second_why)
        return why;
    return arena_printf(a, lang == LANG_ZH ? "%s；%s" : "%s; %s", why, w->second_why);
}
