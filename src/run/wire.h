/* Records as JSON objects, written and read by the rows of wire.def. Reading trusts nothing: every
 * field must be there, of its type and in its range, or the record is refused. Text that is read
 * lives in the arena. */
#ifndef CHUPIN_RUN_WIRE_H
#define CHUPIN_RUN_WIRE_H

#include "check/report.h"
#include <jansson.h>

typedef struct WireResult { /* a Result without its place, which is in the sentence */
    ErrKind kind;
    Text text;
} WireResult;

typedef enum WireKind {
#define RECORD(name, T) WIRE_##name,
#define W(T, type, field, most)
#define END_RECORD(name)
#include "run/wire.def"
#undef RECORD
#undef W
#undef END_RECORD
    WIRE_KINDS
} WireKind;

void wire_write(Json *j, WireKind kind, const void *record); /* the fields, without the braces */
bool wire_read(Arena *a, WireKind kind, void *record, const json_t *from);
/* A row of facts as row_json writes it, references left unknown. */
bool wire_read_row(Arena *a, const EntityDesc *e, void *row, const json_t *from);

#endif
