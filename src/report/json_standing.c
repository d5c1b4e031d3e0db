/* People's answers, waivers and signatures in the JSON view of a report. A report that is stored
 * has none of them. */
#include "report/json_parts.h"

void json_answer(Json *j, const Answer *answer) {
    json_key(j, "answer");
    json_open(j, '{');
    key_str(j, "by", answer->by);
    key_str(j, "role", answer->role);
    key_str(j, "at", answer->at);
    key_str(j, "note", answer->note);
    key_count(j, "carried_from", answer->carried_from, 1);
    json_close(j);
}

void json_finding_standing(Json *j, const Finding *f) {
    key_str(j, "progress", f->progress == PROGRESS_NONE ? NULL : progress_word(f->progress));
    key_count(j, "since", f->since, 1);
    key_str(j, "signed_by", f->signed_by);
    key_int(j, "waived_places", f->waived_places);
}

static void waivers(Json *j, const Standing *s) {
    json_key(j, "waivers");
    json_open(j, '[');
    for (size_t i = 0; i < s->waiver_count; i++) {
        const Waiver *w = &s->waivers[i];
        json_open(j, '{');
        key_str(j, "fingerprint", w->fingerprint);
        key_str(j, "rule", w->rule);
        key_str(j, "state", enum_word(enum_find("WaiverState"), w->state));
        key_str(j, "why", w->why);
        key_str(j, "by", w->by);
        key_str(j, "second", w->second && *w->second ? w->second : NULL);
        key_str(j, "at", w->at);
        key_str(j, "until_date", w->until_date);
        key_count(j, "until_version", w->until_version, 1);
        key_int(j, "places", w->places);
        json_close(j);
    }
    json_close(j);
}

static void signatures(Json *j, const Standing *s) {
    json_key(j, "signatures");
    json_open(j, '[');
    for (size_t i = 0; i < s->signature_count; i++) {
        const Signature *g = &s->signatures[i];
        json_open(j, '{');
        key_str(j, "party", party_word(g->party));
        key_str(j, "decision", decision_word(g->decision));
        key_str(j, "by", g->by);
        key_str(j, "at", g->at);
        key_str(j, "note", g->note);
        key_str(j, "scan", g->scan_name);
        key_str(j, "scan_sha256", g->scan_sha256);
        json_close(j);
    }
    json_close(j);
}

static void before(Json *j, const Standing *s) {
    json_key(j, "before");
    if (!s->before.name) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    key_str(j, "name", s->before.name);
    key_count(j, "version", s->before.version, 1);
    key_str(j, "run", s->before.run);
    key_str(j, "as_of", s->before.as_of);
    key_int(j, "mended", (int64_t)s->mended_count);
    key_int(j, "still", (int64_t)s->still_count);
    key_int(j, "new", (int64_t)s->new_count);
    key_int(j, "doubtful", (int64_t)s->doubtful_count);
    json_close(j);
}

static void mended(Json *j, const Standing *s) {
    json_key(j, "mended");
    json_open(j, '[');
    for (size_t i = 0; i < s->mended_count; i++) {
        const Finding *f = &s->mended[i];
        json_open(j, '{');
        key_str(j, "rule", f->rule);
        key_int(j, "item", f->item);
        key_count(j, "page", f->page, 1);
        key_text(j, "message", f->message);
        key_str(j, "fingerprint", f->fingerprint);
        json_close(j);
    }
    json_close(j);
}

static void signed_version(Json *j, const Standing *s) {
    json_key(j, "signed_version");
    if (!s->signed_version.name) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    key_str(j, "name", s->signed_version.name);
    key_str(j, "sha256", s->signed_version.sha256);
    key_count(j, "version", s->signed_version.version, 1);
    key_str(j, "by", s->signed_version.by);
    key_str(j, "at", s->signed_version.at);
    key_bool(j, "same_bytes", s->signed_version.same_bytes);
    json_key(j, "same_look");
    if (s->signed_version.compared || s->signed_version.same_bytes)
        json_bool(j, s->signed_version.same_bytes || s->signed_version.same_look);
    else
        json_none(j);
    key_text(j, "why", s->signed_version.why);
    json_close(j);
}

static void differences(Json *j, const PageDifference *list, size_t count) {
    json_key(j, "differences");
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        const PageDifference *d = &list[i];
        json_open(j, '{');
        key_count(j, "page", d->page, 1);
        key_text(j, "what", d->what);
        json_key(j, "box");
        if (d->boxed) {
            json_open(j, '{');
            key_num(j, "x", d->x);
            key_num(j, "y", d->y);
            key_num(j, "w", d->w);
            key_num(j, "h", d->h);
            json_close(j);
        } else {
            json_none(j);
        }
        json_close(j);
    }
    json_close(j);
}

void json_live(Json *j, const LiveTwin *live) {
    json_key(j, "live");
    json_open(j, '{');
    key_str(j, "name", live->name);
    key_str(j, "sha256", live->sha256);
    json_key(j, "same_look");
    if (live->compared)
        json_bool(j, live->same_look);
    else
        json_none(j);
    key_text(j, "why", live->why);
    json_key(j, "unpaired");
    json_open(j, '[');
    for (size_t i = 0; i < live->unpaired_count; i++)
        json_int(j, live->unpaired[i]);
    json_close(j);
    differences(j, live->differences, live->difference_count);
    json_close(j);
}

void json_standing(Json *j, const Standing *s) {
    json_key(j, "standing");
    json_open(j, '{');
    key_str(j, "run", s->run);
    key_count(j, "version", s->version, 1);
    key_str(j, "head", s->head);
    key_int(j, "head_seq", s->head_seq);
    before(j, s);
    mended(j, s);
    waivers(j, s);
    signatures(j, s);
    signed_version(j, s);
    differences(j, s->differences, s->difference_count);
    json_close(j);
}
