#include "base/json.h"

#include <assert.h>
#include <math.h>

Json json_to(Sink *s, int indent) {
    return (Json){.sink = s, .indent = indent};
}

static void new_line(Json *j) {
    if (!j->indent)
        return;
    sink_char(j->sink, '\n');
    sink_pad(j->sink, j->indent * j->depth);
}

/* What stands before a key, a list item or a value: nothing after a key, else the comma and the
 * line. */
static void before_item(Json *j) {
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (!j->depth)
        return;
    if (j->used[j->depth])
        sink_char(j->sink, ',');
    j->used[j->depth] = true;
    new_line(j);
}

void json_open(Json *j, char bracket) {
    assert(j->depth + 1 < JSON_DEPTH);
    before_item(j);
    sink_char(j->sink, bracket);
    j->depth++;
    j->closers[j->depth] = bracket == '{' ? '}' : ']';
    j->used[j->depth] = false;
}

void json_close(Json *j) {
    assert(j->depth > 0 && !j->after_key);
    char closer = j->closers[j->depth];
    bool used = j->used[j->depth];
    j->depth--;
    if (used)
        new_line(j);
    sink_char(j->sink, closer);
}

static bool plain(char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* One character that does not stand for itself. Ill-formed bytes become U+FFFD; whatever a terminal
 * would obey when the JSON is shown in one is escaped too, which RFC 8259 allows for any character.
 */
static void write_escaped(Sink *s, int32_t point) {
    static const char short_names[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                       ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    if (point < (int32_t)sizeof short_names && short_names[point]) {
        sink_char(s, '\\');
        sink_char(s, short_names[point]);
    } else {
        sink_format(s, "\\u%04x", (unsigned)point);
    }
}

/* Steps over what stands for itself. Of what does not, `stop` is the place and the result the
 * character; it is stepped over too. */
static int32_t skip_plain(const char **p, const char *end, const char **stop) {
    while (*p < end) {
        *stop = *p;
        if (plain(**p)) {
            ++*p;
            continue;
        }
        int32_t point;
        int used = text_next(p, end, &point);
        if (used == 1 || text_unsafe(point))
            return point;
    }
    *stop = end;
    return 0;
}

static void write_string(Sink *s, const char *text, size_t n) {
    const char *p = text, *end = text + n;
    sink_char(s, '"');
    while (p < end) {
        const char *from = p, *stop;
        int32_t point = skip_plain(&p, end, &stop);
        sink_write(s, from, (size_t)(stop - from));
        if (stop < end)
            write_escaped(s, point);
    }
    sink_char(s, '"');
}

void json_key(Json *j, const char *key) {
    before_item(j);
    Str k = str_of(key);
    write_string(j->sink, k.p, k.n);
    sink_str(j->sink, j->indent ? ": " : ":");
    j->after_key = true;
}

void json_strn(Json *j, const char *text, size_t n) {
    before_item(j);
    write_string(j->sink, text, n);
}

void json_str(Json *j, const char *text) {
    if (!text) {
        json_none(j);
        return;
    }
    json_strn(j, text, str_of(text).n);
}

void json_int(Json *j, int64_t value) {
    enum { LONGEST = 20 };
    char digits[LONGEST], *p = digits + LONGEST;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--p = '-';
    json_raw(j, p, (size_t)(digits + LONGEST - p));
}

void json_num(Json *j, double value, int decimals) {
    if (!isfinite(value)) {
        json_none(j);
        return;
    }
    char text[352];
    int n = number_format(text, sizeof text, value, decimals);
    json_raw(j, text, (size_t)n);
}

void json_bool(Json *j, bool value) {
    before_item(j);
    sink_str(j->sink, value ? "true" : "false");
}

void json_none(Json *j) {
    before_item(j);
    sink_str(j->sink, "null");
}

void json_text(Json *j, Text t) {
    json_open(j, '{');
    json_key(j, "zh");
    json_str(j, t.zh);
    json_key(j, "en");
    json_str(j, t.en);
    json_close(j);
}

void json_raw(Json *j, const char *text, size_t n) {
    before_item(j);
    sink_write(j->sink, text, n);
}
