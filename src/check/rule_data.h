/* The data files beside the rules, loaded. Internal to check; all of it lives in the arena of
 * rule_data_load. */
#ifndef CHUPIN_CHECK_RULE_DATA_H
#define CHUPIN_CHECK_RULE_DATA_H

#include "base/sha256.h"
#include "base/yaml.h"
#include "check/job.h"

typedef struct PaperRow {
    Paper row;
    Strs keys; /* name, English name and aliases as name_key makes them */
} PaperRow;

typedef struct SizeRow {
    const char *name;
    Strs keys;
    double w, h; /* pt */
} SizeRow;

typedef struct AreaClass { /* limits that go by the area of the finished picture */
    double up_to;          /* pt²; infinite in the last */
    Limit limits;
} AreaClass;

typedef struct ProcessRow {
    Limit limits;
    AreaClass *areas;
    size_t area_count;
} ProcessRow;

typedef struct Severities {
    size_t count, capacity;
    struct SeverityRow {
        const char *rule, *word;
    } * rows;
} Severities;

struct RuleData {
    char sha256[SHA256_HEX]; /* over all data files as they were read */
    const char *profile;
    Text profile_title;
    Limit common;
    ProcessRow processes[PROCESS_WORDS]; /* by Process */
    Severities severities;
    Limit paper_limits[PAPER_WORDS]; /* by PaperClass */
    const Strs *conditions[PAPER_WORDS];
    PaperRow *papers;
    size_t paper_count, paper_capacity;
    SizeRow *sizes;
    size_t size_count, size_capacity;
    InkName *inks;
    size_t ink_count, ink_capacity;
    ChecklistItem checklist[CHECKLIST_ITEMS];
};

/* A data file being read. */
typedef struct DataReader {
    Arena *arena;
    YamlText text;
    Errors *errors;
    YamlNode *root;
    Sha256 hash; /* of all that was opened */
} DataReader;

/* Loads dir/name; false after an error was added. */
bool data_open(DataReader *r, const char *dir, const char *name);
void data_error(DataReader *r, const YamlNode *n, const char *zh, const char *en);
/* Every key of the map is one of these; false, with errors, if not. */
bool data_keys(DataReader *r, const YamlNode *map, const char *const *keys, size_t count);
#define DATA_KEYS(r, map, ...)                                                                     \
    data_keys((r), (map), (const char *const[]){__VA_ARGS__},                                      \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
const char *data_text(DataReader *r, const YamlNode *map, const char *key);  /* required */
const Strs *data_texts(DataReader *r, const YamlNode *map, const char *key); /* empty when absent */
Text data_bilingual(DataReader *r, const YamlNode *map, const char *key); /* {zh, en}; required */
const YamlNode *data_list(DataReader *r, const YamlNode *map,
                          const char *key); /* required; NULL after an error */
int data_word(DataReader *r, const YamlNode *map, const char *key,
              const char *enumeration); /* 0 after an error */
/* `limits:` of a map, {name: value} or {name: {value, source}}; absent is none. */
void data_limits(DataReader *r, Limit *out, const YamlNode *map, bool sources);

void papers_load(RuleData *d, DataReader *r);
void sizes_load(RuleData *d, DataReader *r);
void inks_load(RuleData *d, DataReader *r);
void checklist_load(RuleData *d, DataReader *r);
void profile_load(RuleData *d, DataReader *r);

/* The paper a person means; NULL, and then what may have been meant (or NULL). */
const PaperRow *paper_find(const RuleData *d, Arena *a, const char *written, const char **near);
const SizeRow *size_find(const RuleData *d, Arena *a, const char *written, const char **near);
const char *profile_severity(const RuleData *d, const char *rule); /* or NULL */
/* Whether a name fits one of the words, in which * stands for any text. */
bool ink_name_fits(Arena *a, const InkName *row, const char *name);

/* Puts every known field of `from` over `into`; told which fields through `put` (may be NULL). */
void limits_over(Limit *into, const Limit *from, uint8_t *layers, uint8_t layer);

#endif
