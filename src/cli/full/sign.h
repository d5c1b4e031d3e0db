/* The ways to sign. Internal to sign.
 *
 * Each takes the office with the record open for writing and the report laid out, and returns an
 * exit code: 0 stored, 1 refused. */
#ifndef CHUPIN_CLI_FULL_SIGN_H
#define CHUPIN_CLI_FULL_SIGN_H

#include "cli/full/office.h"
#include "cli/full/stamp.h"

/* An answer that was given, with what it leaves. */
typedef struct Given {
    int row;
    Answer answer;
} Given;

int sign_items(Office *o);      /* --item N --yes */
int sign_all(Office *o);        /* --all --yes */
int sign_carry(Office *o);      /* --carry */
int sign_ask(Office *o);        /* one item after another */
int sign_from_sheet(Office *o); /* --from-sheet */
int sign_party(Office *o);      /* --approve --party … */
int sign_verify(Office *o);     /* sign verify FILE */

/* What --yes, --no and --na say; HUMAN_NONE: none of them, or more than one. */
HumanState sign_answer_given(const Args *args);
/* A photo of a signature, a message. `scan` stays NULL without --scan. */
Result sign_scan(const RecordScan **scan, const Desk *d);
/* The row has something that must be mended and that nobody waived. */
bool sign_open_errors(const Report *r, const Item *item);
/* All of that is the difference to the version that was signed: signing this one settles it. */
bool sign_settles(const Report *r, const Item *item);
/* It stands in the way of an approval. */
bool sign_is_open(const Report *r, const Item *item);
/* The rows picked, one after another as sign_row() names them; NULL: none. */
const char *sign_rows(const Desk *d, bool (*picks)(const Report *r, const Item *item));

/* Stores several answers as one. */
Result sign_store(Desk *d, const Given *list, size_t count, const RecordScan *scan);
/* What was stored, and what is still to be said; lays the report anew. */
int sign_tell(Office *o, const Given *list, size_t count);
/* "第 8 项 英文翻译" */
const char *sign_row(const Desk *d, const Item *item);
const char *sign_state(HumanState s, Lang lang);

#endif
