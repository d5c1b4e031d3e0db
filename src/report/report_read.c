#include "report/report_read.h"
#include "check/place_json.h"
#include "report/read_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void read_tool(Reader *in, Report *r, const json_t *from) {
    r->version = in_str(in, from, "version");
    r->engine = in_str(in, from, "poppler");
    r->colour_engine = in_str(in, from, "lcms2");
    r->rules_sha256 = in_str(in, from, "rules_sha256");
    r->profile = in_str(in, from, "profile");
    const json_t *profiles = in_list(in, from, "profiles");
    for (size_t i = 0; i < json_array_size(profiles); i++) {
        const json_t *p = json_array_get(profiles, i);
        *ARENA_PUSH(in->arena, r->profiles, r->profile_count, r->profile_capacity) =
            (UsedProfile){in_str(in, p, "name"), in_str(in, p, "sha256"), in_text(in, p, "from")};
    }
}

static void read_file_head(Reader *in, Report *r, const json_t *from) {
    r->file.name = in_str(in, from, "name");
    r->file.sha256 = in_str(in, from, "sha256");
    r->file.format = in_str(in, from, "format");
    r->file.bytes = in_num(from, "bytes");
    r->file.pages = in_int(from, "pages", -1);
    r->file.unreadable = in_text(in, from, "unreadable");
    if (!r->file.name)
        in_broken(in, "file.name");
}

static const JobHead *read_job(Reader *in, const json_t *root) {
    const json_t *from = json_object_get(root, "job"), *notes = json_object_get(root, "notes");
    JobHead *head = ARENA_NEW(in->arena, JobHead);
    Text *lines = ARENA_ARRAY(in->arena, Text, json_array_size(notes));
    *head = (JobHead){.present = json_is_object(from),
                      .number = in_str(in, from, "id"),
                      .item = in_str(in, from, "item"),
                      .version = in_str(in, from, "version"),
                      .sheet_sha256 = in_str(in, from, "sheet_sha256"),
                      .sheet_name = in_str(in, from, "sheet_name"),
                      .client = in_str(in, from, "client"),
                      .project = in_str(in, from, "project"),
                      .stage = in_str(in, from, "stage"),
                      .note_count = json_array_size(notes),
                      .notes = lines};
    for (size_t i = 0; i < head->note_count; i++)
        lines[i] = in_text_value(in, json_array_get(notes, i));
    return head;
}

static void read_row(Reader *in, Item *item, const json_t *from, int number) {
    ChecklistItem *row = ARENA_NEW(in->arena, ChecklistItem);
    const json_t *unproven = json_object_get(from, "unproven");
    size_t count = json_array_size(unproven);
    Text *lines = ARENA_ARRAY(in->arena, Text, count);
    const char **settled_by = ARENA_ARRAY(in->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = in_text_value(in, json_array_get(unproven, i));
        settled_by[i] = in_str(in, json_array_get(unproven, i), "settled_by");
    }
    const char *human = in_str(in, from, "human");
    *row = (ChecklistItem){.number = number,
                           .title = in_need_text(in, from, "title"),
                           .human = human && !streq(human, human_state_word(HUMAN_NONE)),
                           .human_question = in_text(in, from, "question"),
                           .unproven_count = count,
                           .unproven = lines,
                           .settled_by = settled_by};
    /* A tick of a row without a question is a person's, and not part of the report. */
    if (json_object_get(from, "question"))
        row->human = row->human_question.zh || streq(human, human_state_word(HUMAN_PENDING));
    *item = (Item){.row = row, .human = row->human ? HUMAN_PENDING : HUMAN_NONE};
}

static void read_items(Reader *in, Report *r, const json_t *root) {
    const json_t *items = in_list(in, root, "items");
    if (json_array_size(items) != CHECKLIST_ITEMS)
        in_broken(in, "items");
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        read_row(in, &r->items[i], json_array_get(items, (size_t)i), i);
}

static void read_unproven(Reader *in, Report *r, const json_t *root) {
    const json_t *lines = in_list(in, root, "unchecked");
    for (size_t i = r->file.unreadable.zh ? 1 : 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        if (json_is_null(json_object_get(line, "item")))
            *ARENA_PUSH(in->arena, r->unproven, r->unproven_count, r->unproven_capacity) =
                (Unproven){in_need_text(in, line, "what"), in_need_text(in, line, "why")};
    }
}

static void read_rules(Reader *in, Report *r, const json_t *root) {
    const json_t *rules = json_object_get(root, "rules");
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *from = json_array_get(rules, i);
        RuleTally *t = ARENA_PUSH(in->arena, r->rules, r->rule_count, r->rule_capacity);
        *t = (RuleTally){.id = in_need_str(in, from, "id"),
                         .item = in_int(from, "item", 0),
                         .severity = (Severity)in_word(in, from, "severity", VOCABULARY_Severity),
                         .pass = in_int(from, "pass", 0),
                         .fail = in_int(from, "fail", 0),
                         .unchecked = in_int(from, "unchecked", 0),
                         .lost = in_int(from, "lost", 0),
                         .applicable = json_is_true(json_object_get(from, "applicable")),
                         .off = json_is_true(json_object_get(from, "off")),
                         .softened = json_is_true(json_object_get(from, "softened")),
                         .title = in_text(in, from, "title")};
    }
}

static void read_difference(Reader *in, PageDifference *d, const json_t *from) {
    const json_t *box = json_object_get(from, "box");
    d->page = in_int(from, "page", 0);
    d->what = in_need_text(in, from, "what");
    d->boxed = json_is_object(box);
    if (d->boxed) {
        d->x = in_num(box, "x"), d->y = in_num(box, "y");
        d->w = in_num(box, "w"), d->h = in_num(box, "h");
    }
}

/* Written only where there is a twin. */
static const LiveTwin *read_live(Reader *in, const json_t *root) {
    const json_t *from = json_object_get(root, "live");
    if (!json_is_object(from))
        return NULL;
    const json_t *look = json_object_get(from, "same_look"),
                 *unpaired = in_list(in, from, "unpaired"),
                 *list = in_list(in, from, "differences");
    LiveTwin *live = ARENA_NEW(in->arena, LiveTwin);
    PageDifference *differences = ARENA_ARRAY(in->arena, PageDifference, json_array_size(list) + 1);
    int *pages = ARENA_ARRAY(in->arena, int, json_array_size(unpaired) + 1);
    *live = (LiveTwin){.name = in_need_str(in, from, "name"),
                       .sha256 = in_str(in, from, "sha256"),
                       .compared = json_is_boolean(look),
                       .same_look = json_is_true(look),
                       .why = in_text(in, from, "why"),
                       .unpaired = pages,
                       .unpaired_count = json_array_size(unpaired),
                       .differences = differences,
                       .difference_count = json_array_size(list)};
    for (size_t i = 0; i < live->unpaired_count; i++)
        pages[i] = (int)json_integer_value(json_array_get(unpaired, i));
    for (size_t i = 0; i < live->difference_count; i++)
        read_difference(in, &differences[i], json_array_get(list, i));
    return live;
}

static void read_report(Reader *in, Report *r, const json_t *root) {
    r->as_of = in_need_str(in, root, "as_of");
    read_tool(in, r, in_object(in, root, "tool"));
    read_file_head(in, r, in_object(in, root, "file"));
    r->job = read_job(in, root);
    read_items(in, r, root);
    in_findings(in, r, in_list(in, root, "findings"));
    in_pages(in, r, in_list(in, root, "pages"));
    read_unproven(in, r, root);
    read_rules(in, r, root);
    r->live = read_live(in, root);
}

static bool is_newer(const char *schema) {
    static const char prefix[] = "chupin.report/";
    return schema && strncmp(schema, prefix, sizeof prefix - 1) == 0 &&
           strtol(schema + sizeof prefix - 1, NULL, 10) > 1;
}

Result report_read(Report **out, Arena *a, Str json, const char *name) {
    const char *shown = text_printable(a, name, strlen(name));
    json_t *root = json_loadb(json.p ? json.p : "", json.n, 0, NULL);
    const char *schema = json_string_value(json_object_get(root, "schema"));
    Reader in = {.arena = a};
    Report *r = ARENA_NEW(a, Report);
    r->arena = a;
    if (streq(schema, "chupin.report/1"))
        read_report(&in, r, root);
    bool foreign = !streq(schema, "chupin.report/1"), newer = is_newer(schema);
    json_decref(root);
    if (newer)
        return result_fail(a, ERR_USAGE, (Where){0},
                           "%s 是更新的 chupin 写的报告，这个版本读不懂。请升级 chupin",
                           "%s is a report of a newer chupin; upgrade this one", shown);
    if (foreign)
        return result_fail(a, ERR_USAGE, (Where){0},
                           "%s 不是 chupin 的报告（chupin check --format json 写的那种）",
                           "%s is not a report of chupin (as check --format json writes it)",
                           shown);
    if (in.broken)
        return result_fail(a, ERR_USAGE, (Where){0}, "报告 %s 已经损坏：%s 缺了或不对。请重新检查",
                           "report %s is damaged: %s is missing or wrong; check again", shown,
                           in.broken);
    report_judge(r);
    *out = r;
    return OK;
}

Str report_places(Arena *a, const Report *r) {
    Sink to = sink_memory(a);
    Json json = json_to(&to, 0), *j = &json;
    bool any = false;
    json_open(j, '{');
    json_key(j, "schema"), json_str(j, "chupin.places/1");
    json_key(j, "findings");
    json_open(j, '[');
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        any |= f->all != NULL;
        if (!f->all)
            continue;
        json_open(j, '{');
        json_key(j, "finding"), json_int(j, (int64_t)i);
        json_key(j, "fingerprint"), json_str(j, f->fingerprint);
        json_key(j, "places"), places_json(j, f->all, f->all_count);
        json_close(j);
    }
    json_close(j);
    json_close(j);
    return any ? sink_text(&to) : (Str){NULL, 0};
}

static bool take_places(Report *r, const json_t *root) {
    const json_t *findings = json_object_get(root, "findings");
    if (!streq(json_string_value(json_object_get(root, "schema")), "chupin.places/1"))
        return false;
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *from = json_array_get(findings, i);
        json_int_t at = json_integer_value(json_object_get(from, "finding"));
        if (at < 0 || (size_t)at >= r->finding_count)
            return false;
        Finding *f = &r->findings[at];
        if (!streq(f->fingerprint, json_string_value(json_object_get(from, "fingerprint"))) ||
            !places_read(&f->all, &f->all_count, r->arena, json_object_get(from, "places")))
            return false;
    }
    return true;
}

Result report_take_places(Report *r, Str text) {
    if (!text.n)
        return OK;
    json_t *root = json_loadb(text.p, text.n, 0, NULL);
    bool taken = take_places(r, root);
    json_decref(root);
    if (taken)
        return OK;
    return result_fail(r->arena, ERR_FILE, (Where){0},
                       "记下的位置和报告对不上。请重新检查 %s，或运行 chupin job verify",
                       "the stored places do not belong to the report; check %s again, or run "
                       "chupin job verify",
                       r->file.name);
}
