/* Records as lines: a kind and its fields, in the order of wire.def, separated by the unit
 * separator (0x1F). Nothing a field holds can end it: separators, line ends and backslashes in text
 * are escaped. Numbers travel as their bits, so they arrive as they left. A page with hundreds of
 * findings passes here, so there is nothing to look up and nothing to build. Reading trusts
 * nothing: every field must be there, of its type and in its range, or the record is refused. Text
 * that is read lives in the arena. */
#ifndef CHUPIN_RUN_WIRE_H
#define CHUPIN_RUN_WIRE_H

#include "check/report.h"
#include "run/compare_told.h"
#include "run/pictures_told.h"
#include "run/plates_told.h"

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

/* Each field is written after a separator. */
void wire_write(Sink *line, WireKind kind, const void *record);
void wire_write_count(Sink *line, size_t count);
/* A row of facts, its references and boxes left out. */
void wire_write_row(Sink *line, const EntityDesc *e, const void *row);

typedef struct WireReader {
    Arena *arena;
    const char *p, *end; /* what is left of the line; NULL once something was refused */
} WireReader;
bool wire_read(WireReader *in, WireKind kind, void *record);
bool wire_read_count(WireReader *in, size_t most, size_t *count);
bool wire_read_row(WireReader *in, const EntityDesc *e,
                   void *row); /* what was left out is unknown */
bool wire_at_end(const WireReader *in);

#endif
