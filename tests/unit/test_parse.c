#include "expressions.h"

/* The tree as text, every operation in brackets. */
static const char *shape(Arena *a, const Ast *ast, const char *source) {
    static const char *const names[] = {[AST_NOT] = "not ",
                                        [AST_NEGATE] = "-",
                                        [AST_BOOLEAN] = "",
                                        [AST_COMPARE] = "",
                                        [AST_ARITHMETIC] = ""};
    if (ast->kind < AST_NOT)
        return arena_copy(a, source + ast->start, ast->end - ast->start);
    if (ast->kind == AST_NOT || ast->kind == AST_NEGATE)
        return arena_printf(a, "(%s%s)", names[ast->kind], shape(a, ast->items[0], source));
    const char *out = shape(a, ast->items[0], source);
    for (size_t i = 1; i < ast->count; i++)
        out =
            arena_printf(a, "%s %s %s", out, token_text(ast->op), shape(a, ast->items[i], source));
    return arena_printf(a, "(%s)", out);
}

static void operators_bind_as_the_grammar_says(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"a or b and c", "(a or (b and c))"},
        {"not a and b", "((not a) and b)"},
        {"not a == b", "(not (a == b))"},
        {"a and b and c", "(a and b and c)"},
        {"1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"},
        {"a < b + 1", "(a < (b + 1))"},
        {"-a * b", "((-a) * b)"},
        {"(a or b) and c", "((a or b) and c)"},
        {"a not in [x, y]", "(a not [x, y])"},
        {"count(a where b == c) > 0", "(count(a where b == c) > 0)"},
    };
    Lab lab = lab_open(FACT_stroke);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Source source = lab_source(&lab, rows[i][0]);
        const Ast *ast = parse_expression(lab.arena, &source);
        assert_non_null(ast);
        assert_string_equal(shape(lab.arena, ast, rows[i][0]), rows[i][1]);
    }
    lab_close(&lab);
}

static void a_field_may_be_called_like_a_word_of_the_grammar(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    Source source = lab_source(&lab, "a.in.where");
    const Ast *ast = parse_expression(lab.arena, &source);
    assert_int_equal(ast->word_count, 3);
    lab_close(&lab);
}

static void mistakes_say_what_was_expected(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"", "it ends here, but a value is missing"},
        {"stroke.visible and", "it ends here, but a value is missing"},
        {"(stroke.visible", "it ends here, but ) is missing"},
        {"stroke.visible stroke", "expected and, or or the end, found \"stroke\""},
        {"1 < 2 < 3", "comparisons do not chain: write a < b and b < c"},
        {"stroke.width_min >= 0.2 mm", "write mm right after the number, without a space"},
        {"stroke.", "the name of a field is missing"},
        {"1 in 2 3", "expected and, or or the end, found \"3\""},
    };
    Lab lab = lab_open(FACT_stroke);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *told = lab_error(&lab, rows[i][0], LANG_EN);
        if (!strstr(told, rows[i][1]))
            fail_msg("%s: %s", rows[i][0], told);
        assert_int_equal(lab.errors.count, 1);
    }
    lab_close(&lab);
}

static void nesting_ends_before_the_stack_does(void **state) {
    (void)state;
    enum { MANY = 5000 };
    Lab lab = lab_open(FACT_stroke);
    char *text = arena_alloc(lab.arena, MANY + 1);
    static const char openers[] = "([-";
    for (size_t i = 0; openers[i]; i++) {
        memset(text, openers[i], MANY);
        assert_non_null(strstr(lab_error(&lab, text, LANG_EN), "nested too deeply"));
    }
    char *nots = arena_strdup(lab.arena, "");
    for (int i = 0; i < 200; i++)
        nots = arena_printf(lab.arena, "not %s", nots);
    assert_non_null(strstr(lab_error(&lab, nots, LANG_EN), "nested too deeply"));
    lab_close(&lab);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_as_the_grammar_says),
        cmocka_unit_test(a_field_may_be_called_like_a_word_of_the_grammar),
        cmocka_unit_test(mistakes_say_what_was_expected),
        cmocka_unit_test(nesting_ends_before_the_stack_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
