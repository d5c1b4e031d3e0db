/* The vocabularies of rule files, made from words.def: for each an enum, its words and its names.
 */
#ifndef CHUPIN_RULES_WORDS_H
#define CHUPIN_RULES_WORDS_H

#include "base/text.h"

#define VOCABULARY(T, P)           typedef enum T {
#define ENTRY(P, ID, word, zh, en) P##_##ID,
#define END_VOCABULARY(T, P)                                                                       \
    P##_WORDS                                                                                      \
    }                                                                                              \
    T;
#include "rules/words.def"
#undef VOCABULARY
#undef ENTRY
#undef END_VOCABULARY

typedef enum VocabularyId {
#define VOCABULARY(T, P) VOCABULARY_##T,
#define ENTRY(P, ID, word, zh, en)
#define END_VOCABULARY(T, P)
#include "rules/words.def"
#undef VOCABULARY
#undef ENTRY
#undef END_VOCABULARY
} VocabularyId;

int word_find(VocabularyId v, const char *word);            /* -1 if it is none of them */
const char *word_nearest(VocabularyId v, const char *word); /* did you mean … or NULL */
const char *word_list(Arena *a, VocabularyId v);            /* "error, warning, info" */

const char *outcome_word(Outcome o); /* as in YAML and JSON: "not_applicable" */
const char *severity_word(Severity s);
const char *who_word(Who w);
const char *worst_word(Worst w);
Text severity_name(Severity s); /* as people read it */
Text who_name(Who w);

#endif
