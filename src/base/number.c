#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/* Lengths and sizes are small and have few decimals: as a whole number of the last decimal they are
 * written without asking the locale. Too near to halfway between two, the exact value decides. */
static int format_small(char *out, size_t size, double value, int decimals) {
    static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    enum { LONGEST = 20 };
    const double largest = 1e12, unsure = 1e-3;
    if (decimals >= (int)(sizeof tens / sizeof *tens))
        return 0;
    double scaled = fabs(value) * tens[decimals], whole = floor(scaled);
    if (!(scaled < largest) || fabs(scaled - whole - 0.5) < unsure)
        return 0;
    uint64_t rest = (uint64_t)whole + (scaled - whole > 0.5);
    bool minus = value < 0 && rest;
    char digits[LONGEST], *p = digits + LONGEST;
    for (int i = 0; i < decimals; i++, rest /= 10)
        if (rest % 10 || p < digits + LONGEST)
            *--p = (char)('0' + rest % 10);
    if (p < digits + LONGEST)
        *--p = '.';
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (minus)
        *--p = '-';
    size_t n = (size_t)(digits + LONGEST - p);
    if (n >= size)
        return 0;
    memcpy(out, p, n);
    out[n] = '\0';
    return (int)n;
}

int number_format(char *out, size_t size, double value, int decimals) {
    enum { LONGEST = 352 }; /* 309 digits of DBL_MAX, sign, point, places */
    if (size == 0)
        return 0;
    out[0] = '\0';
    if (!isfinite(value))
        return 0;
    decimals = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    int small = format_small(out, size, value, decimals);
    if (small)
        return small;
    char text[LONGEST];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    /* The point is whatever the locale writes, perhaps several bytes: all that is no digit becomes
     * one '.'. */
    char plain[LONGEST];
    size_t n = 0;
    const char *p = text;
    if (*p == '-')
        plain[n++] = *p++;
    while (digit(*p))
        plain[n++] = *p++;
    if (*p) {
        plain[n++] = '.';
        for (; *p; p++)
            if (digit(*p))
                plain[n++] = *p;
        while (plain[n - 1] == '0')
            n--;
        if (plain[n - 1] == '.')
            n--;
    }
    plain[n] = '\0';
    const char *shown = streq(plain, "-0") ? "0" : plain;
    int written = snprintf(out, size, "%s", shown);
    return written < (int)size ? written : (int)size - 1;
}

/* An exponent counts only with digits after it, so that the e of a unit stays the unit's. */
static size_t parse_exponent(Str s, size_t at, int *exponent) {
    size_t i = at;
    if (i >= s.n || (s.p[i] != 'e' && s.p[i] != 'E'))
        return at;
    i++;
    bool negative = i < s.n && s.p[i] == '-';
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
        i++;
    if (i >= s.n || !digit(s.p[i]))
        return at;
    int value = 0;
    for (; i < s.n && digit(s.p[i]); i++)
        value = value < 10000 ? value * 10 + (s.p[i] - '0') : value;
    *exponent += negative ? -value : value;
    return i;
}

static double scaled(uint64_t mantissa, int exponent) {
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    /* Both operands are exact in a double here, so the one operation rounds correctly. */
    if (mantissa < (UINT64_C(1) << 53) && exponent >= -22 && exponent <= 22)
        return exponent < 0 ? (double)mantissa / tens[-exponent]
                            : (double)mantissa * tens[exponent];
    return mantissa ? (double)((long double)mantissa * powl(10, exponent)) : 0;
}

size_t number_parse(Str s, double *out) {
    size_t i = 0, digits = 0;
    bool negative = s.n && s.p[0] == '-';
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        i++;
    uint64_t mantissa = 0;
    int exponent = 0;
    bool fraction = false;
    for (; i < s.n; i++) {
        if (s.p[i] == '.' && !fraction && i + 1 < s.n && digit(s.p[i + 1])) {
            fraction = true;
            continue;
        }
        if (!digit(s.p[i]))
            break;
        digits++;
        bool room = mantissa < UINT64_MAX / 10 - 1;
        mantissa = room ? mantissa * 10 + (uint64_t)(s.p[i] - '0') : mantissa;
        exponent += (room ? 0 : 1) - (fraction ? 1 : 0);
    }
    if (!digits)
        return 0;
    i = parse_exponent(s, i, &exponent);
    double value = scaled(mantissa, exponent);
    if (!isfinite(value))
        return 0;
    *out = negative ? -value : value;
    return i;
}
