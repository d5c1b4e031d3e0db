#include "run/transport.h"
#include "run/wire.h"

#include <string.h>

enum { MOST_PLATES = 4096 }; /* of a page */

static void tell(Sink *lines, const char *name, WireKind kind, const void *record) {
    sink_str(lines, name);
    wire_write(lines, kind, record);
    sink_char(lines, '\n');
}

static void tell_file(void *self, const File *file, const Document *document) {
    Sink *lines = self;
    sink_str(lines, "file");
    wire_write_row(lines, entity_of(FACT_file), file);
    wire_write_count(lines, document != NULL);
    if (document)
        wire_write_row(lines, entity_of(FACT_document), document);
    sink_char(lines, '\n');
    sink_flush(lines);
}

/* A page is told after what was found on it: what was found before a crash on another page has left
 * the process. */
static void tell_page(void *self, const PageSummary *page) {
    Sink *lines = self;
    sink_str(lines, "page");
    wire_write(lines, WIRE_page, page);
    wire_write_count(lines, page->plate_count);
    for (size_t i = 0; i < page->plate_count; i++)
        wire_write(lines, WIRE_plate_share, &page->plates[i]);
    sink_char(lines, '\n');
    sink_flush(lines);
}

static void tell_profile(void *self, const UsedProfile *profile) {
    tell(self, "profile", WIRE_profile, profile);
}

static void tell_finding(void *self, const Finding *f) {
    Sink *lines = self;
    size_t places = f->place_count < SHOWN_PLACES ? f->place_count : SHOWN_PLACES;
    sink_str(lines, "finding");
    wire_write(lines, WIRE_finding, f);
    wire_write(lines, WIRE_measure, &f->measured);
    wire_write(lines, WIRE_measure, &f->required);
    wire_write_count(lines, places);
    for (size_t i = 0; i < places; i++)
        wire_write(lines, WIRE_place, &f->places[i]);
    wire_write_count(lines, f->all_count);
    for (size_t i = 0; i < f->all_count; i++)
        wire_write(lines, WIRE_place, &f->all[i]);
    sink_char(lines, '\n');
}

static void tell_unproven(void *self, const Unproven *line) {
    tell(self, "unproven", WIRE_unproven, line);
}

static void tell_tally(void *self, const RuleTally *tally) {
    tell(self, "tally", WIRE_tally, tally);
}

CheckTeller transport_teller(Sink *lines) {
    return (CheckTeller){lines,         tell_file,  tell_page,   tell_finding,
                         tell_unproven, tell_tally, tell_profile};
}

void transport_end(Sink *lines, Result r) {
    tell(lines, "result", WIRE_result, &(WireResult){r.kind, r.text});
    sink_flush(lines);
}

static bool take_file(Receiver *r, WireReader *in) {
    File file;
    Document document;
    size_t documents;
    if (!wire_read_row(in, entity_of(FACT_file), &file) || !wire_read_count(in, 1, &documents))
        return false;
    if (documents && !wire_read_row(in, entity_of(FACT_document), &document))
        return false;
    if (!wire_at_end(in))
        return false;
    r->to.file(r->to.self, &file, documents ? &document : NULL);
    return true;
}

static bool take_page(Receiver *r, WireReader *in) {
    PageSummary page = {0};
    if (!wire_read(in, WIRE_page, &page) || !wire_read_count(in, MOST_PLATES, &page.plate_count))
        return false;
    PlateShare *plates = ARENA_ARRAY(r->arena, PlateShare, page.plate_count + 1);
    for (size_t i = 0; i < page.plate_count; i++)
        if (!wire_read(in, WIRE_plate_share, &plates[i]) || !plates[i].ink)
            return false;
    page.plates = plates;
    if (!wire_at_end(in))
        return false;
    r->to.page(r->to.self, &page);
    return true;
}

static bool take_profile(Receiver *r, WireReader *in) {
    UsedProfile profile = {0};
    if (!wire_read(in, WIRE_profile, &profile) || !wire_at_end(in) || !profile.name)
        return false;
    r->to.profile(r->to.self, &profile);
    return true;
}

static bool take_all_places(WireReader *in, Finding *f) {
    if (!wire_read_count(in, MOST_PLACES, &f->all_count))
        return false;
    Place *all = f->all_count ? ARENA_ARRAY(in->arena, Place, f->all_count) : NULL;
    for (size_t i = 0; i < f->all_count; i++)
        if (!wire_read(in, WIRE_place, &all[i]))
            return false;
    f->all = all;
    return wire_at_end(in);
}

static bool take_places(WireReader *in, Finding *f) {
    if (!wire_read_count(in, SHOWN_PLACES, &f->place_count))
        return false;
    for (size_t i = 0; i < f->place_count; i++)
        if (!wire_read(in, WIRE_place, &f->places[i]))
            return false;
    return take_all_places(in, f);
}

static bool take_finding(Receiver *r, WireReader *in) {
    Finding f = {0};
    if (!wire_read(in, WIRE_finding, &f) || !wire_read(in, WIRE_measure, &f.measured) ||
        !wire_read(in, WIRE_measure, &f.required) || !take_places(in, &f))
        return false;
    if ((f.outcome != OUTCOME_FAIL && f.outcome != OUTCOME_UNCHECKED) || !f.message.zh)
        return false;
    r->to.finding(r->to.self, &f);
    return true;
}

static bool take_unproven(Receiver *r, WireReader *in) {
    Unproven line = {0};
    if (!wire_read(in, WIRE_unproven, &line) || !wire_at_end(in) || !line.what.zh || !line.why.zh)
        return false;
    r->to.unproven(r->to.self, &line);
    return true;
}

static bool take_tally(Receiver *r, WireReader *in) {
    RuleTally tally = {0};
    if (!wire_read(in, WIRE_tally, &tally) || !wire_at_end(in))
        return false;
    r->to.tally(r->to.self, &tally);
    return true;
}

static bool take_result(Receiver *r, WireReader *in) {
    WireResult result = {0};
    if (!wire_read(in, WIRE_result, &result) || !wire_at_end(in) ||
        (result.kind && !result.text.zh))
        return false;
    r->result = (Result){.kind = result.kind, .text = result.text};
    r->ended = true;
    return true;
}

bool transport_take(Receiver *r, const char *line, size_t n) {
    static const struct {
        const char *name;
        bool (*take)(Receiver *r, WireReader *in);
    } kinds[] = {{"file", take_file},         {"page", take_page},   {"finding", take_finding},
                 {"unproven", take_unproven}, {"tally", take_tally}, {"profile", take_profile},
                 {"result", take_result}};
    for (size_t i = 0; !r->ended && i < sizeof kinds / sizeof *kinds; i++) {
        size_t name = strlen(kinds[i].name);
        WireReader in = {.arena = r->arena, .p = line + name, .end = line + n};
        /* The name ends where the first field begins. */
        if (n > name && !memcmp(line, kinds[i].name, name) && (unsigned char)*in.p < ' ')
            return kinds[i].take(r, &in);
    }
    return false;
}
