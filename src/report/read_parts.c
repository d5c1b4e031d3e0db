#include "report/read_parts.h"
#include "check/place_json.h"

#include <math.h>

void in_broken(Reader *in, const char *key) {
    if (!in->broken)
        in->broken = key;
}

const char *in_str(Reader *in, const json_t *from, const char *key) {
    return arena_strdup(in->arena, json_string_value(json_object_get(from, key)));
}

const char *in_need_str(Reader *in, const json_t *from, const char *key) {
    const char *text = in_str(in, from, key);
    if (!text)
        in_broken(in, key);
    return text ? text : "";
}

double in_num(const json_t *from, const char *key) {
    const json_t *n = json_object_get(from, key);
    return json_is_number(n) ? json_number_value(n) : NAN;
}

int in_int(const json_t *from, const char *key, int absent) {
    const json_t *n = json_object_get(from, key);
    json_int_t value = json_integer_value(n);
    return json_is_integer(n) && value >= 0 && value <= INT32_MAX ? (int)value : absent;
}

Text in_text_value(Reader *in, const json_t *value) {
    Text t = {in_str(in, value, "zh"), in_str(in, value, "en")};
    return t.zh && t.en ? t : (Text){NULL, NULL};
}

Text in_text(Reader *in, const json_t *from, const char *key) {
    return in_text_value(in, json_object_get(from, key));
}

Text in_need_text(Reader *in, const json_t *from, const char *key) {
    Text t = in_text(in, from, key);
    if (!t.zh)
        in_broken(in, key);
    return t.zh ? t : (Text){"", ""};
}

const json_t *in_list(Reader *in, const json_t *from, const char *key) {
    const json_t *list = json_object_get(from, key);
    if (!json_is_array(list))
        in_broken(in, key);
    return list;
}

const json_t *in_object(Reader *in, const json_t *from, const char *key) {
    const json_t *object = json_object_get(from, key);
    if (!json_is_object(object))
        in_broken(in, key);
    return object;
}

int in_word(Reader *in, const json_t *from, const char *key, VocabularyId words) {
    const char *word = json_string_value(json_object_get(from, key));
    int found = word ? word_find(words, word) : -1;
    if (found < 0)
        in_broken(in, key);
    return found < 0 ? 0 : found;
}

static uint8_t read_enum(const json_t *from, const char *key, const char *type) {
    const char *word = json_string_value(json_object_get(from, key));
    int value = word ? enum_value(enum_find(type), str_of(word)) : 0;
    return value < 0 ? 0 : (uint8_t)value;
}

static Measure read_measure(Reader *in, const json_t *from, const char *key) {
    const json_t *m = json_object_get(from, key), *value = json_object_get(m, "value");
    Measure out = {.number = NAN, .unit = ""};
    if (!json_is_object(m))
        return out;
    out.present = true;
    out.text = arena_strdup(in->arena, json_string_value(value));
    out.number = json_is_number(value) ? json_number_value(value) : NAN;
    out.unit = in_need_str(in, m, "unit");
    out.from = in_text(in, m, "from");
    return out;
}

static void read_places(Reader *in, Finding *f, const json_t *list) {
    size_t count = json_array_size(list);
    if (count > SHOWN_PLACES)
        in_broken(in, "findings[].places");
    for (size_t i = 0; i < count && i < SHOWN_PLACES; i++) {
        const json_t *from = json_array_get(list, i), *box = json_object_get(from, "box");
        Place *p = &f->places[f->place_count++];
        *p = (Place){.page = in_int(from, "page", 0),
                     .boxed = json_is_object(box),
                     .box = {NAN, NAN, NAN, NAN},
                     .edge = read_enum(from, "edge", "Edge"),
                     .value = in_num(from, "value")};
        if (p->boxed && !box_read(&p->box, box))
            in_broken(in, "findings[].places[].box");
        if (!content_read(&p->content, json_string_value(json_object_get(from, "content"))))
            in_broken(in, "findings[].places[].content");
    }
}

static bool is_true(const json_t *from, const char *key) {
    return json_is_true(json_object_get(from, key));
}

static void read_finding(Reader *in, Report *r, const json_t *from) {
    Finding *f = ARENA_PUSH(in->arena, r->findings, r->finding_count, r->finding_capacity);
    *f = (Finding){.rule = in_need_str(in, from, "rule"),
                   .item = in_int(from, "item", 0),
                   .severity = (Severity)in_word(in, from, "severity", VOCABULARY_Severity),
                   .outcome = (Outcome)in_word(in, from, "outcome", VOCABULARY_Outcome),
                   .by_file = is_true(from, "by_file"),
                   .page = in_int(from, "page", 0),
                   .origin_is_trim =
                       streq(json_string_value(json_object_get(from, "origin")), "trim"),
                   .count = in_int(from, "count", 0),
                   .measured = read_measure(in, from, "measured"),
                   .required = read_measure(in, from, "required"),
                   .message = in_need_text(in, from, "message"),
                   .fix = in_text(in, from, "fix"),
                   .who = (Who)in_word(in, from, "who", VOCABULARY_Who),
                   .fingerprint = in_need_str(in, from, "fingerprint"),
                   .kind = in_str(in, from, "kind"),
                   .nowaive = is_true(from, "nowaive")};
    const json_t *order = json_object_get(from, "order");
    f->order = (uint32_t)json_integer_value(order);
    f->worse = json_object_get(from, "worse") ? (Worst)in_word(in, from, "worse", VOCABULARY_Worst)
                                              : WORST_NONE;
    read_places(in, f, json_object_get(from, "places"));
    if (f->item >= CHECKLIST_ITEMS)
        in_broken(in, "findings[].item");
}

void in_findings(Reader *in, Report *r, const json_t *list) {
    for (size_t i = 0; i < json_array_size(list); i++)
        read_finding(in, r, json_array_get(list, i));
}

static void read_ink(Reader *in, PageSummary *p, const json_t *ink) {
    const char *name;
    json_t *coverage;
    json_t *plates = json_object_get(ink, "plates");
    PlateShare *shares = ARENA_ARRAY(in->arena, PlateShare, json_object_size(plates));
    p->inked = json_is_object(ink);
    p->ink_mean = in_num(ink, "max_mean");
    p->ink_peak = in_num(ink, "peak");
    json_object_foreach(plates, name, coverage) {
        shares[p->plate_count++] =
            (PlateShare){arena_strdup(in->arena, name),
                         json_is_number(coverage) ? json_number_value(coverage) : NAN};
    }
    p->plates = shares;
}

void in_pages(Reader *in, Report *r, const json_t *list) {
    static const char *const edges[] = {"top", "right", "bottom", "left"};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *from = json_array_get(list, i), *trim = json_object_get(from, "trim"),
                     *bleed = json_object_get(from, "bleed");
        PageSummary *p = ARENA_PUSH(in->arena, r->pages, r->page_count, r->page_capacity);
        *p = (PageSummary){.number = in_int(from, "number", 0),
                           .trim_w = in_num(trim, "w"),
                           .trim_h = in_num(trim, "h"),
                           .trim_source = read_enum(trim, "source", "TrimSource")};
        for (int side = 0; side < 4; side++)
            p->bleed[side] = in_num(bleed, edges[side]);
        read_ink(in, p, json_object_get(from, "ink"));
        if (!p->number)
            in_broken(in, "pages[].number");
    }
}
