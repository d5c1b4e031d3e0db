#include "record/people_words.h"

#include "report/write.h"

int answer_of_word(const char *word) {
    for (HumanState s = HUMAN_YES; s <= HUMAN_NA; s++)
        if (streq(human_state_word(s), word))
            return (int)s;
    return -1;
}

int party_of_word(const char *word) {
    for (Party p = PARTY_DESIGN; p < PARTIES; p++)
        if (streq(party_word(p), word))
            return (int)p;
    return -1;
}

int decision_of_word(const char *word) {
    for (Decision d = DECISION_APPROVE; d <= DECISION_REJECT; d++)
        if (streq(decision_word(d), word))
            return (int)d;
    return -1;
}

Text people_word(const char *key, const char *word) {
    if (streq(key, "state") && answer_of_word(word) >= 0)
        return human_state_name((HumanState)answer_of_word(word));
    if (streq(key, "party") && party_of_word(word) >= 0)
        return party_title((Party)party_of_word(word));
    if (streq(key, "decision") && decision_of_word(word) >= 0)
        return decision_title((Decision)decision_of_word(word));
    return (Text){0};
}
