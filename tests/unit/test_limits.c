#include "sheets.h"

#include "check/rule_data.h"

static Text source_of(const Jobs *jobs, const char *field) {
    return jobs_limit_source(jobs, 1, field_find(entity_of(FACT_limit), str_of(field)));
}

static void a_paper_is_found_however_it_is_written(void **state) {
    static const struct {
        const char *written;
        PaperClass class;
    } papers[] = {{"157g 铜版", PAPER_COATED},
                  {"250g铜版纸", PAPER_COATED},
                  {"157g 哑粉", PAPER_COATED},
                  {"157克双铜", PAPER_COATED},
                  {"铜版纸157g", PAPER_COATED},
                  {"１５７Ｇ 铜版", PAPER_COATED},
                  {"120g 双胶", PAPER_UNCOATED},
                  {"80gsm 道林纸", PAPER_UNCOATED},
                  {"新闻纸", PAPER_NEWSPRINT},
                  {"45g新闻", PAPER_NEWSPRINT},
                  {"灯箱片", PAPER_FILM},
                  {"300g 白卡", PAPER_COATED},
                  {"gloss art 128gsm", PAPER_COATED},
                  {"进口 128g 亚粉", PAPER_COATED}};
    Bench *b = *state;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        const char *near;
        const PaperRow *p = paper_find(b->data, b->arena, papers[i].written, &near);
        if (!p)
            fail_msg("%s is not found", papers[i].written);
        assert_int_equal(p->row.class, papers[i].class);
    }
}

static void a_paper_that_fits_no_row_leaves_the_ink_limits_unknown(void **state) {
    const Jobs *jobs = jobs_of(*state, "paper: 157g 铜反\n");
    assert_true(isnan(jobs_limit(jobs, 1)->tac_max));
    assert_int_equal(jobs_paper(jobs, 1)->class, PAPER_UNKNOWN);
    assert_has(jobs_head(jobs)->notes[0].zh, "铜反");
}

static void each_layer_overrides_the_one_before(void **state) {
    Bench *b = *state;
    const Jobs *jobs =
        jobs_of(b, "paper: 157g 铜版\ncolor: {tac_max: 300%}\nlimits: {最细线: 0.1 mm}\n");
    const Limit *l = jobs_limit(jobs, 1);
    assert_near(l->tac_max, 3.0);
    assert_near(l->tac_warn, 3.2);
    assert_near(l->line_min, MM(0.1));
    assert_near(l->ppi_min, 200);
    assert_string_equal(source_of(jobs, "tac_max").en, "job sheet chupin.yaml");
    assert_string_equal(source_of(jobs, "tac_warn").zh, "纸张 铜版纸");
    assert_string_equal(source_of(jobs, "line_min").zh, "工作单 chupin.yaml");
    assert_string_equal(source_of(jobs, "ppi_min").zh, "默认规则 agency");
}

static void processes_have_their_own_limits(void **state) {
    const Limit *l = jobs_limit(jobs_of(*state, "process: 报纸\n"), 1);
    assert_near(l->bleed_top, 0);
    assert_near(l->ppi_min, 120);
    assert_near(l->line_min, MM(0.2));
    l = jobs_limit(jobs_of(*state, "process: 写真\n"), 1);
    assert_near(l->line_min, 0);
    assert_near(l->ppi_min, 72);
    assert_int_equal(l->rgb_images, 1);
}

static void picture_limits_of_large_format_go_by_area(void **state) {
    assert_near(jobs_limit(jobs_of(*state, "process: 喷绘\nsize: 3500x1500\n"), 1)->ppi_min, 25);
    assert_near(jobs_limit(jobs_of(*state, "process: 喷绘\nsize: 18000x6000\n"), 1)->ppi_min, 12);
    assert_near(jobs_limit(jobs_of(*state, "process: 喷绘\nsize: 30x10 m\n"), 1)->ppi_min, 8);
    assert_true(isnan(jobs_limit(jobs_of(*state, "process: 喷绘\n"), 1)->ppi_min));
}

static void limits_follow_the_scale_of_the_file(void **state) {
    const Jobs *jobs =
        jobs_of(*state, "process: 喷绘\nsize: 18000x6000\nscale: 1:10\nbleed: 50mm\n");
    assert_near(jobs_limit(jobs, 1)->ppi_min, 120);
    assert_near(jobs_limit(jobs, 1)->bleed_top, MM(5));
    assert_near(jobs_limit(jobs, 1)->size_error, MM(0.5));
    assert_has(source_of(jobs, "ppi_min").en, "at 1:10");
}

static void the_spine_changes_sides_with_the_page(void **state) {
    const Jobs *jobs = jobs_of(*state, "bleed: {all: 3mm, 订口: 0}\n");
    assert_near(jobs_limit(jobs, 1)->bleed_left, 0);
    assert_near(jobs_limit(jobs, 1)->bleed_right, MM(3));
    assert_near(jobs_limit(jobs, 2)->bleed_right, 0);
    assert_near(jobs_limit(jobs, 2)->bleed_left, MM(3));
}

static void severities_and_switched_off_rules_are_known_by_id(void **state) {
    const Jobs *jobs =
        jobs_of(*state, "checks: {off: [file-name], severity: {line-weight-min: warning}}\n");
    assert_string_equal(jobs_severity(jobs, "file-name"), "off");
    assert_string_equal(jobs_severity(jobs, "line-weight-min"), "warning");
    assert_null(jobs_severity(jobs, "page-size"));
}

static void a_wrong_severity_is_an_error(void **state) {
    assert_has(errors_of(*state, "checks: {severity: {a: fatal}}\n"),
               "error, warning, info or off");
}

static void ink_names_fit_their_patterns(void **state) {
    Bench *b = *state;
    static const struct {
        const char *name;
        InkRole role;
        bool generic;
    } inks[] = {{"CutContour", ROLE_DIE, false},     {"刀版", ROLE_DIE, false},
                {"Spot UV", ROLE_FINISH, false},     {"局部UV", ROLE_FINISH, false},
                {"烫金", ROLE_FINISH, false},        {"白墨", ROLE_WHITE, false},
                {"PANTONE 871 C", ROLE_SPOT, false}, {"Spot Color 1", ROLE_UNKNOWN, true},
                {"专色 2", ROLE_UNKNOWN, true}};
    size_t count;
    const InkName *rows = rule_data_inks(b->data, &count);
    for (size_t i = 0; i < sizeof inks / sizeof *inks; i++) {
        size_t k = 0;
        while (k < count && !ink_name_fits(b->arena, &rows[k], inks[i].name))
            k++;
        if (k == count)
            fail_msg("%s fits nothing", inks[i].name);
        assert_int_equal(rows[k].role, inks[i].role);
        assert_int_equal(rows[k].generic == 1, inks[i].generic);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_paper_is_found_however_it_is_written),
        TEST(a_paper_that_fits_no_row_leaves_the_ink_limits_unknown),
        TEST(each_layer_overrides_the_one_before),
        TEST(processes_have_their_own_limits),
        TEST(picture_limits_of_large_format_go_by_area),
        TEST(limits_follow_the_scale_of_the_file),
        TEST(the_spine_changes_sides_with_the_page),
        TEST(severities_and_switched_off_rules_are_known_by_id),
        TEST(a_wrong_severity_is_an_error),
        TEST(ink_names_fit_their_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
