#include "record/run_found.h"

static const char *const verdict_keys[] = {"machine", "errors", "warnings", "unchecked"};
static const char *const finding_keys[] = {"rule", "item",  "severity",   "outcome",
                                           "page", "count", "fingerprint"};
enum {
    VERDICT_KEYS = sizeof verdict_keys / sizeof *verdict_keys,
    FINDING_KEYS = sizeof finding_keys / sizeof *finding_keys
};

/* Of these keys, those that hold a word or a whole number. */
static void write_some(Body *b, const json_t *from, const char *const keys[], size_t count) {
    json_open(&b->json, '{');
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(from, keys[i]);
        if (json_is_integer(value))
            body_int(b, keys[i], json_integer_value(value));
        else
            body_text(b, keys[i], json_string_value(value));
    }
    json_close(&b->json);
}

Result run_found_write(Body *b, Arena *a, const RecordRun *run) {
    json_t *report = json_loadb(run->report.p, run->report.n, 0, NULL);
    if (!report)
        return result_fail(a, ERR_USAGE, (Where){0}, "%s 的报告不是 JSON，没有记下来",
                           "the report of %s is no JSON; it was not stored", run->name);
    size_t i;
    const json_t *finding;
    json_key(&b->json, "verdict");
    write_some(b, json_object_get(report, "verdict"), verdict_keys, VERDICT_KEYS);
    json_key(&b->json, "findings");
    json_open(&b->json, '[');
    json_array_foreach(json_object_get(report, "findings"), i, finding)
        write_some(b, finding, finding_keys, FINDING_KEYS);
    json_close(&b->json);
    json_decref(report);
    return OK;
}

bool run_found_in(const json_t *body) {
    return json_is_array(json_object_get(body, "findings"));
}
