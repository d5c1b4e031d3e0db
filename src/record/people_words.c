#include "record/people_words.h"

typedef enum WordSet { SET_answer, SET_party, SET_decision } WordSet;

static const struct {
    WordSet set;
    int value;
    const char *word, *zh;
} words[] = {
#define PERSON_SAYS(set, value, word, zh) {SET_##set, value, word, zh},
#include "record/people.def"
#undef PERSON_SAYS
};
enum { WORDS = sizeof words / sizeof *words };

static const char *word_of(WordSet set, int value) {
    for (size_t i = 0; i < WORDS; i++)
        if (words[i].set == set && words[i].value == value)
            return words[i].word;
    return "";
}

static int value_of(WordSet set, const char *word) {
    for (size_t i = 0; i < WORDS; i++)
        if (words[i].set == set && streq(words[i].word, word))
            return words[i].value;
    return -1;
}

const char *answer_word(HumanState s) {
    return word_of(SET_answer, (int)s);
}

const char *party_word(Party p) {
    return word_of(SET_party, (int)p);
}

const char *decision_word(Decision d) {
    return word_of(SET_decision, (int)d);
}

int answer_of_word(const char *word) {
    return value_of(SET_answer, word);
}

int party_of_word(const char *word) {
    return value_of(SET_party, word);
}

int decision_of_word(const char *word) {
    return value_of(SET_decision, word);
}

const char *people_word_zh(const char *word) {
    for (size_t i = 0; i < WORDS; i++)
        if (streq(words[i].word, word))
            return words[i].zh;
    return word;
}
