#include "sample_report.h"
#include <jansson.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const ReportStyle style = {.lang = LANG_ZH, .width = 80};

static json_t *parsed(Arena *a, const Report *r, const char *format) {
    json_error_t error;
    json_t *root = json_loads(sample_written(a, r, format, &style), 0, &error);
    if (!root)
        fail_msg("%s at line %d", error.text, error.line);
    return root;
}

static void keys_come_in_the_order_of_the_contract(void **state) {
    static const char *const order[] = {"schema", "as_of",     "tool",  "file",
                                        "job",    "verdict",   "items", "findings",
                                        "pages",  "unchecked", "notes", "rules"};
    json_t *root = parsed(*state, sample_report(*state), "json");
    size_t n = 0;
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value) {
        assert_string_equal(key, order[n++]);
    }
    assert_int_equal(n, sizeof order / sizeof *order);
    assert_int_equal(json_array_size(json_object_get(root, "items")), 15);
    json_decref(root);
}

static void what_is_not_known_is_null_not_zero(void **state) {
    Report *r = sample_report(*state);
    r->file.pages = -1, r->file.bytes = NAN;
    json_t *root = parsed(*state, r, "json");
    json_t *file = json_object_get(root, "file");
    assert_true(json_is_null(json_object_get(file, "pages")));
    assert_true(json_is_null(json_object_get(file, "bytes")));
    json_t *bleed = json_object_get(json_array_get(json_object_get(root, "pages"), 0), "bleed");
    assert_true(json_is_null(json_object_get(bleed, "right")));
    json_decref(root);
}

static void a_finding_on_the_document_has_no_page(void **state) {
    json_t *root = parsed(*state, sample_report(*state), "json");
    json_t *finding = json_array_get(json_object_get(root, "findings"), 7);
    assert_string_equal(json_string_value(json_object_get(finding, "rule")), "page-size");
    assert_true(json_is_null(json_object_get(finding, "page")));
    assert_string_equal(json_string_value(json_object_get(finding, "outcome")), "unchecked");
    json_decref(root);
}

static void jsonl_is_one_line_a_report(void **state) {
    const char *text = sample_written(*state, sample_report(*state), "jsonl", &style);
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
    json_t *line = parsed(*state, sample_report(*state), "jsonl");
    json_t *pretty = parsed(*state, sample_report(*state), "json");
    assert_true(json_equal(line, pretty));
    json_decref(line);
    json_decref(pretty);
}

static void the_same_report_gives_the_same_bytes_in_every_language(void **state) {
    ReportStyle other = {.lang = LANG_EN, .width = 40, .colour = true};
    const char *a = sample_written(*state, sample_report(*state), "json", &style);
    const char *b = sample_written(*state, sample_report(*state), "json", &other);
    assert_string_equal(a, b);
}

static void a_reason_for_not_reading_is_told_first_among_the_unchecked(void **state) {
    Report *r = sample_report(*state);
    r->file.unreadable = (Text){"有密码", "it is locked"};
    json_t *root = parsed(*state, r, "json");
    json_t *first = json_array_get(json_object_get(root, "unchecked"), 0);
    assert_string_equal(json_string_value(json_object_get(json_object_get(first, "why"), "zh")),
                        "有密码");
    json_decref(root);
}

static int begin(void **state) {
    *state = arena_new();
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_come_in_the_order_of_the_contract, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_known_is_null_not_zero, begin, end),
        cmocka_unit_test_setup_teardown(a_finding_on_the_document_has_no_page, begin, end),
        cmocka_unit_test_setup_teardown(jsonl_is_one_line_a_report, begin, end),
        cmocka_unit_test_setup_teardown(the_same_report_gives_the_same_bytes_in_every_language,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_reason_for_not_reading_is_told_first_among_the_unchecked,
                                        begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
