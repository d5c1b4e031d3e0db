/* Words of what people say (report/states.def) read back out of events. Internal to record. */
#ifndef CHUPIN_RECORD_PEOPLE_WORDS_H
#define CHUPIN_RECORD_PEOPLE_WORDS_H

#include "check/standing.h"

/* -1: none of the words. */
int answer_of_word(const char *word);
int party_of_word(const char *word);
int decision_of_word(const char *word);
/* The value of a key of a body as people read it; NULLs when it is none of the words. */
Text people_word(const char *key, const char *word);

#endif
