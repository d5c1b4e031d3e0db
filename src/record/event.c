#include "record/event.h"

#include "record/body.h"
#include "record/people_words.h"

#include <string.h>

const char event_no_prev[SHA256_HEX] =
    "0000000000000000000000000000000000000000000000000000000000000000";

static const struct {
    const char *word;
    Text told;
    Result (*apply)(const Applier *p, const RecordEvent *e, const json_t *body);
} kinds[] = {
#define EVENT(id, kind, zh, en) {kind, {zh, en}, apply_##id},
#include "record/events.def"
#undef EVENT
};

const char *event_kind_word(EventKind kind) {
    return kinds[kind].word;
}

static int kind_of(const char *word) {
    for (int i = 0; i < EVENT_KINDS; i++)
        if (streq(kinds[i].word, word))
            return i;
    return -1;
}

static void add_netstring(Sha256 *h, const char *text) {
    char length[24];
    size_t n = strlen(text);
    sha256_add(h, length, (size_t)snprintf(length, sizeof length, "%zu:", n));
    sha256_add(h, text, n);
    sha256_add(h, ",", 1);
}

void event_hash(const RecordEvent *e, char hash[SHA256_HEX]) {
    char seq[24];
    snprintf(seq, sizeof seq, "%lld", (long long)e->seq);
    Sha256 h;
    sha256_start(&h);
    add_netstring(&h, e->prev);
    add_netstring(&h, seq);
    add_netstring(&h, e->at);
    add_netstring(&h, e->actor);
    add_netstring(&h, e->kind);
    add_netstring(&h, e->job);
    add_netstring(&h, e->body_json);
    sha256_end(&h, hash);
}

/* A NUL inside would hide what follows it from the hash. */
static const char *text_of(const StoreValue *v) {
    return v->type == STORE_TEXT && v->bytes && strlen(v->bytes) == v->count ? v->bytes : "";
}

RecordEvent event_of_row(const StoreValue *row) {
    return (RecordEvent){.seq = row[0].number,
                         .at = text_of(&row[1]),
                         .actor = text_of(&row[2]),
                         .kind = text_of(&row[3]),
                         .job = text_of(&row[4]),
                         .body_json = text_of(&row[5]),
                         .prev = text_of(&row[6]),
                         .hash = text_of(&row[7])};
}

bool event_is(const RecordEvent *e, EventKind kind) {
    return streq(e->kind, kinds[kind].word);
}

RecordEvent event_original(Arena *a, const RecordEvent *e) {
    if (!event_is(e, EVENT_event_imported))
        return *e;
    json_t *body = json_loads(e->body_json, 0, NULL);
    RecordEvent o = event_of_json(a, body);
    json_decref(body);
    return o;
}

RecordEvent event_of_json(Arena *a, const json_t *object) {
    return (RecordEvent){.seq = body_read_int(object, "seq"),
                         .at = arena_strdup(a, body_read_text(object, "at")),
                         .actor = arena_strdup(a, body_read_text(object, "actor")),
                         .kind = arena_strdup(a, body_read_text(object, "kind")),
                         .job = arena_strdup(a, body_read_text(object, "job")),
                         .body_json = arena_strdup(a, body_read_text(object, "body")),
                         .prev = arena_strdup(a, body_read_text(object, "prev")),
                         .hash = arena_strdup(a, body_read_text(object, "hash"))};
}

void event_write(Json *j, const RecordEvent *e) {
    const char *const texts[][2] = {{"at", e->at},    {"actor", e->actor},    {"kind", e->kind},
                                    {"job", e->job},  {"body", e->body_json}, {"prev", e->prev},
                                    {"hash", e->hash}};
    json_open(j, '{');
    if (e->seq) {
        json_key(j, "seq");
        json_int(j, e->seq);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i][1]) {
            json_key(j, texts[i][0]);
            json_str(j, texts[i][1]);
        }
    json_close(j);
}

void event_contents(const json_t *body, const char *hashes[EVENT_CONTENTS]) {
    static const char *const keys[EVENT_CONTENTS] = {"report", "places", "scan", "content"};
    size_t count = 0;
    for (size_t i = 0; i < EVENT_CONTENTS; i++)
        hashes[i] = NULL;
    for (size_t i = 0; i < EVENT_CONTENTS; i++)
        if (*body_read_text(body, keys[i]))
            hashes[count++] = body_read_text(body, keys[i]);
}

static Result load(json_t **body, const Applier *p, const RecordEvent *e) {
    json_error_t error;
    *body = json_loads(e->body_json, JSON_REJECT_DUPLICATES, &error);
    if (*body && json_is_object(*body))
        return OK;
    json_decref(*body);
    *body = NULL;
    return result_fail(p->arena, ERR_FILE, (Where){0}, "记录第 %lld 条读不出：%s",
                       "event %lld of the record can not be read: %s", (long long)e->seq,
                       error.text);
}

/* Contents that a check of the record makes again are noted without their bytes. */
static Result note_contents(const Applier *p, const json_t *body) {
    if (p->contents == p->to->store)
        return OK;
    const char *hashes[EVENT_CONTENTS];
    event_contents(body, hashes);
    for (size_t i = 0; i < EVENT_CONTENTS && hashes[i]; i++)
        TRY(store_exec(p->to->store,
                       "INSERT INTO content (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
                       2, (StoreValue[]){store_text(hashes[i]), store_blob(NULL, 0)}));
    return OK;
}

Result event_apply(const Applier *p, const RecordEvent *e) {
    int kind = kind_of(e->kind);
    if (kind < 0)
        return result_fail(p->arena, ERR_FILE, (Where){0},
                           "记录第 %lld 条是不认识的“%s”；升级 chupin 再试",
                           "event %lld of the record is of the unknown kind \"%s\"; upgrade chupin",
                           (long long)e->seq, e->kind);
    json_t *body;
    TRY(load(&body, p, e));
    Result result = note_contents(p, body);
    if (!result.kind)
        result = kinds[kind].apply(p, e, body);
    json_decref(body);
    return result;
}

static void fill_text(Sink *to, const char *key, const char *text, Lang lang) {
    const char *word = text_in(people_word(key, text), lang);
    bool hash = strlen(text) == SHA256_HEX - 1 && strspn(text, "0123456789abcdef") == strlen(text);
    sink_str(to, word ? word : hash ? "" : text);
    if (hash)
        sink_write(to, text, RUN_SHORT);
}

static void fill(Sink *to, const char *sentence, const RecordEvent *e, const json_t *body,
                 Lang lang) {
    for (const char *p = sentence; *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (!end) {
            sink_char(to, *p++);
            continue;
        }
        char key[32];
        snprintf(key, sizeof key, "%.*s", (int)(end - p - 1), p + 1);
        const json_t *value = json_object_get(body, key);
        if (streq(key, "actor"))
            sink_str(to, e->actor);
        else if (json_is_integer(value))
            sink_format(to, "%lld", (long long)json_integer_value(value));
        else if (json_is_string(value))
            fill_text(to, key, json_string_value(value), lang);
        p = end + 1;
    }
}

static const char *told_in(Arena *a, const RecordEvent *e, const json_t *body, Lang lang) {
    int kind = kind_of(e->kind);
    if (kind < 0)
        return arena_strdup(a, e->kind);
    Sink s = sink_memory(a);
    fill(&s, text_in(kinds[kind].told, lang), e, body, lang);
    Str text = str_trim(sink_text(&s));
    return text_printable(a, text.p, text.n);
}

static Text told_itself(Arena *a, const RecordEvent *e) {
    json_t *body = json_loads(e->body_json, 0, NULL);
    Text told = {told_in(a, e, body, LANG_ZH), told_in(a, e, body, LANG_EN)};
    json_decref(body);
    return told;
}

Text event_told(Arena *a, const RecordEvent *e) {
    if (!event_is(e, EVENT_event_imported))
        return told_itself(a, e);
    RecordEvent original = event_original(a, e);
    Text told = told_itself(a, &original);
    return (Text){arena_printf(a, "另一份记录，%s：%s", original.at, told.zh),
                  arena_printf(a, "another record, %s: %s", original.at, told.en)};
}
