/* Bodies of events: written with the one JSON writer, read with jansson. Internal to record.
 *
 *     Body b = body_open(a);
 *     body_text(&b, "item", key), body_int(&b, "row", 8);
 *     Str json = body_close(&b);
 */
#ifndef CHUPIN_RECORD_BODY_H
#define CHUPIN_RECORD_BODY_H

#include "base/json.h"

#include <jansson.h>

typedef struct Body {
    Sink *sink;
    Json json;
} Body;

Body body_open(Arena *a);
void body_text(Body *b, const char *key, const char *text); /* NULL and "" are left out */
void body_int(Body *b, const char *key, int64_t number);
const char *body_close(Body *b);

/* What is absent or of another type is "" and 0. */
const char *body_read_text(const json_t *body, const char *key);
int64_t body_read_int(const json_t *body, const char *key);

#endif
