/* Facts: structs, descriptors and tables made from facts.def and enums.def, the one schema of the program.
 *
 * Readers assign plain struct fields; rules, the JSON dump, the YAML reader and docs/facts.md go through descriptors.
 * Rows of DOCUMENT entities live in the document arena, rows of PAGE entities in the page arena until the page is
 * checked. A row's address never changes while it lives. Every field starts unknown:
 *     BOOL -1 · INT INT32_MIN · NUM, NUM32, BOX, BOX32 NaN · STR, STRS NULL · ENUM 0 · REF NULL */
#ifndef CHUPIN_FACTS_FACTS_H
#define CHUPIN_FACTS_FACTS_H

#include "base/json.h"
#include "base/units.h"

typedef int8_t Tri; /* 0, 1, or UNKNOWN_BOOL */
enum { UNKNOWN_BOOL = -1 };
#define UNKNOWN_INT INT32_MIN

typedef struct Box {
    double x0, y0, x1, y1;
} Box;
typedef struct Box32 {
    float x0, y0, x1, y1;
} Box32;
typedef struct Strs { /* a list of strings; a NULL Strs pointer is unknown */
    size_t count;
    const char *const *items;
} Strs;

#define ENUMERATION(T, P) typedef enum T { P##_UNKNOWN,
#define WORD(P, ID, word, zh, en) P##_##ID,
#define END_ENUMERATION(T, P)                                                                                          \
    P##_WORDS                                                                                                          \
    }                                                                                                                  \
    T;
#include "facts/enums.def"
#undef ENUMERATION
#undef WORD
#undef END_ENUMERATION

#define ENTITY(id, T, scope, files, zh, doc) typedef struct T T;
#define F(T, type, name, zh, dimension, when, cost, merge, doc)
#define END(id, T)
#include "facts/facts.def"
#undef ENTITY
#undef F

#define C_BOOL    Tri
#define C_INT     int32_t
#define C_NUM     double
#define C_NUM32   float
#define C_STR     const char *
#define C_STRS    const Strs *
#define C_BOX     Box
#define C_BOX32   Box32
#define C_ENUM(E) uint8_t
#define C_REF(E)  const E *
/* `row` is the index of the row in its table; the JSON dump writes references by it. */
#define ENTITY(id, T, scope, files, zh, doc)                                                                                  \
    struct T {                                                                                                         \
        uint32_t row;
#define F(T, type, name, zh, dimension, when, cost, merge, doc) C_##type name;
#undef END
#define END(id, T)                                                                                                     \
    }                                                                                                                  \
    ;
#include "facts/facts.def"
#undef ENTITY
#undef F
#undef END

/* FIELDS_OF_Page and its like: how many fields an entity has. */
#define ENTITY(id, T, scope, files, zh, doc) enum {
#define F(T, type, name, zh, dimension, when, cost, merge, doc) FIELD_##T##_##name,
#define END(id, T)                                                                                                     \
    FIELDS_OF_##T                                                                                                      \
    }                                                                                                                  \
    ;
#include "facts/facts.def"
#undef ENTITY
#undef F
#undef END

typedef enum FactKind {
#define ENTITY(id, T, scope, files, zh, doc) FACT_##id,
#define F(T, type, name, zh, dimension, when, cost, merge, doc)
#define END(id, T)
#include "facts/facts.def"
#undef ENTITY
#undef F
#undef END
    FACT_COUNT
} FactKind;

typedef enum FieldType { T_BOOL, T_INT, T_NUM, T_NUM32, T_STR, T_STRS, T_BOX, T_BOX32, T_ENUM, T_REF } FieldType;
typedef enum EntityScope { SCOPE_DOCUMENT, SCOPE_PAGE, SCOPE_JOB, SCOPE_RECORD } EntityScope;
typedef enum EntityFiles { FILES_ALL, FILES_PDF, FILES_PIXELS } EntityFiles;
typedef enum Step { STEP_OPEN, STEP_PAGE, STEP_CLOSE } Step;
typedef enum Cost { COST_HEADER, COST_CONTENT, COST_PLATES, COST_PIXELS } Cost;
typedef enum Merge { MERGE_SAME, MERGE_OR, MERGE_AND, MERGE_SUM, MERGE_MIN, MERGE_MAX, MERGE_UNION } Merge;

typedef struct EnumDesc {
    const char *name;
    size_t count;             /* words, `unknown` included at 0 */
    const char *const *words; /* as in rules and JSON */
    const char *const *zh, *const *en; /* as people read them */
} EnumDesc;

typedef struct FieldDesc {
    const char *name, *zh, *doc;
    FieldType type;
    Dimension dimension;
    Step when;
    Cost cost;
    Merge merge;
    uint16_t offset;
    const EnumDesc *domain; /* T_ENUM */
    int target;             /* T_REF: FactKind of what it refers to */
} FieldDesc;

typedef struct EntityDesc {
    const char *name, *zh, *doc;
    EntityScope scope;
    EntityFiles files; /* that can hold such rows */
    size_t size;
    size_t count;
    const FieldDesc *fields;
} EntityDesc;

const EntityDesc *entity_of(FactKind kind);
int entity_find(Str name); /* FactKind, or -1 */
const FieldDesc *field_find(const EntityDesc *e, Str name); /* by English name or Chinese alias; NULL if none */
const char *field_nearest(const EntityDesc *e, const char *name); /* did you mean … or NULL */
const EnumDesc *enum_find(const char *type_name);
size_t enum_count(void); /* enumerations, in the order of enums.def */
const EnumDesc *enum_at(size_t index);
int enum_value(const EnumDesc *e, Str word); /* by word or Chinese word; -1 if neither */
const char *enum_word(const EnumDesc *e, unsigned value); /* as in rules and JSON */
const char *enum_name(const EnumDesc *e, unsigned value, Lang lang); /* as people read it */
bool entity_in(const EntityDesc *e, FileFormat format); /* false: a file of this format never holds it */
bool kind_is_mark(FactKind kind); /* begins with the fields of Mark */

bool field_known(const FieldDesc *f, const void *row);
void field_clear(const FieldDesc *f, void *row); /* unknown */
void row_clear(const EntityDesc *e, void *row);  /* all unknown */
/* Joins what two workers know of one row, as the rows' merge column says. Unknown gives way to known. */
void row_merge(const EntityDesc *e, Arena *a, void *into, const void *from);

typedef struct FactTable {
    size_t count;
    void **chunks;
    size_t chunk_count, chunk_capacity;
} FactTable;

typedef struct Facts {
    Arena *document, *page; /* owned */
    FactTable tables[FACT_COUNT];
} Facts;

Facts *facts_new(void);
void facts_free(Facts *f);
void *facts_add(Facts *f, FactKind kind); /* a new row, every field unknown */
void *facts_at(const Facts *f, FactKind kind, size_t row);
size_t facts_count(const Facts *f, FactKind kind);
void facts_end_page(Facts *f); /* drops every PAGE row and rewinds the page arena */

static inline bool box_known(Box b) {
    return b.x0 == b.x0;
}
static inline Box box_of(Box32 b) {
    return (Box){b.x0, b.y0, b.x1, b.y1};
}
const Strs *strs_of(Arena *a, const char *const *items, size_t count); /* copies the array, not the strings */
bool strs_has(const Strs *s, const char *word);

/* Writes one row, a table or a whole dump (design: `chupin facts`); facts_json.c. */
void row_json(Json *j, const EntityDesc *e, const void *row);
void facts_table_json(Json *j, const Facts *f, FactKind kind);
void facts_markdown(Sink *s); /* docs/facts.md, made from the tables; facts_doc.c */

#endif
