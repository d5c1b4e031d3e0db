/* What a comparison with the signed version found, so that a report can be made again without both
 * files at hand, and what it was made with. */
#include "record/inside.h"

#include <math.h>

enum { MICROMETRES = 1000 }; /* a mm, as reports round */

static const char *write_differences(Arena *a, const Standing *s) {
    Sink to = sink_memory(a);
    Json j = json_to(&to, 0);
    json_open(&j, '{');
    json_key(&j, "made_with");
    json_str(&j, s->signed_version.made_with ? s->signed_version.made_with : "");
    json_key(&j, "differences");
    json_open(&j, '[');
    for (size_t i = 0; i < s->difference_count; i++) {
        const PageDifference *d = &s->differences[i];
        json_open(&j, '{');
        json_key(&j, "page");
        json_int(&j, d->page);
        json_key(&j, "what");
        json_text(&j, d->what);
        if (d->boxed) {
            const double sides[] = {d->x, d->y, d->w, d->h};
            json_key(&j, "box");
            json_open(&j, '[');
            for (int k = 0; k < 4; k++)
                json_int(&j, llround(sides[k] * MICROMETRES));
            json_close(&j);
        }
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
    sink_char(&to, '\0');
    return to.bytes;
}

static void read_difference(PageDifference *d, Arena *a, const json_t *from) {
    const json_t *what = json_object_get(from, "what"), *box = json_object_get(from, "box");
    double sides[4];
    d->page = (int)body_read_int(from, "page");
    d->what = (Text){arena_strdup(a, body_read_text(what, "zh")),
                     arena_strdup(a, body_read_text(what, "en"))};
    d->boxed = json_array_size(box) == 4;
    for (size_t k = 0; k < 4; k++)
        sides[k] = (double)json_integer_value(json_array_get(box, k)) / MICROMETRES;
    d->x = sides[0], d->y = sides[1], d->w = sides[2], d->h = sides[3];
}

/* Records of the first builds have the list alone. */
static void read_differences(Standing *s, Arena *a, const char *text) {
    json_t *found = json_loads(text, 0, NULL);
    const json_t *list = json_is_object(found) ? json_object_get(found, "differences") : found;
    const char *with = json_string_value(json_object_get(found, "made_with"));
    s->signed_version.made_with = arena_strdup(a, with ? with : "");
    s->difference_count = json_array_size(list);
    PageDifference *items = ARENA_ARRAY(a, PageDifference, s->difference_count + 1);
    for (size_t i = 0; i < s->difference_count; i++)
        read_difference(&items[i], a, json_array_get(list, i));
    s->differences = items;
    json_decref(found);
}

static Result compare(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                      const Standing *s) {
    SubjectKey key;
    TRY(subject_known(&key, r, r->scratch, subject));
    Body b = subject_body(r, subject);
    body_text(&b, "with", s->signed_version.sha256);
    body_int(&b, "same_look", s->signed_version.same_look);
    body_text(&b, "differences", write_differences(r->scratch, s));
    return record_append(r, stamp, EVENT_comparison_made, key.job, body_close(&b));
}

Result record_put_comparison(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                             const Standing *s) {
    if (!s->signed_version.sha256 || !s->signed_version.compared)
        return OK;
    TRY(write_begin(r, stamp));
    return write_end(r, compare(r, stamp, subject, s));
}

Result comparison_of(Standing *s, Record *r, Arena *a, const SubjectKey *key) {
    const StoreValue *row;
    TRY(store_one(&row, a, r->store,
                  "SELECT same_look, differences FROM comparison "
                  "WHERE job = ? AND item = ? AND n = ? AND other = ?",
                  2, 4,
                  (StoreValue[]){store_text(key->job), store_text(key->item), store_int(key->n),
                                 store_text(s->signed_version.sha256)}));
    if (!row)
        return OK;
    s->signed_version.compared = true;
    s->signed_version.same_look = row[0].number != 0;
    read_differences(s, a, row_text(a, &row[1]));
    return OK;
}
