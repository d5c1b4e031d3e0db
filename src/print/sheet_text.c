/* Words of the sheet, and text from outside made fit to be shown. */
#include "print/sheet_parts.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

enum { LONGEST_TEXT = 600, IDENTITY_DIGITS = 12, IDENTITY_GROUP = 4, DAY = 10 };

const char *sheet_say(const Sheet *s, SheetWord w) {
    static const Text words[SHEET_WORDS] = {
#define SHEET_WORD(ID, zh, en) [SAY_##ID] = {zh, en},
#include "print/sheet_words.def"
#undef SHEET_WORD
    };
    return text_in(words[w], s->lang);
}

const char *sheet_join(const Sheet *s, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(s->arena, format, args);
    va_end(args);
    return text;
}

/* Shown as itself: the font has it, and it neither hides nor piles up on its neighbour. */
static bool shows(const Sheet *s, int32_t point) {
    static const unsigned hidden = 1u << UTF8PROC_CATEGORY_CN | 1u << UTF8PROC_CATEGORY_CC |
                                   1u << UTF8PROC_CATEGORY_CF | 1u << UTF8PROC_CATEGORY_CS |
                                   1u << UTF8PROC_CATEGORY_CO | 1u << UTF8PROC_CATEGORY_MN |
                                   1u << UTF8PROC_CATEGORY_MC | 1u << UTF8PROC_CATEGORY_ME |
                                   1u << UTF8PROC_CATEGORY_ZL | 1u << UTF8PROC_CATEGORY_ZP;
    return !(hidden >> utf8proc_category(point) & 1u) && type_has(s, point);
}

static char *one_line(const Sheet *s, const char *text) {
    char *copy = arena_strdup(s->arena, text);
    for (char *p = copy; *p; p++)
        if (*p == '\n' || *p == '\r' || *p == '\t')
            *p = ' ';
    return copy;
}

const char *sheet_safe(const Sheet *s, const char *text) {
    if (!text || !*text)
        return "";
    const char *line = one_line(s, text);
    line = text_nfc(s->arena, text_printable(s->arena, line, strlen(line)));
    Sink out = sink_memory(s->arena);
    const char *p = line, *end = line + strlen(line);
    for (int n = 0; p < end && n < LONGEST_TEXT; n++) {
        const char *from = p;
        int32_t point;
        int used = text_next(&p, end, &point);
        if (shows(s, point))
            sink_write(&out, from, (size_t)used);
        else
            sink_format(&out, "\\u%04X", (unsigned)point);
    }
    if (p < end)
        sink_str(&out, "…");
    return sink_text(&out).p;
}

const char *sheet_safe_in(const Sheet *s, Text t) {
    return sheet_safe(s, text_in(t, s->lang));
}

const char *sheet_fit(Sheet *s, const char *text, Face f, double width, int lines) {
    const double room = lines * type_leading(f) + 0.01;
    if (type_height(s, f, text, width) <= room)
        return text;
    size_t i = 0;
    while (i < s->overlong_count && !streq(s->overlong[i], text))
        i++;
    if (i == s->overlong_count)
        *ARENA_PUSH(s->arena, s->overlong, s->overlong_count, s->overlong_capacity) = text;
    int few = 0, many = text_width(text, strlen(text));
    const char *shown = "…";
    while (few < many) {
        int middle = (few + many + 1) / 2;
        const char *tried = sheet_join(s, "%.*s…", (int)text_clip(text, middle), text);
        bool fits = type_height(s, f, tried, width) <= room;
        shown = fits ? tried : shown;
        few = fits ? middle : few;
        many = fits ? many : middle - 1;
    }
    return shown;
}

const char *sheet_after(const Sheet *s, const char *a, const char *b) {
    return !*b ? a : !*a ? b : sheet_join(s, "%s  %s", a, b);
}

const char *sheet_day(const Sheet *s, const char *at) {
    const char *text = sheet_safe(s, at);
    return strlen(text) > DAY ? arena_copy(s->arena, text, DAY) : text;
}

const char *sheet_short_id(const Sheet *s) {
    const char *sha256 = s->r->file.sha256;
    Sink out = sink_memory(s->arena);
    for (size_t i = 0; sha256 && i < IDENTITY_DIGITS && sha256[i]; i++) {
        if (i && i % IDENTITY_GROUP == 0)
            sink_char(&out, '-');
        char c = sha256[i];
        sink_char(&out, c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c);
    }
    return sink_text(&out).p;
}

static const char *file_size(const Sheet *s) {
    static const char *const suffixes[] = {"GB", "MB", "KB", "B"};
    enum { SUFFIXES = sizeof suffixes / sizeof *suffixes };
    double bytes = s->r->file.bytes;
    if (isnan(bytes))
        return "";
    size_t i = 0;
    while (i + 1 < SUFFIXES && bytes < unit_find(str_of(suffixes[i]))->factor)
        i++;
    const Unit *u = unit_find(str_of(suffixes[i]));
    char number[32];
    number_format(number, sizeof number, bytes / u->factor, u->decimals);
    return sheet_join(s, "%s %s", number, u->suffix);
}

static bool same_size(const PageSummary *a, const PageSummary *b) {
    return measure_compare(MM(a->trim_w), MM(b->trim_w), DIM_LENGTH) == 0 &&
           measure_compare(MM(a->trim_h), MM(b->trim_h), DIM_LENGTH) == 0 &&
           a->trim_source == b->trim_source;
}

static const char *trim_size(const Sheet *s) {
    const PageSummary *pages = s->r->pages;
    if (!s->r->page_count || isnan(pages[0].trim_w) || isnan(pages[0].trim_h))
        return "";
    for (size_t i = 1; i < s->r->page_count; i++)
        if (!same_size(&pages[0], &pages[i]))
            return sheet_join(s, "%s %s", phrase(PHRASE_TRIM, s->lang),
                              phrase(PHRASE_TRIM_MIXED, s->lang));
    char w[32], h[32];
    number_format(w, sizeof w, pages[0].trim_w, 1);
    number_format(h, sizeof h, pages[0].trim_h, 1);
    const char *source = enum_name(enum_find("TrimSource"), pages[0].trim_source, s->lang);
    const char *from = sheet_join(s, phrase(PHRASE_TRIM_FROM, s->lang), source);
    return sheet_join(s, "%s %s × %s mm%s", phrase(PHRASE_TRIM, s->lang), w, h, from);
}

const char *sheet_file_facts(const Sheet *s) {
    int pages = s->r->file.pages;
    const char *count = pages == 1  ? phrase(PHRASE_ONE_PAGE, s->lang)
                        : pages > 1 ? sheet_join(s, phrase(PHRASE_PAGES, s->lang), pages)
                                    : "";
    const char *parts[] = {file_size(s), count, trim_size(s)}, *all = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (*parts[i])
            all = sheet_join(s, "%s%s%s", all, *all ? "  ·  " : "", parts[i]);
    return all;
}

const char *sheet_page_list(const Sheet *s, const int *pages, size_t count) {
    if (!count || (count == 1 && pages[0] == 0))
        return phrase(PHRASE_WHOLE_FILE, s->lang);
    return page_list(s->arena, pages, count, phrase(PHRASE_PAGE_COMMA, s->lang));
}
