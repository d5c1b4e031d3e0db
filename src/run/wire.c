#include "run/wire.h"

#include "ink/press/press.h"

#include <math.h>
#include <string.h>

enum { ID_BYTES = 64, NUMBERS = 4, SEPARATOR = 0x1f, NUMBER_DIGITS = 16 };

typedef enum WireType {
    TYPE_INT,
    TYPE_WORD,
    TYPE_BYTE,
    TYPE_NUM,
    TYPE_NUMS,
    TYPE_BOX,
    TYPE_BOOL,
    TYPE_BITS,
    TYPE_ID,
    TYPE_STR,
    TYPE_TEXT
} WireType;

typedef struct WireField {
    WireType type;
    size_t offset;
    int64_t most;
} WireField;

typedef struct WireRecord {
    const WireField *fields;
    size_t count;
} WireRecord;

#define RECORD(name, T)         static const WireField fields_##name[] = {
#define W(T, type, field, most) {TYPE_##type, offsetof(T, field), most},
#define END_RECORD(name)                                                                           \
    }                                                                                              \
    ;
#include "run/wire.def"
#undef RECORD
#undef W
#undef END_RECORD

static const WireRecord records[WIRE_KINDS] = {
#define RECORD(name, T)                                                                            \
    [WIRE_##name] = {fields_##name, sizeof fields_##name / sizeof *fields_##name},
#define W(T, type, field, most)
#define END_RECORD(name)
#include "run/wire.def"
#undef RECORD
#undef W
#undef END_RECORD
};

static void write_whole(Sink *to, int64_t value) {
    char digits[24];
    size_t n = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--n] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        digits[--n] = '-';
    digits[--n] = SEPARATOR;
    sink_write(to, digits + n, sizeof digits - n);
}

static void write_bits(Sink *to, uint64_t bits) {
    char digits[1 + NUMBER_DIGITS] = {SEPARATOR};
    for (int i = NUMBER_DIGITS; i > 0; i--, bits >>= 4)
        digits[i] = "0123456789abcdef"[bits & 15];
    sink_write(to, digits, sizeof digits);
}

static void write_number(Sink *to, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    write_bits(to, bits);
}

static char escape_of(char c) {
    return c == '\n' ? 'n' : c == SEPARATOR ? 'u' : '\\';
}

/* "=" and the text, or "-" for none. */
static void write_string(Sink *to, const char *s) {
    static const char special[] = {'\n', SEPARATOR, '\\', 0};
    if (s && !text_valid(s, strlen(s)))
        s = text_printable(to->arena, s, strlen(s));
    sink_char(to, SEPARATOR);
    sink_char(to, s ? '=' : '-');
    while (s && *s) {
        size_t plain = strcspn(s, special);
        sink_write(to, s, plain);
        s += plain;
        if (*s) {
            sink_char(to, '\\');
            sink_char(to, escape_of(*s++));
        }
    }
}

static void write_field(Sink *to, const WireField *f, const char *p) {
    switch (f->type) {
    case TYPE_INT:
        write_whole(to, *(const int *)p);
        break;
    case TYPE_WORD:
        write_whole(to, *(const unsigned *)p);
        break;
    case TYPE_BYTE:
        write_whole(to, *(const uint8_t *)p);
        break;
    case TYPE_BOOL:
        write_whole(to, *(const bool *)p);
        break;
    case TYPE_BITS:
        write_bits(to, *(const uint64_t *)(const void *)p);
        break;
    case TYPE_NUM:
        write_number(to, *(const double *)p);
        break;
    case TYPE_NUMS:
    case TYPE_BOX:
        for (int i = 0; i < NUMBERS; i++)
            write_number(to, ((const double *)p)[i]);
        break;
    case TYPE_ID:
    case TYPE_STR:
        write_string(to, *(const char *const *)p);
        break;
    case TYPE_TEXT:
        write_string(to, ((const Text *)p)->zh);
        write_string(to, ((const Text *)p)->en);
        break;
    }
}

void wire_write(Sink *line, WireKind kind, const void *record) {
    for (size_t i = 0; i < records[kind].count; i++) {
        const WireField *f = &records[kind].fields[i];
        write_field(line, f, (const char *)record + f->offset);
    }
}

void wire_write_count(Sink *line, size_t count) {
    write_whole(line, (int64_t)count);
}

/* The next field; nothing is left after a refusal. */
static bool next(WireReader *in, Str *field) {
    if (!in->p || in->p == in->end || *in->p != SEPARATOR) {
        in->p = NULL;
        return false;
    }
    const char *start = in->p + 1, *stop = memchr(start, SEPARATOR, (size_t)(in->end - start));
    if (!stop)
        stop = in->end;
    *field = (Str){start, (size_t)(stop - start)};
    in->p = stop;
    return true;
}

static bool read_whole(WireReader *in, int64_t least, int64_t most, int64_t *out) {
    Str s;
    if (!next(in, &s) || s.n == 0 || s.n > 18)
        return false;
    bool minus = s.p[0] == '-';
    int64_t value = 0;
    for (size_t i = minus; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = minus ? -value : value;
    return s.n > minus && *out >= least && *out <= most;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_bits(WireReader *in, uint64_t *out) {
    Str s;
    uint64_t bits = 0;
    if (!next(in, &s) || s.n != NUMBER_DIGITS)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        int digit = hex_digit(s.p[i]);
        if (digit < 0)
            return false;
        bits = bits << 4 | (uint64_t)digit;
    }
    *out = bits;
    return true;
}

static bool read_number(WireReader *in, double *out) {
    uint64_t bits;
    if (!read_bits(in, &bits))
        return false;
    memcpy(out, &bits, sizeof bits);
    return !isinf(*out);
}

static bool unescape(char *s, Str from) {
    for (size_t i = 0; i < from.n; i++) {
        char c = from.p[i];
        if (c == '\\') {
            c = ++i < from.n ? from.p[i] : 0;
            if (c != 'n' && c != 'u' && c != '\\')
                return false;
            c = c == 'n' ? '\n' : c == 'u' ? SEPARATOR : '\\';
        } else if (!c) {
            return false;
        }
        *s++ = c;
    }
    *s = 0;
    return true;
}

static bool read_string(WireReader *in, const char **out) {
    Str s;
    *out = NULL;
    if (!next(in, &s) || s.n == 0)
        return false;
    if (s.p[0] == '-')
        return s.n == 1;
    Str body = {s.p + 1, s.n - 1};
    char *text = arena_alloc(in->arena, body.n + 1);
    if (s.p[0] != '=' || !text_valid(body.p, body.n) || !unescape(text, body))
        return false;
    *out = text;
    return true;
}

static bool read_id(WireReader *in, const char **out) {
    if (!read_string(in, out) || !*out)
        return false;
    size_t n = strlen(*out);
    return n > 0 && n <= ID_BYTES && strspn(*out, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static bool read_field(WireReader *in, const WireField *f, char *p) {
    int64_t whole;
    switch (f->type) {
    case TYPE_INT:
        if (!read_whole(in, 0, f->most, &whole))
            return false;
        *(int *)p = (int)whole;
        return true;
    case TYPE_WORD:
        if (!read_whole(in, 0, f->most - 1, &whole))
            return false;
        *(unsigned *)p = (unsigned)whole;
        return true;
    case TYPE_BYTE:
        if (!read_whole(in, 0, f->most - 1, &whole))
            return false;
        *(uint8_t *)p = (uint8_t)whole;
        return true;
    case TYPE_BOOL:
        if (!read_whole(in, 0, 1, &whole))
            return false;
        *(bool *)p = whole;
        return true;
    case TYPE_BITS:
        return read_bits(in, (uint64_t *)(void *)p);
    case TYPE_NUM:
        return read_number(in, (double *)p);
    case TYPE_NUMS:
    case TYPE_BOX:
        for (int i = 0; i < NUMBERS; i++)
            if (!read_number(in, (double *)p + i))
                return false;
        return true;
    case TYPE_ID:
        return read_id(in, (const char **)p);
    case TYPE_STR:
        return read_string(in, (const char **)p);
    case TYPE_TEXT:
        return read_string(in, &((Text *)p)->zh) && read_string(in, &((Text *)p)->en) &&
               !((Text *)p)->zh == !((Text *)p)->en;
    }
    return false;
}

bool wire_read(WireReader *in, WireKind kind, void *record) {
    for (size_t i = 0; i < records[kind].count; i++) {
        const WireField *f = &records[kind].fields[i];
        if (!read_field(in, f, (char *)record + f->offset))
            return false;
    }
    return true;
}

bool wire_read_count(WireReader *in, size_t most, size_t *count) {
    int64_t whole;
    if (!read_whole(in, 0, (int64_t)most, &whole))
        return false;
    *count = (size_t)whole;
    return true;
}

bool wire_at_end(const WireReader *in) {
    return in->p && in->p == in->end;
}

static void write_strings(Sink *to, const Strs *s) {
    write_whole(to, s ? (int64_t)s->count : -1);
    for (size_t i = 0; s && i < s->count; i++)
        write_string(to, s->items[i]);
}

void wire_write_row(Sink *line, const EntityDesc *e, const void *row) {
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        const char *p = (const char *)row + f->offset;
        switch (f->type) {
        case T_BOOL:
            write_whole(line, *(const Tri *)p);
            break;
        case T_INT:
            write_whole(line, *(const int32_t *)p);
            break;
        case T_ENUM:
            write_whole(line, *(const uint8_t *)p);
            break;
        case T_NUM:
            write_number(line, *(const double *)p);
            break;
        case T_STR:
            write_string(line, *(const char *const *)p);
            break;
        case T_STRS:
            write_strings(line, *(const Strs *const *)p);
            break;
        case T_NUM32:
        case T_BOX:
        case T_BOX32:
        case T_REF:
            break;
        }
    }
}

static bool read_strings(WireReader *in, const Strs **out) {
    int64_t count;
    if (!read_whole(in, -1, in->p ? in->end - in->p : 0, &count))
        return false;
    if (count < 0)
        return true;
    const char **items = ARENA_ARRAY(in->arena, const char *, count + 1);
    for (int64_t i = 0; i < count; i++)
        if (!read_string(in, &items[i]) || !items[i])
            return false;
    *out = strs_of(in->arena, items, (size_t)count);
    return true;
}

static bool read_fact(WireReader *in, const FieldDesc *f, char *p) {
    int64_t whole;
    switch (f->type) {
    case T_BOOL:
        if (!read_whole(in, UNKNOWN_BOOL, 1, &whole))
            return false;
        *(Tri *)p = (Tri)whole;
        return true;
    case T_INT:
        if (!read_whole(in, INT32_MIN, INT32_MAX, &whole))
            return false;
        *(int32_t *)p = (int32_t)whole;
        return true;
    case T_ENUM:
        if (!read_whole(in, 0, (int64_t)f->domain->count - 1, &whole))
            return false;
        *(uint8_t *)p = (uint8_t)whole;
        return true;
    case T_NUM:
        return read_number(in, (double *)p);
    case T_STR:
        return read_string(in, (const char **)p);
    case T_STRS:
        return read_strings(in, (const Strs **)p);
    case T_NUM32:
    case T_BOX:
    case T_BOX32:
    case T_REF:
        return true;
    }
    return false;
}

bool wire_read_row(WireReader *in, const EntityDesc *e, void *row) {
    row_clear(e, row);
    for (size_t i = 0; i < e->count; i++)
        if (!read_fact(in, &e->fields[i], (char *)row + e->fields[i].offset))
            return false;
    return true;
}
