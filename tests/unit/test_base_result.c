#include "base/sink.h"

#include <fcntl.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static Arena *arena;

static int start(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void a_failure_says_the_same_in_both_languages(void **state) {
    (void)state;
    Result r = result_fail(arena, ERR_FILE, (Where){.file = "a.pdf"}, "第 %d 页：%s", "page %d: %s",
                           7, "x");
    assert_int_equal(r.kind, ERR_FILE);
    assert_string_equal(r.text.zh, "第 7 页：x");
    assert_string_equal(r.text.en, "page 7: x");
}

static void the_caret_stands_under_its_word_after_wide_text(void **state) {
    (void)state;
    Errors e = {.arena = arena};
    Where at = {.file = "chupin.yaml", .line = 3, .column = 9};
    errors_add(&e, at, "尺寸: 错了 x", 6, "看这里", "look here");
    assert_string_equal(errors_render(arena, &e, LANG_ZH),
                        "chupin.yaml:3:9: 看这里\n    尺寸: 错了 x\n          ^^^^");
}

static void escapes_in_the_source_line_keep_the_caret_aligned(void **state) {
    (void)state;
    Errors e = {.arena = arena};
    errors_add(&e, (Where){.file = "f", .line = 1, .column = 3},
               "\x1B"
               "a!",
               1, "x", "bad");
    assert_string_equal(errors_render(arena, &e, LANG_EN), "f:1:3: bad\n    \\x1Ba!\n         ^");
}

static void a_tab_before_the_caret_counts_one_column(void **state) {
    (void)state;
    Errors e = {.arena = arena};
    errors_add(&e, (Where){.file = "f", .line = 1, .column = 2}, "\tb", 1, "x", "bad");
    assert_string_equal(errors_render(arena, &e, LANG_EN), "f:1:2: bad\n     b\n     ^");
}

static void a_column_past_the_line_still_gets_one_caret(void **state) {
    (void)state;
    Errors e = {.arena = arena};
    errors_add(&e, (Where){.file = "f", .line = 1, .column = 99}, "ab", 5, "x", "bad");
    assert_string_equal(errors_render(arena, &e, LANG_EN), "f:1:99: bad\n    ab\n      ^");
}

static void several_errors_come_in_the_order_they_were_found(void **state) {
    (void)state;
    Errors e = {.arena = arena};
    errors_add(&e, (Where){.file = "b"}, NULL, 1, "一", "one");
    errors_add(&e, (Where){.file = "a"}, NULL, 1, "二", "two");
    Result r = errors_result(&e, ERR_USAGE);
    assert_int_equal(r.kind, ERR_USAGE);
    assert_string_equal(r.text.en, "b: one\na: two");
}

static void no_errors_make_no_failure(void **state) {
    (void)state;
    Errors e = {.arena = arena};
    assert_int_equal(errors_result(&e, ERR_USAGE).kind, ERR_NONE);
}

static void a_source_line_is_found_with_any_line_ending(void **state) {
    (void)state;
    Str text = STR("a\nb\r\nc\rd");
    assert_string_equal(source_line(arena, text, 2), "b");
    assert_string_equal(source_line(arena, text, 3), "c");
    assert_string_equal(source_line(arena, text, 4), "d");
    assert_null(source_line(arena, text, 5));
    assert_null(source_line(arena, text, 0));
}

static void a_memory_sink_keeps_all_that_was_written(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    for (int i = 0; i < 1000; i++)
        sink_format(&s, "%d,", i);
    sink_pad(&s, 100);
    assert_int_equal(sink_text(&s).n, 3890 + 100);
    assert_true(str_starts(sink_text(&s), "0,1,2,"));
}

static void a_descriptor_sink_writes_in_order_whatever_the_size(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    Sink s = sink_fd(arena, ends[1]);
    sink_str(&s, "a");
    sink_str(&s, NULL);
    sink_format(&s, "%s", "b");
    assert_int_equal(sink_close(&s, arena).kind, ERR_NONE);
    char got[8] = {0};
    assert_int_equal(read(ends[0], got, sizeof got), 2);
    assert_string_equal(got, "ab");
    close(ends[0]);
    close(ends[1]);
}

static void a_failed_write_is_told_once_at_the_end(void **state) {
    (void)state;
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        skip();
    Sink s = sink_fd(arena, fd);
    sink_str(&s, "lost");
    sink_flush(&s);
    sink_str(&s, "more");
    assert_int_equal(sink_close(&s, arena).kind, ERR_OUTPUT);
    close(fd);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_says_the_same_in_both_languages),
        cmocka_unit_test(the_caret_stands_under_its_word_after_wide_text),
        cmocka_unit_test(escapes_in_the_source_line_keep_the_caret_aligned),
        cmocka_unit_test(a_tab_before_the_caret_counts_one_column),
        cmocka_unit_test(a_column_past_the_line_still_gets_one_caret),
        cmocka_unit_test(several_errors_come_in_the_order_they_were_found),
        cmocka_unit_test(no_errors_make_no_failure),
        cmocka_unit_test(a_source_line_is_found_with_any_line_ending),
        cmocka_unit_test(a_memory_sink_keeps_all_that_was_written),
        cmocka_unit_test(a_descriptor_sink_writes_in_order_whatever_the_size),
        cmocka_unit_test(a_failed_write_is_told_once_at_the_end),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
