#include "check/job_measure.h"

#include "facts/facts_yaml.h"

#include <math.h>
#include <string.h>

static const char *const yes_words[] = {"yes", "true", "y", "是", "有", "要", "对", "1", "on", "✓"};
static const char *const no_words[] = {"no", "false", "n",    "否", "无",
                                       "不", "不要",  "没有", "0",  "off"};
static const char *const times[] = {"x", "×", "*", "✕", "╳", "乘", "by"};
static const char *const dashes[] = {"-", "~", "–", "—", "至", "到", "‐"};
static const char *const commas[] = {",", "、", ";", " "};
#define WORD_IN(s, words) word_at((s), (words), sizeof(words) / sizeof *(words))

/* Bytes of the first of these words that the text begins with; 0 if none. */
static size_t word_at(Str s, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_starts(s, words[i]))
            return strlen(words[i]);
    return 0;
}

static Str skip(Str s, size_t n) {
    return str_trim((Str){s.p + n, s.n - n});
}

static Str folded(Arena *a, const char *written) {
    return str_trim(str_of(text_nfkc_fold(a, written)));
}

/* Length of what stands before the next number mark or sign of multiplication. */
static size_t unit_length(Str s) {
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && !WORD_IN(((Str){s.p + n, s.n - n}), times))
        n++;
    return n;
}

static bool length_unit(double *factor, Str suffix) {
    const Unit *u = unit_find(suffix);
    if (!u || u->dimension != DIM_LENGTH)
        return false;
    *factor = u->factor;
    return true;
}

bool measure_read(double *out, Arena *a, const char *written, Dimension d, Bare bare) {
    Str s = folded(a, written);
    double number;
    size_t n = number_parse(s, &number);
    if (!n || !isfinite(number))
        return false;
    Str unit = skip(s, n);
    if (!unit.n && bare == BARE_ALLOWED && unit_shown(d)) {
        *out = number * unit_shown(d)->factor;
        return true;
    }
    if (d == DIM_AREA && (str_is(unit, "m2") || str_is(unit, "平方米"))) {
        *out = number * 1e6 * unit_find(STR("mm2"))->factor;
        return true;
    }
    return measure_parse(a, written, d, out, NULL);
}

bool size_read(double *w, double *h, Arena *a, const char *written) {
    Str s = folded(a, written);
    double number[2], factor[2] = {NAN, NAN};
    for (int i = 0; i < 2; i++) {
        size_t n = number_parse(s, &number[i]);
        if (!n || !isfinite(number[i]) || number[i] <= 0)
            return false;
        s = skip(s, n);
        size_t unit = i == 0 ? unit_length(s) : s.n;
        if (unit && !length_unit(&factor[i], (Str){s.p, unit}))
            return false;
        s = skip(s, unit);
        size_t sign = i == 0 ? WORD_IN(s, times) : 0;
        if (i == 0 && !sign)
            return false;
        s = skip(s, sign);
    }
    if (isnan(factor[1]))
        factor[1] = isnan(factor[0]) ? MM(1) : factor[0];
    if (isnan(factor[0]))
        factor[0] = factor[1];
    *w = number[0] * factor[0];
    *h = number[1] * factor[1];
    return s.n == 0;
}

bool scale_read(double *out, Arena *a, const char *written) {
    Str s = folded(a, written);
    double first, second = 1;
    size_t n = number_parse(s, &first);
    if (!n || !(first > 0))
        return false;
    s = skip(s, n);
    if (str_is(s, "%")) {
        *out = first / 100;
        return true;
    }
    if (s.n) {
        if (*s.p != ':' && *s.p != '/' && *s.p != '-')
            return false;
        s = skip(s, 1);
        n = number_parse(s, &second);
        if (!n || n != s.n || !(second > 0))
            return false;
    }
    *out = first / second;
    return true;
}

bool count_read(int32_t *out, Arena *a, const char *written) {
    Str s = folded(a, written);
    double number;
    size_t n = number_parse(s, &number);
    if (!n || number < 0 || number > 1e6 || number != floor(number))
        return false;
    s = skip(s, n);
    if (s.n && !str_is(s, "页") && !str_is(s, "p") && !str_is(s, "pp") && !str_is(s, "面"))
        return false;
    *out = (int32_t)number;
    return true;
}

bool yes_read(Tri *out, Arena *a, const char *written) {
    Str s = folded(a, written);
    for (size_t i = 0; i < sizeof yes_words / sizeof *yes_words; i++)
        if (str_is(s, yes_words[i])) {
            *out = 1;
            return true;
        }
    for (size_t i = 0; i < sizeof no_words / sizeof *no_words; i++)
        if (str_is(s, no_words[i])) {
            *out = 0;
            return true;
        }
    return false;
}

static bool page_number(int *out, Str *s) {
    double number;
    size_t n = number_parse(*s, &number);
    if (!n || number < 1 || number > 1e6 || number != floor(number))
        return false;
    *out = (int)number;
    *s = skip(*s, n);
    if (str_starts(*s, "页"))
        *s = skip(*s, strlen("页"));
    return true;
}

/* ranges = range {comma range} ; range = page [dash page] */
bool ranges_read(PageRange **out, size_t *count, Arena *a, const char *written) {
    Str s = folded(a, written);
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    while (s.n) {
        PageRange r;
        if (str_starts(s, "第"))
            s = skip(s, strlen("第"));
        /* number_parse would take "1-2" as 1 and "-2" as a number, so the dash is looked for first.
         */
        if (!page_number(&r.first, &s))
            return false;
        r.last = r.first;
        size_t dash = WORD_IN(s, dashes);
        if (dash) {
            s = skip(s, dash);
            if (!page_number(&r.last, &s) || r.last < r.first)
                return false;
        }
        size_t comma = WORD_IN(s, commas);
        if (s.n && !comma && s.p[0] != ' ')
            return false;
        s = skip(s, comma);
        *ARENA_PUSH(a, *out, *count, capacity) = r;
    }
    return *count > 0;
}

bool limit_read(Limit *row, Arena *a, const FieldDesc *f, const char *written, Bare bare) {
    char *at = (char *)row + f->offset;
    if (f->type == T_BOOL)
        return yes_read((Tri *)at, a, written);
    if (f->type == T_INT)
        return count_read((int32_t *)at, a, written);
    return measure_read((double *)at, a, written, f->dimension, bare);
}

size_t limit_index(const FieldDesc *f) {
    return (size_t)(f - entity_of(FACT_limit)->fields);
}
