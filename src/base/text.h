/* UTF-8 text: slices, display width, normalisation, and the one way numbers are printed.
 * A Str borrows its bytes. A `const char *` is NUL-terminated UTF-8. Nothing here depends on the locale. */
#ifndef CHUPIN_BASE_TEXT_H
#define CHUPIN_BASE_TEXT_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct Str {
    const char *p;
    size_t n;
} Str;

/* One sentence in the two languages every person-facing text has. */
typedef struct Text {
    const char *zh, *en;
} Text;

typedef enum Lang { LANG_ZH, LANG_EN } Lang;

#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
static inline const char *text_in(Text t, Lang lang) {
    return lang == LANG_ZH ? t.zh : t.en;
}
Str str_of(const char *s); /* NULL gives an empty slice */
bool str_eq(Str a, Str b);
bool str_is(Str a, const char *b);
bool str_starts(Str a, const char *prefix);
Str str_trim(Str s); /* without ASCII and ideographic spaces at both ends */
bool streq(const char *a, const char *b); /* NULL equals only NULL */

bool text_valid(const char *s, size_t n);                       /* well-formed UTF-8? */
int text_next(const char **p, const char *end, int32_t *point); /* bytes read; a bad byte gives U+FFFD and 1 */
int text_width(const char *s, size_t n);                        /* terminal columns */
size_t text_clip(const char *s, int columns);                   /* bytes of the longest prefix of that width */
/* Would this code point move the cursor, reorder or hide text when it is printed? */
bool text_unsafe(int32_t point);
/* Safe to print: control, bidirectional and ill-formed bytes become visible escapes (\x1B, \u202E). */
char *text_printable(Arena *a, const char *s, size_t n);
char *text_nfc(Arena *a, const char *s);
char *text_nfkc_fold(Arena *a, const char *s); /* NFKC, case folded: equal look or width compares equal */
char *text_from_utf16be(Arena *a, const uint8_t *p, size_t n);
char *text_from_gbk(Arena *a, const char *s, size_t n); /* NULL if it is not GB18030 */
/* A name out of a file: UTF-8, or GBK from older Chinese programs; what is neither, printably. */
const char *text_from_name(Arena *a, const char *s, size_t n);

/* Shortest decimal with at most `decimals` places, no trailing zeros, "-0" as "0". NaN gives "". */
int number_format(char *out, size_t size, double value, int decimals);
/* Reads a decimal number at the start of s without locale; returns bytes used (0: none). */
size_t number_parse(Str s, double *out);

/* The candidate nearest to `word` by edit distance when it is near enough to be meant; else NULL. */
const char *nearest_word(const char *word, const char *const *candidates, size_t count);

#endif
