#include "run/transport.h"
#include "run/wire.h"

#include <string.h>

static Json begin(Sink *lines, const char *kind) {
    Json j = json_to(lines, 0);
    json_open(&j, '{');
    json_key(&j, kind);
    json_open(&j, '{');
    return j;
}

static void end(Json *j) {
    json_close(j);
    json_close(j);
    sink_char(j->sink, '\n');
}

static void tell(Sink *lines, const char *name, WireKind kind, const void *record) {
    Json j = begin(lines, name);
    wire_write(&j, kind, record);
    end(&j);
}

static void tell_file(void *self, const File *file, const Document *document) {
    Json j = begin(self, "file");
    json_key(&j, "file");
    row_json(&j, entity_of(FACT_file), file);
    json_key(&j, "document");
    if (document)
        row_json(&j, entity_of(FACT_document), document);
    else
        json_none(&j);
    end(&j);
    sink_flush(self);
}

/* A page is told after what was found on it: what was found before a crash on another page has left
 * the process. */
static void tell_page(void *self, const PageSummary *page) {
    tell(self, "page", WIRE_page, page);
    sink_flush(self);
}

static void tell_measure(Json *j, const char *name, const Measure *m) {
    json_key(j, name);
    json_open(j, '{');
    wire_write(j, WIRE_measure, m);
    json_close(j);
}

static void tell_finding(void *self, const Finding *f) {
    Json j = begin(self, "finding");
    wire_write(&j, WIRE_finding, f);
    tell_measure(&j, "measured", &f->measured);
    tell_measure(&j, "required", &f->required);
    json_key(&j, "places");
    json_open(&j, '[');
    for (size_t i = 0; i < f->place_count && i < SHOWN_PLACES; i++) {
        json_open(&j, '{');
        wire_write(&j, WIRE_place, &f->places[i]);
        json_close(&j);
    }
    json_close(&j);
    end(&j);
}

static void tell_unproven(void *self, const Unproven *line) {
    tell(self, "unproven", WIRE_unproven, line);
}

static void tell_tally(void *self, const RuleTally *tally) {
    tell(self, "tally", WIRE_tally, tally);
}

CheckTeller transport_teller(Sink *lines) {
    return (CheckTeller){lines, tell_file, tell_page, tell_finding, tell_unproven, tell_tally};
}

void transport_end(Sink *lines, Result r) {
    tell(lines, "result", WIRE_result, &(WireResult){r.kind, r.text});
    sink_flush(lines);
}

static bool take_file(Receiver *r, const json_t *body) {
    File file;
    Document document;
    const json_t *second = json_object_get(body, "document");
    if (!wire_read_row(r->arena, entity_of(FACT_file), &file, json_object_get(body, "file")))
        return false;
    if (!json_is_null(second) &&
        !wire_read_row(r->arena, entity_of(FACT_document), &document, second))
        return false;
    r->to.file(r->to.self, &file, json_is_null(second) ? NULL : &document);
    return true;
}

static bool take_page(Receiver *r, const json_t *body) {
    PageSummary page = {0};
    if (!wire_read(r->arena, WIRE_page, &page, body))
        return false;
    r->to.page(r->to.self, &page);
    return true;
}

static bool take_places(Receiver *r, Finding *f, const json_t *places) {
    f->place_count = json_array_size(places);
    if (!json_is_array(places) || f->place_count > SHOWN_PLACES)
        return false;
    for (size_t i = 0; i < f->place_count; i++)
        if (!wire_read(r->arena, WIRE_place, &f->places[i], json_array_get(places, i)))
            return false;
    return true;
}

static bool take_finding(Receiver *r, const json_t *body) {
    Finding f = {0};
    if (!wire_read(r->arena, WIRE_finding, &f, body) ||
        !wire_read(r->arena, WIRE_measure, &f.measured, json_object_get(body, "measured")) ||
        !wire_read(r->arena, WIRE_measure, &f.required, json_object_get(body, "required")) ||
        !take_places(r, &f, json_object_get(body, "places")))
        return false;
    if ((f.outcome != OUTCOME_FAIL && f.outcome != OUTCOME_UNCHECKED) || !f.message.zh)
        return false;
    r->to.finding(r->to.self, &f);
    return true;
}

static bool take_unproven(Receiver *r, const json_t *body) {
    Unproven line = {0};
    if (!wire_read(r->arena, WIRE_unproven, &line, body) || !line.what.zh || !line.why.zh)
        return false;
    r->to.unproven(r->to.self, &line);
    return true;
}

static bool take_tally(Receiver *r, const json_t *body) {
    RuleTally tally = {0};
    if (!wire_read(r->arena, WIRE_tally, &tally, body))
        return false;
    r->to.tally(r->to.self, &tally);
    return true;
}

static bool take_result(Receiver *r, const json_t *body) {
    WireResult result = {0};
    if (!wire_read(r->arena, WIRE_result, &result, body) || (result.kind && !result.text.zh))
        return false;
    r->result = (Result){.kind = result.kind, .text = result.text};
    r->ended = true;
    return true;
}

bool transport_take(Receiver *r, const char *line, size_t n) {
    static const struct {
        const char *name;
        bool (*take)(Receiver *r, const json_t *body);
    } kinds[] = {{"file", take_file},         {"page", take_page},   {"finding", take_finding},
                 {"unproven", take_unproven}, {"tally", take_tally}, {"result", take_result}};
    json_t *root = r->ended ? NULL : json_loadb(line, n, JSON_REJECT_DUPLICATES, NULL);
    void *only = json_object_iter(root);
    bool taken = false;
    for (size_t i = 0; only && i < sizeof kinds / sizeof *kinds; i++)
        if (streq(kinds[i].name, json_object_iter_key(only)))
            taken = kinds[i].take(r, json_object_iter_value(only));
    json_decref(root);
    return taken;
}
