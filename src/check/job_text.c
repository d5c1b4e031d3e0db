#include "check/job_text.h"

#include "base/sink.h"
#include "check/job_sheet.h"

#include <string.h>

enum { DEEPEST_FLOW = 32 };

typedef struct Scan {
    Arena *arena;
    Sink out;
    int block;                /* indentation of the key whose block text this is; -1: none */
    char open[DEEPEST_FLOW];  /* brackets of the flow collection being read */
    bool colon[DEEPEST_FLOW]; /* the pair at hand has its colon */
    int depth;
} Scan;

static const struct {
    const char *wide, *sign;
} signs[] = {{"，", ", "}, {"：", ": "}, {"｛", "{ "}, {"｝", "} "}, {"［", "[ "}, {"］", "] "}};
enum { SIGNS = sizeof signs / sizeof *signs };

static Str after(Str s, size_t n) {
    return (Str){s.p + n, s.n - n};
}

static bool known_key(Arena *a, Str word) {
    const char *key = arena_copy(a, word.p, word.n);
    for (int m = 0; m < MAP_COUNT; m++)
        if (key_find(map_of((MapId)m), a, key))
            return true;
    return field_find(entity_of(FACT_limit), word) != NULL;
}

/* Copies indentation and list dashes; ideographic spaces count as two. */
static Str copy_indent(Scan *c, Str line, int *indent) {
    *indent = 0;
    for (;;) {
        if (str_starts(line, " ") || (str_starts(line, "- ") && line.n > 2)) {
            sink_char(&c->out, *line.p);
            line = after(line, 1);
            *indent += 1;
        } else if (str_starts(line, "　")) {
            sink_str(&c->out, "  ");
            line = after(line, strlen("　"));
            *indent += 2;
        } else {
            return line;
        }
    }
}

/* Copies `key:`; a full-width colon is one only behind a word that is a key. */
static Str copy_key(Scan *c, Str line) {
    size_t n = 0;
    while (n < line.n && !strchr(":\"'#{}[]", line.p[n]) && !str_starts(after(line, n), "："))
        n++;
    if (n == 0 || n == line.n)
        return line;
    bool wide = str_starts(after(line, n), "：");
    if (wide && !known_key(c->arena, str_trim((Str){line.p, n})))
        return line;
    if (!wide && line.p[n] != ':')
        return line;
    sink_write(&c->out, line.p, n);
    sink_str(&c->out, wide ? ": " : ":");
    line = after(line, n + (wide ? strlen("：") : 1));
    while (str_starts(line, " ") || str_starts(line, "　")) {
        size_t space = *line.p == ' ' ? 1 : strlen("　");
        sink_str(&c->out, space == 1 ? " " : "  ");
        line = after(line, space);
    }
    return line;
}

static void bracket(Scan *c, char sign) {
    if ((sign == '{' || sign == '[') && c->depth < DEEPEST_FLOW) {
        c->open[c->depth] = sign;
        c->colon[c->depth++] = false;
    } else if ((sign == '}' || sign == ']') && c->depth > 0) {
        c->depth--;
    } else if (c->depth > 0 && sign == ',') {
        c->colon[c->depth - 1] = false;
    } else if (c->depth > 0 && sign == ':') {
        c->colon[c->depth - 1] = true;
    }
}

/* Bytes of a quoted text, quotes included; 0 if none begins here. */
static size_t quoted(Str s) {
    if (!s.n || (*s.p != '"' && *s.p != '\''))
        return 0;
    size_t n = 1;
    while (n < s.n && s.p[n] != *s.p)
        n += s.p[n] == '\\' && *s.p == '"' && n + 1 < s.n ? 2 : 1;
    return n < s.n ? n + 1 : s.n;
}

/* Inside { } and [ ] every mark outside quotes is a sign, but a colon only once a pair. */
static void copy_flow(Scan *c, Str s) {
    while (s.n) {
        size_t n = quoted(s), i = 0;
        if (!n && *s.p == '#' && c->out.count && c->out.bytes[c->out.count - 1] == ' ')
            n = s.n;
        if (n) {
            sink_write(&c->out, s.p, n);
            s = after(s, n);
            continue;
        }
        while (i < SIGNS && !str_starts(s, signs[i].wide))
            i++;
        char sign = i < SIGNS ? *signs[i].sign : *s.p;
        bool text =
            sign == ':' && c->depth > 0 && (c->colon[c->depth - 1] || c->open[c->depth - 1] == '[');
        if (i < SIGNS && !text)
            sink_str(&c->out, signs[i].sign);
        n = i < SIGNS ? strlen(signs[i].wide) : 1;
        if (i == SIGNS || text)
            sink_write(&c->out, s.p, n);
        if (!text)
            bracket(c, sign);
        s = after(s, n);
    }
}

static void copy_line(Scan *c, Str line) {
    int indent;
    if (c->depth > 0) {
        copy_flow(c, line);
        return;
    }
    size_t spaces = 0;
    while (spaces < line.n && line.p[spaces] == ' ')
        spaces++;
    if (c->block >= 0 && ((int)spaces > c->block || spaces == line.n)) {
        sink_write(&c->out, line.p, line.n);
        return;
    }
    c->block = -1;
    Str rest = copy_key(c, copy_indent(c, line, &indent));
    if (str_starts(rest, "|") || str_starts(rest, ">"))
        c->block = indent;
    if (str_starts(rest, "{") || str_starts(rest, "[") || str_starts(rest, "｛") ||
        str_starts(rest, "［"))
        copy_flow(c, rest);
    else
        sink_write(&c->out, rest.p, rest.n);
}

Str sheet_text(Arena *a, Str text) {
    Scan c = {.arena = a, .out = sink_memory(a), .block = -1};
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        copy_line(&c, (Str){text.p, n});
        if (end)
            sink_char(&c.out, '\n');
        text = after(text, n + (end != NULL));
    }
    Str out = sink_text(&c.out);
    return (Str){arena_copy(a, out.p ? out.p : "", out.n), out.n};
}
