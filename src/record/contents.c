#include "record/contents.h"

#include <nettle/base64.h>
#include <string.h>

const Content *contents_find(const Contents *c, const char *sha256) {
    for (size_t i = 0; i < c->count; i++)
        if (streq(c->items[i].sha256, sha256))
            return &c->items[i];
    return NULL;
}

void contents_note(Contents *c, Arena *a, const RecordEvent *e) {
    const char *hashes[EVENT_CONTENTS];
    RecordEvent original = event_original(a, e);
    json_t *body = json_loads(original.body_json, 0, NULL);
    event_contents(body, hashes);
    for (size_t i = 0; i < EVENT_CONTENTS && hashes[i]; i++)
        if (!contents_find(c, hashes[i]))
            ARENA_PUSH(a, c->items, c->count, c->capacity)->sha256 = arena_strdup(a, hashes[i]);
    json_decref(body);
}

static void write_base64(Json *j, Arena *a, Str bytes) {
    char *coded = arena_alloc(a, BASE64_ENCODE_RAW_LENGTH(bytes.n) + 1);
    base64_encode_raw(coded, bytes.n, (const uint8_t *)bytes.p);
    json_key(j, "base64");
    json_strn(j, coded, BASE64_ENCODE_RAW_LENGTH(bytes.n));
}

static void write_content(Json *j, Arena *a, const char *sha256, Str bytes) {
    json_open(j, '{');
    json_key(j, "sha256");
    json_str(j, sha256);
    json_key(j, "bytes");
    json_int(j, (int64_t)bytes.n);
    if (text_valid(bytes.p, bytes.n) && !memchr(bytes.p, 0, bytes.n)) {
        json_key(j, "text");
        json_strn(j, bytes.p, bytes.n);
    } else {
        write_base64(j, a, bytes);
    }
    json_close(j);
}

static Result copy_content(Json *j, Record *r, const char *sha256) {
    Arena *a = arena_new(); /* contents are large, and needed one at a time */
    Str bytes;
    Result result = record_content(&bytes, r, a, sha256);
    if (!result.kind)
        write_content(j, a, sha256, bytes);
    arena_free(a);
    return result;
}

Result contents_write(Json *j, Record *r, const Contents *c, const char *without) {
    json_open(j, '[');
    for (size_t i = 0; i < c->count; i++)
        if (!streq(c->items[i].sha256, without))
            TRY(copy_content(j, r, c->items[i].sha256));
    json_close(j);
    return OK;
}

static bool decode(Str *out, Arena *a, const json_t *content) {
    const json_t *text = json_object_get(content, "text");
    if (json_is_string(text)) {
        *out = (Str){json_string_value(text), json_string_length(text)};
        return true;
    }
    const char *coded = json_string_value(json_object_get(content, "base64"));
    if (!coded)
        return false;
    struct base64_decode_ctx state;
    size_t n = strlen(coded);
    uint8_t *bytes = arena_alloc(a, BASE64_DECODE_LENGTH(n) + 1);
    size_t count = BASE64_DECODE_LENGTH(n);
    base64_decode_init(&state);
    if (!base64_decode_update(&state, &count, bytes, n, coded) || !base64_decode_final(&state))
        return false;
    *out = (Str){(const char *)bytes, count};
    return true;
}

Result contents_read(Contents *c, Arena *a, const json_t *array, const char *file) {
    size_t i;
    const json_t *content;
    json_array_foreach(array, i, content) {
        Str bytes = {0};
        char hash[SHA256_HEX] = "";
        const char *sha256 = body_read_text(content, "sha256");
        if (decode(&bytes, a, content))
            sha256_of(bytes.p, bytes.n, hash);
        if (!streq(hash, sha256))
            return result_fail(a, ERR_FILE, (Where){0},
                               "%s 里有一处内容与它的指纹不符（%s）；没有导入",
                               "%s holds a content that does not match its hash (%s); nothing was "
                               "taken in",
                               file, sha256);
        *ARENA_PUSH(a, c->items, c->count, c->capacity) =
            (Content){arena_strdup(a, sha256), {arena_copy(a, bytes.p, bytes.n), bytes.n}};
    }
    return OK;
}

static Result put_one(const Contents *c, Record *r, const char *sha256) {
    char hash[SHA256_HEX];
    const Content *content = contents_find(c, sha256);
    if (content)
        return record_put_content(r, content->bytes, hash);
    const StoreValue *row;
    StoreValue key = store_text(sha256);
    TRY(store_one(&row, r->scratch, r->store, "SELECT 1 FROM content WHERE sha256 = ?", 1, 1,
                  &key));
    return row ? OK
               : result_fail(r->arena, ERR_FILE, (Where){0}, "缺内容 %s；没有导入",
                             "the content %s is missing; nothing was taken in", sha256);
}

Result contents_put(const Contents *c, Record *r, const RecordEvent *e) {
    const char *hashes[EVENT_CONTENTS];
    RecordEvent original = event_original(r->scratch, e);
    json_t *body = json_loads(original.body_json, 0, NULL);
    Result result = OK;
    event_contents(body, hashes);
    for (size_t i = 0; i < EVENT_CONTENTS && hashes[i] && !result.kind; i++)
        result = put_one(c, r, hashes[i]);
    json_decref(body);
    return result;
}
