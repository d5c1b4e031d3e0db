#include "base/text.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The text with every ill-formed byte replaced by U+FFFD. */
static const char *well_formed(Arena *a, const char *s) {
    size_t n = strlen(s);
    if (text_valid(s, n))
        return s;
    char *out = arena_alloc(a, n * 3 + 1), *q = out;
    const char *p = s, *end = s + n;
    while (p < end) {
        int32_t point;
        text_next(&p, end, &point);
        q += utf8proc_encode_char(point, (utf8proc_uint8_t *)q);
    }
    return out;
}

static char *normalised(Arena *a, const char *s, int options) {
    if (!s)
        return NULL;
    s = well_formed(a, s);
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &made,
                                      (utf8proc_option_t)(options | UTF8PROC_NULLTERM));
    char *out = n < 0 ? arena_strdup(a, s) : arena_copy(a, (const char *)made, (size_t)n);
    free(made);
    return out;
}

/* NFKC leaves ASCII as it is and folding makes small letters of capitals; NULL for other text. */
static char *ascii_fold(Arena *a, const char *s) {
    size_t n = 0;
    while ((uint8_t)s[n] - 1U < 0x7FU)
        n++;
    if (s[n])
        return NULL;
    char *out = arena_copy(a, s, n);
    for (char *p = out; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return out;
}

char *text_nfc(Arena *a, const char *s) {
    return normalised(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

char *text_nfkc_fold(Arena *a, const char *s) {
    char *plain = s ? ascii_fold(a, s) : NULL;
    return plain ? plain
                 : normalised(a, s,
                              UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

static int32_t utf16_unit(const uint8_t *p) {
    return p[0] << 8 | p[1];
}

char *text_from_utf16be(Arena *a, const uint8_t *p, size_t n) {
    n &= ~(size_t)1;
    while (n >= 2 && utf16_unit(p + n - 2) == 0)
        n -= 2;
    char *out = arena_alloc(a, n / 2 * 3 + 1), *q = out;
    size_t i = n >= 2 && utf16_unit(p) == 0xFEFF ? 2 : 0;
    while (i < n) {
        int32_t unit = utf16_unit(p + i);
        i += 2;
        int32_t low = unit >= 0xD800 && unit <= 0xDBFF && i < n ? utf16_unit(p + i) : 0;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        } else if (unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF)) {
            unit = 0xFFFD;
        }
        q += utf8proc_encode_char(unit, (utf8proc_uint8_t *)q);
    }
    return out;
}

char *text_from_gbk(Arena *a, const char *s, size_t n) {
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return NULL;
    /* Two GBK bytes make at most three of UTF-8; a four-byte sequence makes at most four. */
    size_t room = n * 2 + 4;
    char *out = arena_alloc(a, room + 1), *to = out, *from = (char *)(uintptr_t)s;
    size_t failed = iconv(converter, &from, &n, &to, &room);
    iconv_close(converter);
    return failed == (size_t)-1 ? NULL : out;
}

/* GB 2312 hanzi and ASCII only. */
static bool plain_hanzi(const char *s, size_t n) {
    const uint8_t *p = (const uint8_t *)s;
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < 0x80)
            continue;
        if (p[i] < 0xB0 || p[i] > 0xF7 || i + 1 == n || p[i + 1] < 0xA1 || p[i + 1] > 0xFE)
            return false;
        found = true;
        i++;
    }
    return found;
}

/* Phonetic signs, combining marks, Armenian, Hebrew, Arabic and their neighbours: what two GBK
 * bytes give that happen to be well-formed UTF-8 (专色 reads as a Hebrew and a phonetic letter). */
static bool has_unlikely_letter(const char *s, size_t n) {
    for (const char *p = s, *end = s + n; p < end;) {
        int32_t point;
        text_next(&p, end, &point);
        if ((point >= 0x180 && point < 0x370) || (point >= 0x530 && point < 0x800))
            return true;
    }
    return false;
}

const char *text_from_name(Arena *a, const char *s, size_t n) {
    bool utf8 = text_valid(s, n);
    if (utf8 && !(plain_hanzi(s, n) && has_unlikely_letter(s, n)))
        return arena_copy(a, s, n);
    const char *gbk = text_from_gbk(a, s, n);
    return gbk ? gbk : text_printable(a, s, n);
}
