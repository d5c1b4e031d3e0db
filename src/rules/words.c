#include "rules/words.h"
#include "base/sink.h"

typedef struct Entry {
    const char *word;
    Text name;
} Entry;

#define VOCABULARY(T, P)           static const Entry entries_##T[] = {
#define ENTRY(P, ID, word, zh, en) {word, {zh, en}},
#define END_VOCABULARY(T, P)                                                                       \
    }                                                                                              \
    ;
#include "rules/words.def"
#undef VOCABULARY
#undef ENTRY
#undef END_VOCABULARY

typedef struct Vocabulary {
    const Entry *entries;
    size_t count;
} Vocabulary;

static const Vocabulary vocabularies[] = {
#define VOCABULARY(T, P) {entries_##T, sizeof entries_##T / sizeof *entries_##T},
#define ENTRY(P, ID, word, zh, en)
#define END_VOCABULARY(T, P)
#include "rules/words.def"
#undef VOCABULARY
#undef ENTRY
#undef END_VOCABULARY
};

enum { MOST_ENTRIES = 16 };

int word_find(VocabularyId v, const char *word) {
    for (size_t i = 0; i < vocabularies[v].count; i++)
        if (streq(vocabularies[v].entries[i].word, word))
            return (int)i;
    return -1;
}

const char *word_nearest(VocabularyId v, const char *word) {
    const char *words[MOST_ENTRIES];
    size_t n = 0;
    for (; n < vocabularies[v].count && n < MOST_ENTRIES; n++)
        words[n] = vocabularies[v].entries[n].word;
    return nearest_word(word, words, n);
}

const char *word_list(Arena *a, VocabularyId v) {
    const char *list = vocabularies[v].entries[0].word;
    for (size_t i = 1; i < vocabularies[v].count; i++)
        list = arena_printf(a, "%s, %s", list, vocabularies[v].entries[i].word);
    return list;
}

const char *outcome_word(Outcome o) {
    return entries_Outcome[o].word;
}

const char *severity_word(Severity s) {
    return entries_Severity[s].word;
}

const char *who_word(Who w) {
    return entries_Who[w].word;
}

const char *worst_word(Worst w) {
    return entries_Worst[w].word;
}

Text severity_name(Severity s) {
    return entries_Severity[s].name;
}

Text who_name(Who w) {
    return entries_Who[w].name;
}
