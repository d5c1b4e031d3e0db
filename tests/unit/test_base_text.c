#include "base/text.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
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

static int width(const char *s) {
    return text_width(s, strlen(s));
}

static const char *printable(const char *s) {
    return text_printable(arena, s, strlen(s));
}

static const char *formatted(double value, int decimals) {
    char text[400];
    number_format(text, sizeof text, value, decimals);
    return arena_strdup(arena, text);
}

static void chinese_and_full_width_text_takes_two_columns(void **state) {
    (void)state;
    assert_int_equal(width("出品"), 4);
    assert_int_equal(width("Ａ：１"), 6);
    assert_int_equal(width("mm 毫米"), 7);
}

static void combining_marks_take_no_column(void **state) {
    (void)state;
    assert_int_equal(width("e\xCC\x81"), 1);
}

static void clipping_never_cuts_a_wide_character(void **state) {
    (void)state;
    assert_int_equal(text_clip("出品稿", 5), 6);
    assert_int_equal(text_clip("abc", 10), 3);
    assert_int_equal(text_clip("出", 1), 0);
}

static void ill_formed_utf8_is_told_from_well_formed(void **state) {
    (void)state;
    assert_true(text_valid("出品", 6));
    assert_false(text_valid("\xC0\x80", 2));
    assert_false(text_valid("\xED\xA0\x80", 3));
    assert_false(text_valid("\xF4\x90\x80\x80", 4));
    assert_false(text_valid("\xE5\x87", 2));
    assert_true(text_valid("\xEF\xBF\xBD", 3));
}

static void what_a_terminal_would_obey_becomes_visible(void **state) {
    (void)state;
    assert_string_equal(printable("a\x1B[31m"), "a\\x1B[31m");
    assert_string_equal(printable("a\nb\tc\x7F"), "a\\x0Ab\\x09c\\x7F");
    assert_string_equal(printable("\xC2\x9B"), "\\u009B");
}

static void what_reorders_text_becomes_visible(void **state) {
    (void)state;
    assert_string_equal(printable("\u202E"), "\\u202E");
    assert_string_equal(printable("\u2066\u2069"), "\\u2066\\u2069");
    assert_string_equal(printable("\u200F\u061C"), "\\u200F\\u061C");
    assert_string_equal(printable("\u2028\u2029"), "\\u2028\\u2029");
}

static void ill_formed_bytes_become_visible_and_the_rest_stays(void **state) {
    (void)state;
    assert_string_equal(printable("中\xFF\xE5文"), "中\\xFF\\xE5文");
}

static void composed_and_decomposed_text_are_one_after_nfc(void **state) {
    (void)state;
    assert_string_equal(text_nfc(arena, "e\xCC\x81"), "\xC3\xA9");
    assert_null(text_nfc(arena, NULL));
}

static void width_and_case_do_not_count_after_folding(void **state) {
    (void)state;
    assert_string_equal(text_nfkc_fold(arena, "ＰＡＮＴＯＮＥ　１８５ Ｃ"), "pantone 185 c");
    assert_string_equal(text_nfkc_fold(arena, "㎜％"), "mm%");
}

static void normalising_survives_ill_formed_bytes(void **state) {
    (void)state;
    assert_string_equal(text_nfc(arena, "a\xFFz"), "a\uFFFDz");
}

static void utf16_with_surrogates_becomes_utf8(void **state) {
    (void)state;
    static const uint8_t text[] = {0xFE, 0xFF, 0x51, 0xFA, 0xD8, 0x3D, 0xDE, 0x00, 0, 0};
    assert_string_equal(text_from_utf16be(arena, text, sizeof text), "出\U0001F600");
    static const uint8_t lone[] = {0xD8, 0x3D, 0x00, 0x41};
    assert_string_equal(text_from_utf16be(arena, lone, sizeof lone), "\uFFFDA");
}

static void gbk_becomes_utf8_and_other_bytes_are_refused(void **state) {
    (void)state;
    assert_string_equal(text_from_gbk(arena, "\xB3\xF6\xC6\xB7", 4), "出品");
    assert_null(text_from_gbk(arena, "\xB3", 1));
    assert_null(text_from_gbk(arena, "\xFF\xFF", 2));
}

static void names_that_read_both_ways_are_what_people_write(void **state) {
    (void)state;
    assert_string_equal(text_from_name(arena, "\xCC\xCC\xBD\xF0", 4), "烫金");
    assert_string_equal(text_from_name(arena, "烫金", 6), "烫金");
    assert_string_equal(text_from_name(arena, "\xD7\xA8\xC9\xAB 1", 6), "专色 1");
    assert_string_equal(text_from_name(arena, "Gr\xC3\xBCn", 5), "Grün");
    assert_string_equal(text_from_name(arena, "золото", 12), "золото");
}

static void numbers_are_short_and_have_no_trailing_zeros(void **state) {
    (void)state;
    assert_string_equal(formatted(0.1, 2), "0.1");
    assert_string_equal(formatted(210, 2), "210");
    assert_string_equal(formatted(0.076, 2), "0.08");
    assert_string_equal(formatted(1234567.125, 3), "1234567.125");
    assert_string_equal(formatted(100, 0), "100");
}

static void minus_zero_is_written_as_zero(void **state) {
    (void)state;
    assert_string_equal(formatted(-0.0001, 2), "0");
    assert_string_equal(formatted(-0.5, 2), "-0.5");
}

static void what_is_no_number_is_written_as_nothing(void **state) {
    (void)state;
    assert_string_equal(formatted(NAN, 2), "");
    assert_string_equal(formatted(INFINITY, 2), "");
}

static void a_number_too_long_for_its_buffer_is_cut_at_the_end(void **state) {
    (void)state;
    char text[4];
    assert_int_equal(number_format(text, sizeof text, 123456, 0), 3);
    assert_string_equal(text, "123");
}

static void a_locale_with_a_comma_changes_nothing(void **state) {
    (void)state;
    const char *comma = setlocale(LC_ALL, "de_DE.UTF-8");
    double value = 0;
    assert_string_equal(formatted(0.25, 2), "0.25");
    assert_int_equal(number_parse(STR("0.25"), &value), 4);
    assert_true(value == 0.25);
    if (comma)
        setlocale(LC_ALL, "C");
}

static void a_number_ends_where_its_unit_begins(void **state) {
    (void)state;
    double value = 0;
    assert_int_equal(number_parse(STR("0.2mm"), &value), 3);
    assert_true(value == 0.2);
    assert_int_equal(number_parse(STR("3em"), &value), 1);
    assert_int_equal(number_parse(STR("-1.5e2x"), &value), 6);
    assert_true(value == -150);
    assert_int_equal(number_parse(STR("3."), &value), 1);
    assert_int_equal(number_parse(STR("17976931348623157e292"), &value), 21);
}

static void what_holds_no_number_parses_as_none(void **state) {
    (void)state;
    double value = 0;
    assert_int_equal(number_parse(STR(""), &value), 0);
    assert_int_equal(number_parse(STR("mm"), &value), 0);
    assert_int_equal(number_parse(STR("-"), &value), 0);
    assert_int_equal(number_parse(STR("1e999"), &value), 0);
    assert_int_equal(number_parse(STR("nan"), &value), 0);
}

static void a_slip_of_the_fingers_finds_the_word_that_was_meant(void **state) {
    (void)state;
    const char *words[] = {"bleed", "bleed_top", "width_min", "尺寸", "纸张"};
    assert_string_equal(nearest_word("bled", words, 5), "bleed");
    assert_string_equal(nearest_word("blede", words, 5), "bleed");
    assert_string_equal(nearest_word("Bleed-Top", words, 5), "bleed_top");
    assert_string_equal(nearest_word("width", words, 5), "width_min");
    assert_string_equal(nearest_word("尺吋", words, 5), "尺寸");
}

static void a_word_that_resembles_none_finds_none(void **state) {
    (void)state;
    const char *words[] = {"bleed", "size"};
    assert_null(nearest_word("colour", words, 2));
    assert_null(nearest_word("x", words, 2));
    assert_null(nearest_word("", words, 2));
}

static void trimming_removes_ideographic_spaces_too(void **state) {
    (void)state;
    assert_true(str_is(str_trim(STR(" \t　尺寸　\r\n")), "尺寸"));
    assert_true(str_is(str_trim(STR("　　")), ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_and_full_width_text_takes_two_columns),
        cmocka_unit_test(combining_marks_take_no_column),
        cmocka_unit_test(clipping_never_cuts_a_wide_character),
        cmocka_unit_test(ill_formed_utf8_is_told_from_well_formed),
        cmocka_unit_test(what_a_terminal_would_obey_becomes_visible),
        cmocka_unit_test(what_reorders_text_becomes_visible),
        cmocka_unit_test(ill_formed_bytes_become_visible_and_the_rest_stays),
        cmocka_unit_test(composed_and_decomposed_text_are_one_after_nfc),
        cmocka_unit_test(width_and_case_do_not_count_after_folding),
        cmocka_unit_test(normalising_survives_ill_formed_bytes),
        cmocka_unit_test(utf16_with_surrogates_becomes_utf8),
        cmocka_unit_test(gbk_becomes_utf8_and_other_bytes_are_refused),
        cmocka_unit_test(names_that_read_both_ways_are_what_people_write),
        cmocka_unit_test(numbers_are_short_and_have_no_trailing_zeros),
        cmocka_unit_test(minus_zero_is_written_as_zero),
        cmocka_unit_test(what_is_no_number_is_written_as_nothing),
        cmocka_unit_test(a_number_too_long_for_its_buffer_is_cut_at_the_end),
        cmocka_unit_test(a_locale_with_a_comma_changes_nothing),
        cmocka_unit_test(a_number_ends_where_its_unit_begins),
        cmocka_unit_test(what_holds_no_number_parses_as_none),
        cmocka_unit_test(a_slip_of_the_fingers_finds_the_word_that_was_meant),
        cmocka_unit_test(a_word_that_resembles_none_finds_none),
        cmocka_unit_test(trimming_removes_ideographic_spaces_too),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
