/* PDF functions against values worked out by hand, and identities that must hold. */
#include "ink/shading/function.h"

#include "objects.h"

#include <math.h>

static const double NEAR = 1e-6;

typedef struct Fixture {
    Arena *arena;
    PdfFile *file;
    Text why;
} Fixture;

static int set_up(void **state) {
    static Fixture f;
    f = (Fixture){.arena = arena_new()};
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    if (f->file)
        pdf_close(f->file);
    arena_free(f->arena);
    return 0;
}

/* Reads the first object as a function; the others are what it refers to, from 5 0 R on. */
static const Function *read_all(void **state, int inputs, const char *const *objects, int count) {
    Fixture *f = *state;
    if (f->file)
        pdf_close(f->file);
    f->file = file_of(f->arena, objects, count);
    const PdfObj *o = pdf_object(f->file, (PdfRef){FIRST_OBJECT, 0});
    return function_read_told(f->arena, f->file, o, inputs, &f->why);
}

static const Function *read_one(void **state, int inputs, const char *object) {
    return read_all(state, inputs, &object, 1);
}

static void assert_gives(const Function *fn, const double *in, const double *expected) {
    double out[MOST_OUTPUTS];
    assert_non_null(fn);
    function_eval(fn, in, out);
    for (int i = 0; i < function_outputs(fn); i++)
        assert_float_equal(out[i], expected[i], NEAR);
}

static double one(const Function *fn, double x) {
    double out[MOST_OUTPUTS];
    assert_non_null(fn);
    function_eval(fn, &x, out);
    return out[0];
}

#define IN(...)  ((const double[]){__VA_ARGS__})
#define OUT(...) ((const double[]){__VA_ARGS__})

/* What a program leaves for two inputs within -1000 … 1000. */
static double run(void **state, const char *program, double a, double b) {
    Fixture *f = *state;
    char *object = arena_printf(f->arena,
                                "<</FunctionType 4/Domain[-1000 1000 -1000 1000]"
                                "/Range[-100000 100000]>>|%s",
                                program);
    const Function *fn = read_one(state, 2, object);
    double out = NAN;
    if (fn)
        function_eval(fn, IN(a, b), &out);
    return out;
}

static void a_power_function_goes_from_c0_to_c1(void **state) {
    const Function *fn =
        read_one(state, 1, "<</FunctionType 2/Domain[0 1]/C0[0 1 .5]/C1[1 0 .5]/N 2>>");
    assert_int_equal(function_outputs(fn), 3);
    assert_gives(fn, IN(0), OUT(0, 1, .5));
    assert_gives(fn, IN(.5), OUT(.25, .75, .5));
    assert_gives(fn, IN(7), OUT(1, 0, .5));
    assert_gives(fn, IN(NAN), OUT(0, 1, .5));
    fn = read_one(state, 1, "<</FunctionType 2/Domain[0 1]/N 1/Range[0 .25]>>");
    assert_gives(fn, IN(.125), OUT(.125));
    assert_gives(fn, IN(1), OUT(.25));
}

static void a_power_without_value_is_0(void **state) {
    assert_float_equal(one(read_one(state, 1, "<</FunctionType 2/Domain[-1 1]/N -1>>"), 0), 0, 0);
    assert_float_equal(one(read_one(state, 1, "<</FunctionType 2/Domain[-1 1]/N .5>>"), -1), 0, 0);
}

static void samples_are_interpolated(void **state) {
    const Function *fn =
        read_one(state, 1,
                 "<</FunctionType 0/Domain[0 1]/Range[0 1 0 2]/Size[3]/BitsPerSample 8"
                 "/Filter/ASCIIHexDecode>>|00ff 8000 ffff>");
    assert_gives(fn, IN(0), OUT(0, 2));
    assert_gives(fn, IN(.25), OUT(64. / 255, 1));
    assert_gives(fn, IN(.75), OUT((128. + 255) / 2 / 255, 1));
    assert_gives(fn, IN(1), OUT(1, 2));
}

static void samples_of_every_width_are_read(void **state) {
    static const struct Width {
        int bits;
        const char *data;
        double expected[3];
    } widths[] = {{1, "A0>", {1, 0, 1}},
                  {2, "E4>", {1, 2. / 3, 1. / 3}},
                  {4, "F50>", {1, 1. / 3, 0}},
                  {8, "FF3300>", {1, .2, 0}},
                  {12, "FFF555000>", {1, 1. / 3, 0}},
                  {16, "FFFF33330000>", {1, .2, 0}},
                  {24, "FFFFFF333333000000>", {1, .2, 0}},
                  {32, "FFFFFFFF3333333300000000>", {1, .2, 0}}};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        const Function *fn = read_one(
            state, 1,
            arena_printf(f->arena,
                         "<</FunctionType 0/Domain[0 2]/Range[0 1]/Size[3]/BitsPerSample %d"
                         "/Filter/ASCIIHexDecode>>|%s",
                         widths[i].bits, widths[i].data));
        for (int x = 0; x < 3; x++)
            assert_float_equal(one(fn, x), widths[i].expected[x], NEAR);
    }
}

static void encode_and_decode_turn_and_stretch(void **state) {
    const Function *fn =
        read_one(state, 1,
                 "<</FunctionType 0/Domain[0 1]/Range[-100 100]/Size[2]/BitsPerSample 8/Encode[1 0]"
                 "/Decode[-10 10]/Filter/ASCIIHexDecode>>|00ff>");
    assert_float_equal(one(fn, 0), 10, NEAR);
    assert_float_equal(one(fn, .25), 5, NEAR);
    assert_float_equal(one(fn, 1), -10, NEAR);
}

/* A multilinear table of a multilinear function is that function. */
static void three_inputs_are_multilinear(void **state) {
    const Function *fn = read_one(
        state, 3,
        "<</FunctionType 0/Domain[0 1 0 1 0 1]/Range[0 255]/Size[2 2 2]"
        "/BitsPerSample 8/Filter/ASCIIHexDecode>>|00 0A 14 1E 28 32 3C 6E>"); /* 10x+20y+40z+40xyz
                                                                               */
    for (int i = 0; i < 125; i++) {
        double x = i % 5 / 4., y = i / 5 % 5 / 4., z = i / 25 / 4.;
        assert_gives(fn, IN(x, y, z), OUT(10 * x + 20 * y + 40 * z + 40 * x * y * z));
    }
}

static void the_first_input_varies_fastest(void **state) {
    const Function *fn = read_one(state, 2,
                                  "<</FunctionType 0/Domain[0 2 0 1]/Range[0 255]/Size[3 2]"
                                  "/BitsPerSample 8/Filter/ASCIIHexDecode>>|000102 101112>");
    assert_gives(fn, IN(2, 0), OUT(2));
    assert_gives(fn, IN(1, 1), OUT(17));
    assert_gives(fn, IN(1.5, .5), OUT(9.5));
}

static void tables_that_are_cut_off_or_too_large_are_refused(void **state) {
    Fixture *f = *state;
    assert_null(read_one(state, 1,
                         "<</FunctionType 0/Domain[0 1]/Range[0 1]/Size[4]/BitsPerSample 8>>|abc"));
    assert_null(read_one(state, 2,
                         "<</FunctionType 0/Domain[0 1 0 1]/Range[0 1]/Size[2000000000 2000000000]"
                         "/BitsPerSample 32>>|abc"));
    assert_string_equal(f->why.en, "the table of a sampled function is too large");
    assert_null(read_one(state, 1,
                         "<</FunctionType 0/Domain[0 1]/Range[0 1]/Size[0]/BitsPerSample 8>>|abc"));
    assert_null(read_one(state, 1,
                         "<</FunctionType 0/Domain[0 1]/Range[0 1]/Size[2]/BitsPerSample 7>>|abc"));
}

#define LINE(from, to) "<</FunctionType 2/Domain[0 1]/C0[" #from "]/C1[" #to "]/N 1>>"

static void stitches_hold_their_lower_bound(void **state) {
    const Function *fn = read_one(
        state, 1,
        "<</FunctionType 3/Domain[0 1]/Bounds[.25 .5]/Encode[0 1 0 1 1 0]/Functions[" LINE(0, 1)
            LINE(4, 5) LINE(8, 9) "]>>");
    assert_float_equal(one(fn, 0), 0, NEAR);
    assert_float_equal(one(fn, .125), .5, NEAR);
    assert_float_equal(one(fn, .25), 4, NEAR);
    assert_float_equal(one(fn, .375), 4.5, NEAR);
    assert_float_equal(one(fn, .5), 9, NEAR);
    assert_float_equal(one(fn, .75), 8.5, NEAR);
    assert_float_equal(one(fn, 1), 8, NEAR);
    assert_true(function_smooth(fn, .26, .49));
    assert_false(function_smooth(fn, .24, .26));
}

static void empty_stitches_do_no_harm(void **state) {
    const Function *fn = read_one(
        state, 1,
        "<</FunctionType 3/Domain[0 1]/Bounds[0 1]/Encode[.5 1 0 1 0 1]/Functions[" LINE(0, 1)
            LINE(4, 5) LINE(8, 9) "]>>");
    assert_float_equal(one(fn, 0), 4, NEAR);
    assert_float_equal(one(fn, .5), 4.5, NEAR);
    assert_float_equal(one(fn, 1), 8, NEAR);
    fn = read_one(state, 1,
                  "<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[" LINE(0, 2) "]>>");
    assert_float_equal(one(fn, .5), 1, NEAR);
}

static void functions_that_hold_themselves_are_refused(void **state) {
    Fixture *f = *state;
    assert_null(read_one(state, 1,
                         "<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[4 0 R]>>"));
    assert_string_equal(f->why.en, "functions are nested too deeply");
    /* Each holds the next eight times: without a limit 8^10 functions. */
    const char *objects[11];
    for (int i = 0; i < 10; i++) {
        int n = i + FIRST_OBJECT + 1;
        objects[i] = arena_printf(f->arena,
                                  "<</FunctionType 3/Domain[0 1]/Bounds[.1 .2 .3 .4 .5 .6 .7]"
                                  "/Encode[0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1]/Functions[%d 0 R %d 0 R"
                                  " %d 0 R %d 0 R %d 0 R %d 0 R %d 0 R %d 0 R]>>",
                                  n, n, n, n, n, n, n, n);
    }
    objects[10] = LINE(0, 1);
    assert_null(read_all(state, 1, objects, 11));
    assert_string_equal(f->why.en, "there are too many functions");
}

static void an_array_of_functions_is_one(void **state) {
    const Function *fn = read_one(state, 1, "[" LINE(0, 1) LINE(1, 0) LINE(.5, .5) "]");
    assert_int_equal(function_outputs(fn), 3);
    assert_gives(fn, IN(.25), OUT(.25, .75, .5));
    assert_null(read_one(state, 1, "[" LINE(0, 1) LINE(1 2, 0 3) "]"));
    assert_null(read_one(state, 1, "[]"));
}

static void the_number_of_inputs_must_fit(void **state) {
    assert_null(read_one(state, 2, LINE(0, 1)));
    assert_null(read_one(state, 0, LINE(0, 1)));
    assert_null(read_one(state, 33, LINE(0, 1)));
    assert_null(read_one(state, 1, "<</FunctionType 2/Domain[1 0]/N 1>>"));
    assert_null(read_one(state, 1, "<</FunctionType 2/N 1>>"));
    assert_null(read_one(state, 1, "<</FunctionType 1/Domain[0 1]/N 1>>"));
    assert_null(read_one(state, 1, "null"));
}

static void every_operator_calculates(void **state) {
    static const struct Sum {
        const char *program;
        double a, b, expected;
    } sums[] = {
        {"{add}", 3, 4.5, 7.5},
        {"{sub}", 3, 4.5, -1.5},
        {"{mul}", 3, 4.5, 13.5},
        {"{div}", 3, 4, .75},
        {"{idiv}", 7, -2, -3},
        {"{mod}", -5, 3, -2},
        {"{exp}", 9, .5, 3},
        {"{atan}", 1, 1, 45},
        {"{atan}", -100, 0, 270},
        {"{atan}", 0, -1, 180},
        {"{pop neg}", 3, 0, -3},
        {"{pop abs}", -3, 0, 3},
        {"{pop ceiling}", 3.2, 0, 4},
        {"{pop ceiling}", -4.8, 0, -4},
        {"{pop floor}", -4.8, 0, -5},
        {"{pop round}", 6.5, 0, 7},
        {"{pop round}", -6.5, 0, -6},
        {"{pop truncate}", -4.8, 0, -4},
        {"{pop cvi}", 4.8, 0, 4},
        {"{pop cvr}", 4.8, 0, 4.8},
        {"{pop sqrt}", 81, 0, 9},
        {"{pop ln}", M_E, 0, 1},
        {"{pop log}", 100, 0, 2},
        {"{pop sin}", 30, 0, .5},
        {"{pop sin}", 180, 0, 0},
        {"{pop cos}", 90, 0, 0},
        {"{pop cos}", 60, 0, .5},
        {"{and}", 12, 10, 8},
        {"{or}", 12, 10, 14},
        {"{xor}", 12, 10, 6},
        {"{pop not}", 52, 0, -53},
        {"{bitshift}", 7, 3, 56},
        {"{bitshift}", 142, -3, 17},
        {"{bitshift}", 1, 1000, 0},
        {"{exch}", 1, 2, 1},
        {"{dup add exch pop}", 1, 2, 4},
        {"{2 copy add add add}", 1, 2, 6},
        {"{1 index add add}", 1, 2, 4},
        {"{5 3 1 roll 100 mul exch 10 mul add add}", 1, 2, 215},  /* 5 1 2 */
        {"{5 3 -1 roll 100 mul exch 10 mul add add}", 1, 2, 152}, /* 2 5 1 */
        {"{lt {10} {20} ifelse}", 1, 2, 10},
        {"{gt {10} {20} ifelse}", 1, 2, 20},
        {"{le {10} {20} ifelse}", 2, 2, 10},
        {"{ge {10} {20} ifelse}", 1, 2, 20},
        {"{eq {10} {20} ifelse}", 1, 2, 20},
        {"{ne {10} {20} ifelse}", 1, 2, 10},
        {"{eq not {10} {20} ifelse}", 1, 2, 10},
        {"{pop pop true false or true and {1}{2} ifelse}", 0, 0, 1},
        {"{pop pop true true xor {1}{2} ifelse}", 0, 0, 2},
        {"{pop dup 0 lt {neg} if}", -7, 0, 7},
        {"{pop dup 0 lt {neg} if}", 7, 0, 7},
        {"{pop 0 lt {1} {2 3 lt {4 5 add} {6} ifelse} ifelse}", 1, 0, 9},
        {"{%a comment }\rpop%\n-.5 4. 1e2 add add add}", 1, 0, 104.5},
        {"{{}{}ifelse 7}", 1, 0, 7},
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        double got = run(state, sums[i].program, sums[i].a, sums[i].b);
        if (!(fabs(got - sums[i].expected) < NEAR))
            fail_msg("%s of %g %g gives %g", sums[i].program, sums[i].a, sums[i].b, got);
    }
}

static void a_program_that_runs_wrong_gives_0(void **state) {
    static const char *const wrong[] = {"{pop pop pop 1}",
                                        "{pop pop add}",
                                        "{pop pop}",
                                        "{0 div}",
                                        "{pop -1 sqrt}",
                                        "{pop 0 ln}",
                                        "{0 0 atan exch}",
                                        "{1 0 mod}",
                                        "{50 copy}",
                                        "{-1 copy}",
                                        "{2 index}",
                                        "{-1 index}",
                                        "{3 1 roll}",
                                        "{-2 1 roll}",
                                        "{pop roll}",
                                        "{pop pop if}",
                                        "{pop 1000 exp 10 exp 10 exp 10 exp}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double got = run(state, wrong[i], 5, 6);
        if (got != 0 && !isnan(got)) /* not readable at all counts too */
            fail_msg("%s gives %g", wrong[i], got);
    }
    assert_true(run(state, "{0 div}", 5, 6) == 0);
    const Function *fn = read_one(state, 1, "<</FunctionType 4/Domain[0 1]/Range[.25 1]>>|{0 div}");
    assert_float_equal(one(fn, 1), .25, 0);
}

static void what_runs_wrong_is_told(void **state) {
    static const struct {
        const char *object;
        double wrong, right;
    } functions[] = {
        {"<</FunctionType 4/Domain[0 1]/Range[0 1]>>|{.5 exch div}", 0, 1},
        {"<</FunctionType 2/Domain[0 1]/N -1>>", 0, 1},
        {"<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[<</FunctionType 2/Domain"
         "[0 1]/N -1>>]>>",
         0, 1},
        {"[<</FunctionType 2/Domain[0 1]/N -1>> <</FunctionType 2/Domain[0 1]/N 1>>]", 0, 1},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const Function *fn = read_one(state, 1, functions[i].object);
        double out[MOST_OUTPUTS];
        assert_non_null(fn);
        assert_false(function_eval(fn, &functions[i].wrong, out));
        assert_float_equal(out[0], 0, 0);
        assert_true(function_eval(fn, &functions[i].right, out));
    }
}

static void a_full_stack_is_noticed(void **state) {
    Fixture *f = *state;
    char *program = arena_alloc(f->arena, 1000);
    strcpy(program, "{");
    for (int i = 0; i < 98; i++)
        strcat(program, "dup ");
    assert_true(run(state, arena_printf(f->arena, "%s}", program), 5, 6) == 6);
    assert_true(run(state, arena_printf(f->arena, "%sdup}", program), 5, 6) == 0);
}

static void programs_without_end_or_bottom_are_refused(void **state) {
    Fixture *f = *state;
    assert_true(isnan(run(state, "{add", 1, 2)));
    assert_true(isnan(run(state, "add}", 1, 2)));
    assert_true(isnan(run(state, "{for}", 1, 2)));
    assert_true(isnan(run(state, "{1 {2}}", 1, 2)));
    assert_true(isnan(run(state, "{1 {2} ifelse}", 1, 2)));
    assert_true(isnan(run(state, "{1 {2} {3} if}", 1, 2)));
    size_t n = 100000;
    char *deep = arena_alloc(f->arena, n + 1);
    memset(deep, '{', n);
    assert_true(isnan(run(state, deep, 1, 2)));
    assert_string_equal(f->why.en, "the program of a function is nested too deeply");
    for (size_t i = 0; i < n; i++)
        deep[i] = i == 0 ? '{' : i % 2 ? '1' : ' ';
    memset(deep + n - 1, '}', 1);
    assert_true(run(state, deep, 1, 2) == 0); /* too many for the stack, few enough to read */
    char *longer = arena_alloc(f->arena, 4 * n);
    for (size_t i = 0; i < 4 * n - 1; i++)
        longer[i] = i == 0 ? '{' : i % 2 ? '1' : ' ';
    assert_true(isnan(run(state, longer, 1, 2)));
    assert_string_equal(f->why.en, "the program of a function is too long");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(a_power_function_goes_from_c0_to_c1),
        TEST(a_power_without_value_is_0),
        TEST(samples_are_interpolated),
        TEST(samples_of_every_width_are_read),
        TEST(encode_and_decode_turn_and_stretch),
        TEST(three_inputs_are_multilinear),
        TEST(the_first_input_varies_fastest),
        TEST(tables_that_are_cut_off_or_too_large_are_refused),
        TEST(stitches_hold_their_lower_bound),
        TEST(empty_stitches_do_no_harm),
        TEST(functions_that_hold_themselves_are_refused),
        TEST(an_array_of_functions_is_one),
        TEST(the_number_of_inputs_must_fit),
        TEST(every_operator_calculates),
        TEST(a_program_that_runs_wrong_gives_0),
        TEST(what_runs_wrong_is_told),
        TEST(a_full_stack_is_noticed),
        TEST(programs_without_end_or_bottom_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
