#include "base/yaml.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static Arena *arena;
static Errors errors;

static int start(void **state) {
    (void)state;
    arena = arena_new();
    errors = (Errors){.arena = arena};
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static YamlNode *parse(const char *text) {
    YamlText *t = ARENA_NEW(arena, YamlText);
    *t = (YamlText){.file = "f.yaml", .text = str_of(text)};
    return yaml_parse(arena, t, &errors);
}

static void check_refused(const char *text, int line, int column, const char *says) {
    assert_null(parse(text));
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.items[0].at.line, line);
    assert_int_equal(errors.items[0].at.column, column);
    assert_non_null(strstr(errors.items[0].text.zh, says));
}

static void scalars_stay_text_and_know_whether_they_were_quoted(void **state) {
    (void)state;
    YamlNode *root = parse("a: no\nb: \"no\"\n");
    assert_string_equal(yaml_find(root, "a")->scalar, "no");
    assert_false(yaml_find(root, "a")->quoted);
    assert_true(yaml_find(root, "b")->quoted);
    assert_null(yaml_find(root, "c"));
}

static void positions_count_bytes_also_after_chinese(void **state) {
    (void)state;
    YamlNode *root = parse("客户: 甲\r\n专色: [红, 金]\r\n");
    const YamlNode *gold = yaml_find(root, "专色")->items[1];
    assert_string_equal(gold->scalar, "金");
    assert_int_equal(gold->at.line, 2);
    assert_int_equal(gold->at.column, 15);
}

static void an_empty_document_is_an_empty_map(void **state) {
    (void)state;
    assert_int_equal(parse("")->kind, YAML_MAP);
    assert_int_equal(parse("# only a comment\n")->count, 0);
    assert_int_equal(errors.count, 0);
}

static void a_key_written_twice_is_refused_at_the_second(void **state) {
    (void)state;
    check_refused("a: 1\nb: 2\na: 3\n", 3, 1, "第 1 行");
}

static void a_full_width_colon_is_named_where_it_stands(void **state) {
    (void)state;
    check_refused("客户: 甲\n尺寸：210x285\n", 2, 7, "全角冒号");
}

static void the_first_of_many_full_width_colons_is_named(void **state) {
    (void)state;
    check_refused("尺寸：210x285\n出血：3mm\n", 1, 7, "全角冒号");
}

static void a_full_width_colon_in_prose_is_left_alone(void **state) {
    (void)state;
    YamlNode *root = parse("说明: 地址：上海\n列表:\n  - 电话：123\n");
    assert_string_equal(yaml_find(root, "说明")->scalar, "地址：上海");
    assert_int_equal(errors.count, 0);
}

static void a_colon_without_a_space_is_named(void **state) {
    (void)state;
    check_refused("size:210x285\nbleed: 3mm\n", 1, 5, "空格");
}

static void a_tab_that_indents_is_named(void **state) {
    (void)state;
    check_refused("a:\n\tb: 1\n", 2, 1, "Tab");
}

static void a_quote_that_never_ends_is_named_where_it_begins(void **state) {
    (void)state;
    check_refused("a: 1\nb: \"没完\n", 2, 4, "引号");
}

static void an_alias_is_the_node_it_names(void **state) {
    (void)state;
    YamlNode *root = parse("a: &x [1, 2]\nb: *x\n");
    assert_ptr_equal(yaml_find(root, "a"), yaml_find(root, "b"));
}

static void an_alias_that_nothing_defines_is_refused(void **state) {
    (void)state;
    check_refused("a: *x\n", 1, 4, "别名");
}

static void a_node_can_not_hold_itself(void **state) {
    (void)state;
    check_refused("&a [*a]\n", 1, 5, "别名");
}

static void a_bomb_of_aliases_is_refused(void **state) {
    (void)state;
    const char *text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; i++)
        text = arena_printf(arena, "%sa%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
                            text, i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    assert_null(parse(text));
    assert_non_null(strstr(errors.items[0].text.en, "aliases"));
}

static void nesting_without_end_is_refused(void **state) {
    (void)state;
    char text[1001];
    memset(text, '[', 1000);
    text[1000] = '\0';
    check_refused(text, 1, 65, "太深");
}

static void a_second_document_is_refused(void **state) {
    (void)state;
    check_refused("a: 1\n---\nb: 2\n", 2, 1, "---");
}

static void a_key_that_is_no_text_is_refused(void **state) {
    (void)state;
    check_refused("? [a]\n: b\n", 1, 3, "名称");
}

static void a_zero_byte_in_a_text_is_refused(void **state) {
    (void)state;
    check_refused("a: \"x\\0y\"\n", 1, 4, "空字符");
}

static YamlText load_bytes(const char *bytes, size_t n) {
    char path[] = "/tmp/chupin-yaml-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), n);
    close(fd);
    YamlText text;
    assert_int_equal(yaml_load(&text, arena, path).kind, ERR_NONE);
    unlink(path);
    return text;
}

static void a_byte_order_mark_is_no_part_of_the_text(void **state) {
    (void)state;
    YamlText text = load_bytes("\xEF\xBB\xBF"
                               "a: 1",
                               7);
    assert_true(str_is(text.text, "a: 1"));
    assert_false(text.was_gbk);
}

static void a_gbk_file_is_converted_and_said_to_be_one(void **state) {
    (void)state;
    YamlText text = load_bytes("\xB3\xDF\xB4\xE7: 1", 7);
    assert_true(str_is(text.text, "尺寸: 1"));
    assert_true(text.was_gbk);
}

static void a_utf16_file_is_converted(void **state) {
    (void)state;
    YamlText text = load_bytes("\xFF\xFE"
                               "a\0:\0 \0\xFA\x51",
                               10);
    assert_true(str_is(text.text, "a: 出"));
}

static void a_missing_file_or_a_folder_is_a_file_error(void **state) {
    (void)state;
    YamlText text;
    assert_int_equal(yaml_load(&text, arena, "/nonexistent/chupin.yaml").kind, ERR_FILE);
    assert_int_equal(yaml_load(&text, arena, "/").kind, ERR_FILE);
    assert_null(text.text.p);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(scalars_stay_text_and_know_whether_they_were_quoted),
        CASE(positions_count_bytes_also_after_chinese),
        CASE(an_empty_document_is_an_empty_map),
        CASE(a_key_written_twice_is_refused_at_the_second),
        CASE(a_full_width_colon_is_named_where_it_stands),
        CASE(the_first_of_many_full_width_colons_is_named),
        CASE(a_full_width_colon_in_prose_is_left_alone),
        CASE(a_colon_without_a_space_is_named),
        CASE(a_tab_that_indents_is_named),
        CASE(a_quote_that_never_ends_is_named_where_it_begins),
        CASE(an_alias_is_the_node_it_names),
        CASE(an_alias_that_nothing_defines_is_refused),
        CASE(a_node_can_not_hold_itself),
        CASE(a_bomb_of_aliases_is_refused),
        CASE(nesting_without_end_is_refused),
        CASE(a_second_document_is_refused),
        CASE(a_key_that_is_no_text_is_refused),
        CASE(a_zero_byte_in_a_text_is_refused),
        CASE(a_byte_order_mark_is_no_part_of_the_text),
        CASE(a_gbk_file_is_converted_and_said_to_be_one),
        CASE(a_utf16_file_is_converted),
        CASE(a_missing_file_or_a_folder_is_a_file_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
