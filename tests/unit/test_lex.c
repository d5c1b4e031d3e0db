#include "expressions.h"

static Token only_token(Lab *lab, const char *text) {
    static Source source;
    source = lab_source(lab, text);
    Lexer lexer = {.source = &source, .arena = lab->arena};
    Token token = lex_next(&lexer);
    assert_int_equal(lex_next(&lexer).kind, TOKEN_END);
    return token;
}

static void a_number_takes_its_unit_without_a_space(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double canonical;
        Dimension dimension;
    } rows[] = {{"0.2mm", MM(0.2), DIM_LENGTH},
                {"320%", 3.2, DIM_RATIO},
                {"300ppi", 300, DIM_RESOLUTION},
                {"20MB", 20971520, DIM_BYTES},
                {"90deg", 90, DIM_ANGLE},
                {"1in", 72, DIM_LENGTH},
                {"25.4mm2", 25.4 * MM(1) * MM(1), DIM_AREA}};
    Lab lab = lab_open(FACT_stroke);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Token token = only_token(&lab, rows[i].text);
        assert_int_equal(token.kind, TOKEN_NUMBER);
        assert_true(fabs(token.number - rows[i].canonical) < 1e-9);
        assert_int_equal(token.unit->dimension, rows[i].dimension);
    }
    assert_null(only_token(&lab, "14").unit);
    lab_close(&lab);
}

static void words_are_not_cut_out_of_names(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    assert_int_equal(only_token(&lab, "and").kind, TOKEN_AND);
    assert_int_equal(only_token(&lab, "android").kind, TOKEN_NAME);
    assert_int_equal(only_token(&lab, "inside").kind, TOKEN_NAME);
    assert_int_equal(only_token(&lab, "线条").kind, TOKEN_NAME);
    lab_close(&lab);
}

static void the_longest_sign_is_taken(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    assert_int_equal(only_token(&lab, "<=").kind, TOKEN_LESS_EQUAL);
    assert_int_equal(only_token(&lab, "<").kind, TOKEN_LESS);
    assert_int_equal(only_token(&lab, "!=").kind, TOKEN_NOT_EQUAL);
    lab_close(&lab);
}

static void a_text_undoes_only_its_own_escapes(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    assert_string_equal(only_token(&lab, "\"a\\\"b\\\\c\\.d\"").text.p, "a\"b\\c\\.d");
    assert_string_equal(only_token(&lab, "'专色 \"1\"'").text.p, "专色 \"1\"");
    lab_close(&lab);
}

static void mistakes_are_named_where_they_stand(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"0.2mn", "there is no unit \"mn\""},
        {"stroke.width_min = 0.2mm", "equality is written =="},
        {"file.name == \"a", "the text has no closing \""},
        {"a & b", "\"&\" means nothing here"},
    };
    Lab lab = lab_open(FACT_stroke);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_non_null(strstr(lab_error(&lab, rows[i][0], LANG_EN), rows[i][1]));
    lab_close(&lab);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_takes_its_unit_without_a_space),
        cmocka_unit_test(words_are_not_cut_out_of_names),
        cmocka_unit_test(the_longest_sign_is_taken),
        cmocka_unit_test(a_text_undoes_only_its_own_escapes),
        cmocka_unit_test(mistakes_are_named_where_they_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
