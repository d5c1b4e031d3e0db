/* From a byte of a YAML scalar back to the line and column of the file. */
#include "rules/lex.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t line_start(Str text, int line) {
    size_t at = 0;
    for (int i = 1; i < line && at < text.n; i++) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        at = end ? (size_t)(end - text.p) + 1 : text.n;
    }
    return at;
}

/* YAML folds lines and drops quotes and indents, but keeps the other bytes in order: scalar and
 * file are walked side by side over what is not blank. Escapes of double quotes break the walk;
 * then the start of the scalar is named. */
static size_t offset_in_file(const Source *s, size_t offset) {
    Str text = s->file->text;
    size_t start = line_start(text, s->node->at.line) + (size_t)(s->node->at.column - 1);
    size_t at = start;
    const char *scalar = s->node->scalar;
    bool first = true;
    for (size_t i = 0; i <= offset && i < s->node->scalar_bytes; i++) {
        if (is_blank(scalar[i]))
            continue;
        /* Before the first byte may stand a quote, or the head of a block scalar. */
        while (at < text.n && text.p[at] != scalar[i] && (first || is_blank(text.p[at])))
            at++;
        if (at >= text.n || text.p[at] != scalar[i])
            return start;
        first = false;
        if (i == offset)
            return at;
        at++;
    }
    return first ? start : at;
}

static Where where_is(Str text, const char *file, size_t at) {
    Where w = {.file = file, .line = 1, .column = 1};
    for (size_t i = 0; i < at && i < text.n; i++) {
        w.column++;
        if (text.p[i] == '\n')
            w.line++, w.column = 1;
    }
    return w;
}

void source_error_text(const Source *s, size_t start, size_t end, Text text) {
    Arena *a = s->errors->arena;
    Where at = s->node->at;
    if (s->file->text.p && at.line > 0 && at.column > 0)
        at = where_is(s->file->text, at.file, offset_in_file(s, s->offset + start));
    int width = end > start ? (int)(end - start) : 1;
    errors_put(s->errors, at, source_line(a, s->file->text, at.line), width, text);
}

void source_error(const Source *s, size_t start, size_t end, const char *zh, const char *en, ...) {
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    Text text = {.zh = arena_vprintf(s->errors->arena, zh, args),
                 .en = arena_vprintf(s->errors->arena, en, again)};
    va_end(again);
    va_end(args);
    source_error_text(s, start, end, text);
}
