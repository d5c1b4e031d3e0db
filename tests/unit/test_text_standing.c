#include "check/waive.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>

#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const Answer yes = {.state = HUMAN_YES,
                           .by = "王芳",
                           .role = "AE",
                           .at = "2026-01-17 14:03",
                           .note = "对过客户邮件",
                           .carried_from = 3},
                    no = {.state = HUMAN_NO,
                          .by = "李\x1b[31m明",
                          .role = "文案",
                          .at = "2026-01-17 15:20",
                          .note = "第 3 页“开盘”写成“开盆”"};
static const Signature signatures[] = {
    {.party = PARTY_DESIGN, .by = "张三", .at = "2026-01-17 16:00", .note = ""},
    {.party = PARTY_CLIENT,
     .decision = DECISION_WITH_CHANGES,
     .by = "张总",
     .at = "2026-01-18 09:10",
     .note = "电话换成新的",
     .scan_name = "签字.jpg",
     .scan_sha256 = "00"}};

static Report *before_of(Arena *a) {
    Report *before = sample_report(a);
    before->findings[0].measured.number = 0.5;
    before->findings[1].page = 9; /* a picture that is fine now */
    before->findings[1].message =
        (Text){"图片只有 100 ppi，要 250", "image has 100 ppi, 250 is needed"};
    return before;
}

static Report *laid_over(Arena *a) {
    Report *r = sample_report(a);
    ChecklistItem *rows = ARENA_ARRAY(a, ChecklistItem, CHECKLIST_ITEMS);
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        rows[i] = *r->items[i].row;
        rows[i].human = i == 1 || i == 2 || i == 10;
    }
    for (size_t i = 0; i < r->finding_count; i++)
        *ARENA_PUSH(a, r->rules, r->rule_count, r->rule_capacity) =
            (RuleTally){.id = r->findings[i].rule,
                        .item = r->findings[i].item,
                        .applicable = true,
                        .fail = r->findings[i].outcome == OUTCOME_FAIL,
                        .unchecked = r->findings[i].outcome == OUTCOME_UNCHECKED,
                        .title = {"规则", "rule"}};
    for (size_t i = 0; i < r->finding_count; i++)
        r->findings[i].kind = "page";
    report_finish(r, rows);
    return r;
}

static Standing standing_of(Arena *a, Report *r) {
    static const Answer *answers[CHECKLIST_ITEMS] = {[1] = &yes, [2] = &no};
    Waiver *w = ARENA_NEW(a, Waiver);
    for (size_t i = 0; i < r->finding_count; i++)
        if (streq(r->findings[i].rule, "bleed-declared")) {
            Result given = waiver_of(w, a, &r->findings[i], "印厂说 1 mm 也裁得准", "王磊");
            assert_int_equal(given.kind, ERR_NONE);
        }
    w->at = "2026-01-16 18:30";
    w->until_version = 4;
    Report *before = before_of(a);
    EarlierVersion *earlier = ARENA_NEW(a, EarlierVersion);
    *earlier = (EarlierVersion){3, before, "李总"};
    Standing s = {.version = 4,
                  .answers = answers,
                  .waivers = w,
                  .waiver_count = 1,
                  .signatures = signatures,
                  .signature_count = 2,
                  .parties = 1u << PARTY_CLIENT,
                  .earlier = earlier,
                  .earlier_count = 1};
    s.before.name = before->file.name;
    s.before.version = 3;
    s.before.report = before;
    s.signed_version.name = "260115开盘画册_确认稿_v3.pdf";
    s.signed_version.version = 3;
    s.signed_version.by = "张总";
    s.signed_version.compared = true;
    static const PageDifference differences[] = {
        {.page = 3, .what = {"文字不同", "other text"}, .boxed = true, .w = 20, .h = 5},
        {.page = 5, .what = {"画面不同", "looks different"}}};
    s.differences = differences;
    s.difference_count = 2;
    return s;
}

static const char *text_of(Arena *a, Lang lang) {
    RuleSet none = {0};
    Report *r = laid_over(a);
    Standing s = standing_of(a, r);
    standing_apply(r, &s, &none);
    return sample_written(a, r, "text", &(ReportStyle){.lang = lang, .width = 90});
}

static void says(const char *text, const char *line) {
    if (!strstr(text, line))
        fail_msg("no “%s” in\n%s", line, text);
}

static void everything_the_record_knows_is_there(void **state) {
    static const char *const lines[] = {
        "已豁免 1",
        "比上次（v3）：改好 1、还有",
        "对照  260115开盘画册_确认稿_v3.pdf（v3，张总 签）   有 2 处不同",
        "已豁免 ──",
        " ○ 第 11 项  第 7 页  右边出血只有 1.2 mm",
        "王磊 2026-01-16 18:30：“印厂说 1 mm 也裁得准”   到 v4 止",
        "比上次改好的 ──",
        " ✓ 第 5 项   第 9 页  图片只有 100 ppi",
        "〔仍有〕文字没有转曲",
        "新增的在：第 3 页",
        "从 v3 起就有，李总 签过",
        "已打勾 ──",
        " ☑ 1 检查项  是\n      王芳（AE） 2026-01-17 14:03   沿用 v3\n      对过客户邮件",
        " ☒ 2 检查项  否\n      李\\x1B[31m明（文案） 2026-01-17 15:20",
        "签字 ──",
        " 设计   同意   张三 2026-01-17 16:00",
        " 客户   修改后同意   张总 2026-01-18 09:10   [签字.jpg]   电话换成新的",
        "还差：总监审核、客户"};
    const char *text = text_of(*state, LANG_ZH);
    if (getenv("SHOW"))
        printf("%s\n%s\n", text, text_of(*state, LANG_EN));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        says(text, lines[i]);
    assert_null(strchr(text, '\x1b'));
}

static void in_english_too(void **state) {
    static const char *const lines[] = {"since the last run (v3): mended 1, still there",
                                        "[still] ",
                                        "WAIVED ──",
                                        "until v4",
                                        "TICKED ──",
                                        "SIGNED ──",
                                        "missing: director's review, client"};
    const char *text = text_of(*state, LANG_EN);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        says(text, lines[i]);
}

static void what_only_awaits_the_review_says_so(void **state) {
    Report *r = ARENA_NEW(*state, Report);
    ChecklistItem *rows = ARENA_ARRAY(*state, ChecklistItem, CHECKLIST_ITEMS);
    static const JobHead job = {.present = true, .sheet_name = "chupin.yaml"};
    RuleSet none = {0};
    *r = (Report){.arena = *state, .as_of = "2026-02-01", .file = {.name = "a.pdf"}, .job = &job};
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        rows[i] = (ChecklistItem){.number = i, .title = {"项", "row"}};
        *ARENA_PUSH(*state, r->rules, r->rule_count, r->rule_capacity) =
            (RuleTally){.id = "r", .item = i, .applicable = true, .pass = 1};
    }
    report_finish(r, rows);
    standing_apply(r, &(Standing){.version = 1}, &none);
    const char *text =
        sample_written(*state, r, "text", &(ReportStyle){.lang = LANG_ZH, .width = 90});
    says(text, "还没有审核签字");
    says(text, "请总监审核签字");
}

static int begin(void **state) {
    *state = arena_new();
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(everything_the_record_knows_is_there),
        TEST(in_english_too),
        TEST(what_only_awaits_the_review_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
