/* The tokenizer of content streams. */
#include "read/pdf/content.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct Fixture {
    Arena *arena, *scratch;
    Reader reader;
} Fixture;

static int set_up(void **state) {
    static Fixture f;
    f = (Fixture){.arena = arena_new(), .scratch = arena_new()};
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    arena_free(f->arena);
    arena_free(f->scratch);
    return 0;
}

/* Reads the first operator of a stream. */
static Reader *first(void **state, const char *text, const char *operator_name) {
    Fixture *f = *state;
    Str name;
    reader_start(&f->reader, (const uint8_t *)text, strlen(text), f->scratch, f->arena);
    assert_true(reader_next(&f->reader, &name));
    assert_true(str_is(name, operator_name));
    return &f->reader;
}

static void numbers_are_read_in_every_form(void **state) {
    Reader *r = first(state, "1 -2 +3 .5 -.25 4. 0012.50 --7 123456789012345678901 w", "w");
    static const double expected[] = {1, -2, 3, .5, -.25, 4, 12.5, -7, 123456789012345678901.0};
    assert_int_equal(r->count, 9);
    for (int i = 0; i < 9; i++)
        assert_true(r->stack[i].number == expected[i]);
}

static void a_sign_inside_a_number_is_read_over_and_remembered(void **state) {
    Reader *r = first(state, "12-34 w", "w");
    assert_true(r->stack[0].number == 1234);
    assert_true(r->faults & READER_BAD_NUMBER);
}

static void digits_without_end_become_infinite_not_a_crash(void **state) {
    char text[1000];
    memset(text, '9', sizeof text);
    memcpy(text + sizeof text - 3, " w", 3);
    assert_true(isinf(first(state, text, "w")->stack[0].number));
}

static void names_resolve_their_escapes(void **state) {
    Reader *r = first(state, "/A#20B/C#zz/ gs", "gs");
    assert_int_equal(r->count, 3);
    assert_true(str_is(operand_text(&r->stack[0]), "A B"));
    assert_true(str_is(operand_text(&r->stack[1]), "C#zz"));
    assert_true(str_is(operand_text(&r->stack[2]), ""));
}

static void strings_resolve_escapes_and_keep_inner_parentheses(void **state) {
    Reader *r = first(state, "(a(b)c) (\\101\\n\\)\\\r\nx\\q) <4 1 4> Tj", "Tj");
    assert_true(str_is(operand_text(&r->stack[0]), "a(b)c"));
    assert_true(str_is(operand_text(&r->stack[1]), "A\n)xq"));
    assert_true(str_is(operand_text(&r->stack[2]), "A@"));
}

static void arrays_and_dictionaries_nest(void **state) {
    Reader *r = first(state, "/P <</A [1 [2] (x)]/B true>> BDC", "BDC");
    assert_int_equal(r->count, 2);
    const Operand *d = &r->stack[1];
    assert_int_equal(d->type, OPERAND_DICT);
    assert_int_equal(d->count, 4);
    assert_int_equal(d->items[1].type, OPERAND_ARRAY);
    assert_int_equal(d->items[1].count, 3);
    assert_true(d->items[1].items[1].items[0].number == 2);
    assert_int_equal(d->items[3].type, OPERAND_BOOL);
}

static void tokens_need_no_space_between_them(void **state) {
    Reader *r = first(state, "[(a)-1(b)]TJ/F1 2 Tf", "TJ");
    assert_int_equal(r->stack[0].count, 3);
    Str name;
    assert_true(reader_next(r, &name) && str_is(name, "Tf"));
    assert_int_equal(r->count, 2);
    assert_false(reader_next(r, &name));
}

static void an_operator_closes_what_was_left_open(void **state) {
    Reader *r = first(state, "[1 2 w", "w");
    assert_int_equal(r->stack[0].type, OPERAND_ARRAY);
    assert_true(r->faults & READER_BAD_NESTING);
}

static void a_string_without_end_ends_with_the_stream(void **state) {
    Fixture *f = *state;
    Str name;
    reader_start(&f->reader, (const uint8_t *)"(abc\\", 5, f->scratch, f->arena);
    assert_false(reader_next(&f->reader, &name));
    assert_true(f->reader.faults & READER_BAD_STRING);
}

static void comments_and_stray_brackets_are_skipped(void **state) {
    Reader *r = first(state, "% 1 2 m\n5 ] ) } > w", "w");
    assert_int_equal(r->count, 1);
    assert_true(r->stack[0].number == 5);
}

static void too_many_operands_keep_the_last(void **state) {
    Fixture *f = *state;
    size_t n = 2 * (READER_MOST + 10);
    char *text = arena_alloc(f->arena, n + 8);
    for (size_t i = 0; i < n; i += 2)
        memcpy(text + i, "1 ", 2);
    strcpy(text + n, "7 w");
    Reader *r = first(state, text, "w");
    assert_true(r->count <= READER_MOST);
    assert_true(r->stack[r->count - 1].number == 7);
    assert_true(r->faults & READER_TOO_MANY);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(numbers_are_read_in_every_form),
        TEST(a_sign_inside_a_number_is_read_over_and_remembered),
        TEST(digits_without_end_become_infinite_not_a_crash),
        TEST(names_resolve_their_escapes),
        TEST(strings_resolve_escapes_and_keep_inner_parentheses),
        TEST(arrays_and_dictionaries_nest),
        TEST(tokens_need_no_space_between_them),
        TEST(an_operator_closes_what_was_left_open),
        TEST(a_string_without_end_ends_with_the_stream),
        TEST(comments_and_stray_brackets_are_skipped),
        TEST(too_many_operands_keep_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
