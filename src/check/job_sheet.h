/* A job sheet as typed values, before limits are worked out. Internal to check.
 *
 * job_keys.def is the table of keys; the structs below are made from it, one a map, with one member
 * a key. What a sheet does not say is NaN, NULL, 0 (a word), UNKNOWN_INT or UNKNOWN_BOOL. Sheets
 * are applied from the farthest to the nearest into one Sheet, so that the nearest wins key by key;
 * values that limits come from remember their layer. Everything lives in the arena of the Jobs. */
#ifndef CHUPIN_CHECK_JOB_SHEET_H
#define CHUPIN_CHECK_JOB_SHEET_H

#include "base/yaml.h"
#include "check/job.h"

typedef uint8_t LayerId; /* index into the names of layers that a Jobs keeps; 0: none */

typedef struct SheetSize {
    double w, h;      /* pt; NaN: given by name, or not at all */
    const char *name; /* as written; NULL when by numbers */
    const YamlNode *node;
    const YamlText *text; /* for an error about the name */
} SheetSize;

enum { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_SPINE, SIDE_OUTER, SIDES };
typedef struct SheetEdges {
    double
        side[SIDES]; /* pt; `spine` and `outer` win over left and right of the page they fall on */
    LayerId layer[SIDES];
} SheetEdges;

typedef struct SheetPaper {
    const char *all, *cover, *inner;
} SheetPaper;

typedef struct SheetLimits {
    Limit row;
    LayerId layer[FIELDS_OF_Limit];
} SheetLimits;

typedef struct SheetPairs { /* what: names, severities */
    size_t count;
    const char **keys, **values;
} SheetPairs;

typedef struct SheetList { /* an array of the struct its key names */
    size_t count;
    void *items;
} SheetList;

typedef struct SheetEntries { /* parts or items: read again once the page or the file is known */
    size_t count;
    YamlNode **nodes;
    const YamlText *text;
} SheetEntries;

#define V_SCHEMA     const char *
#define V_TEXT       const char *
#define V_PROSE      const char *
#define V_LENGTH     double
#define V_SCALE      double
#define V_BYTES      double
#define V_COUNT      int32_t
#define V_YES        Tri
#define V_SIZE       SheetSize
#define V_EDGES      SheetEdges
#define V_PAPER      SheetPaper
#define V_PAGES      Pages
#define V_LIMIT      bool
#define V_LIMITS     SheetLimits
#define V_TEXTS      const Strs *
#define V_PAIRS      SheetPairs
#define V_SEVERITIES SheetPairs
#define V_ENTRIES    SheetEntries
#define V_WORD(E)    uint8_t
#define V_MAP(T)     T
#define V_LIST(T)    SheetList /* of T */

#define MAP(id, Struct)                   typedef struct Struct {
#define KEY(Struct, field, aliases, form) V_##form field;
#define END_MAP(id, Struct)                                                                        \
    }                                                                                              \
    Struct;
#include "check/job_keys.def"
#undef MAP
#undef KEY
#undef END_MAP

typedef enum MapId {
#define MAP(id, Struct) MAP_##id,
#define KEY(Struct, field, aliases, form)
#define END_MAP(id, Struct)
#include "check/job_keys.def"
#undef MAP
#undef KEY
#undef END_MAP
    MAP_COUNT
} MapId;

typedef enum KeyForm {
    FORM_SCHEMA,
    FORM_TEXT,
    FORM_PROSE,
    FORM_LENGTH,
    FORM_SCALE,
    FORM_BYTES,
    FORM_COUNT,
    FORM_YES,
    FORM_SIZE,
    FORM_EDGES,
    FORM_PAPER,
    FORM_PAGES,
    FORM_LIMIT,
    FORM_LIMITS,
    FORM_TEXTS,
    FORM_PAIRS,
    FORM_SEVERITIES,
    FORM_ENTRIES,
    FORM_WORD,
    FORM_MAP,
    FORM_LIST
} KeyForm;

typedef struct KeyDesc {
    const char *name, *aliases; /* aliases: separated by | */
    KeyForm form;
    const char *domain; /* FORM_WORD: the enumeration */
    int target;         /* FORM_MAP, FORM_LIST: MapId */
    size_t offset;
} KeyDesc;

typedef struct MapDesc {
    const char *name;
    size_t size, count;
    const KeyDesc *keys;
} MapDesc;

const MapDesc *map_of(MapId id);
void map_clear(MapId id, void *row); /* says nothing */
/* The key that a person means by `word`, in its English, its Chinese or another accepted form. */
const KeyDesc *key_find(const MapDesc *m, Arena *a, const char *word);
const char *key_nearest(const MapDesc *m, Arena *a, const char *word); /* or NULL */
/* A word of an enumeration as people write it (job_words.def too); -1 if it is none. */
int job_word(Arena *a, const EnumDesc *e, const char *written);
/* NFKC, case folded and without any space: how names are compared everywhere in a job sheet. */
const char *name_key(Arena *a, const char *written);
bool name_in(Arena *a, const char *aliases, const char *key); /* key made by name_key */

/* Reading nodes into values. */
typedef struct SheetReader {
    Arena *arena;
    const YamlText *text;
    Errors *errors;
    Sheet *sheet; /* what keys such as tac_max write their limits into */
    LayerId layer;
} SheetReader;

void read_error(SheetReader *r, const YamlNode *n, const char *zh, const char *en);
/* Reads every key of a map node; `also` (or MAP_COUNT) is a map whose keys are left for the caller.
 */
void read_map(SheetReader *r, MapId id, void *row, const YamlNode *n, MapId also);
void read_key(SheetReader *r, const KeyDesc *k, void *value, const YamlNode *n);

#endif
