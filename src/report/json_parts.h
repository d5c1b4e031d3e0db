/* Parts of chupin.report/1: report_json.c puts them in order. */
#ifndef CHUPIN_REPORT_JSON_PARTS_H
#define CHUPIN_REPORT_JSON_PARTS_H

#include "report/write.h"

void key_str(Json *j, const char *key, const char *value); /* NULL: null */
void key_num(Json *j, const char *key, double value);      /* NaN: null */
void key_int(Json *j, const char *key, int64_t value);
void key_bool(Json *j, const char *key, bool value);
/* null below `least`: "not known" and "not on a page" are never 0. */
void key_count(Json *j, const char *key, int value, int least);
void key_text(Json *j, const char *key, Text t); /* NULLs: null */

/* What the record knows, in the views of a report that it was laid over. */
void json_answer(Json *j, const Answer *answer);       /* key "answer" */
void json_finding_standing(Json *j, const Finding *f); /* further keys of a finding */
void json_standing(Json *j, const Standing *s);        /* key "standing" */
/* The live-text twin, which is the machine's part: key "live". */
void json_live(Json *j, const LiveTwin *live);

#endif
