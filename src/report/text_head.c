/* The first lines of the text report: which job, which file, which size. */
#include "report/text_parts.h"

#include <math.h>
#include <string.h>

enum { IDENTITY_DIGITS = 12, IDENTITY_GROUP = 4 };

/* "3F2A-9C0E-4B7D": enough of the SHA-256 to read out on the telephone. */
static const char *identity(const Pen *pen, const char *sha256) {
    char *out = arena_alloc(pen->arena, (size_t)2 * IDENTITY_DIGITS);
    size_t n = 0;
    for (size_t i = 0; i < IDENTITY_DIGITS && sha256[i]; i++) {
        if (i && i % IDENTITY_GROUP == 0)
            out[n++] = '-';
        char c = sha256[i];
        out[n++] = c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c;
    }
    return out;
}

static const char *file_size(const Pen *pen, double bytes) {
    static const char *const suffixes[] = {"GB", "MB", "KB", "B"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const Unit *u = unit_find(str_of(suffixes[i]));
        if (bytes < u->factor && i + 1 < sizeof suffixes / sizeof *suffixes)
            continue;
        char number[32];
        number_format(number, sizeof number, bytes / u->factor, u->decimals);
        return arena_printf(pen->arena, "%s %s", number, u->suffix);
    }
    return "";
}

static bool same_size(const PageSummary *a, const PageSummary *b) {
    return measure_compare(MM(a->trim_w), MM(b->trim_w), DIM_LENGTH) == 0 &&
           measure_compare(MM(a->trim_h), MM(b->trim_h), DIM_LENGTH) == 0 &&
           a->trim_source == b->trim_source;
}

/* "210×285 mm（依据：成品框 TrimBox）"; NULL when no page says. */
static const char *trim_size(const Pen *pen, const Report *r) {
    if (!r->page_count || isnan(r->pages[0].trim_w) || isnan(r->pages[0].trim_h))
        return NULL;
    for (size_t i = 1; i < r->page_count; i++)
        if (!same_size(&r->pages[0], &r->pages[i]))
            return pen_phrase(pen, PHRASE_TRIM_MIXED);
    char w[32], h[32];
    number_format(w, sizeof w, r->pages[0].trim_w, 1);
    number_format(h, sizeof h, r->pages[0].trim_h, 1);
    const char *source = enum_name(enum_find("TrimSource"), r->pages[0].trim_source, pen->lang);
    char *from = arena_printf(pen->arena, pen_phrase(pen, PHRASE_TRIM_FROM), source);
    return arena_printf(pen->arena, "%s×%s mm%s", w, h, from);
}

static const char *named(const Pen *pen, Phrase name, const char *value) {
    return arena_printf(pen->arena, "%s %s", pen_phrase(pen, name), value);
}

static const char *job_line(const Pen *pen, const JobHead *job) {
    if (!job || !job->present)
        return pen_phrase(pen, PHRASE_NO_JOB);
    const char *parts[] = {job->number, job->client, job->project,
                           job->item,   job->stage,  job->version};
    const char *line = pen_phrase(pen, PHRASE_JOB);
    bool named_by_sheet = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && *parts[i]) {
            line = arena_printf(pen->arena, "%s %s", line, pen_safe(pen, parts[i]));
            named_by_sheet = true;
        }
    return named_by_sheet ? line
                          : arena_printf(pen->arena, "%s %s", line, pen_safe(pen, job->sheet_name));
}

char *text_head_name(const Pen *pen, Phrase p) {
    const char *name = pen_phrase(pen, p);
    int gap = HEAD_NAME_COLUMNS - pen_columns(name);
    return arena_printf(pen->arena, "%s%*s", name, gap > 0 ? gap : 1, "");
}

/* What colours were converted for. */
static const char *press(const Pen *pen, const UsedProfile *p) {
    const char *from = text_in(p->from, pen->lang), *name = pen_safe(pen, p->name);
    const char *format = pen->lang == LANG_ZH ? "%s（%s）" : "%s (%s)";
    return named(pen, PHRASE_PRESS, arena_printf(pen->arena, format, name, from ? from : ""));
}

void text_head(const Pen *pen, const Report *r) {
    const char *first[] = {arena_printf(pen->arena, "chupin %s",
                                        r->version ? pen_safe(pen, r->version) : CHUPIN_VERSION),
                           named(pen, PHRASE_PROFILE, pen_safe(pen, r->profile)),
                           named(pen, PHRASE_AS_OF, pen_safe(pen, r->as_of)),
                           job_line(pen, r->job)};
    pen_flow(pen, HEAD_NAME_COLUMNS,
             arena_printf(pen->arena, "%s  ", pen_phrase(pen, PHRASE_PROGRAM)), first,
             sizeof first / sizeof *first);

    const char *second[6];
    size_t n = 0;
    if (r->file.pages == 1)
        second[n++] = pen_phrase(pen, PHRASE_ONE_PAGE);
    else if (r->file.pages > 1)
        second[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_PAGES), r->file.pages);
    if (!isnan(r->file.bytes))
        second[n++] = file_size(pen, r->file.bytes);
    if (trim_size(pen, r))
        second[n++] = named(pen, PHRASE_TRIM, trim_size(pen, r));
    if (r->profile_count)
        second[n++] = press(pen, &r->profiles[0]);
    if (r->file.sha256 && *r->file.sha256)
        second[n++] = named(pen, PHRASE_IDENTITY, identity(pen, r->file.sha256));
    pen_entry(pen, TINT_PLAIN, text_head_name(pen, PHRASE_FILE), HEAD_NAME_COLUMNS, r->file.name,
              NULL);
    if (n)
        pen_flow(pen, HEAD_NAME_COLUMNS, arena_printf(pen->arena, "%*s", HEAD_NAME_COLUMNS, ""),
                 second, n);
    text_live(pen, r);
    text_signed_version(pen, r);
    for (size_t i = 0; r->job && i < r->job->note_count; i++)
        pen_entry(pen, TINT_YELLOW, arena_printf(pen->arena, "%*s! ", HEAD_NAME_COLUMNS, ""),
                  HEAD_NAME_COLUMNS + 2, text_in(r->job->notes[i], pen->lang), NULL);
}
