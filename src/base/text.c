#include "base/text.h"

#include <stdio.h>
#include <string.h>

Str str_of(const char *s) {
    return (Str){s, s ? strlen(s) : 0};
}

bool str_eq(Str a, Str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Words are looked up in lists, where nearly all differ in their first byte. */
bool str_is(Str a, const char *b) {
    return !(a.n && b && *a.p != *b) && str_eq(a, str_of(b));
}

bool str_starts(Str a, const char *prefix) {
    if (a.n && *prefix && *a.p != *prefix)
        return false;
    size_t n = strlen(prefix);
    return a.n >= n && (n == 0 || memcmp(a.p, prefix, n) == 0);
}

bool streq(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool ideographic_space(const char *p) {
    return memcmp(p, "\xE3\x80\x80", 3) == 0;
}

Str str_trim(Str s) {
    while (s.n) {
        size_t step = ascii_space(s.p[0]) ? 1 : s.n >= 3 && ideographic_space(s.p) ? 3 : 0;
        if (!step)
            break;
        s = (Str){s.p + step, s.n - step};
    }
    while (s.n) {
        size_t step = ascii_space(s.p[s.n - 1])                      ? 1
                      : s.n >= 3 && ideographic_space(s.p + s.n - 3) ? 3
                                                                     : 0;
        if (!step)
            break;
        s.n -= step;
    }
    return s;
}

/* Bytes that follow a lead byte and the smallest code point that length may carry (RFC 3629); 0
 * bytes for ASCII, -1 for what cannot lead. */
static int trailing_bytes(uint8_t lead, int32_t *bits, int32_t *smallest) {
    if (lead < 0x80)
        return *bits = lead, *smallest = 0, 0;
    if (lead >= 0xC2 && lead <= 0xDF)
        return *bits = lead & 0x1F, *smallest = 0x80, 1;
    if (lead >= 0xE0 && lead <= 0xEF)
        return *bits = lead & 0x0F, *smallest = 0x800, 2;
    if (lead >= 0xF0 && lead <= 0xF4)
        return *bits = lead & 0x07, *smallest = 0x10000, 3;
    return -1;
}

int text_next(const char **p, const char *end, int32_t *point) {
    const uint8_t *s = (const uint8_t *)*p;
    int32_t value = 0, smallest = 0;
    int more = trailing_bytes(s[0], &value, &smallest);
    bool good = more >= 0 && end - *p > more;
    for (int i = 1; good && i <= more; i++) {
        good = (s[i] & 0xC0) == 0x80;
        value = value << 6 | (s[i] & 0x3F);
    }
    good = good && value >= smallest && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    *point = good ? value : 0xFFFD;
    int used = good ? more + 1 : 1;
    *p += used;
    return used;
}

/* Bytes of the run of ASCII at the start, whole words of it: the rest is for the caller. */
static size_t ascii_run(const char *s, size_t n) {
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= n; i += sizeof word) {
        memcpy(&word, s + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return i;
}

bool text_valid(const char *s, size_t n) {
    const char *p = s, *end = s + n;
    while ((p += ascii_run(p, (size_t)(end - p))) < end) {
        int32_t point;
        if (text_next(&p, end, &point) == 1 && point == 0xFFFD)
            return false;
    }
    return true;
}

bool text_unsafe(int32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

char *text_printable(Arena *a, const char *s, size_t n) {
    enum { LONGEST_ESCAPE = 6 };
    if (n > SIZE_MAX / LONGEST_ESCAPE - 1)
        n = SIZE_MAX / LONGEST_ESCAPE - 1;
    const char *p = s, *end = s + n;
    size_t room = 1;
    while (p < end) {
        int32_t point;
        int used = text_next(&p, end, &point);
        bool plain = !text_unsafe(point) && !(used == 1 && point == 0xFFFD);
        room += plain ? (size_t)used : LONGEST_ESCAPE;
    }
    char *out = arena_alloc(a, room), *q = out;
    for (p = s; p < end;) {
        const char *from = p;
        int32_t point;
        int used = text_next(&p, end, &point);
        if (used == 1 && (point == 0xFFFD || text_unsafe(point)))
            q += snprintf(q, LONGEST_ESCAPE + 1, "\\x%02X", (unsigned)(uint8_t)*from);
        else if (text_unsafe(point))
            q += snprintf(q, LONGEST_ESCAPE + 1, "\\u%04X", (unsigned)point);
        else
            q = (char *)memcpy(q, from, (size_t)used) + used;
    }
    return out;
}
