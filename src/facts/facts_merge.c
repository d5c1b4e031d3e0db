#include "facts/facts.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Counts of pages and things: 0 says "none", so it gives way when the smallest is wanted
 * (first_page). */
static int32_t merge_int(Merge how, int32_t a, int32_t b) {
    int64_t sum = (int64_t)a + b;
    switch (how) {
    case MERGE_SUM:
        return sum > INT32_MAX ? INT32_MAX : sum <= INT32_MIN ? INT32_MIN + 1 : (int32_t)sum;
    case MERGE_MIN:
        return a == 0 ? b : b == 0 ? a : a < b ? a : b;
    case MERGE_MAX:
        return a > b ? a : b;
    case MERGE_UNION:
        /* How many different ones two sets hold together does not follow from their sizes. */
        return UNKNOWN_INT;
    case MERGE_SAME:
    case MERGE_OR:
    case MERGE_AND:
        return a;
    }
    return a;
}

static double merge_num(Merge how, double a, double b) {
    switch (how) {
    case MERGE_SUM:
        return a + b;
    case MERGE_MIN:
        return fmin(a, b);
    case MERGE_MAX:
        return fmax(a, b);
    case MERGE_UNION:
        return NAN;
    case MERGE_SAME:
    case MERGE_OR:
    case MERGE_AND:
        return a;
    }
    return a;
}

static Tri merge_bool(Merge how, Tri a, Tri b) {
    switch (how) {
    case MERGE_OR:
        return a || b;
    case MERGE_AND:
        return a && b;
    case MERGE_SAME:
    case MERGE_SUM:
    case MERGE_MIN:
    case MERGE_MAX:
    case MERGE_UNION:
        return a;
    }
    return a;
}

static const Strs *copy_strs(Arena *a, const Strs *s) {
    const Strs *copy = strs_of(a, s->items, s->count);
    const char **items = (const char **)(uintptr_t)copy->items;
    for (size_t i = 0; i < s->count; i++)
        items[i] = arena_strdup(a, s->items[i]);
    return copy;
}

/* The first list's order, then what only the second has. */
static const Strs *merge_strs(Arena *a, const Strs *into, const Strs *from) {
    const char **items = ARENA_ARRAY(a, const char *, into->count + from->count + 1);
    size_t n = 0;
    for (size_t i = 0; i < into->count; i++)
        items[n++] = into->items[i];
    for (size_t i = 0; i < from->count; i++)
        if (!strs_has(into, from->items[i]))
            items[n++] = arena_strdup(a, from->items[i]);
    return strs_of(a, items, n);
}

static Box merge_box(Merge how, Box a, Box b) {
    if (how != MERGE_UNION)
        return a;
    return (Box){fmin(a.x0, b.x0), fmin(a.y0, b.y0), fmax(a.x1, b.x1), fmax(a.y1, b.y1)};
}

static size_t field_size(FieldType type) {
    switch (type) {
    case T_BOOL:
        return sizeof(Tri);
    case T_INT:
        return sizeof(int32_t);
    case T_NUM:
        return sizeof(double);
    case T_NUM32:
        return sizeof(float);
    case T_STR:
    case T_STRS:
    case T_REF:
        return sizeof(void *);
    case T_BOX:
        return sizeof(Box);
    case T_BOX32:
        return sizeof(Box32);
    case T_ENUM:
        return sizeof(uint8_t);
    }
    return 0;
}

/* Text is copied, because the other worker's arena goes away. */
static void take(const FieldDesc *f, Arena *a, char *into, const char *from) {
    if (f->type == T_STR)
        *(const char **)into = arena_strdup(a, *(const char *const *)from);
    else if (f->type == T_STRS)
        *(const Strs **)into = copy_strs(a, *(const Strs *const *)from);
    else
        memcpy(into, from, field_size(f->type));
}

static void combine(const FieldDesc *f, Arena *a, char *into, const char *from) {
    switch (f->type) {
    case T_BOOL:
        *(Tri *)into = merge_bool(f->merge, *(Tri *)into, *(const Tri *)from);
        break;
    case T_INT:
        *(int32_t *)into = merge_int(f->merge, *(int32_t *)into, *(const int32_t *)from);
        break;
    case T_NUM:
        *(double *)into = merge_num(f->merge, *(double *)into, *(const double *)from);
        break;
    case T_NUM32:
        *(float *)into = (float)merge_num(f->merge, *(float *)into, *(const float *)from);
        break;
    case T_BOX:
        *(Box *)into = merge_box(f->merge, *(Box *)into, *(const Box *)from);
        break;
    case T_STRS:
        if (f->merge == MERGE_UNION)
            *(const Strs **)into = merge_strs(a, *(const Strs **)into, *(const Strs *const *)from);
        break;
    case T_STR:
    case T_BOX32:
    case T_ENUM:
    case T_REF:
        break;
    }
}

/* References point into the tables of one worker and mean nothing in the other's, so they stay as
 * they are. */
void row_merge(const EntityDesc *e, Arena *a, void *into, const void *from) {
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        if (f->type == T_REF || !field_known(f, from))
            continue;
        char *to = (char *)into + f->offset;
        const char *at = (const char *)from + f->offset;
        if (field_known(f, into))
            combine(f, a, to, at);
        else
            take(f, a, to, at);
    }
}
