#include "report/pen.h"

#include <string.h>

enum { FLOW_GAP = 3 };

const char *pen_safe(const Pen *pen, const char *text) {
    return text ? text_printable(pen->arena, text, strlen(text)) : "";
}

const char *pen_phrase(const Pen *pen, Phrase p) {
    return phrase(p, pen->lang);
}

int pen_columns(const char *text) {
    return text_width(text, strlen(text));
}

void pen_tinted(const Pen *pen, Tint tint, const char *text) {
    static const char *const codes[] = {
        [TINT_PLAIN] = NULL,        [TINT_BOLD] = "\x1b[1m",   [TINT_RED] = "\x1b[1;31m",
        [TINT_YELLOW] = "\x1b[33m", [TINT_GREEN] = "\x1b[32m", [TINT_DIM] = "\x1b[2m",
    };
    const char *code = pen->colour ? codes[tint] : NULL;
    if (code)
        sink_str(pen->to, code);
    sink_str(pen->to, text);
    if (code)
        sink_str(pen->to, "\x1b[0m");
}

void pen_heading(const Pen *pen, Tint tint, const char *title) {
    pen_tinted(pen, tint, title);
    sink_char(pen->to, ' ');
    for (int column = pen_columns(title) + 1; column < pen->width; column++)
        sink_str(pen->to, "─");
    sink_char(pen->to, '\n');
}

/* Marks that may not begin a line, and brackets that may not end one. */
static bool clings_left(int32_t c) {
    static const char marks[] = "，。、；：！？）》」』】〉”’…·％‰,.;:!?)]}%";
    for (const char *p = marks, *end = marks + sizeof marks - 1; p < end;) {
        int32_t mark;
        text_next(&p, end, &mark);
        if (mark == c)
            return true;
    }
    return false;
}

static bool clings_right(int32_t c) {
    return c == 0xFF08 || c == 0x300A || c == 0x300C || c == 0x300E || c == 0x3010 || c == 0x201C ||
           c == 0x2018 || c == '(' || c == '[';
}

/* Bytes of the longest start of `s` that fits and may stand as a line; the rest begins after any
 * spaces. A word wider than the line is cut. */
static size_t line_bytes(const char *s, size_t n, int columns) {
    const char *p = s, *end = s + n, *cut = NULL;
    int used = 0;
    int32_t before = 0;
    while (p < end) {
        const char *start = p;
        int32_t c;
        text_next(&p, end, &c);
        int wide = text_width(start, (size_t)(p - start));
        bool ideographs = c >= 0x2E80 || before >= 0x2E80;
        bool may_break =
            c == ' ' || before == ' ' || (ideographs && !clings_left(c) && !clings_right(before));
        if (start > s && may_break)
            cut = start;
        if (used + wide > columns && c != ' ')
            return cut ? (size_t)(cut - s) : start > s ? (size_t)(start - s) : (size_t)(p - s);
        used += wide;
        before = c;
    }
    return n;
}

/* Writes one paragraph from column `at`; returns the column where it ended. */
static int paragraph(const Pen *pen, const char *s, size_t n, int at, int indent) {
    while (n) {
        size_t take = line_bytes(s, n, pen->width - at);
        size_t shown = take;
        while (shown && s[shown - 1] == ' ')
            shown--;
        sink_write(pen->to, s, shown);
        at += text_width(s, shown);
        for (s += take, n -= take; n && *s == ' '; n--)
            s++;
        if (n) {
            sink_char(pen->to, '\n');
            sink_pad(pen->to, indent);
            at = indent;
        }
    }
    return at;
}

void pen_entry(const Pen *pen, Tint tint, const char *lead, int indent, const char *text,
               const char *tail) {
    pen_tinted(pen, tint, lead);
    int at = pen_columns(lead);
    bool first = true;
    for (const char *p = text ? text : ""; *p;) {
        size_t n = strcspn(p, "\n");
        const char *safe = text_printable(pen->arena, p, n);
        if (!first) {
            sink_char(pen->to, '\n');
            sink_pad(pen->to, indent);
            at = indent;
        }
        at = paragraph(pen, safe, strlen(safe), at, indent);
        first = false;
        p += n;
        p += strspn(p, "\n");
    }
    if (tail) {
        int wide = pen_columns(tail);
        if (at + 1 + wide > pen->width) {
            sink_char(pen->to, '\n');
            at = 0;
        }
        sink_pad(pen->to, pen->width - wide - at);
        pen_tinted(pen, TINT_DIM, tail);
    }
    sink_char(pen->to, '\n');
}

void pen_flow(const Pen *pen, int indent, const char *lead, const char *const *texts,
              size_t count) {
    sink_str(pen->to, lead);
    int at = pen_columns(lead);
    for (size_t i = 0; i < count; i++) {
        int wide = pen_columns(texts[i]);
        if (i && at + FLOW_GAP + wide > pen->width) {
            sink_char(pen->to, '\n');
            sink_pad(pen->to, indent);
            at = indent;
        } else if (i) {
            sink_pad(pen->to, FLOW_GAP);
            at += FLOW_GAP;
        }
        sink_str(pen->to, texts[i]);
        at += wide;
    }
    sink_char(pen->to, '\n');
}
