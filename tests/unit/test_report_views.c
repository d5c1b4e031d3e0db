#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>
#include <jansson.h>

static const ReportStyle chinese = {.lang = LANG_ZH, .width = 88};

static void has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("“%s” is missing in:\n%.4000s", part, text);
}

static void has_not(const char *text, const char *part) {
    const char *at = strstr(text, part);
    if (at)
        fail_msg("“%s” stands in:\n%.400s", part, at);
}

static size_t count_of(const char *text, const char *part) {
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, part)); p += strlen(part))
        n++;
    return n;
}

static const char hostile[] = "<script>alert('1')</script>\"&\x1b[31m \xe2\x80\xae"
                              "fdp \xff \xef\xbf\xbf\x01\n--><b>";

/* ---- CSV ---- */

static void a_table_begins_with_a_mark_and_ends_its_lines_as_the_standard_says(void **state) {
    const char *csv = sample_written(*state, sample_report(*state), "csv", &chinese);
    assert_memory_equal(csv, "\xef\xbb\xbf\"文件\"", 3 + strlen("\"文件\""));
    assert_int_equal(count_of(csv, "\r\n"), 1 + sample_report(*state)->finding_count);
    has(csv, "\"右边出血只有 1.2 mm，要 3 mm\",\"1.2\",\"3\",\"mm\"");
}

static void the_second_file_of_a_table_has_no_head(void **state) {
    ReportStyle style = chinese;
    style.again = true;
    const char *csv = sample_written(*state, sample_report(*state), "csv", &style);
    has_not(csv, "\xef\xbb\xbf");
    has_not(csv, "结论");
}

static void no_field_runs_as_a_formula(void **state) {
    static const char *const formulas[] = {"=1+1", "+86 138", "-2+3", "@SUM(A1)", "＝1+1"};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        Report *r = sample_report(*state);
        r->findings[0].message = (Text){formulas[i], formulas[i]};
        const char *csv = sample_written(*state, r, "csv", &chinese);
        has(csv, arena_printf(*state, ",\"'%s\",", formulas[i]));
    }
}

static void a_negative_number_stays_a_number(void **state) {
    Report *r = sample_report(*state);
    r->findings[0].measured.number = -1.5;
    has(sample_written(*state, r, "csv", &chinese), ",\"-1.5\",");
}

static void quotes_are_doubled_and_control_characters_are_shown(void **state) {
    Report *r = sample_report(*state);
    r->file.name = hostile;
    const char *csv = sample_written(*state, r, "csv", &chinese);
    has(csv, "</script>\"\"&\\x1B[31m \\u202Efdp \\xFF");
    assert_null(strchr(csv, '\x1b'));
}

static void a_file_without_findings_has_a_row(void **state) {
    Report *r = sample_report(*state);
    r->finding_count = 0;
    r->file.unreadable = (Text){"文件有密码", "it is locked"};
    const char *csv = sample_written(*state, r, "csv", &chinese);
    assert_int_equal(count_of(csv, "\r\n"), 2);
    has(csv, "文件有密码");
}

/* ---- JUnit ---- */

static void tally(Report *r, const char *id, int item, Severity severity, int fail) {
    *ARENA_PUSH(r->arena, r->rules, r->rule_count, r->rule_capacity) =
        (RuleTally){.id = id,
                    .item = item,
                    .severity = severity,
                    .pass = 1,
                    .fail = fail,
                    .applicable = true,
                    .title = {"规则", "rule"}};
}

static Report *tallied(Arena *a) {
    Report *r = sample_report(a);
    tally(r, "bleed-declared", 11, SEVERITY_ERROR, 1);
    tally(r, "image-ppi-contone", 5, SEVERITY_WARNING, 3);
    tally(r, "text-outlined", 3, SEVERITY_ERROR, 3);
    tally(r, "page-size", 13, SEVERITY_ERROR, 0);
    tally(r, "line-tint", 7, SEVERITY_ERROR, 0);
    r->rules[4].off = true;
    return r;
}

static void what_must_be_mended_fails_and_what_lacks_a_sheet_is_skipped(void **state) {
    const char *xml = sample_written(*state, tallied(*state), "junit", &chinese);
    has(xml, "tests=\"6\" failures=\"2\" errors=\"0\" skipped=\"2\"");
    assert_int_equal(count_of(xml, "<testcase"), 6);
    assert_int_equal(count_of(xml, "<failure"), 2);
    assert_int_equal(count_of(xml, "<skipped"), 2);
    assert_int_equal(count_of(xml, "<system-out"), 1);
    has(xml, "<failure message=\"第 7 页：右边出血只有 1.2 mm，要 3 mm\" type=\"error\">");
}

static void what_the_file_kept_from_being_checked_is_an_error(void **state) {
    Report *r = tallied(*state);
    for (size_t i = 0; i < r->finding_count; i++)
        r->findings[i].by_file = r->findings[i].outcome == OUTCOME_UNCHECKED;
    r->file.unreadable = (Text){"超时", "timeout"};
    has(sample_written(*state, r, "junit", &chinese), "errors=\"2\" skipped=\"1\"");
}

static void a_waived_finding_passes_and_is_told(void **state) {
    static const Waiver waiver = {.by = "王磊", .why = "烫金厂可做"};
    Report *r = tallied(*state);
    r->findings[0].waiver = &waiver;
    const char *xml = sample_written(*state, r, "junit", &chinese);
    has(xml, "failures=\"1\"");
    has(xml, "[已豁免 王磊]");
}

static void a_question_for_a_person_is_a_case(void **state) {
    Report *r = tallied(*state);
    ChecklistItem *row = ARENA_NEW(*state, ChecklistItem);
    *row = *r->items[10].row;
    row->human = true;
    row->human_question = (Text){"路名对过？", "are the roads right?"};
    r->items[10].row = row;
    has(sample_written(*state, r, "junit", &chinese),
        "tests=\"7\" failures=\"2\" errors=\"0\" skipped=\"3\"");
    r->items[10].human = HUMAN_NO;
    has(sample_written(*state, r, "junit", &chinese), "failures=\"3\"");
}

static void xml_holds_nothing_that_xml_cannot_hold(void **state) {
    Report *r = tallied(*state);
    r->file.name = hostile;
    r->findings[0].message = (Text){hostile, hostile};
    const char *xml = sample_written(*state, r, "junit", &chinese);
    has_not(xml, "<script>");
    has_not(xml, "\xef\xbf\xbf");
    for (const char *p = xml; *p; p++)
        assert_true((unsigned char)*p >= ' ' || *p == '\n');
    assert_true(text_valid(xml, strlen(xml)));
}

/* ---- SARIF ---- */

static json_t *sarif_run(Arena *a, const Report *r, json_t **root) {
    json_error_t error;
    *root = json_loads(sample_written(a, r, "sarif", &chinese), 0, &error);
    if (!*root)
        fail_msg("%s", error.text);
    return json_array_get(json_object_get(*root, "runs"), 0);
}

static const char *string_at(json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static void findings_are_results_of_their_rules(void **state) {
    Report *r = tallied(*state);
    json_t *root, *run = sarif_run(*state, r, &root);
    json_t *rules =
        json_object_get(json_object_get(json_object_get(run, "tool"), "driver"), "rules");
    json_t *results = json_object_get(run, "results");
    assert_int_equal(json_array_size(rules), r->rule_count);
    for (size_t i = 0; i < r->finding_count; i++) {
        json_t *result = json_array_get(results, i), *index = json_object_get(result, "ruleIndex");
        bool open = r->findings[i].outcome == OUTCOME_UNCHECKED;
        assert_string_equal(string_at(result, "kind"), open ? "open" : "fail");
        if (open)
            assert_string_equal(string_at(result, "level"), "none");
        if (index)
            assert_string_equal(
                string_at(json_array_get(rules, (size_t)json_integer_value(index)), "id"),
                r->findings[i].rule);
    }
    json_decref(root);
}

static void a_waiver_is_a_suppression_with_its_reason(void **state) {
    static const Waiver waiver = {.by = "王磊", .why = "烫金厂可做", .until_version = 4};
    Report *r = tallied(*state);
    r->findings[0].waiver = &waiver;
    json_t *root, *results = json_object_get(sarif_run(*state, r, &root), "results");
    json_t *waived = json_object_get(json_array_get(results, 0), "suppressions");
    assert_string_equal(string_at(json_array_get(waived, 0), "justification"), "烫金厂可做");
    json_t *open = json_object_get(json_array_get(results, 1), "suppressions");
    assert_true(json_is_array(open) && json_array_size(open) == 0);
    json_decref(root);
}

static void the_artwork_is_named_by_a_reference_without_a_scheme(void **state) {
    Report *r = tallied(*state);
    r->file.name = "a:b 中#.pdf";
    json_t *root, *run = sarif_run(*state, r, &root);
    json_t *artifact = json_array_get(json_object_get(run, "artifacts"), 0);
    assert_string_equal(string_at(json_object_get(artifact, "location"), "uri"),
                        "a%3Ab%20%E4%B8%AD%23.pdf");
    json_decref(root);
}

/* ---- the web page ---- */

/* Pictures of noise, of a size that real ones have. */
typedef struct Camera {
    size_t large, small; /* bytes of a picture */
    int large_count, small_count, part_count, expected;
    bool refuses;
} Camera;

static bool shoot(void *self, Arena *a, const PictureWish *wish, ReportPicture *out, Text *why) {
    enum { LARGE = 300 };
    Camera *c = self;
    bool large = !wish->part && wish->most > LARGE;
    c->part_count += wish->part;
    c->large_count += large;
    c->small_count += !wish->part && !large;
    *why = (Text){"这一页太复杂", "this page is too complex"};
    *out = (ReportPicture){.bytes = large ? c->large : c->small,
                           .jpeg = true,
                           .width = wish->most,
                           .height = wish->most,
                           .mm = wish->part ? wish->mm : (Box){-3, -3, 213, 288},
                           .origin_is_trim = true,
                           .whole = true};
    out->image = arena_alloc(a, out->bytes);
    return !c->refuses;
}

static void expect(void *self, const PictureWish *wishes, size_t count) {
    (void)wishes;
    ((Camera *)self)->expected += (int)count;
}

static const char *page_with(Arena *a, const Report *r, Camera *c, Lang lang) {
    ReportPictures pictures = {c, shoot, expect};
    ReportStyle style = {.lang = lang, .pictures = &pictures};
    return sample_written(a, r, "html", &style);
}

static void pages_of(Report *r, int pages) {
    r->page_count = 0;
    for (int n = 1; n <= pages; n++)
        *ARENA_PUSH(r->arena, r->pages, r->page_count, r->page_capacity) =
            (PageSummary){.number = n,
                          .trim_w = 210,
                          .trim_h = 285,
                          .trim_source = TRIM_TRIMBOX,
                          .bleed = {3, 3, 3, 3},
                          .ink_mean = NAN,
                          .ink_peak = NAN};
    r->file.pages = pages;
}

static void the_page_runs_no_script_and_fetches_nothing(void **state) {
    Camera c = {.large = 100, .small = 10};
    const char *html = page_with(*state, sample_report(*state), &c, LANG_ZH);
    has(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "img-src data:; style-src 'unsafe-inline'\">");
    has_not(html, "<script");
    has_not(html, "http:");
    has_not(html, "https:");
    has_not(html, "<link");
    has_not(html, "url(");
}

static void the_verdict_is_the_first_thing_on_the_page(void **state) {
    const char *html = sample_written(*state, sample_report(*state), "html", &chinese);
    has(html, "<h1>✗ 不能出片</h1>");
    assert_true(strstr(html, "<h1>") < strstr(html, "右边出血只有"));
    has(sample_written(*state, sample_report(*state), "html", &(ReportStyle){.lang = LANG_EN}),
        "<h1>✗ NOT READY TO PRINT</h1>");
}

static void hostile_text_is_text_everywhere(void **state) {
    Arena *a = *state;
    Report *r = sample_report(a);
    JobHead job = *r->job;
    Answer answer = {
        .state = HUMAN_YES, .by = hostile, .role = hostile, .at = hostile, .note = hostile};
    Signature signature = {.by = hostile, .at = hostile, .note = hostile, .scan_name = hostile};
    Waiver waiver = {
        .rule = hostile, .why = hostile, .by = hostile, .second = hostile, .at = hostile};
    PageDifference difference = {.page = 1, .what = {hostile, hostile}};
    Standing s = {.run = hostile,
                  .head = hostile,
                  .version = 2,
                  .signatures = &signature,
                  .signature_count = 1,
                  .waivers = &waiver,
                  .waiver_count = 1,
                  .mended = &r->findings[0],
                  .mended_count = 1,
                  .differences = &difference,
                  .difference_count = 1};
    s.signed_version.name = s.signed_version.by = hostile;
    s.before.name = hostile;
    job.number = job.client = job.project = job.item = job.stage = hostile;
    r->job = &job, r->file.name = hostile, r->standing = &s;
    r->items[3].answer = &answer;
    PlateShare plate = {hostile, 0.5};
    r->pages[0].inked = true, r->pages[0].plates = &plate, r->pages[0].plate_count = 1;
    *ARENA_PUSH(a, r->profiles, r->profile_count, r->profile_capacity) =
        (UsedProfile){hostile, hostile, {hostile, hostile}};
    Finding *f = &r->findings[0];
    f->message = f->fix = f->required.from = (Text){hostile, hostile};
    f->rule = f->fingerprint = f->measured.text = hostile;
    r->findings[1].waiver = &waiver;
    r->verdict.waived = 1;
    Camera c = {.large = 100, .small = 10};
    const char *html = page_with(a, r, &c, LANG_ZH);
    has_not(html, "<script");
    has_not(html, "--><b>");
    has_not(html, "alert('");
    has(html, "&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&#34;&#38;\\x1B[31m \\u202Efdp");
    assert_null(strchr(html, '\x1b'));
    assert_null(strstr(html, "\xe2\x80\xae"));
    assert_true(text_valid(html, strlen(html)));
}

static void boxes_bear_the_number_of_their_line(void **state) {
    Camera c = {.large = 100, .small = 10};
    Report *r = sample_report(*state);
    pages_of(r, 24);
    const char *html = page_with(*state, r, &c, LANG_ZH);
    has(html, "id=\"f2\"><h4><span class=\"disc\">2</span>");
    has(html, "<a class=\"box b-error\" href=\"#f2\"");
    has(html, "style=\"left:97.22%;top:1.03%;width:1.39%;height:97.94%\"><i style=\"--n:0\">2</i>");
    assert_int_equal(c.part_count, 1);
    assert_int_equal(c.expected, c.large_count + c.small_count + c.part_count);
}

static void a_hundred_pages_of_noise_stay_under_eight_megabytes(void **state) {
    Report *r = sample_report(*state);
    pages_of(r, 100);
    for (int n = 0; n < 400; n++) {
        Finding *f = sample_finding(r, arena_printf(*state, "rule-%d", n % 50), 4, SEVERITY_ERROR,
                                    1 + n % 100);
        f->message = f->fix = sample_reason;
        for (f->place_count = 0; f->place_count < SHOWN_PLACES; f->place_count++)
            f->places[f->place_count] =
                (Place){.page = f->page, .boxed = true, .box = {1, 2, 3, 4}};
    }
    Camera c = {.large = 400000, .small = 30000};
    const char *html = page_with(*state, r, &c, LANG_ZH);
    assert_true(strlen(html) < 8 * 1000 * 1000);
    has(html, "图太多，为了文件不过大省掉了");
    assert_int_equal(c.large_count, 40);
    assert_int_equal(c.small_count, 60);
}

static void above_forty_pages_only_those_with_findings_are_large(void **state) {
    Report *r = sample_report(*state);
    pages_of(r, 60);
    Camera c = {.large = 100, .small = 10};
    (void)page_with(*state, r, &c, LANG_ZH);
    assert_int_equal(c.large_count, 2 + 7); /* the first, the last, and 3, 7, 12, 13, 20, 21, 22 */
    assert_int_equal(c.small_count, 51);
}

static void a_page_that_cannot_be_drawn_says_why(void **state) {
    Camera c = {.refuses = true};
    const char *html = page_with(*state, sample_report(*state), &c, LANG_ZH);
    has(html, "没有画出来：这一页太复杂");
    has_not(html, "<img");
}

static void without_the_artwork_only_places_are_shown(void **state) {
    Report *r = sample_report(*state);
    pages_of(r, 24);
    const char *html = sample_written(*state, r, "html", &chinese);
    has(html, "没有原稿在手");
    has_not(html, "<img");
    has(html, "<a class=\"box b-error\"");
}

static void the_same_report_gives_the_same_page(void **state) {
    const char *first = sample_written(*state, sample_report(*state), "html", &chinese);
    assert_string_equal(first, sample_written(*state, sample_report(*state), "html", &chinese));
}

static void what_the_record_knows_is_on_the_page(void **state) {
    static const Signature signature = {
        PARTY_AE, DECISION_WITH_CHANGES, "王芳", "2026-01-17 14:03", "改一个字", "签字.jpg", NULL};
    Report *r = sample_report(*state);
    Standing s = {.run = "r-000128",
                  .version = 4,
                  .head = "1f0e3dad",
                  .head_seq = 128,
                  .parties = 1u << PARTY_CLIENT,
                  .signatures = &signature,
                  .signature_count = 1,
                  .still_count = 2,
                  .new_count = 1};
    s.before.name = "v3.pdf", s.before.version = 3;
    r->standing = &s;
    r->findings[0].progress = PROGRESS_STILL;
    r->findings[0].since = 2, r->findings[0].signed_by = "张总";
    const char *html = sample_written(*state, r, "html", &chinese);
    has(html, "比上次（v3）</b>改好 0、还有 2、新增 1");
    has(html, "<span class=\"mark still\">仍有</span>");
    has(html, "从 v2 起就有，张总 签过");
    has(html, "<td>修改后同意</td><td><bdi>王芳</bdi></td><td>2026-01-17 "
              "14:03</td><td><bdi>签字.jpg</bdi></td>");
    has(html, "<tr class=\"missing\"><td>总监审核</td>");
    has(html, "<tr class=\"missing\"><td>客户</td>");
    has(html, "<code>1f0e3dad (128)</code>");
}

static int new_arena(void **state) {
    *state = arena_new();
    return 0;
}

static int free_arena(void **state) {
    arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, new_arena, free_arena)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_table_begins_with_a_mark_and_ends_its_lines_as_the_standard_says),
        TEST(the_second_file_of_a_table_has_no_head),
        TEST(no_field_runs_as_a_formula),
        TEST(a_negative_number_stays_a_number),
        TEST(quotes_are_doubled_and_control_characters_are_shown),
        TEST(a_file_without_findings_has_a_row),
        TEST(what_must_be_mended_fails_and_what_lacks_a_sheet_is_skipped),
        TEST(what_the_file_kept_from_being_checked_is_an_error),
        TEST(a_waived_finding_passes_and_is_told),
        TEST(a_question_for_a_person_is_a_case),
        TEST(xml_holds_nothing_that_xml_cannot_hold),
        TEST(findings_are_results_of_their_rules),
        TEST(a_waiver_is_a_suppression_with_its_reason),
        TEST(the_artwork_is_named_by_a_reference_without_a_scheme),
        TEST(the_page_runs_no_script_and_fetches_nothing),
        TEST(the_verdict_is_the_first_thing_on_the_page),
        TEST(hostile_text_is_text_everywhere),
        TEST(boxes_bear_the_number_of_their_line),
        TEST(a_hundred_pages_of_noise_stay_under_eight_megabytes),
        TEST(above_forty_pages_only_those_with_findings_are_large),
        TEST(a_page_that_cannot_be_drawn_says_why),
        TEST(without_the_artwork_only_places_are_shown),
        TEST(the_same_report_gives_the_same_page),
        TEST(what_the_record_knows_is_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
