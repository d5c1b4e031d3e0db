/* chupin.report/1 (docs/report.schema.json). Every other format is a view of this one, so the order
 * of keys, the number of rows and the rounding are a contract. */
#include "check/place_json.h"
#include "report/json_parts.h"

static void tool(Json *j, const Report *r) {
    json_key(j, "tool");
    json_open(j, '{');
    key_str(j, "version", r->version ? r->version : CHUPIN_VERSION);
    key_str(j, "poppler", r->engine);
    key_str(j, "lcms2", r->colour_engine);
    json_key(j, "profiles");
    json_open(j, '[');
    for (size_t i = 0; i < r->profile_count; i++) {
        json_open(j, '{');
        key_str(j, "name", r->profiles[i].name);
        key_str(j, "sha256", r->profiles[i].sha256);
        key_text(j, "from", r->profiles[i].from);
        json_close(j);
    }
    json_close(j);
    key_str(j, "rules_sha256", r->rules_sha256);
    key_str(j, "profile", r->profile);
    json_close(j);
}

static void file(Json *j, const Report *r) {
    json_key(j, "file");
    json_open(j, '{');
    key_str(j, "name", r->file.name);
    json_key(j, "bytes");
    json_num(j, r->file.bytes, 0);
    key_str(j, "sha256", r->file.sha256);
    key_str(j, "format", r->file.format);
    key_count(j, "pages", r->file.pages, 0);
    key_text(j, "unreadable", r->file.unreadable);
    json_close(j);
}

static void job(Json *j, const JobHead *head) {
    json_key(j, "job");
    if (!head || !head->present) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    key_str(j, "id", head->number);
    key_str(j, "item", head->item);
    key_str(j, "version", head->version);
    key_str(j, "sheet_sha256", head->sheet_sha256);
    key_str(j, "sheet_name", head->sheet_name);
    key_str(j, "client", head->client);
    key_str(j, "project", head->project);
    key_str(j, "stage", head->stage);
    json_close(j);
}

static void verdict(Json *j, const Report *r) {
    json_key(j, "verdict");
    json_open(j, '{');
    key_str(j, "state", verdict_word(r->verdict.state));
    key_str(j, "machine", verdict_word(r->verdict.machine));
    key_int(j, "errors", r->verdict.errors);
    key_int(j, "warnings", r->verdict.warnings);
    key_int(j, "unchecked", r->verdict.unchecked);
    key_int(j, "human", r->verdict.human);
    key_int(j, "waived", r->verdict.waived);
    json_close(j);
}

/* What the row asks, so that it can be judged again without the checklist. */
static void item_row(Json *j, const ChecklistItem *row) {
    key_text(j, "question", row->human ? row->human_question : (Text){NULL, NULL});
    json_key(j, "unproven");
    json_open(j, '[');
    for (size_t i = 0; i < row->unproven_count; i++) {
        json_open(j, '{');
        key_str(j, "zh", row->unproven[i].zh);
        key_str(j, "en", row->unproven[i].en);
        if (row->settled_by && row->settled_by[i])
            key_str(j, "settled_by", row->settled_by[i]);
        json_close(j);
    }
    json_close(j);
}

static void items(Json *j, const Report *r) {
    json_key(j, "items");
    json_open(j, '[');
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &r->items[i];
        json_open(j, '{');
        key_int(j, "no", item->row->number);
        key_text(j, "title", item->row->title);
        key_str(j, "state", item_state_word(item->state));
        key_str(j, "machine", machine_state_word(item->machine));
        key_str(j, "human", human_state_word(item->human));
        json_key(j, "findings");
        json_open(j, '[');
        for (size_t k = 0; k < item->finding_count; k++)
            json_int(j, (int64_t)item->findings[k]);
        json_close(j);
        item_row(j, item->row);
        if (item->answer)
            json_answer(j, item->answer);
        json_close(j);
    }
    json_close(j);
}

static void place(Json *j, const Place *p) {
    json_open(j, '{');
    key_count(j, "page", p->page, 1);
    json_key(j, "box");
    if (p->boxed) {
        json_open(j, '{');
        key_num(j, "x", p->box.x0);
        key_num(j, "y", p->box.y0);
        key_num(j, "w", p->box.x1 - p->box.x0);
        key_num(j, "h", p->box.y1 - p->box.y0);
        json_close(j);
    } else {
        json_none(j);
    }
    if (p->edge != EDGE_UNKNOWN)
        key_str(j, "edge", enum_word(enum_find("Edge"), p->edge));
    key_num(j, "value", p->value);
    if (p->content) {
        json_key(j, "content");
        content_json(j, p->content);
    }
    json_close(j);
}

static void measure(Json *j, const char *key, const Measure *m, bool with_from) {
    json_key(j, key);
    if (!m->present) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    if (m->text)
        key_str(j, "value", m->text);
    else
        key_num(j, "value", m->number);
    key_str(j, "unit", m->unit);
    if (with_from)
        key_text(j, "from", m->from);
    json_close(j);
}

static void finding(Json *j, const Report *r, const Finding *f) {
    json_open(j, '{');
    key_str(j, "rule", f->rule);
    key_int(j, "item", f->item);
    key_str(j, "severity", severity_word(f->severity));
    key_str(j, "outcome", outcome_word(f->outcome));
    key_count(j, "page", f->page, 1);
    key_str(j, "origin", f->origin_is_trim ? "trim" : "media");
    key_int(j, "count", f->count);
    json_key(j, "places");
    json_open(j, '[');
    for (size_t i = 0; i < f->place_count && i < SHOWN_PLACES; i++)
        place(j, &f->places[i]);
    json_close(j);
    measure(j, "measured", &f->measured, false);
    measure(j, "required", &f->required, true);
    key_text(j, "message", f->message);
    key_text(j, "fix", f->fix);
    key_str(j, "who", who_word(f->who));
    key_str(j, "fingerprint", f->fingerprint);
    if (f->waiver)
        key_str(j, "waived_by", f->waiver->by);
    key_bool(j, "by_file", f->by_file);
    key_int(j, "order", f->order);
    key_str(j, "kind", f->kind);
    key_str(j, "worse", worst_word(f->worse));
    key_bool(j, "nowaive", f->nowaive);
    if (r->standing)
        json_finding_standing(j, f);
    json_close(j);
}

/* null: no rule asked for the plates of the page. */
static void ink(Json *j, const PageSummary *p) {
    json_key(j, "ink");
    if (!p->inked) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    key_num(j, "max_mean", p->ink_mean);
    key_num(j, "peak", p->ink_peak);
    json_key(j, "plates");
    json_open(j, '{');
    for (size_t i = 0; i < p->plate_count; i++)
        key_num(j, p->plates[i].ink, p->plates[i].coverage);
    json_close(j);
    json_close(j);
}

static void page(Json *j, const PageSummary *p) {
    static const char *const edges[] = {"top", "right", "bottom", "left"};
    json_open(j, '{');
    key_int(j, "number", p->number);
    json_key(j, "trim");
    json_open(j, '{');
    key_num(j, "w", p->trim_w);
    key_num(j, "h", p->trim_h);
    key_str(j, "source", enum_word(enum_find("TrimSource"), p->trim_source));
    json_close(j);
    json_key(j, "bleed");
    json_open(j, '{');
    for (int i = 0; i < 4; i++)
        key_num(j, edges[i], p->bleed[i]);
    json_close(j);
    ink(j, p);
    json_close(j);
}

/* `item`: the row that it keeps open; null: the file as a whole. */
static void unchecked_line(Json *j, Text what, Text why, int item) {
    json_open(j, '{');
    key_text(j, "what", what);
    key_text(j, "why", why);
    key_count(j, "item", item, 0);
    json_close(j);
}

static void unchecked(Json *j, const Report *r) {
    json_key(j, "unchecked");
    json_open(j, '[');
    if (r->file.unreadable.zh)
        unchecked_line(
            j, (Text){phrase(PHRASE_WHOLE_FILE, LANG_ZH), phrase(PHRASE_WHOLE_FILE, LANG_EN)},
            r->file.unreadable, -1);
    for (size_t i = 0; i < r->unproven_count; i++)
        unchecked_line(j, r->unproven[i].what, r->unproven[i].why, -1);
    for (size_t i = 0; i < CHECKLIST_ITEMS; i++)
        for (size_t k = 0; k < r->items[i].reason_count; k++)
            unchecked_line(j, r->items[i].row->title, r->items[i].reasons[k],
                           r->items[i].row->number);
    json_close(j);
}

/* What the job sheet's reader has to say to people. */
static void notes(Json *j, const JobHead *head) {
    json_key(j, "notes");
    json_open(j, '[');
    for (size_t i = 0; head && i < head->note_count; i++)
        json_text(j, head->notes[i]);
    json_close(j);
}

static void tally(Json *j, const RuleTally *t) {
    json_open(j, '{');
    key_str(j, "id", t->id);
    key_int(j, "item", t->item);
    key_str(j, "severity", severity_word(t->severity));
    key_text(j, "title", t->title);
    key_int(j, "pass", t->pass);
    key_int(j, "fail", t->fail);
    key_int(j, "unchecked", t->unchecked);
    key_int(j, "lost", t->lost);
    key_bool(j, "applicable", t->applicable);
    key_bool(j, "off", t->off);
    key_bool(j, "softened", t->softened);
    json_close(j);
}

/* There is one for each rule, so each gets one line. */
static void rules(Json *j, const Report *r) {
    Arena *a = arena_new();
    json_key(j, "rules");
    json_open(j, '[');
    for (size_t i = 0; i < r->rule_count; i++) {
        Sink line = sink_memory(a);
        Json compact = json_to(&line, 0);
        tally(&compact, &r->rules[i]);
        json_raw(j, sink_text(&line).p, sink_text(&line).n);
    }
    json_close(j);
    arena_free(a);
}

static void write_report(const Report *r, Sink *to, int indent) {
    Json json = json_to(to, indent), *j = &json;
    json_open(j, '{');
    key_str(j, "schema", "chupin.report/1");
    key_str(j, "as_of", r->as_of);
    tool(j, r);
    file(j, r);
    job(j, r->job);
    verdict(j, r);
    items(j, r);
    json_key(j, "findings");
    json_open(j, '[');
    for (size_t i = 0; i < r->finding_count; i++)
        finding(j, r, &r->findings[i]);
    json_close(j);
    json_key(j, "pages");
    json_open(j, '[');
    for (size_t i = 0; i < r->page_count; i++)
        page(j, &r->pages[i]);
    json_close(j);
    unchecked(j, r);
    notes(j, r->job);
    rules(j, r);
    if (r->live)
        json_live(j, r->live);
    if (r->standing)
        json_standing(j, r->standing);
    json_close(j);
    sink_char(to, '\n');
}

void report_json(const Report *r, const ReportStyle *style, Sink *to) {
    (void)style; /* the same bytes whatever the language or terminal */
    write_report(r, to, 2);
}

void report_jsonl(const Report *r, const ReportStyle *style, Sink *to) {
    (void)style;
    write_report(r, to, 0);
}
