#include "check/identity.h"
#include "sheets.h"

static const char *identity(Bench *b, const char *sheet, const JobOptions *options,
                            const char *artwork) {
    char *hex = arena_alloc(b->arena, SHA256_HEX);
    Jobs *jobs;
    if (sheet)
        write_sheet(b, "chupin.yaml", sheet);
    Result r = jobs_load(&jobs, b->arena, b->data, in_folder(b, artwork), options, &b->errors);
    assert_int_equal(r.kind, ERR_NONE);
    job_identity(jobs, NULL, hex);
    return hex;
}

static const JobOptions plain = {.as_of = "2026-02-01"};
static const char sheet[] = "job: J-1\nsize: 210x285 mm\nbleed: 3 mm\npaper: 157g 铜版\n"
                            "names: {山水华庭: Vista Court, 云山里: Yunshanli}\n"
                            "parts: [{name: 封面, pages: \"1-2\", bleed: 5 mm}]\n";

static void the_same_meaning_is_the_same_job(void **state) {
    static const char *const ways[] = {
        "names: {云山里: Yunshanli, 山水华庭: Vista Court}\nbleed: 0.3cm\npaper: 157g 铜版\n"
        "size: 21×28.5 cm\njob: J-1\nparts: [{pages: \"1-2\", bleed: 5mm, name: 封面}]\n",
        "\xEF\xBB\xBF工作单号： J-1\n尺寸： ２１０×２８５\n出血： 3毫米\n纸张： 157g 铜版\n"
        "译名: {山水华庭: Vista Court, 云山里: Yunshanli}\n"
        "部分: [{名称: 封面, 页: \"1、2\", 出血: 5毫米}]\n",
        "# a comment\njob:   J-1\nsize: \"210*285mm\"\nbleed: {all: 3mm}\npaper: 157g 铜版\n"
        "names:\n  山水华庭: Vista Court\n  云山里: Yunshanli\nparts:\n"
        "  - name: 封面\n    pages: 1-2\n    bleed: 5 mm\nrecord: /elsewhere.sqlite\n"};
    const char *first = identity(*state, sheet, &plain, "a.pdf");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_string_equal(identity(*state, ways[i], &plain, "a.pdf"), first);
}

static void any_other_meaning_is_another_job(void **state) {
    static const char *const ways[] = {"size: 210x286 mm\n",
                                       "size: 210x285 mm\n",
                                       "size: 210x285 mm\nbleed: 4 mm\n",
                                       "size: 210x285 mm\nlimits: {line_min: 0.25 mm}\n",
                                       "size: 210x285 mm\npaper: 157g 铜版\n",
                                       "size: 210x285 mm\ncolor: {spots: [PANTONE 186 C]}\n",
                                       "size: 210x285 mm\nfacts: {phone: [\"8888-6688\"]}\n",
                                       "size: 210x285 mm\nchecks: {off: [line-tint]}\n",
                                       "size: 210x285 mm\nchecks: {severity: {line-tint: info}}\n",
                                       "size: 210x285 mm\npages: 24\n"};
    enum { WAYS = sizeof ways / sizeof *ways };
    const char *hashes[WAYS];
    for (size_t i = 0; i < WAYS; i++) {
        hashes[i] = identity(*state, ways[i], &plain, "a.pdf");
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(hashes[i], hashes[k]);
    }
}

static void options_date_name_and_password_belong_to_it(void **state) {
    Bench *b = *state;
    const JobOptions other_day = {.as_of = "2026-02-02"},
                     other_bleed = {.as_of = "2026-02-01", .bleed = "5mm"};
    const char *first = identity(b, sheet, &plain, "a.pdf");
    assert_string_not_equal(identity(b, NULL, &other_day, "a.pdf"), first);
    assert_string_not_equal(identity(b, NULL, &other_bleed, "a.pdf"), first);
    assert_string_not_equal(identity(b, NULL, &plain, "b.pdf"), first);
    Jobs *jobs;
    char hex[SHA256_HEX];
    Result r = jobs_load(&jobs, b->arena, b->data, in_folder(b, "a.pdf"), &plain, &b->errors);
    assert_int_equal(r.kind, ERR_NONE);
    job_identity(jobs, "geheim", hex);
    assert_string_not_equal(hex, first);
}

static void what_an_option_says_is_what_a_sheet_says_but_for_its_source(void **state) {
    Bench *b = *state;
    const JobOptions option = {.as_of = "2026-02-01", .bleed = "3mm"};
    const char *written = identity(b, "size: 210x285 mm\nbleed: 3mm\n", &plain, "a.pdf");
    assert_string_not_equal(identity(b, "size: 210x285 mm\n", &option, "a.pdf"), written);
}

static void the_data_beside_the_rules_count_as_rules(void **state) {
    Bench *b = *state;
    RuleSet rules = {.sha256 = "00"}, others = {.sha256 = "01"};
    RuleData *again;
    char first[SHA256_HEX], second[SHA256_HEX], third[SHA256_HEX];
    Result r = rule_data_load(&again, b->arena, CHUPIN_RULES, "agency", &b->errors);
    assert_int_equal(r.kind, ERR_NONE);
    rules_identity(&rules, b->data, first);
    rules_identity(&rules, again, second);
    assert_string_equal(first, second);
    rules_identity(&others, b->data, third);
    assert_string_not_equal(first, third);
    char *copy = arena_printf(
        b->arena, "cp -r '%s' '%s/rules' && echo '# one more' >> '%s/rules/papers.yaml'",
        CHUPIN_RULES, b->folder, b->folder);
    assert_int_equal(system(copy), 0);
    r = rule_data_load(&again, b->arena, in_folder(b, "rules"), "agency", &b->errors);
    assert_int_equal(r.kind, ERR_NONE);
    rules_identity(&rules, again, third);
    assert_string_not_equal(first, third);
}

static void the_tool_names_what_it_is_built_of(void **state) {
    const char *tool = tool_identity(((Bench *)*state)->arena);
    assert_non_null(strstr(tool, "chupin " CHUPIN_VERSION));
    assert_non_null(strstr(tool, "poppler "));
    assert_non_null(strstr(tool, "lcms2 "));
    assert_non_null(strstr(tool, "press "));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_meaning_is_the_same_job),
        TEST(any_other_meaning_is_another_job),
        TEST(options_date_name_and_password_belong_to_it),
        TEST(what_an_option_says_is_what_a_sheet_says_but_for_its_source),
        TEST(the_data_beside_the_rules_count_as_rules),
        TEST(the_tool_names_what_it_is_built_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
