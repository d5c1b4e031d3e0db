/* One rule file while it is read: YAML on one side, the Rule on the other. */
#ifndef CHUPIN_RULES_RULE_FILE_H
#define CHUPIN_RULES_RULE_FILE_H

#include "rules/message.h"

typedef enum KeyId {
#define KEY(ID, name, must) KEY_##ID,
#include "rules/keys.def"
#undef KEY
    KEY_COUNT
} KeyId;

typedef struct RuleFile {
    Arena *arena;
    Errors *errors;
    const YamlText *text;
    const YamlNode *root;
    const YamlNode *value[KEY_COUNT]; /* NULL: the key is absent */
    bool tests_cut;                   /* `tests` stood there and is left unread */
    Rule rule;
    RuleUse use;
    Regex *regexes;
} RuleFile;

__attribute__((format(printf, 3, 5), format(printf, 4, 5))) bool file_error(
    const RuleFile *f, const YamlNode *at, const char *zh, const char *en, ...); /* false */

/* Each fills its part of f->rule and adds every error it finds. */
void read_keys(RuleFile *f);
void read_plain(RuleFile *f);       /* id, words, texts without holes */
void read_expressions(RuleFile *f); /* item, when, where, require, warn, measure, limit */
void read_messages(RuleFile *f);    /* message, fix, variants */
void read_tests(RuleFile *f);
void conclude(RuleFile *f); /* step, cost and the rest that follows from what was read */

#endif
