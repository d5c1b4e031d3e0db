#include "base/result.h"
#include "base/sink.h"

#include <string.h>

static Text both_texts(Arena *a, const char *zh, const char *en, va_list args) {
    va_list again;
    va_copy(again, args);
    Text t = {.zh = arena_vprintf(a, zh, again), .en = arena_vprintf(a, en, args)};
    va_end(again);
    return t;
}

Result result_fail(Arena *a, ErrKind kind, Where at, const char *zh, const char *en, ...) {
    va_list args;
    va_start(args, en);
    Text text = both_texts(a, zh, en, args);
    va_end(args);
    return (Result){.kind = kind, .text = text, .at = at};
}

void errors_put(Errors *e, Where at, const char *source, int width, Text text) {
    Error *added = ARENA_PUSH(e->arena, e->items, e->count, e->capacity);
    *added = (Error){.at = at, .width = width > 0 ? width : 1, .source = source, .text = text};
}

void errors_add(Errors *e, Where at, const char *source, int width, const char *zh, const char *en,
                ...) {
    va_list args;
    va_start(args, en);
    Text text = both_texts(e->arena, zh, en, args);
    va_end(args);
    errors_put(e, at, source, width, text);
}

/* Lines end with LF, CR LF or CR. */
char *source_line(Arena *a, Str text, int line) {
    const char *p = text.p, *end = text.p + text.n;
    for (int now = 1; p && line > 0; now++) {
        const char *from = p;
        while (p < end && *p != '\n' && *p != '\r')
            p++;
        if (now == line)
            return arena_copy(a, from, (size_t)(p - from));
        if (p >= end)
            return NULL;
        p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    }
    return NULL;
}

/* The source line and the carets under it. Both go through the same escapes, so they stay aligned.
 * Of a very long line only what surrounds the caret is shown. */
static void render_source(Sink *out, Arena *a, const Error *e) {
    enum { BEFORE = 60, LINE = 100 };
    size_t n = strlen(e->source);
    size_t from = e->at.column > 0 ? (size_t)e->at.column - 1 : 0;
    from = from < n ? from : n;
    size_t to = from + (size_t)e->width < n ? from + (size_t)e->width : n;
    char *source = arena_copy(a, e->source, n);
    for (size_t i = 0; i < n; i++)
        if (source[i] == '\t')
            source[i] = ' ';
    const char *head = text_printable(a, source, from);
    const char *mark = text_printable(a, source + from, to - from);
    const char *tail = text_printable(a, source + to, n - to);
    const char *cut = "";
    while (text_width(head, strlen(head)) > BEFORE) {
        int32_t point;
        text_next(&head, head + strlen(head), &point);
        cut = "…";
    }
    int before = text_width(cut, strlen(cut)) + text_width(head, strlen(head));
    int under = text_width(mark, strlen(mark));
    char *shown = arena_printf(a, "%s%s%s%s", cut, head, mark, tail);
    size_t fits = text_clip(shown, LINE);
    if (before + under > LINE)
        under = LINE - before;
    sink_format(out, "\n    %.*s%s\n", (int)fits, shown, shown[fits] ? "…" : "");
    sink_pad(out, 4 + before);
    for (int i = 0; i < (under > 1 ? under : 1); i++)
        sink_char(out, '^');
}

static void render(Sink *out, Arena *a, const Error *e, Lang lang) {
    if (e->at.file) {
        sink_str(out, text_printable(a, e->at.file, strlen(e->at.file)));
        if (e->at.line > 0)
            sink_format(out, ":%d", e->at.line);
        if (e->at.line > 0 && e->at.column > 0)
            sink_format(out, ":%d", e->at.column);
        sink_str(out, ": ");
    }
    sink_str(out, text_in(e->text, lang));
    if (e->source && *e->source)
        render_source(out, a, e);
}

char *errors_render(Arena *a, const Errors *e, Lang lang) {
    Sink out = sink_memory(a);
    for (size_t i = 0; i < e->count; i++) {
        if (i)
            sink_char(&out, '\n');
        render(&out, a, &e->items[i], lang);
    }
    Str text = sink_text(&out);
    return arena_copy(a, text.p, text.n);
}

/* The rendered text carries every place itself, so the Result has none of its own. */
Result errors_result(const Errors *e, ErrKind kind) {
    if (!e->count)
        return OK;
    return (Result){.kind = kind,
                    .text = {.zh = errors_render(e->arena, e, LANG_ZH),
                             .en = errors_render(e->arena, e, LANG_EN)}};
}
