/* What people say, as words in events (people.def) and back. Internal to record. */
#ifndef CHUPIN_RECORD_PEOPLE_WORDS_H
#define CHUPIN_RECORD_PEOPLE_WORDS_H

#include "check/standing.h"

const char *answer_word(HumanState s); /* "" for what is no answer */
const char *party_word(Party p);
const char *decision_word(Decision d);
/* -1: none of the words. */
int answer_of_word(const char *word);
int party_of_word(const char *word);
int decision_of_word(const char *word);
const char *people_word_zh(const char *word); /* the word itself when it is none of them */

#endif
