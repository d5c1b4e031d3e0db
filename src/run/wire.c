#include "run/wire.h"

#include <math.h>
#include <string.h>

typedef enum WireType {
    TYPE_INT,
    TYPE_WORD,
    TYPE_BYTE,
    TYPE_NUM,
    TYPE_NUMS,
    TYPE_BOX,
    TYPE_BOOL,
    TYPE_ID,
    TYPE_STR,
    TYPE_TEXT
} WireType;

typedef struct WireField {
    const char *name;
    WireType type;
    size_t offset;
    int64_t most;
} WireField;

typedef struct WireRecord {
    const WireField *fields;
    size_t count;
} WireRecord;

enum { ID_BYTES = 64, NUMBERS = 4, DECIMALS = 6 };

#define RECORD(name, T)         static const WireField fields_##name[] = {
#define W(T, type, field, most) {#field, TYPE_##type, offsetof(T, field), most},
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

static void write_numbers(Json *j, const double *numbers) {
    json_open(j, '[');
    for (int i = 0; i < NUMBERS; i++)
        json_num(j, numbers[i], DECIMALS);
    json_close(j);
}

static void write_field(Json *j, const WireField *f, const char *p) {
    switch (f->type) {
    case TYPE_INT:
        json_int(j, *(const int *)p);
        break;
    case TYPE_WORD:
        json_int(j, *(const unsigned *)p);
        break;
    case TYPE_BYTE:
        json_int(j, *(const uint8_t *)p);
        break;
    case TYPE_NUM:
        json_num(j, *(const double *)p, DECIMALS);
        break;
    case TYPE_NUMS:
    case TYPE_BOX:
        write_numbers(j, (const double *)p);
        break;
    case TYPE_BOOL:
        json_bool(j, *(const bool *)p);
        break;
    case TYPE_ID:
    case TYPE_STR:
        json_str(j, *(const char *const *)p);
        break;
    case TYPE_TEXT:
        json_text(j, *(const Text *)p);
        break;
    }
}

void wire_write(Json *j, WireKind kind, const void *record) {
    for (size_t i = 0; i < records[kind].count; i++) {
        const WireField *f = &records[kind].fields[i];
        json_key(j, f->name);
        write_field(j, f, (const char *)record + f->offset);
    }
}

static bool read_whole(const json_t *v, int64_t most, int64_t *out) {
    *out = json_is_integer(v) ? json_integer_value(v) : -1;
    return *out >= 0 && *out <= most;
}

static bool read_number(const json_t *v, double *out) {
    *out = json_is_number(v) ? json_number_value(v) : NAN;
    return json_is_number(v) || json_is_null(v);
}

static bool read_numbers(const json_t *v, double *out) {
    if (!json_is_array(v) || json_array_size(v) != NUMBERS)
        return false;
    for (size_t i = 0; i < NUMBERS; i++)
        if (!read_number(json_array_get(v, i), &out[i]))
            return false;
    return true;
}

static bool read_string(Arena *a, const json_t *v, const char **out) {
    *out = json_is_string(v) ? arena_copy(a, json_string_value(v), json_string_length(v)) : NULL;
    return *out || json_is_null(v);
}

static bool read_id(Arena *a, const json_t *v, const char **out) {
    if (!json_is_string(v) || json_string_length(v) == 0 || json_string_length(v) > ID_BYTES)
        return false;
    *out = arena_strdup(a, json_string_value(v));
    return strspn(*out, "abcdefghijklmnopqrstuvwxyz0123456789-") == json_string_length(v);
}

static bool read_text(Arena *a, const json_t *v, Text *out) {
    if (json_is_null(v)) {
        *out = (Text){NULL, NULL};
        return true;
    }
    return read_string(a, json_object_get(v, "zh"), &out->zh) &&
           read_string(a, json_object_get(v, "en"), &out->en) && !out->zh == !out->en;
}

static bool read_field(Arena *a, const WireField *f, const json_t *v, char *p) {
    int64_t whole;
    switch (f->type) {
    case TYPE_INT:
        if (!read_whole(v, f->most, &whole))
            return false;
        *(int *)p = (int)whole;
        return true;
    case TYPE_WORD:
        if (!read_whole(v, f->most - 1, &whole))
            return false;
        *(unsigned *)p = (unsigned)whole;
        return true;
    case TYPE_BYTE:
        if (!read_whole(v, f->most - 1, &whole))
            return false;
        *(uint8_t *)p = (uint8_t)whole;
        return true;
    case TYPE_NUM:
        return read_number(v, (double *)p);
    case TYPE_NUMS:
    case TYPE_BOX:
        return read_numbers(v, (double *)p);
    case TYPE_BOOL:
        *(bool *)p = json_is_true(v);
        return json_is_boolean(v);
    case TYPE_ID:
        return read_id(a, v, (const char **)p);
    case TYPE_STR:
        return read_string(a, v, (const char **)p);
    case TYPE_TEXT:
        return read_text(a, v, (Text *)p);
    }
    return false;
}

bool wire_read(Arena *a, WireKind kind, void *record, const json_t *from) {
    for (size_t i = 0; i < records[kind].count; i++) {
        const WireField *f = &records[kind].fields[i];
        if (!read_field(a, f, json_object_get(from, f->name), (char *)record + f->offset))
            return false;
    }
    return true;
}

static bool read_strings(Arena *a, const json_t *v, const Strs **out) {
    if (!json_is_array(v))
        return json_is_null(v);
    size_t n = json_array_size(v);
    const char **items = ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!read_string(a, json_array_get(v, i), &items[i]) || !items[i])
            return false;
    *out = strs_of(a, items, n);
    return true;
}

static bool read_fact(Arena *a, const FieldDesc *f, const json_t *v, char *p) {
    int word;
    switch (f->type) {
    case T_BOOL:
        if (json_is_boolean(v))
            *(Tri *)p = json_is_true(v);
        return json_is_boolean(v) || json_is_null(v);
    case T_INT:
        if (json_is_integer(v) && json_integer_value(v) > INT32_MIN &&
            json_integer_value(v) <= INT32_MAX)
            *(int32_t *)p = (int32_t)json_integer_value(v);
        return json_is_integer(v) || json_is_null(v);
    case T_NUM:
        return read_number(v, (double *)p);
    case T_STR:
        return read_string(a, v, (const char **)p);
    case T_STRS:
        return read_strings(a, v, (const Strs **)p);
    case T_ENUM:
        word = json_is_string(v) ? enum_value(f->domain, str_of(json_string_value(v))) : -1;
        if (word > 0)
            *(uint8_t *)p = (uint8_t)word;
        return json_is_string(v) || json_is_null(v);
    case T_NUM32:
    case T_BOX:
    case T_BOX32:
    case T_REF:
        return true;
    }
    return false;
}

bool wire_read_row(Arena *a, const EntityDesc *e, void *row, const json_t *from) {
    row_clear(e, row);
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        const json_t *v = json_object_get(from, f->name);
        if (!v || !read_fact(a, f, v, (char *)row + f->offset))
            return false;
    }
    return true;
}
