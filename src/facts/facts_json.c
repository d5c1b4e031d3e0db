#include "facts/facts.h"

#include <math.h>

/* Places that keep what can be told apart: 0.0001 pt is 35 nm. */
static int places(Dimension d) {
    switch (d) {
    case DIM_LENGTH:
    case DIM_RESOLUTION:
    case DIM_ANGLE:
    case DIM_AREA:
        return 4;
    case DIM_BYTES:
        return 0;
    case DIM_NONE:
    case DIM_RATIO:
    case DIM_COUNT:
        return 6;
    }
    return 6;
}

static void box_json(Json *j, Box b, int decimals) {
    if (!box_known(b)) {
        json_none(j);
        return;
    }
    /* One line also in an indented dump: four numbers are one thing. */
    int indent = j->indent;
    json_open(j, '[');
    j->indent = 0;
    json_num(j, b.x0, decimals);
    json_num(j, b.y0, decimals);
    json_num(j, b.x1, decimals);
    json_num(j, b.y1, decimals);
    json_close(j);
    j->indent = indent;
}

static void strs_json(Json *j, const Strs *s) {
    json_open(j, '[');
    for (size_t i = 0; i < s->count; i++)
        json_str(j, s->items[i]);
    json_close(j);
}

/* Every row begins with its index. A mark can be of any kind, so it is named by its paint order. */
static void ref_json(Json *j, const FieldDesc *f, const void *row) {
    if (f->target == FACT_mark)
        json_int(j, ((const Mark *)row)->seq);
    else
        json_int(j, *(const uint32_t *)row);
}

static void value_json(Json *j, const FieldDesc *f, const char *p) {
    switch (f->type) {
    case T_BOOL:
        json_bool(j, *(const Tri *)p);
        break;
    case T_INT:
        json_int(j, *(const int32_t *)p);
        break;
    case T_NUM:
        json_num(j, *(const double *)p, places(f->dimension));
        break;
    case T_NUM32:
        json_num(j, *(const float *)p, places(f->dimension));
        break;
    case T_STR:
        json_str(j, *(const char *const *)p);
        break;
    case T_STRS:
        strs_json(j, *(const Strs *const *)p);
        break;
    case T_BOX:
        box_json(j, *(const Box *)p, places(f->dimension));
        break;
    case T_BOX32:
        box_json(j, box_of(*(const Box32 *)p), places(f->dimension));
        break;
    case T_ENUM:
        json_str(j, enum_word(f->domain, *(const uint8_t *)p));
        break;
    case T_REF:
        ref_json(j, f, *(const void *const *)p);
        break;
    }
}

void row_json(Json *j, const EntityDesc *e, const void *row) {
    json_open(j, '{');
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        json_key(j, f->name);
        if (field_known(f, row))
            value_json(j, f, (const char *)row + f->offset);
        else
            json_none(j);
    }
    json_close(j);
}

void facts_table_json(Json *j, const Facts *f, FactKind kind) {
    const EntityDesc *e = entity_of(kind);
    size_t count = facts_count(f, kind);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++)
        row_json(j, e, facts_at(f, kind, i));
    json_close(j);
}
