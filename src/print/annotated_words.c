/* What notes say. */
#include "print/annotated_parts.h"

#include <math.h>
#include <string.h>

static const Text words[NOTE_WORDS] = {
#define NOTE_WORD(ID, zh, en) [NOTE_##ID] = {zh, en},
#include "print/annotated_words.def"
#undef NOTE_WORD
};

const char *note_word(NoteWord w, Lang lang) {
    return text_in(words[w], lang);
}

static const struct {
    NoteWord word;
    const char *label; /* of what has no number */
    double colour[3];
} kinds[NOTE_KINDS] = {
    [KIND_MUST] = {NOTE_MUST, "!", {0.74, 0.1, 0.1}},
    [KIND_LOOK] = {NOTE_LOOK, "!", {0.85, 0.45, 0}},
    [KIND_INFO] = {NOTE_INFO, "i", {0.15, 0.4, 0.7}},
    [KIND_UNCHECKED] = {NOTE_UNCHECKED, "?", {0.36, 0.36, 0.36}},
    [KIND_WAIVED] = {NOTE_WAIVED, "–", {0.3, 0.5, 0.4}},
};

NoteKind note_kind(const Finding *f) {
    if (f->waiver)
        return KIND_WAIVED;
    if (f->outcome == OUTCOME_UNCHECKED)
        return KIND_UNCHECKED;
    if (f->severity == SEVERITY_ERROR)
        return KIND_MUST;
    return f->severity == SEVERITY_WARNING ? KIND_LOOK : KIND_INFO;
}

NoteWord kind_word(NoteKind k) {
    return kinds[k].word;
}

const double *kind_colour(NoteKind k) {
    return kinds[k].colour;
}

const char *note_label(const Copy *c, const Finding *f) {
    int number = number_of(&c->numbers, f);
    return number ? arena_printf(c->arena, "%d", number) : kinds[note_kind(f)].label;
}

static const char *safe(const Copy *c, const char *text) {
    return text ? text_printable(c->arena, text, strlen(text)) : "";
}

static void say_measure(const Copy *c, Sink *to, NoteWord what, const Measure *m, Lang lang) {
    char number[64] = "";
    if (!m->present)
        return;
    if (!isnan(m->number))
        number_format(number, sizeof number, m->number, REPORT_DECIMALS);
    const char *value = isnan(m->number) ? safe(c, m->text) : number;
    sink_format(to, "%s%s%s%s", note_word(what, lang), value, m->unit && *m->unit ? " " : "",
                m->unit ? m->unit : "");
    if (m->from.zh)
        sink_format(to, lang == LANG_ZH ? "（%s）" : " (%s)", safe(c, text_in(m->from, lang)));
    sink_char(to, '\n');
}

static void say_in(const Copy *c, Sink *to, const Finding *f, Lang lang) {
    sink_format(to, note_word(NOTE_HEAD, lang), note_word(kind_word(note_kind(f)), lang), f->item,
                safe(c, f->rule));
    sink_format(to, "\n%s\n", safe(c, text_in(f->message, lang)));
    say_measure(c, to, NOTE_MEASURED, &f->measured, lang);
    say_measure(c, to, NOTE_REQUIRED, &f->required, lang);
    if (f->fix.zh && *text_in(f->fix, lang))
        sink_format(to, "%s%s\n", note_word(NOTE_FIX, lang), safe(c, text_in(f->fix, lang)));
    if (f->waiver) {
        sink_format(to, note_word(NOTE_WAIVER, lang), safe(c, f->waiver->by),
                    safe(c, f->waiver->why));
        sink_char(to, '\n');
    }
    if ((size_t)f->count > f->place_count && f->place_count) {
        sink_format(to, note_word(NOTE_MORE, lang), f->count, (int)f->place_count);
        sink_char(to, '\n');
    }
}

const char *note_text(const Copy *c, const Finding *f) {
    Sink to = sink_memory(c->arena);
    Lang first = c->style->lang;
    say_in(c, &to, f, first);
    sink_char(&to, '\n');
    say_in(c, &to, f, first == LANG_ZH ? LANG_EN : LANG_ZH);
    sink_char(&to, '\0');
    return to.bytes;
}
