#include "record/body.h"

Body body_open(Arena *a) {
    Body b = {.sink = ARENA_NEW(a, Sink)};
    *b.sink = sink_memory(a);
    b.json = json_to(b.sink, 0);
    json_open(&b.json, '{');
    return b;
}

void body_text(Body *b, const char *key, const char *text) {
    if (!text || !*text)
        return;
    json_key(&b->json, key);
    json_str(&b->json, text);
}

void body_int(Body *b, const char *key, int64_t number) {
    json_key(&b->json, key);
    json_int(&b->json, number);
}

const char *body_close(Body *b) {
    json_close(&b->json);
    sink_char(b->sink, '\0');
    return b->sink->bytes;
}

const char *body_read_text(const json_t *body, const char *key) {
    const char *text = json_string_value(json_object_get(body, key));
    return text ? text : "";
}

int64_t body_read_int(const json_t *body, const char *key) {
    return json_integer_value(json_object_get(body, key));
}
