#include "sheets.h"

static void sizes_are_read_in_every_way_people_write_them(void **state) {
    static const char *const ways[] = {"210x285",         "210×285 mm",    "210*285",
                                       "210 X 285mm",     "２１０×２８５", "21x28.5 cm",
                                       "210毫米×285毫米", "21cm×28.5cm"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        Bench *b = *state;
        const Job *job = jobs_job(jobs_of(b, arena_printf(b->arena, "size: \"%s\"\n", ways[i])), 1);
        assert_near(job->size_w, MM(210));
        assert_near(job->size_h, MM(285));
    }
}

static void a_size_may_be_a_name_of_the_table(void **state) {
    const Job *job = jobs_job(jobs_of(*state, "size: 大16开\n"), 1);
    assert_near(job->size_w, MM(210));
    assert_near(job->size_h, MM(285));
    assert_string_equal(job->size_name, "大16开");
}

static void a_size_may_be_a_material_of_the_project(void **state) {
    const Job *job = jobs_job(
        jobs_of(*state, "size: 围挡A\n"
                        "materials:\n"
                        "  - {name: 围挡A, size: 6000x3000 mm, scale: 1:10, process: 喷绘}\n"),
        1);
    assert_near(job->size_w, MM(6000));
    assert_near(job->scale, 0.1);
    assert_int_equal(job->process, PROCESS_LARGE_FORMAT);
}

static void an_unknown_size_name_is_an_error_with_a_hint(void **state) {
    const char *errors = errors_of(*state, "size: 大16开本\n");
    assert_has(errors, "chupin.yaml:1:7");
    assert_has(errors, "did you mean \"大16开\"");
}

static void chinese_keys_and_words_are_the_same_as_english_ones(void **state) {
    const Jobs *jobs =
        jobs_of(*state, "工作单号: J-1\n客户: 华庭\n尺寸: A4\n出血: 3毫米\n页数: 24页\n"
                        "印刷方式: 报纸\n阶段: 确认稿\n纸张: 新闻纸\n跨页: 是\n");
    const Job *job = jobs_job(jobs, 1);
    assert_string_equal(job->number, "J-1");
    assert_string_equal(job->client, "华庭");
    assert_int_equal(job->page_count, 24);
    assert_int_equal(job->process, PROCESS_NEWSPAPER);
    assert_int_equal(job->stage, STAGE_CONFIRMED);
    assert_int_equal(job->text, TEXT_LIVE);
    assert_int_equal(job->spreads, 1);
    assert_int_equal(jobs_paper(jobs, 1)->class, PAPER_NEWSPRINT);
    assert_near(jobs_limit(jobs, 1)->bleed_top, MM(3));
}

static void full_width_marks_stand_for_signs(void **state) {
    const Job *job = jobs_job(jobs_of(*state, "尺寸：２１０×２８５\n"
                                              "页数：｛总数：２４，封面：4｝\n"
                                              "颜色: {专色：[PANTONE 186 C，专金]}\n"
                                              "备注: 请看：标题，正文\n"),
                              1);
    assert_near(job->size_h, MM(285));
    assert_int_equal(job->page_count, 24);
    assert_int_equal(job->cover_pages, 4);
    assert_int_equal(job->spots->count, 2);
    assert_string_equal(job->spots->items[1], "专金");
}

static void a_sheet_in_gbk_is_read_and_said_so(void **state) {
    /* 尺寸: A4 / 客户: 华庭 */
    static const char gbk[] = "\xB3\xDF\xB4\xE7: A4\n\xBF\xCD\xBB\xA7: \xBB\xAA\xCD\xA5\n";
    Bench *b = *state;
    write_sheet(b, "chupin.yaml", gbk);
    const Jobs *jobs = jobs_with(b, "a.pdf", NULL);
    assert_int_equal(b->errors.count, 0);
    assert_string_equal(jobs_job(jobs, 1)->client, "华庭");
    assert_int_equal(jobs_head(jobs)->note_count, 1);
    assert_has(jobs_head(jobs)->notes[0].en, "GBK");
}

static void a_byte_order_mark_does_not_matter(void **state) {
    assert_near(jobs_job(jobs_of(*state, "\xEF\xBB\xBFsize: A4\n"), 1)->size_w, MM(210));
}

static void an_unknown_key_is_an_error_with_a_hint(void **state) {
    const char *errors = errors_of(*state, "size: A4\nblead: 3mm\n");
    assert_has(errors, "chupin.yaml:2:1");
    assert_has(errors, "did you mean \"bleed\"");
}

static void a_key_in_the_wrong_map_is_told_where_it_belongs(void **state) {
    assert_has(errors_of(*state, "tac_max: 300%\n"), "belongs under color:");
}

static void an_unknown_limit_is_an_error_with_a_hint(void **state) {
    assert_has(errors_of(*state, "limits: {line_mim: 0.1mm}\n"), "did you mean \"line_min\"");
}

/* 5 mm of type are 14 pt. */
static void a_type_size_wants_its_unit(void **state) {
    Bench *b = *state;
    assert_has(errors_of(b, "limits: {text_min: 5}\n"),
               "text_min takes a type size with its unit, such as 6pt");
    assert_has(errors_of(b, "limits: {black_text: 14}\n"), "black_text takes a type size");
}

static void a_type_size_with_its_unit_and_other_lengths_are_read(void **state) {
    const Jobs *jobs = jobs_of(
        *state, "limits: {text_min: 5pt, text_warn: 2mm, text_reversed: 0, line_min: 0.2}\n");
    const Limit *limit = jobs_limit(jobs, 1);
    assert_near(limit->text_min, 5);
    assert_near(limit->text_warn, MM(2));
    assert_near(limit->text_reversed, 0);
    assert_near(limit->line_min, MM(0.2));
}

static void every_error_of_a_sheet_comes_in_one_run(void **state) {
    Bench *b = *state;
    errors_of(b, "bleed: lots\npages: many\nprocess: 油印\nscale: big\n");
    assert_int_equal(b->errors.count, 4);
}

static void the_same_key_in_two_languages_is_an_error(void **state) {
    assert_has(errors_of(*state, "size: A4\n尺寸: A5\n"), "the same key stands in line 1");
}

static void another_schema_is_refused(void **state) {
    assert_has(errors_of(*state, "schema: chupin.job/2\n"), "chupin.job/1");
}

static void absent_spots_and_finishes_mean_none_in_a_sheet(void **state) {
    const Job *job = jobs_job(jobs_of(*state, "size: A4\n"), 1);
    assert_non_null(job->spots);
    assert_int_equal(job->spots->count, 0);
    assert_int_equal(job->inks->count, 0);
}

static void finishes_declare_their_inks_with_a_role(void **state) {
    const Jobs *jobs = jobs_of(*state, "finishes:\n"
                                       "  - {type: 模切, spot: CutContour}\n"
                                       "  - {type: 烫金, spot: Foil}\n"
                                       "  - {type: 覆膜}\n"
                                       "color: {spots: [PANTONE 871 C]}\n");
    size_t count;
    const DeclaredInk *inks = jobs_declared_inks(jobs, &count);
    assert_int_equal(count, 3);
    assert_int_equal(inks[0].role, ROLE_SPOT);
    assert_string_equal(inks[1].name, "CutContour");
    assert_int_equal(inks[1].role, ROLE_DIE);
    assert_int_equal(inks[2].role, ROLE_FINISH);
    assert_int_equal(jobs_job(jobs, 1)->inks->count, 3);
    assert_int_equal(jobs_job(jobs, 1)->spots->count, 1);
}

static void without_a_sheet_only_process_bleed_and_text_are_known(void **state) {
    const Jobs *jobs = jobs_with(*state, "a.pdf", NULL);
    const Job *job = jobs_job(jobs, 1);
    assert_false(jobs_head(jobs)->present);
    assert_int_equal(job->sheet, 0);
    assert_int_equal(job->process, PROCESS_OFFSET);
    assert_int_equal(job->text, TEXT_OUTLINED);
    assert_near(jobs_limit(jobs, 1)->bleed_left, MM(3));
    assert_true(isnan(job->size_w));
    assert_int_equal(job->page_count, UNKNOWN_INT);
    assert_null(job->spots);
    assert_true(isnan(jobs_limit(jobs, 1)->tac_max));
}

static void a_size_in_the_file_name_is_used_and_said_so(void **state) {
    const Jobs *jobs = jobs_with(*state, "060502开盘_210x285mm.pdf", NULL);
    assert_near(jobs_job(jobs, 1)->size_w, MM(210));
    assert_has(jobs_head(jobs)->notes[0].en, "file name");
}

static void options_override_the_sheet(void **state) {
    Bench *b = *state;
    const char *inks[] = {"Gold"};
    write_sheet(b, "chupin.yaml", "size: A4\nbleed: 3mm\npages: 2\ncolor: {spots: [Silver]}\n");
    const Jobs *jobs = jobs_with(b, "a.pdf",
                                 &(JobOptions){.size = "A5",
                                               .bleed = "5mm",
                                               .pages = "4",
                                               .process = "喷绘",
                                               .text = "活字",
                                               .inks = inks,
                                               .ink_count = 1});
    const Job *job = jobs_job(jobs, 1);
    assert_near(job->size_w, MM(148));
    assert_int_equal(job->page_count, 4);
    assert_int_equal(job->process, PROCESS_LARGE_FORMAT);
    assert_int_equal(job->text, TEXT_LIVE);
    assert_string_equal(job->spots->items[0], "Gold");
    assert_near(jobs_limit(jobs, 1)->bleed_top, MM(5));
    assert_string_equal(
        jobs_limit_source(jobs, 1, field_find(entity_of(FACT_limit), STR("bleed_top"))).zh,
        "命令行");
}

static void a_wrong_option_is_an_error_that_names_it(void **state) {
    Bench *b = *state;
    jobs_with(b, "a.pdf", &(JobOptions){.size = "A44", .as_of = "2026-02-30"});
    const char *errors = errors_render(b->arena, &b->errors, LANG_EN);
    assert_has(errors, "--size");
    assert_has(errors, "--as-of");
}

static void the_templates_are_valid_sheets(void **state) {
    Bench *b = *state;
    for (int lang = LANG_ZH; lang <= LANG_EN; lang++) {
        Sink s = sink_memory(b->arena);
        job_sheet_template(&s, (Lang)lang);
        Str text = sink_text(&s);
        const Job *job = jobs_job(jobs_of(b, arena_copy(b->arena, text.p, text.n)), 1);
        assert_int_equal(job->stage, STAGE_FINAL);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sizes_are_read_in_every_way_people_write_them),
        TEST(a_size_may_be_a_name_of_the_table),
        TEST(a_size_may_be_a_material_of_the_project),
        TEST(an_unknown_size_name_is_an_error_with_a_hint),
        TEST(chinese_keys_and_words_are_the_same_as_english_ones),
        TEST(full_width_marks_stand_for_signs),
        TEST(a_sheet_in_gbk_is_read_and_said_so),
        TEST(a_byte_order_mark_does_not_matter),
        TEST(an_unknown_key_is_an_error_with_a_hint),
        TEST(a_key_in_the_wrong_map_is_told_where_it_belongs),
        TEST(an_unknown_limit_is_an_error_with_a_hint),
        TEST(a_type_size_wants_its_unit),
        TEST(a_type_size_with_its_unit_and_other_lengths_are_read),
        TEST(every_error_of_a_sheet_comes_in_one_run),
        TEST(the_same_key_in_two_languages_is_an_error),
        TEST(another_schema_is_refused),
        TEST(absent_spots_and_finishes_mean_none_in_a_sheet),
        TEST(finishes_declare_their_inks_with_a_role),
        TEST(without_a_sheet_only_process_bleed_and_text_are_known),
        TEST(a_size_in_the_file_name_is_used_and_said_so),
        TEST(options_override_the_sheet),
        TEST(a_wrong_option_is_an_error_that_names_it),
        TEST(the_templates_are_valid_sheets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
