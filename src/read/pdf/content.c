#include "read/pdf/content.h"

#include <string.h>

typedef enum ByteClass { REGULAR, NUMERIC, WHITE, DELIMITER } ByteClass; /* words: up to NUMERIC */
static const uint8_t class_of[256] = {
    [0] = WHITE,       ['\t'] = WHITE,    ['\n'] = WHITE,    ['\f'] = WHITE,    ['\r'] = WHITE,
    [' '] = WHITE,     ['0'] = NUMERIC,   ['1'] = NUMERIC,   ['2'] = NUMERIC,   ['3'] = NUMERIC,
    ['4'] = NUMERIC,   ['5'] = NUMERIC,   ['6'] = NUMERIC,   ['7'] = NUMERIC,   ['8'] = NUMERIC,
    ['9'] = NUMERIC,   ['+'] = NUMERIC,   ['-'] = NUMERIC,   ['.'] = NUMERIC,   ['('] = DELIMITER,
    [')'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER};

static const double powers_of_ten[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                       1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

static bool is_digit(uint8_t c) {
    return (unsigned)(c - '0') < 10;
}

static int hex_value(uint8_t c) {
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What overflows is not what an operator wants: operators take the last operands. */
static void make_room(Reader *r) {
    if (r->capacity >= READER_MOST) {
        r->faults |= READER_TOO_MANY;
        r->count = r->open_count ? r->count - 1 : 0;
        return;
    }
    uint32_t larger = r->capacity ? r->capacity * 4 : READER_FIRST;
    r->stack =
        arena_grow(r->arena, r->stack, r->capacity * sizeof(Operand), larger * sizeof(Operand));
    r->capacity = larger;
}

static inline Operand *push(Reader *r) {
    if (r->count == r->capacity)
        make_room(r);
    return &r->stack[r->count++];
}

static void push_text(Reader *r, OperandType type, const void *bytes, size_t n) {
    Operand *o = push(r);
    o->type = type;
    o->count = (uint32_t)n;
    o->bytes = bytes;
}

/* Numbers too long for 64 bits, or with signs inside, which other programs read over. */
static const uint8_t *odd_number(Reader *r, const uint8_t *p, double *out) {
    double value = 0, scale = 0;
    bool minus = false;
    for (; p < r->end && (*p == '-' || *p == '+'); p++)
        minus |= *p == '-';
    for (; p < r->end; p++) {
        if (is_digit(*p)) {
            value = scale > 0 ? value + (*p - '0') * scale : value * 10 + (*p - '0');
            scale /= 10;
        } else if (*p == '.' && scale == 0) {
            scale = 0.1;
        } else if (*p == '-') {
            r->faults |= READER_BAD_NUMBER;
        } else {
            break;
        }
    }
    *out = minus ? -value : value;
    return p;
}

/* Numbers too near the end of the stream to be read without looking for it, and long ones. */
static const uint8_t *careful_number(Reader *r, const uint8_t *p, double *out) {
    const uint8_t *end = r->end, *start = p;
    bool minus = *p == '-';
    if (minus || *p == '+')
        p++;
    const uint8_t *digits = p;
    uint64_t value = 0;
    while (p < end && is_digit(*p))
        value = value * 10 + (uint64_t)(*p++ - '0');
    ptrdiff_t length = p - digits, fraction = 0;
    if (p < end && *p == '.') {
        const uint8_t *point = ++p;
        while (p < end && is_digit(*p))
            value = value * 10 + (uint64_t)(*p++ - '0');
        fraction = p - point;
        length += fraction;
    }
    if (length > 18 || (p < end && *p == '-'))
        return odd_number(r, start, out);
    double number = fraction ? (double)value / powers_of_ten[fraction] : (double)value;
    *out = minus ? -number : number;
    return p > start ? p : start + 1;
}

/* Most of a page is numbers, and most of them are short. */
static inline const uint8_t *read_number(Reader *r, const uint8_t *start) {
    enum { DIGITS = 9, LONGEST = 1 + 2 * DIGITS + 2 };
    Operand *o = push(r);
    o->type = OPERAND_NUMBER;
    if (r->end - start < LONGEST)
        return careful_number(r, start, &o->number);
    const uint8_t *p = start + (*start == '-' || *start == '+'), *digits = p;
    uint32_t value = 0, fraction = 0;
    unsigned digit;
    for (; (digit = *p - (unsigned)'0') < 10 && p - digits < DIGITS; p++)
        value = value * 10 + digit;
    if (*p == '.') {
        const uint8_t *point = ++p;
        for (; (digit = *p - (unsigned)'0') < 10 && p - digits <= DIGITS; p++)
            value = value * 10 + digit;
        fraction = (uint32_t)(p - point);
    }
    if (class_of[*p] == NUMERIC || p == digits)
        return careful_number(r, start, &o->number);
    double number = (double)value / powers_of_ten[fraction];
    o->number = *start == '-' ? -number : number;
    return p;
}

/* A name runs to white space or a delimiter; #41 stands for A. */
static void read_name(Reader *r) {
    const uint8_t *start = ++r->p, *p = start, *end = r->end;
    bool escaped = false;
    while (p < end && class_of[*p] <= NUMERIC)
        escaped |= *p++ == '#';
    r->p = p;
    if (!escaped) {
        push_text(r, OPERAND_NAME, start, (size_t)(p - start));
        return;
    }
    char *out = arena_alloc(r->scratch, (size_t)(p - start) + 1);
    size_t n = 0;
    r->dirty = true;
    for (const uint8_t *s = start; s < p; s++) {
        int high = *s == '#' && p - s > 2 ? hex_value(s[1]) : -1;
        int low = high >= 0 ? hex_value(s[2]) : -1;
        out[n++] = low >= 0 ? (char)(high * 16 + low) : (char)*s;
        if (low >= 0)
            s += 2;
    }
    push_text(r, OPERAND_NAME, out, n);
}

static const uint8_t *read_escape(const uint8_t *p, const uint8_t *end, char *out, size_t *n) {
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    const char *known = *p ? strchr(from, *p) : NULL;
    if (known) {
        out[(*n)++] = to[known - from];
        return p + 1;
    }
    if (*p == '\r' || *p == '\n') /* a line continued */
        return p + (*p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1);
    if (*p < '0' || *p > '7') {
        out[(*n)++] = (char)*p;
        return p + 1;
    }
    int code = 0;
    for (int i = 0; i < 3 && p < end && *p >= '0' && *p <= '7'; i++)
        code = code * 8 + (*p++ - '0');
    out[(*n)++] = (char)code;
    return p;
}

static void push_unescaped(Reader *r, const uint8_t *p, const uint8_t *end) {
    char *out = arena_alloc(r->scratch, (size_t)(end - p) + 1);
    size_t n = 0;
    r->dirty = true;
    while (p < end) {
        uint8_t c = *p++;
        if (c == '\\' && p < end) {
            p = read_escape(p, end, out, &n);
        } else if (c == '\r') {
            out[n++] = '\n';
            p += p < end && *p == '\n';
        } else {
            out[n++] = (char)c;
        }
    }
    push_text(r, OPERAND_STRING, out, n);
}

static void read_string(Reader *r) {
    const uint8_t *start = ++r->p, *p = start, *end = r->end;
    int depth = 1;
    bool plain = true;
    for (; p < end; p++) {
        if (*p == '(') {
            depth++;
        } else if (*p == ')') {
            if (--depth == 0)
                break;
        } else if (*p == '\\') {
            plain = false;
            p++;
        } else if (*p == '\r') {
            plain = false;
        }
    }
    if (p >= end) {
        p = end;
        r->faults |= READER_BAD_STRING;
    }
    r->p = p < end ? p + 1 : end;
    if (plain)
        push_text(r, OPERAND_STRING, start, (size_t)(p - start));
    else
        push_unescaped(r, start, p);
}

static void read_hex_string(Reader *r) {
    const uint8_t *p = ++r->p, *end = r->end;
    const uint8_t *close = memchr(p, '>', (size_t)(end - p));
    if (!close) {
        r->faults |= READER_BAD_STRING;
        close = end;
    }
    char *out = arena_alloc(r->scratch, (size_t)(close - p) / 2 + 2);
    size_t digits = 0;
    r->dirty = true;
    for (; p < close; p++) {
        int value = hex_value(*p);
        if (value < 0) {
            r->faults |= class_of[*p] == WHITE ? 0 : (unsigned)READER_BAD_STRING;
            continue;
        }
        out[digits / 2] = (char)(out[digits / 2] | (digits % 2 ? value : value * 16));
        digits++;
    }
    r->p = close < end ? close + 1 : end;
    push_text(r, OPERAND_STRING, out, (digits + 1) / 2);
}

static void open_items(Reader *r, bool dict) {
    if (r->open_count == READER_NESTING)
        r->faults |= READER_BAD_NESTING;
    else
        r->open[r->open_count++] = r->count * 2 + dict;
}

/* The items since the innermost opening become one operand. */
static void close_items(Reader *r, bool dict) {
    if (!r->open_count || (r->open[r->open_count - 1] & 1) != dict) {
        r->faults |= READER_BAD_NESTING;
        return;
    }
    uint32_t first = r->open[--r->open_count] / 2;
    first = first < r->count ? first : r->count;
    uint32_t count = r->count - first;
    Operand *items = arena_alloc(r->scratch, (count + 1) * sizeof(Operand));
    r->dirty = true;
    if (count)
        memcpy(items, r->stack + first, count * sizeof(Operand));
    r->count = first;
    Operand *o = push(r);
    o->type = dict ? OPERAND_DICT : OPERAND_ARRAY;
    o->count = count;
    o->items = items;
}

static void read_delimited(Reader *r) {
    const uint8_t *p = r->p;
    bool twice = p + 1 < r->end && p[1] == p[0];
    switch (*p) {
    case '/':
        read_name(r);
        return;
    case '(':
        read_string(r);
        return;
    case '<':
        if (!twice) {
            read_hex_string(r);
            return;
        }
        open_items(r, true);
        break;
    case '>':
        if (twice)
            close_items(r, true);
        else
            r->faults |= READER_BAD_NESTING;
        break;
    case '[':
        open_items(r, false);
        break;
    case ']':
        close_items(r, false);
        break;
    case '%':
        while (p < r->end && *p != '\n' && *p != '\r')
            p++;
        r->p = p;
        return;
    default:
        r->faults |= READER_BAD_NESTING;
    }
    r->p = p + (twice && (*p == '<' || *p == '>') ? 2 : 1);
}

/* A word that is a value, not an operator. */
static bool push_keyword(Reader *r, const uint8_t *p, size_t n) {
    bool is_true = n == 4 && memcmp(p, "true", 4) == 0;
    bool is_false = n == 5 && memcmp(p, "false", 5) == 0;
    if (!is_true && !is_false && !(n == 4 && memcmp(p, "null", 4) == 0))
        return false;
    Operand *o = push(r);
    o->type = is_true || is_false ? OPERAND_BOOL : OPERAND_NULL;
    o->count = 0;
    o->number = is_true;
    return true;
}

static void drop_operands(Reader *r) {
    r->count = 0;
    r->open_count = 0;
    if (r->dirty) {
        arena_rewind(r->scratch, r->empty);
        r->dirty = false;
    }
}

void reader_start(Reader *r, const uint8_t *p, size_t n, Arena *scratch, Arena *arena) {
    Operand *stack = r->stack;
    uint32_t capacity = r->capacity;
    *r = (Reader){.stack = stack, .capacity = capacity, .scratch = scratch, .arena = arena};
    r->p = p;
    r->end = p ? p + n : p;
    r->empty = arena_mark(scratch);
}

/* Is this word an operator? If not it is a value, and an operand now. */
static bool is_operator(Reader *r, const uint8_t *p, size_t n) {
    if (n >= 4 && push_keyword(r, p, n))
        return false;
    /* An operator inside an array or dictionary: the bracket was never closed. */
    while (r->open_count) {
        r->faults |= READER_BAD_NESTING;
        close_items(r, r->open[r->open_count - 1] & 1);
    }
    return true;
}

bool reader_next(Reader *r, Str *name) {
    drop_operands(r);
    const uint8_t *p = r->p, *const end = r->end;
    while (p < end) {
        const uint8_t *start = p;
        switch ((ByteClass)class_of[*p]) {
        case WHITE:
            p++;
            break;
        case NUMERIC:
            p = read_number(r, p);
            break;
        case DELIMITER:
            r->p = p;
            read_delimited(r);
            p = r->p;
            break;
        case REGULAR:
            while (++p < end && class_of[*p] <= NUMERIC)
                continue;
            if (!is_operator(r, start, (size_t)(p - start)))
                break;
            r->p = p;
            *name = (Str){(const char *)start, (size_t)(p - start)};
            return true;
        }
    }
    r->p = p;
    return false;
}

void reader_end(Reader *r) {
    drop_operands(r);
    r->p = r->end = NULL;
}

bool reader_looks_like_content(const uint8_t *p, const uint8_t *end) {
    for (int i = 0; i < 24 && p < end; i++, p++)
        if (*p > 0x7e || (*p < ' ' && class_of[*p] != WHITE))
            return false;
    return true;
}
