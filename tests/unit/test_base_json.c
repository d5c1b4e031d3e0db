#include "base/json.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

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

static void check(const Sink *s, const char *expected) {
    Str text = sink_text(s);
    assert_string_equal(arena_copy(arena, text.p, text.n), expected);
}

static void items_are_parted_by_commas_on_one_line(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    Json j = json_to(&s, 0);
    json_open(&j, '{');
    json_key(&j, "pages"), json_int(&j, 24);
    json_key(&j, "list"), json_open(&j, '[');
    json_bool(&j, true);
    json_none(&j);
    json_num(&j, 0.2, 2);
    json_close(&j);
    json_key(&j, "none"), json_open(&j, '['), json_close(&j);
    json_close(&j);
    check(&s, "{\"pages\":24,\"list\":[true,null,0.2],\"none\":[]}");
}

static void an_indented_dump_has_one_item_a_line(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    Json j = json_to(&s, 2);
    json_open(&j, '{');
    json_key(&j, "a"), json_open(&j, '[');
    json_int(&j, 1);
    json_close(&j);
    json_key(&j, "b"), json_text(&j, (Text){"是", "yes"});
    json_close(&j);
    check(&s, "{\n  \"a\": [\n    1\n  ],\n  \"b\": {\n    \"zh\": \"是\",\n    \"en\": "
              "\"yes\"\n  }\n}");
}

static void text_is_escaped_so_that_nothing_acts_on_it(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    Json j = json_to(&s, 0);
    json_str(&j, "\"\\\n\x1B\u202E中\x7F");
    check(&s, "\"\\\"\\\\\\n\\u001b\\u202e中\\u007f\"");
}

static void ill_formed_bytes_become_the_replacement_character(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    Json j = json_to(&s, 0);
    json_strn(&j, "a\xFF\0b", 4);
    check(&s, "\"a\\ufffd\\u0000b\"");
}

static void what_is_not_known_is_null(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    Json j = json_to(&s, 0);
    json_open(&j, '[');
    json_num(&j, NAN, 2);
    json_num(&j, INFINITY, 2);
    json_str(&j, NULL);
    json_close(&j);
    check(&s, "[null,null,null]");
}

static void a_finished_value_is_placed_like_any_other(void **state) {
    (void)state;
    Sink s = sink_memory(arena);
    Json j = json_to(&s, 0);
    json_open(&j, '[');
    json_raw(&j, "{\"x\":1}", 7);
    json_raw(&j, "2", 1);
    json_close(&j);
    check(&s, "[{\"x\":1},2]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_parted_by_commas_on_one_line),
        cmocka_unit_test(an_indented_dump_has_one_item_a_line),
        cmocka_unit_test(text_is_escaped_so_that_nothing_acts_on_it),
        cmocka_unit_test(ill_formed_bytes_become_the_replacement_character),
        cmocka_unit_test(what_is_not_known_is_null),
        cmocka_unit_test(a_finished_value_is_placed_like_any_other),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
