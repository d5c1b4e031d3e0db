/* The one JSON writer. Keys come in the order they are written; numbers are locale-free; text is escaped so that
 * the output is valid UTF-8 whatever went in. NaN is written as null.
 *
 *     Json j = json_to(&sink, 2);
 *     json_open(&j, '{');
 *     json_key(&j, "pages"), json_int(&j, 24);
 *     json_close(&j);
 */
#ifndef CHUPIN_BASE_JSON_H
#define CHUPIN_BASE_JSON_H

#include "base/sink.h"

enum { JSON_DEPTH = 64 };

typedef struct Json {
    Sink *sink;
    int indent; /* spaces a level; 0: one line */
    int depth;
    bool after_key;
    char closers[JSON_DEPTH];
    bool used[JSON_DEPTH];
} Json;

Json json_to(Sink *s, int indent);
void json_open(Json *j, char bracket); /* '{' or '[' */
void json_close(Json *j);
void json_key(Json *j, const char *key);
void json_str(Json *j, const char *text); /* NULL writes null */
void json_strn(Json *j, const char *text, size_t n);
void json_int(Json *j, int64_t value);
void json_num(Json *j, double value, int decimals);
void json_bool(Json *j, bool value);
void json_none(Json *j);
void json_text(Json *j, Text t); /* {"zh":…,"en":…} */
void json_raw(Json *j, const char *text, size_t n); /* one finished JSON value */

#endif
