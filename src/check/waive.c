#include "check/waive.h"
#include "check/job_measure.h"
#include "check/place_json.h"

#include <string.h>

enum { LEAST_REASON = 4 };

/* "1", "aaaa" and the rule's own name give no reason. */
static bool is_reason(Arena *a, const char *why, const Finding *f) {
    Str said = str_trim(str_of(why));
    const char *folded = text_nfkc_fold(a, arena_copy(a, said.p, said.n));
    int32_t point, first = 0;
    int characters = 0;
    bool varied = false;
    for (const char *p = folded, *end = p + strlen(p); p < end;) {
        text_next(&p, end, &point);
        characters += point > ' ';
        first = first ? first : point;
        varied |= point != first;
    }
    return characters >= LEAST_REASON && varied && !streq(folded, f->rule) &&
           !streq(folded, f->fingerprint);
}

static Result too_many(Arena *a, const Finding *f) {
    return result_fail(a, ERR_USAGE, (Where){0},
                       "%s 在这一页有 %d 处，太多了，没有逐处记下，不能豁免。请先改稿",
                       "%s was found in %d places of this page: too many to keep each, so it can "
                       "not be waived; mend the artwork first",
                       f->rule, f->count);
}

Result waiver_of(Waiver *out, Arena *a, const Finding *f, const char *why, const char *by) {
    size_t count;
    bool whole;
    const Place *places = finding_places(f, &count, &whole);
    if (f->outcome != OUTCOME_FAIL)
        return result_fail(a, ERR_USAGE, (Where){0},
                           "%s 是没查成，不是查出了问题，不能豁免：先把缺的补上再查",
                           "%s was not checked, which is nothing to waive: add what is missing and "
                           "check again",
                           f->rule);
    if (!whole)
        return too_many(a, f);
    if (!is_reason(a, why, f))
        return result_fail(
            a, ERR_USAGE, (Where){0},
            "豁免要写理由：至少四个字，说清为什么可以这样，例如 --why 烫金厂确认可做",
            "a waiver needs a reason of at least four characters that says why it is "
            "all right, such as --why \"the foil maker confirmed it\"");
    if (!str_trim(str_of(by)).n)
        return result_fail(a, ERR_USAGE, (Where){0}, "谁豁免的？请写 --by 姓名",
                           "who waives it? write --by NAME");
    Place *given = ARENA_ARRAY(a, Place, count); /* the finding's own may move */
    memcpy(given, places, count * sizeof *given);
    *out = (Waiver){.fingerprint = f->fingerprint,
                    .rule = f->rule,
                    .why = why,
                    .by = by,
                    .second = "",
                    .kind = f->kind,
                    .origin_is_trim = f->origin_is_trim,
                    .two_people = f->nowaive,
                    .worse = (uint8_t)f->worse,
                    .given = given,
                    .given_count = count};
    return OK;
}

Result waiver_until(Waiver *w, Arena *a, const char *typed) {
    Str s = str_trim(str_of(typed));
    int32_t day = 0;
    double number;
    Str digits = s.n && (*s.p == 'v' || *s.p == 'V') ? (Str){s.p + 1, s.n - 1} : s;
    w->until_date = NULL;
    w->until_version = 0;
    if (digits.n && digits.n <= 4 && number_parse(digits, &number) == digits.n && number >= 1 &&
        number == (double)(int)number) {
        w->until_version = (int)number;
        return OK;
    }
    if (s.n && day_read(&day, arena_copy(a, s.p, s.n))) {
        w->until_date = arena_printf(a, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
        return OK;
    }
    return result_fail(a, ERR_USAGE, (Where){0}, "豁免到什么时候？写日期 2026-03-01，或版本 v4",
                       "until when? write a date, 2026-03-01, or a version, v4");
}

Str waiver_places(Arena *a, const Waiver *w) {
    Sink to = sink_memory(a);
    Json json = json_to(&to, 0), *j = &json;
    json_open(j, '{');
    json_key(j, "schema"), json_str(j, "chupin.places/1");
    json_key(j, "rule"), json_str(j, w->rule);
    json_key(j, "kind"), json_str(j, w->kind);
    json_key(j, "origin"), json_str(j, w->origin_is_trim ? "trim" : "media");
    json_key(j, "worse"), json_str(j, worst_word((Worst)w->worse));
    json_key(j, "two_people"), json_bool(j, w->two_people);
    json_key(j, "places"), places_json(j, w->given, w->given_count);
    json_close(j);
    return sink_text(&to);
}

static bool take_places(Waiver *w, Arena *a, const json_t *root) {
    const char *kind = json_string_value(json_object_get(root, "kind")),
               *worse = json_string_value(json_object_get(root, "worse")),
               *origin = json_string_value(json_object_get(root, "origin"));
    int word = worse ? word_find(VOCABULARY_Worst, worse) : -1;
    if (!streq(json_string_value(json_object_get(root, "schema")), "chupin.places/1") || word < 0 ||
        !origin)
        return false;
    w->kind = arena_strdup(a, kind);
    w->origin_is_trim = streq(origin, "trim");
    w->two_people = json_is_true(json_object_get(root, "two_people"));
    w->worse = (uint8_t)word;
    return places_read(&w->given, &w->given_count, a, json_object_get(root, "places"));
}

Result waiver_take_places(Waiver *w, Arena *a, Str text) {
    json_t *root = json_loadb(text.p ? text.p : "", text.n, 0, NULL);
    bool taken = take_places(w, a, root);
    json_decref(root);
    if (taken)
        return OK;
    return result_fail(a, ERR_FILE, (Where){0},
                       "豁免 %s 记下的位置读不出来。请运行 chupin job verify",
                       "the places of waiver %s can not be read; run chupin job verify",
                       w->fingerprint ? w->fingerprint : "");
}
