#include "report/gather.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const ReportStyle chinese = {.lang = LANG_ZH, .width = 88, .exit_code = 1};
static const ReportStyle english = {.lang = LANG_EN, .width = 88, .exit_code = 1};

static void has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("“%s” is missing in:\n%s", part, text);
}

static void the_verdict_stands_before_the_findings(void **state) {
    const char *text = sample_written(*state, sample_report(*state), "text", &chinese);
    has(text, "结论  ✗ 不能出片");
    assert_true(strstr(text, "不能出片") < strstr(text, "右边出血只有"));
    has(text, "退出码 1");
}

static void no_line_is_wider_than_the_terminal(void **state) {
    for (int width = 60; width <= 120; width += 7) {
        ReportStyle style = chinese;
        style.width = width;
        const char *p = sample_written(*state, sample_report(*state), "text", &style);
        for (size_t n; *p; p += n + (p[n] == '\n')) {
            n = strcspn(p, "\n");
            if (text_width(p, n) > width)
                fail_msg("wider than %d: %.*s", width, (int)n, p);
        }
    }
}

static void control_characters_of_the_file_are_shown_as_escapes(void **state) {
    const char *text = sample_written(*state, sample_report(*state), "text", &chinese);
    assert_null(strchr(text, '\x1b'));
    has(text, "\\x1B[31m");
}

static void colour_is_used_only_when_asked(void **state) {
    ReportStyle style = chinese;
    style.colour = true;
    assert_non_null(strchr(sample_written(*state, sample_report(*state), "text", &style), '\x1b'));
}

static void one_rule_on_many_pages_is_one_line(void **state) {
    const char *text = sample_written(*state, sample_report(*state), "text", &chinese);
    has(text, "第 20–22 页");
    has(text, "共 12 处");
    has(text, "第 12 页  图片只有 142 ppi");
    has(text, "同样的问题还在：第 3、13 页");
    assert_null(strstr(text, "180 ppi"));
}

static void what_is_unchecked_says_why(void **state) {
    const char *text = sample_written(*state, sample_report(*state), "text", &chinese);
    has(text, "页面尺寸按要求：没有工作单");
    has(text, "规则 line-tint：工作单把它关了");
    has(text, "□ 10 地图、路名、标志");
}

static void english_has_the_same_parts(void **state) {
    const char *text = sample_written(*state, sample_report(*state), "text", &english);
    has(text, "NOT READY TO PRINT");
    has(text, "MUST FIX");
    has(text, "pp. 20–22");
    has(text, "explain bleed-declared");
    has(text, "exit 1");
}

static void an_unreadable_file_gives_its_reason(void **state) {
    Report *r = sample_report(*state);
    r->file.unreadable = (Text){"超过 120 秒还没有查完", "it took more than 120 s"};
    r->verdict.state = r->verdict.machine = VERDICT_UNREADABLE;
    const char *text = sample_written(*state, r, "text", &chinese);
    has(text, "没法检查这个文件");
    has(text, "原因  超过 120 秒还没有查完");
}

static void after_ten_lines_the_rest_is_counted(void **state) {
    Report *r = sample_report(*state);
    for (int i = 0; i < 15; i++)
        sample_finding(r, arena_printf(*state, "rule-%d", i), 4, SEVERITY_ERROR, 1)->message =
            sample_reason;
    has(sample_written(*state, r, "text", &chinese), "另有 7 条");
}

static void brief_is_one_line(void **state) {
    ReportStyle style = chinese;
    style.brief = true;
    const char *text = sample_written(*state, sample_report(*state), "text", &style);
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void gcc_names_file_page_level_and_rule(void **state) {
    Report *r = sample_report(*state);
    r->file.name = "a\nb.pdf";
    const char *text = sample_written(*state, r, "gcc", &chinese);
    has(text, "a\\x0Ab.pdf:7: error: 右边出血只有 1.2 mm，要 3 mm [bleed-declared]\n");
    has(text, ":12: warning: ");
    has(text, "a\\x0Ab.pdf: note: 没查成：没有工作单");
}

static void pages_are_listed_as_ranges(void **state) {
    int pages[] = {1, 2, 4, 5, 6, 9};
    assert_string_equal(page_list(*state, pages, 6, "、"), "1、2、4–6、9");
}

/* The two languages of a phrase are filled from the same arguments. */
static void both_languages_take_the_same_arguments(void **state) {
    (void)state;
    for (int p = 0; p < PHRASE_COUNT; p++) {
        const char *zh = phrase((Phrase)p, LANG_ZH), *en = phrase((Phrase)p, LANG_EN);
        while ((zh = strchr(zh, '%')) != NULL) {
            en = strchr(en, '%');
            assert_non_null(en);
            assert_memory_equal(zh, en, 2);
            zh += 2, en += 2;
        }
        assert_null(strchr(en, '%'));
    }
}

static int begin(void **state) {
    *state = arena_new();
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1) { /* shows the sample: test_report_text zh 88 colour */
        Arena *a = arena_new();
        ReportStyle style = {.lang = streq(argv[1], "en") ? LANG_EN : LANG_ZH,
                             .width = 88,
                             .exit_code = 1,
                             .colour = argc > 2};
        fputs(sample_written(a, sample_report(a), "text", &style), stdout);
        arena_free(a);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_verdict_stands_before_the_findings, begin, end),
        cmocka_unit_test_setup_teardown(no_line_is_wider_than_the_terminal, begin, end),
        cmocka_unit_test_setup_teardown(control_characters_of_the_file_are_shown_as_escapes, begin,
                                        end),
        cmocka_unit_test_setup_teardown(colour_is_used_only_when_asked, begin, end),
        cmocka_unit_test_setup_teardown(one_rule_on_many_pages_is_one_line, begin, end),
        cmocka_unit_test_setup_teardown(what_is_unchecked_says_why, begin, end),
        cmocka_unit_test_setup_teardown(english_has_the_same_parts, begin, end),
        cmocka_unit_test_setup_teardown(an_unreadable_file_gives_its_reason, begin, end),
        cmocka_unit_test_setup_teardown(after_ten_lines_the_rest_is_counted, begin, end),
        cmocka_unit_test_setup_teardown(brief_is_one_line, begin, end),
        cmocka_unit_test_setup_teardown(gcc_names_file_page_level_and_rule, begin, end),
        cmocka_unit_test_setup_teardown(pages_are_listed_as_ranges, begin, end),
        cmocka_unit_test(both_languages_take_the_same_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
