/* Facts of the name alone. A name is, with each part optional and in any order after the date:
 *     name  = [date] title [size] [stage] [version] [ "." extension ]
 *     date  = 6 digits yymmdd | 8 digits yyyymmdd, at the start, not followed by a digit
 *     size  = number ("x"|"X"|"×"|"*") number unit, unit = mm | cm | m | 毫米 | 厘米 | 米
 *     version = ("v"|"V") digits, not inside a word
 * A size without a unit is none: 1920x1080 are pixels as often as not. */
#include <ctype.h>
#include <string.h>

#include "read/read.h"

static const struct {
    Stage stage;
    const char *word;
} stages[] = {
#define STAGE(id, word) {STAGE_##id, word},
#include "read/stages.def"
#undef STAGE
};

/* Stands in the working copy for what was recognised, so that it parts the title. */
enum { TAKEN = 0x1f };

static void take(char *at, size_t n) {
    memset(at, TAKEN, n);
}

static bool leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool date_is_real(int date) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = date / 10000, month = date / 100 % 100, day = date % 100;
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap(year));
}

static int digits_at(const char *s) {
    int n = 0;
    while (isdigit((unsigned char)s[n]))
        n++;
    return n;
}

static int number_of(const char *s, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++)
        value = value * 10 + (s[i] - '0');
    return value;
}

static void find_date(File *f, char *s) {
    int digits = digits_at(s);
    f->name_date = 0;
    f->name_date_real = 0;
    if (digits != 6 && digits != 8)
        return;
    f->name_date = number_of(s, digits) + (digits == 6 ? 20000000 : 0);
    f->name_date_real = date_is_real(f->name_date) && f->name_date >= 19000101;
    take(s, (size_t)digits);
}

static void find_stage(File *f, char *s) {
    f->name_stage = STAGE_NONE;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        char *at = strstr(s, stages[i].word);
        if (!at)
            continue;
        f->name_stage = (uint8_t)stages[i].stage;
        take(at, strlen(stages[i].word));
        return;
    }
}

static void find_version(File *f, char *s) {
    f->name_version = 0;
    for (char *p = s; *p; p++) {
        if ((*p != 'v' && *p != 'V') || (p > s && isalnum((unsigned char)p[-1])))
            continue;
        int digits = digits_at(p + 1);
        if (digits == 0 || digits > 6 || isalpha((unsigned char)p[1 + digits]))
            continue;
        f->name_version = number_of(p + 1, digits);
        take(p, (size_t)digits + 1);
        return;
    }
}

static size_t times_sign(const char *s) {
    if (*s == 'x' || *s == 'X' || *s == '*')
        return 1;
    return strncmp(s, "×", strlen("×")) == 0 ? strlen("×") : 0;
}

static size_t length_at(const char *s, double *pt) {
    static const struct {
        const char *word;
        double mm;
    } units[] = {{"mm", 1},  {"MM", 1},    {"毫米", 1}, {"cm", 10},
                 {"CM", 10}, {"厘米", 10}, {"m", 1000}, {"米", 1000}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i].word);
        if (strncmp(s, units[i].word, n) == 0 &&
            (!isalpha((unsigned char)s[n]) || times_sign(s + n))) {
            *pt = MM(units[i].mm);
            return n;
        }
    }
    return 0;
}

static size_t plain_number(const char *s, double *value) {
    return isdigit((unsigned char)*s) ? number_parse(str_of(s), value) : 0;
}

/* Bytes of a size that starts at s; 0 if none does. The first side may carry its own unit. */
static size_t size_at(const char *s, double *w, double *h) {
    double width, height, unit, first_unit;
    size_t n = plain_number(s, &width);
    if (!n)
        return 0;
    size_t first = length_at(s + n, &first_unit);
    n += first;
    size_t by = times_sign(s + n);
    if (!by)
        return 0;
    n += by;
    size_t m = plain_number(s + n, &height);
    if (!m)
        return 0;
    n += m;
    size_t second = length_at(s + n, &unit);
    if (!second)
        return 0;
    *w = width * (first ? first_unit : unit);
    *h = height * unit;
    return n + second;
}

static void find_size(File *f, char *s) {
    f->name_width = f->name_height = 0;
    for (char *p = s; *p; p++) {
        if (p > s && (isdigit((unsigned char)p[-1]) || p[-1] == '.'))
            continue;
        double w, h;
        size_t n = size_at(p, &w, &h);
        if (!n || w <= 0 || h <= 0)
            continue;
        f->name_width = w;
        f->name_height = h;
        take(p, n);
        return;
    }
}

static size_t separator_at(const char *s) {
    static const char *const separators[] = {" ",  "_",  "-",  "+",  "(", ")",  "[",  "]",
                                             "（", "）", "【", "】", "—", "－", "　", "\x1f"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t n = strlen(separators[i]);
        if (strncmp(s, separators[i], n) == 0)
            return n;
    }
    return 0;
}

/* What is left, each run of separators around a taken part as one underscore, none at the ends. */
static const char *title_of(Arena *a, const char *s) {
    char *out = arena_alloc(a, strlen(s) + 2);
    size_t n = 0;
    while (*s) {
        size_t gap = 0, m;
        bool taken = false;
        while ((m = separator_at(s + gap))) {
            taken |= s[gap] == TAKEN;
            gap += m;
        }
        if (gap && n && s[gap]) {
            if (taken)
                out[n++] = '_';
            else
                memcpy(out + n, s, gap), n += gap;
        }
        s += gap;
        if (*s)
            out[n++] = *s++;
    }
    out[n] = 0;
    return out;
}

void file_name_facts(File *f, Arena *a, const char *name) {
    char *shown = text_printable(a, name, strlen(name));
    f->name = shown;
    char *rest = arena_strdup(a, shown);
    char *dot = strrchr(rest, '.');
    f->extension = "";
    if (dot && dot > rest) {
        char *extension = arena_strdup(a, dot + 1);
        for (char *p = extension; *p; p++)
            *p = (char)tolower((unsigned char)*p);
        f->extension = extension;
        *dot = 0;
    }
    find_date(f, rest);
    find_size(f, rest);
    find_stage(f, rest);
    find_version(f, rest);
    f->name_title = title_of(a, rest);
}
