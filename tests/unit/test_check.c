/* Rules over facts made by hand, told through the listener that a reader would tell. */
#include "sheets.h"

#include "check/check.h"
#include "check/finding.h"

static const char thin[] =
    "id: thin\nitem: 7\ntitle: {zh: 线条够粗, en: lines are thick enough}\neach: stroke\n"
    "where: stroke.region == art and stroke.visible\n"
    "require: stroke.width_min >= limit.line_min\n"
    "worst: min\nseverity: error\nwho: designer\n"
    "message: {zh: \"线条 {stroke.width_min:mm}\", en: \"line {stroke.width_min:mm}\"}\n"
    "fix: {zh: 加粗, en: make it thicker}\nwhy: {zh: 会断, en: it breaks}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {stroke: {region: art, visible: true, width_min: 1mm}, limit: {line_min: 0.2mm}}, "
    "expect: pass}\n"
    "  - {given: {stroke: {region: art, visible: true, width_min: 0.1mm}, limit: {line_min: "
    "0.2mm}}, expect: fail}\n";
static const char sized[] =
    "id: sized\nitem: 13\ntitle: {zh: 尺寸对, en: size is right}\neach: page\n"
    "require: page.viewed_w == job.size_w\nseverity: error\nwho: designer\n"
    "message: {zh: 尺寸不对, en: wrong size}\nfix: {zh: 改, en: change it}\n"
    "why: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {page: {viewed_w: 210mm}, job: {size_w: 210mm}}, expect: pass}\n"
    "  - {given: {page: {viewed_w: 200mm}, job: {size_w: 210mm}}, expect: fail}\n";
static const char counted[] =
    "id: counted\nitem: 12\ntitle: {zh: 页数对, en: page count is right}\neach: document\n"
    "require: document.page_count == job.page_count\nseverity: error\nwho: ae\n"
    "message: {zh: 页数不对, en: wrong count}\nfix: {zh: 改, en: change it}\n"
    "why: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {document: {page_count: 2}, job: {page_count: 2}}, expect: pass}\n"
    "  - {given: {document: {page_count: 1}, job: {page_count: 2}}, expect: fail}\n";
static const char readable[] =
    "id: readable\nitem: 0\ntitle: {zh: 能打开, en: opens}\neach: file\n"
    "require: file.readable\nmeasure: none\nlimit: none\nseverity: error\nwho: designer\n"
    "message: {zh: 打不开, en: cannot be opened}\nfix: {zh: 重发, en: send again}\n"
    "why: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {file: {readable: true}}, expect: pass}\n"
    "  - {given: {file: {readable: false}}, expect: fail}\n";

static const char shown[] =
    "id: shown\nitem: 3\ntitle: {zh: 没有对象, en: nothing is shown}\neach: mark\n"
    "require: not mark.visible\nmeasure: mark.seq\nlimit: none\nworst: max\n"
    "severity: error\nwho: designer\nmessage: {zh: \"{mark.kind}\", en: \"{mark.kind}\"}\n"
    "fix: {zh: 改, en: change it}\nwhy: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {mark: {visible: false}}, expect: pass}\n"
    "  - {given: {mark: {visible: true}}, expect: fail}\n";

static const char blacks[] =
    "id: blacks\nitem: 4\ntitle: {zh: 没有黑, en: no black}\neach: document\n"
    "require: not any(style where style.k >= 85%)\nmeasure: none\nlimit: none\n"
    "severity: error\nwho: designer\nmessage: {zh: 有黑, en: black}\n"
    "fix: {zh: 改, en: change it}\nwhy: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {document: {}, style: [{k: 10%}]}, expect: pass}\n"
    "  - {given: {document: {}, style: [{k: 100%}]}, expect: fail}\n";

typedef struct Trial {
    Bench *bench;
    RuleSet rules;
    Report report;
    CheckInput input;
    CheckTeller to;
    ReadPlan plan;
    ReadListener listener;
    Facts *facts;
    Page *page;
    int32_t seq;
} Trial;

static void add_rule(Trial *t, const char *name, const char *yaml) {
    YamlText *text = ARENA_NEW(t->bench->arena, YamlText);
    *text = (YamlText){.file = arena_printf(t->bench->arena, "test/%s.yaml", name),
                       .text = str_of(yaml)};
    if (!rules_load_one(&t->rules, t->bench->arena, text, &t->bench->errors))
        fail_msg("%s", errors_render(t->bench->arena, &t->bench->errors, LANG_EN));
}

static void page_begin(Trial *t) {
    Page *p = facts_add(t->facts, FACT_page);
    p->number = (int32_t)p->row + 1;
    p->rotate = 0;
    p->media_w = MM(230), p->media_h = MM(320);
    p->trim = (Box){MM(10), MM(10), MM(220), MM(307)};
    p->trim_source = TRIM_TRIMBOX;
    p->viewed_w = MM(210), p->viewed_h = MM(297);
    p->complete = 1;
    t->page = p;
    t->seq = 0;
}

static void trial_begin(Trial *t, Bench *b, const char *sheet) {
    *t = (Trial){.bench = b, .facts = facts_new(), .report = {.arena = b->arena}};
    add_rule(t, "counted", counted);
    add_rule(t, "readable", readable);
    add_rule(t, "sized", sized);
    add_rule(t, "thin", thin);
    const Jobs *jobs = sheet ? jobs_of(b, sheet) : jobs_with(b, "a.pdf", NULL);
    t->report.job = jobs_head(jobs);
    t->input = (CheckInput){
        .rules = &t->rules, .data = b->data, .jobs = jobs, .path = "a.pdf", .name = "a.pdf"};
    t->to = report_teller(&t->report);
    t->listener = check_listener(b->arena, &t->input, &t->to, &t->plan);
    File *file = facts_add(t->facts, FACT_file);
    file->name = "a.pdf", file->sha256 = "00", file->readable = 1, file->format = FORMAT_PDF;
    Document *d = facts_add(t->facts, FACT_document);
    d->page_count = 1;
    t->listener.open(t->listener.self, t->facts);
    page_begin(t);
}

static void line_of(Trial *t, double mm) {
    Stroke s;
    row_clear(entity_of(FACT_stroke), &s);
    s.seq = t->seq++;
    s.kind = MARK_STROKE;
    s.region = REGION_ART, s.visible = 1;
    s.width_min = (float)MM(mm);
    s.box = (Box32){(float)MM(20), (float)MM(297), (float)MM(50), (float)MM(297 + mm)};
    t->listener.mark(t->listener.self, t->facts, t->page, FACT_stroke, &s);
}

static void page_end(Trial *t) {
    t->listener.page(t->listener.self, t->facts, t->page);
    facts_end_page(t->facts);
}

static void trial_end(Trial *t) {
    t->listener.close(t->listener.self, t->facts);
    report_finish(&t->report, rule_data_checklist(t->bench->data));
    facts_free(t->facts);
    rules_free(&t->rules);
}

static const Finding *finding_under(const Report *r, const char *rule) {
    for (size_t i = 0; i < r->finding_count; i++)
        if (streq(r->findings[i].rule, rule))
            return &r->findings[i];
    return NULL;
}

static const char full_sheet[] = "size: A4\npages: 1\npaper: 157g 铜版\n";

static void the_plan_tells_what_streams_and_keeps_nothing_else(void **state) {
    Trial t;
    trial_begin(&t, *state, full_sheet);
    assert_true(t.plan.tell[FACT_stroke]);
    assert_false(t.plan.keep[FACT_stroke]);
    assert_false(t.plan.tell[FACT_fill]);
    assert_int_equal(t.plan.cost, COST_CONTENT);
    page_end(&t);
    trial_end(&t);
}

static void every_place_is_kept_until_there_are_too_many(void **state) {
    static const int counts[] = {4, 30, MOST_PLACES, MOST_PLACES + 1};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        Trial t;
        size_t count;
        bool whole;
        trial_begin(&t, *state, full_sheet);
        for (int k = 0; k < counts[i]; k++)
            line_of(&t, 0.1);
        page_end(&t);
        trial_end(&t);
        const Finding *f = finding_under(&t.report, "thin");
        const Place *places = finding_places(f, &count, &whole);
        assert_int_equal(f->count, counts[i]);
        assert_int_equal(whole, counts[i] <= MOST_PLACES);
        assert_int_equal(count, whole ? counts[i] : SHOWN_PLACES);
        assert_true(places[count - 1].boxed);
        assert_int_equal(f->worse, WORST_MIN);
        assert_string_equal(f->kind, "stroke");
    }
}

static void what_is_wrong_with_the_document_has_a_place_for_waivers(void **state) {
    Trial t;
    size_t count;
    bool whole;
    trial_begin(&t, *state, "size: A4\npages: 2\npaper: 157g 铜版\n");
    page_end(&t);
    trial_end(&t);
    const Finding *f = finding_under(&t.report, "counted");
    const Place *places = finding_places(f, &count, &whole);
    assert_int_equal(f->place_count, 0);
    assert_int_equal(count, 1);
    assert_true(whole);
    assert_int_equal(places[0].page, 0);
    assert_true(places[0].value == 1);
    assert_int_equal(f->worse, WORST_NONE); /* one page too few is as wrong as one too many */
}

static void hits_of_a_page_become_one_finding_with_the_worst_first(void **state) {
    Trial t;
    trial_begin(&t, *state, full_sheet);
    for (int i = 0; i < 30; i++)
        line_of(&t, i == 17 ? 0.05 : 0.1 + i * 0.001);
    line_of(&t, 0.2);
    page_end(&t);
    trial_end(&t);
    const Finding *f = finding_under(&t.report, "thin");
    assert_non_null(f);
    assert_int_equal(f->count, 30);
    assert_int_equal(f->place_count, SHOWN_PLACES);
    assert_true(fabs(f->measured.number - 0.05) < 1e-6);
    assert_string_equal(f->measured.unit, "mm");
    assert_true(fabs(f->places[0].value - 0.05) < 1e-6 && fabs(f->places[1].value - 0.1) < 1e-6);
    assert_true(fabs(f->required.number - 0.2) < 1e-6);
    assert_string_equal(f->required.from.en, "profile agency");
    assert_string_equal(f->message.en, "line 0.05 mm");
    assert_int_equal(f->order, 0);
    assert_int_equal(t.report.items[7].machine, MACHINE_FAIL);
    assert_int_equal(report_exit_code(&t.report, SEVERITY_ERROR, false, false), 1);
}

static void a_rule_over_marks_meets_rows_of_every_kind(void **state) {
    Trial t;
    Bench *b = *state;
    trial_begin(&t, b, full_sheet);
    add_rule(&t, "shown", shown);
    Report report = {.arena = b->arena};
    CheckTeller to = report_teller(&report);
    t.listener = check_listener(b->arena, &t.input, &to, &t.plan);
    t.listener.open(t.listener.self, t.facts);
    static const FactKind kinds[] = {FACT_shading, FACT_image, FACT_glyph_run, FACT_stroke};
    for (int i = 0; i < 4; i++) {
        Mark *m = facts_add(t.facts, kinds[i]);
        m->seq = i;
        m->kind = MARK_IMAGE;
        m->visible = 1;
        assert_true(t.plan.tell[kinds[i]]);
        t.listener.mark(t.listener.self, t.facts, t.page, kinds[i], m);
    }
    page_end(&t);
    trial_end(&t);
    const Finding *f = finding_under(&report, "shown");
    assert_int_equal(f->count, 4);
    assert_string_equal(f->message.en, "picture");
}

static void places_count_from_the_top_left_of_the_trim_as_viewed(void **state) {
    (void)state;
    Page p;
    row_clear(entity_of(FACT_page), &p);
    p.trim = (Box){10, 20, 110, 220};
    p.trim_source = TRIM_TRIMBOX;
    Box mark = {20, 180, 40, 210};
    static const struct {
        int rotate;
        Box want;
    } turns[] = {{0, {10, 10, 30, 40}},
                 {90, {160, 10, 190, 30}},
                 {180, {70, 160, 90, 190}},
                 {270, {10, 70, 40, 90}}};
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        p.rotate = turns[i].rotate;
        Box got = place_box(&p, mark), want = turns[i].want;
        assert_near(got.x0, TO_MM(want.x0));
        assert_near(got.y0, TO_MM(want.y0));
        assert_near(got.x1, TO_MM(want.x1));
        assert_near(got.y1, TO_MM(want.y1));
    }
}

static void without_a_sheet_its_questions_are_unchecked_but_not_by_the_file(void **state) {
    Trial t;
    trial_begin(&t, *state, NULL);
    page_end(&t);
    trial_end(&t);
    const Finding *size = finding_under(&t.report, "sized"),
                  *count = finding_under(&t.report, "counted");
    assert_int_equal(size->outcome, OUTCOME_UNCHECKED);
    assert_false(size->by_file);
    assert_int_equal(count->page, 0);
    assert_false(count->by_file);
    assert_has(count->message.zh, "没有工作单");
    assert_int_equal(report_exit_code(&t.report, SEVERITY_ERROR, false, false), 0);
    assert_int_equal(report_exit_code(&t.report, SEVERITY_ERROR, true, false), 3);
    assert_int_equal(t.report.verdict.state, VERDICT_INCOMPLETE);
}

static void what_the_file_does_not_tell_is_the_file_s_fault(void **state) {
    Trial t;
    trial_begin(&t, *state, full_sheet);
    line_of(&t, NAN);
    page_end(&t);
    trial_end(&t);
    const Finding *f = finding_under(&t.report, "thin");
    assert_int_equal(f->outcome, OUTCOME_UNCHECKED);
    assert_true(f->by_file);
    assert_int_equal(f->place_count, 1);
    assert_int_equal(report_exit_code(&t.report, SEVERITY_ERROR, false, false), 3);
}

static void a_page_that_was_not_read_whole_proves_nothing(void **state) {
    Trial t;
    trial_begin(&t, *state, full_sheet);
    line_of(&t, 1);
    t.page->complete = 0;
    const char *line = "第 1 页：内容流断了";
    ((Document *)facts_at(t.facts, FACT_document, 0))->damage = strs_of(t.bench->arena, &line, 1);
    page_end(&t);
    trial_end(&t);
    assert_int_equal(t.report.items[7].machine, MACHINE_UNCHECKED);
    assert_int_equal(t.report.items[7].proven, 0);
    assert_int_equal(t.report.unproven_count, 1);
    assert_string_equal(t.report.unproven[0].why.zh, line);
}

/* Nor does it prove a rule that asks for the colours of the whole document. */
static void colours_of_a_page_that_was_not_read_whole_prove_nothing(void **state) {
    for (int8_t complete = 0; complete < 2; complete++) {
        Trial t;
        Bench *b = *state;
        trial_begin(&t, b, full_sheet);
        add_rule(&t, "blacks", blacks);
        Report report = {.arena = b->arena};
        CheckTeller to = report_teller(&report);
        t.listener = check_listener(b->arena, &t.input, &to, &t.plan);
        t.listener.open(t.listener.self, t.facts);
        t.page->complete = complete;
        page_end(&t);
        trial_end(&t);
        report_finish(&report, rule_data_checklist(b->data));
        assert_int_equal(report.items[4].machine, complete ? MACHINE_PASS : MACHINE_UNCHECKED);
    }
}

static void a_rule_that_is_off_is_listed_and_its_row_does_not_pass(void **state) {
    Trial t;
    trial_begin(&t, *state,
                "size: A4\npages: 2\nchecks: {off: [sized], severity: {counted: warning}}\n");
    page_end(&t);
    trial_end(&t);
    assert_null(finding_under(&t.report, "sized"));
    assert_int_equal(t.report.items[13].machine, MACHINE_UNCHECKED);
    assert_has(t.report.items[13].reasons[0].en, "switched off");
    assert_int_equal(finding_under(&t.report, "counted")->severity, SEVERITY_WARNING);
    assert_int_equal(t.report.items[12].machine, MACHINE_UNCHECKED);
    assert_int_equal(report_exit_code(&t.report, SEVERITY_ERROR, false, false), 0);
    assert_int_equal(report_exit_code(&t.report, SEVERITY_WARNING, false, false), 1);
}

static void every_page_has_the_limits_of_its_part(void **state) {
    Trial t;
    trial_begin(
        &t, *state,
        "size: A4\npages: 2\nparts:\n  - {name: 封面, pages: 2, limits: {line_min: 0.05mm}}\n");
    line_of(&t, 0.1);
    page_end(&t);
    page_begin(&t);
    line_of(&t, 0.1);
    page_end(&t);
    trial_end(&t);
    int hits = 0;
    for (size_t i = 0; i < t.report.finding_count; i++)
        hits += streq(t.report.findings[i].rule, "thin");
    assert_int_equal(hits, 1);
    assert_int_equal(finding_under(&t.report, "thin")->page, 1);
}

static void of_an_unreadable_file_only_the_file_is_judged(void **state) {
    Trial t;
    Bench *b = *state;
    trial_begin(&t, b, full_sheet);
    Report report = {.arena = b->arena};
    CheckTeller to = report_teller(&report);
    ReadListener l = check_listener(b->arena, &t.input, &to, &t.plan);
    Facts *facts = facts_new();
    File *file = facts_add(facts, FACT_file);
    file->name = "a.pdf", file->sha256 = "00", file->readable = 0;
    file->unreadable_why = "断了", file->unreadable_why_en = "cut off";
    l.open(l.self, facts);
    l.close(l.self, facts);
    report_finish(&report, rule_data_checklist(b->data));
    assert_int_equal(report.finding_count, 1);
    assert_string_equal(report.findings[0].rule, "readable");
    assert_int_equal(report.items[0].machine, MACHINE_FAIL);
    assert_int_equal(report.items[7].state, ITEM_UNCHECKED);
    assert_string_equal(report.items[7].reasons[0].en, "cut off");
    assert_int_equal(report.verdict.machine, VERDICT_UNREADABLE);
    assert_int_equal(report_exit_code(&report, SEVERITY_ERROR, false, false), 3);
    facts_free(facts);
    page_end(&t);
    trial_end(&t);
}

static void rule_ids_under_checks_must_exist(void **state) {
    Trial t;
    Errors errors = {.arena = ((Bench *)*state)->arena};
    trial_begin(&t, *state, "checks: {off: [thim]}\n");
    Result r = jobs_check_rules(t.input.jobs, &t.rules, &errors);
    assert_int_equal(r.kind, ERR_USAGE);
    assert_has(errors_render(errors.arena, &errors, LANG_EN), "did you mean \"thin\"");
    page_end(&t);
    trial_end(&t);
}

static void fingerprints_hold_while_place_and_value_do(void **state) {
    Bench *b = *state;
    Trial t;
    trial_begin(&t, b, full_sheet);
    const Rule *rule = rules_find(&t.rules, "thin");
    Place p = {.page = 1, .boxed = true, .box = {10.2, 20, 30, 40}}, near = p, far = p;
    near.box.x0 = 10.4;
    far.box.x0 = 12;
    Measure m = {.present = true, .number = 0.1, .unit = "mm"};
    const char *one = fingerprint_of(b->arena, rule, 7, 1, &p, &m);
    assert_int_equal(strlen(one), 12);
    assert_string_equal(one, fingerprint_of(b->arena, rule, 7, 1, &near, &m));
    assert_string_not_equal(one, fingerprint_of(b->arena, rule, 7, 1, &far, &m));
    assert_string_not_equal(one, fingerprint_of(b->arena, rule, 7, 2, &p, &m));
    page_end(&t);
    trial_end(&t);
}

static void a_pattern_cell_is_placed_where_its_host_shows_it(void **state) {
    (void)state;
    Page p;
    row_clear(entity_of(FACT_page), &p);
    p.media_w = p.media_h = MM(100);
    Fill f;
    row_clear(entity_of(FACT_fill), &f);
    f.box = (Box32){0, 0, (float)MM(5), (float)MM(5)};
    f.clip = (Box32){(float)MM(40), (float)MM(60), (float)MM(50), (float)MM(70)};
    f.visible = 1;
    Place seen = place_of(&p, FACT_fill, &f, (Value){0});
    assert_float_equal(seen.box.x0, 40, 1e-4);
    assert_float_equal(seen.box.y0, 30, 1e-4);
    f.visible = 0;
    assert_float_equal(place_of(&p, FACT_fill, &f, (Value){0}).box.x0, 0, 1e-4);
}

static void an_unknown_trim_is_the_reason_why_sizes_are_unknown(void **state) {
    (void)state;
    Arena *a = arena_new();
    Job job;
    Page page;
    row_clear(entity_of(FACT_job), &job);
    row_clear(entity_of(FACT_page), &page);
    job.size_w = job.size_h = MM(210);
    page.trim_source = TRIM_DEFAULTED;
    RuleEnv env = {0};
    env.row[FACT_job] = &job;
    env.row[FACT_page] = &page;
    Text path = {"页面的尺寸对照", "page.size_match"};
    assert_non_null(strstr(reason_of(a, path, &env).text.zh, "裁到哪里"));
    page.trim_source = TRIM_TRIMBOX;
    assert_null(strstr(reason_of(a, path, &env).text.zh, "裁到哪里"));
    arena_free(a);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_pattern_cell_is_placed_where_its_host_shows_it),
        TEST(an_unknown_trim_is_the_reason_why_sizes_are_unknown),
        TEST(the_plan_tells_what_streams_and_keeps_nothing_else),
        TEST(hits_of_a_page_become_one_finding_with_the_worst_first),
        TEST(every_place_is_kept_until_there_are_too_many),
        TEST(what_is_wrong_with_the_document_has_a_place_for_waivers),
        TEST(a_rule_over_marks_meets_rows_of_every_kind),
        TEST(places_count_from_the_top_left_of_the_trim_as_viewed),
        TEST(without_a_sheet_its_questions_are_unchecked_but_not_by_the_file),
        TEST(what_the_file_does_not_tell_is_the_file_s_fault),
        TEST(a_page_that_was_not_read_whole_proves_nothing),
        TEST(colours_of_a_page_that_was_not_read_whole_prove_nothing),
        TEST(a_rule_that_is_off_is_listed_and_its_row_does_not_pass),
        TEST(every_page_has_the_limits_of_its_part),
        TEST(of_an_unreadable_file_only_the_file_is_judged),
        TEST(rule_ids_under_checks_must_exist),
        TEST(fingerprints_hold_while_place_and_value_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
