/* Reading chupin.report/1: values out of JSON, and the long lists of a report. Internal. */
#ifndef CHUPIN_REPORT_READ_PARTS_H
#define CHUPIN_REPORT_READ_PARTS_H

#include "report/write.h"

#include <jansson.h>

typedef struct Reader {
    Arena *arena;
    const char *broken; /* the first key that is missing or wrong; NULL: none */
} Reader;

void in_broken(Reader *in, const char *key);
const char *in_str(Reader *in, const json_t *from, const char *key);      /* NULL: absent or null */
const char *in_need_str(Reader *in, const json_t *from, const char *key); /* never NULL */
double in_num(const json_t *from, const char *key);                       /* NaN: absent or null */
int in_int(const json_t *from, const char *key, int absent);
Text in_text_value(Reader *in, const json_t *value); /* {zh, en}; NULLs: it is none */
Text in_text(Reader *in, const json_t *from, const char *key);
Text in_need_text(Reader *in, const json_t *from, const char *key); /* never NULLs */
const json_t *in_list(Reader *in, const json_t *from, const char *key);
const json_t *in_object(Reader *in, const json_t *from, const char *key);
int in_word(Reader *in, const json_t *from, const char *key, VocabularyId words);

void in_findings(Reader *in, Report *r, const json_t *list);
void in_pages(Reader *in, Report *r, const json_t *list);

#endif
