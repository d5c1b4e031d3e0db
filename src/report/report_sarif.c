/* SARIF 2.1.0 (OASIS): a run over one artifact, the artwork; each rule with its title and how to
 * mend what breaks it; each finding a result.
 *
 * Pages and boxes have no place in a region, which counts lines or bytes: a page is a logical
 * location, box and page stand among the properties of a location. What could not be decided is of
 * kind "open", a question for a person "review", neither of any level (3.27.9, 3.27.10). Every
 * result lists its suppressions, since a list that is missing would leave open whether there are
 * any (3.27.23). */
#include "report/batch_parts.h"
#include "report/json_parts.h"

#include <string.h>

typedef struct Sarif {
    Json *j;
    Arena *arena;
    Lang lang;
    const Report *r;
} Sarif;

static void message(const Sarif *s, const char *key, const char *text) {
    json_key(s->j, key);
    json_open(s->j, '{');
    key_str(s->j, "text", text_printable(s->arena, text, strlen(text)));
    json_close(s->j);
}

static const char *level_of(Severity severity) {
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
    case SEVERITY_WORDS:
        return "note";
    }
    return "note";
}

/* The name as a relative reference (RFC 3986): all but unreserved characters are escaped. */
static const char *uri_of(const Sarif *s) {
    Sink to = sink_memory(s->arena);
    for (const char *p = s->r->file.name; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || strchr("-._~/", *p);
        sink_format(&to, plain ? "%c" : "%%%02X", (unsigned char)*p);
    }
    return arena_copy(s->arena, sink_text(&to).p, sink_text(&to).n);
}

static const Finding *first_of(const Report *r, const char *rule) {
    for (size_t i = 0; i < r->finding_count; i++)
        if (streq(r->findings[i].rule, rule))
            return &r->findings[i];
    return NULL;
}

/* A rule that answers for two items has two tallies, but one description. */
static bool is_described(const Report *r, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (streq(r->rules[k].id, r->rules[i].id))
            return true;
    return false;
}

static int rule_index(const Report *r, const char *id) {
    int index = 0;
    for (size_t i = 0; i < r->rule_count; i++) {
        if (streq(r->rules[i].id, id))
            return index;
        index += !is_described(r, i);
    }
    return -1;
}

static void rule(const Sarif *s, const RuleTally *t) {
    const Finding *f = first_of(s->r, t->id);
    const char *fix = f ? text_in(f->fix, s->lang) : NULL, *title = text_in(t->title, s->lang);
    const char *more = arena_printf(s->arena, "chupin explain %s", t->id);
    json_open(s->j, '{');
    key_str(s->j, "id", t->id);
    message(s, "shortDescription", title ? title : t->id);
    message(s, "help", fix && *fix ? arena_printf(s->arena, "%s (%s)", fix, more) : more);
    json_key(s->j, "defaultConfiguration");
    json_open(s->j, '{');
    key_bool(s->j, "enabled", !t->off);
    key_str(s->j, "level", level_of(t->severity));
    json_close(s->j);
    json_key(s->j, "properties");
    json_open(s->j, '{');
    key_int(s->j, "item", t->item);
    json_close(s->j);
    json_close(s->j);
}

static void tool(const Sarif *s) {
    const Report *r = s->r;
    json_key(s->j, "tool");
    json_open(s->j, '{');
    json_key(s->j, "driver");
    json_open(s->j, '{');
    key_str(s->j, "name", "chupin");
    key_str(s->j, "version", r->version ? r->version : CHUPIN_VERSION);
    key_str(s->j, "language", s->lang == LANG_ZH ? "zh-CN" : "en");
    json_key(s->j, "rules");
    json_open(s->j, '[');
    for (size_t i = 0; i < r->rule_count; i++)
        if (!is_described(r, i))
            rule(s, &r->rules[i]);
    json_close(s->j);
    json_close(s->j);
    json_close(s->j);
}

static void location_head(const Sarif *s) {
    json_key(s->j, "physicalLocation");
    json_open(s->j, '{');
    json_key(s->j, "artifactLocation");
    json_open(s->j, '{');
    key_str(s->j, "uri", uri_of(s));
    key_int(s->j, "index", 0);
    json_close(s->j);
    json_close(s->j);
}

static void page_name(const Sarif *s, int page) {
    json_key(s->j, "logicalLocations");
    json_open(s->j, '[');
    json_open(s->j, '{');
    key_str(s->j, "fullyQualifiedName", arena_printf(s->arena, "page/%d", page));
    key_str(s->j, "kind", "page");
    json_close(s->j);
    json_close(s->j);
}

static void box(const Sarif *s, const Finding *f, const Place *p) {
    json_key(s->j, "properties");
    json_open(s->j, '{');
    key_int(s->j, "page", f->page);
    if (p && p->boxed) {
        key_str(s->j, "origin", f->origin_is_trim ? "trim" : "media");
        json_key(s->j, "boxMm");
        json_open(s->j, '{');
        key_num(s->j, "x", p->box.x0);
        key_num(s->j, "y", p->box.y0);
        key_num(s->j, "w", p->box.x1 - p->box.x0);
        key_num(s->j, "h", p->box.y1 - p->box.y0);
        json_close(s->j);
    }
    json_close(s->j);
}

static void location(const Sarif *s, const Finding *f, const Place *p) {
    json_open(s->j, '{');
    location_head(s);
    if (f && f->page) {
        page_name(s, f->page);
        box(s, f, p);
    }
    json_close(s->j);
}

/* The worst place is where it is; the others are related. */
static void locations(const Sarif *s, const Finding *f) {
    json_key(s->j, "locations");
    json_open(s->j, '[');
    location(s, f, f && f->place_count ? &f->places[0] : NULL);
    json_close(s->j);
    if (!f || f->place_count < 2)
        return;
    json_key(s->j, "relatedLocations");
    json_open(s->j, '[');
    for (size_t i = 1; i < f->place_count; i++)
        location(s, f, &f->places[i]);
    json_close(s->j);
}

static void suppressions(const Sarif *s, const Waiver *w) {
    json_key(s->j, "suppressions");
    json_open(s->j, '[');
    if (w) {
        json_open(s->j, '{');
        key_str(s->j, "kind", "external");
        key_str(s->j, "status", "accepted");
        key_str(s->j, "justification", w->why);
        json_key(s->j, "properties");
        json_open(s->j, '{');
        key_str(s->j, "by", w->by);
        key_str(s->j, "at", w->at);
        key_str(s->j, "untilDate", w->until_date);
        key_count(s->j, "untilVersion", w->until_version, 1);
        json_close(s->j);
        json_close(s->j);
    }
    json_close(s->j);
}

static void measured(const Sarif *s, const char *key, const Measure *m) {
    if (!m->present)
        return;
    json_key(s->j, key);
    json_open(s->j, '{');
    if (m->text)
        key_str(s->j, "value", m->text);
    else
        key_num(s->j, "value", m->number);
    key_str(s->j, "unit", m->unit);
    json_close(s->j);
}

static void finding_properties(const Sarif *s, const Finding *f) {
    json_key(s->j, "properties");
    json_open(s->j, '{');
    key_int(s->j, "item", f->item);
    key_str(s->j, "who", who_word(f->who));
    key_int(s->j, "count", f->count);
    key_int(s->j, "waivedPlaces", f->waived_places);
    measured(s, "measured", &f->measured);
    measured(s, "required", &f->required);
    if (f->progress != PROGRESS_NONE)
        key_str(s->j, "progress", progress_word(f->progress));
    if (f->since)
        key_int(s->j, "sinceVersion", f->since);
    json_close(s->j);
}

static void result(const Sarif *s, const Finding *f) {
    bool open = f->outcome == OUTCOME_UNCHECKED;
    int index = rule_index(s->r, f->rule);
    json_open(s->j, '{');
    key_str(s->j, "ruleId", f->rule);
    if (index >= 0)
        key_int(s->j, "ruleIndex", index);
    key_str(s->j, "kind", open ? "open" : "fail");
    key_str(s->j, "level", open ? "none" : level_of(f->severity));
    message(s, "message", text_in(f->message, s->lang));
    locations(s, f);
    if (f->fingerprint && *f->fingerprint) {
        json_key(s->j, "partialFingerprints");
        json_open(s->j, '{');
        key_str(s->j, "chupin/v1", f->fingerprint);
        json_close(s->j);
    }
    suppressions(s, f->waiver);
    finding_properties(s, f);
    json_close(s->j);
}

/* What a person has to look at. */
static void question(const Sarif *s, const Item *item) {
    json_open(s->j, '{');
    key_str(s->j, "ruleId", arena_printf(s->arena, "checklist-%d", item->row->number));
    key_str(s->j, "kind", "review");
    key_str(s->j, "level", "none");
    message(s, "message", text_in(item->row->human_question, s->lang));
    locations(s, NULL);
    suppressions(s, NULL);
    json_close(s->j);
}

static void results(const Sarif *s) {
    const Report *r = s->r;
    json_key(s->j, "results");
    json_open(s->j, '[');
    for (size_t i = 0; i < r->finding_count; i++)
        result(s, &r->findings[i]);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].human == HUMAN_PENDING && r->items[i].row->human_question.zh)
            question(s, &r->items[i]);
    json_close(s->j);
}

static void invocation(const Sarif *s) {
    const Report *r = s->r;
    json_key(s->j, "invocations");
    json_open(s->j, '[');
    json_open(s->j, '{');
    key_bool(s->j, "executionSuccessful", !r->file.unreadable.zh);
    json_key(s->j, "toolExecutionNotifications");
    json_open(s->j, '[');
    if (r->file.unreadable.zh) {
        json_open(s->j, '{');
        key_str(s->j, "level", "error");
        message(s, "message", text_in(r->file.unreadable, s->lang));
        json_close(s->j);
    }
    json_close(s->j);
    json_close(s->j);
    json_close(s->j);
}

static void artifact(const Sarif *s) {
    const Report *r = s->r;
    json_key(s->j, "artifacts");
    json_open(s->j, '[');
    json_open(s->j, '{');
    json_key(s->j, "location");
    json_open(s->j, '{');
    key_str(s->j, "uri", uri_of(s));
    json_close(s->j);
    if (r->file.bytes >= 0) {
        json_key(s->j, "length");
        json_num(s->j, r->file.bytes, 0);
    }
    if (r->file.sha256) {
        json_key(s->j, "hashes");
        json_open(s->j, '{');
        key_str(s->j, "sha-256", r->file.sha256);
        json_close(s->j);
    }
    json_close(s->j);
    json_close(s->j);
}

void sarif_run(Json *json, const Report *r, Lang lang) {
    Sarif sarif = {.j = json, .arena = arena_new(), .lang = lang, .r = r};
    json_open(json, '{');
    tool(&sarif);
    invocation(&sarif);
    artifact(&sarif);
    results(&sarif);
    json_key(json, "properties");
    json_open(json, '{');
    key_str(json, "verdict", verdict_word(r->verdict.state));
    key_str(json, "asOf", r->as_of);
    key_str(json, "rulesSha256", r->rules_sha256);
    json_close(json);
    json_close(json);
    arena_free(sarif.arena);
}

void report_sarif(const Report *r, const ReportStyle *style, Sink *to) {
    Json json = json_to(to, 2);
    json_open(&json, '{');
    key_str(&json, "$schema", SARIF_SCHEMA);
    key_str(&json, "version", SARIF_VERSION);
    json_key(&json, "runs");
    json_open(&json, '[');
    sarif_run(&json, r, style->lang);
    json_close(&json);
    json_close(&json);
    sink_char(to, '\n');
}
