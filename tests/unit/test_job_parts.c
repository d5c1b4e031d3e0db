#include "sheets.h"

static void sheet_in(Bench *b, const char *folder, const char *text) {
    mkdir(in_folder(b, folder), 0700);
    write_sheet(b, arena_printf(b->arena, "%s/chupin.yaml", folder), text);
}

static void the_nearest_sheet_wins_key_by_key(void **state) {
    Bench *b = *state;
    write_sheet(b, "chupin.yaml",
                "client: 华庭\nproject: 山水\nsize: A3\nfacts: {phone: [\"8888-6688\"]}\n");
    sheet_in(b, "j", "size: A4\n");
    const Jobs *jobs = jobs_with(b, "j/a.pdf", NULL);
    const Job *job = jobs_job(jobs, 1);
    assert_int_equal(b->errors.count, 0);
    assert_string_equal(job->client, "华庭");
    assert_near(job->size_w, MM(210));
}

static void root_stops_inheritance(void **state) {
    Bench *b = *state;
    write_sheet(b, "chupin.yaml", "client: 华庭\n");
    sheet_in(b, "j", "root: true\nsize: A4\n");
    assert_string_equal(jobs_job(jobs_with(b, "j/a.pdf", NULL), 1)->client, "");
}

static void a_sheet_of_the_file_comes_before_that_of_the_folder(void **state) {
    Bench *b = *state;
    write_sheet(b, "chupin.yaml", "size: A3\nclient: 华庭\n");
    write_sheet(b, "a.pdf.chupin.yaml", "size: A5\n");
    const Jobs *jobs = jobs_with(b, "a.pdf", NULL);
    assert_near(jobs_job(jobs, 1)->size_w, MM(148));
    assert_string_equal(jobs_job(jobs, 1)->client, "华庭");
    assert_string_equal(jobs_head(jobs)->sheet_name, "a.pdf.chupin.yaml");
    assert_int_equal(strlen(jobs_head(jobs)->sheet_sha256), 64);
}

static void a_named_sheet_is_used_instead(void **state) {
    Bench *b = *state;
    write_sheet(b, "chupin.yaml", "size: A3\n");
    sheet_in(b, "other", "size: A5\nroot: yes\n");
    const char *named = in_folder(b, "other/chupin.yaml");
    const Jobs *jobs = jobs_with(b, "a.pdf", &(JobOptions){.job_sheet = named});
    assert_near(jobs_job(jobs, 1)->size_w, MM(148));
}

static void a_named_sheet_that_is_missing_is_an_error(void **state) {
    Bench *b = *state;
    jobs_with(b, "a.pdf", &(JobOptions){.job_sheet = in_folder(b, "no.yaml")});
    assert_int_equal(b->errors.count, 1);
}

static void the_item_that_fits_the_file_name_is_used(void **state) {
    Bench *b = *state;
    write_sheet(b, "chupin.yaml",
                "size: A4\n"
                "items:\n"
                "  - {match: \"*名片*.pdf\", size: 名片, pages: 2}\n"
                "  - {match: \"*海报*.pdf\", size: 海报}\n");
    assert_near(jobs_job(jobs_with(b, "060502名片.pdf", NULL), 1)->size_w, MM(90));
    assert_near(jobs_job(jobs_with(b, "060502海报.pdf", NULL), 1)->size_w, MM(500));
    assert_near(jobs_job(jobs_with(b, "a.pdf", NULL), 1)->size_w, MM(210));
}

static void mistakes_in_items_of_other_files_are_told(void **state) {
    assert_has(errors_of(*state, "items:\n  - {match: \"x.pdf\", sise: A4}\n"),
               "did you mean \"size\"");
}

static void a_part_holds_for_its_pages_only(void **state) {
    const Jobs *jobs =
        jobs_of(*state, "size: A4\npaper: 157g 铜版\nbleed: 3mm\n"
                        "parts:\n"
                        "  - {name: 封面, pages: \"1-2,23～24\", paper: 120g 双胶, bleed: 5mm}\n");
    assert_int_equal(jobs_parts(jobs), 2);
    assert_int_equal(jobs_paper(jobs, 2)->class, PAPER_UNCOATED);
    assert_int_equal(jobs_paper(jobs, 3)->class, PAPER_COATED);
    assert_int_equal(jobs_paper(jobs, 24)->class, PAPER_UNCOATED);
    assert_near(jobs_limit(jobs, 23)->bleed_top, MM(5));
    assert_near(jobs_limit(jobs, 22)->bleed_top, MM(3));
    assert_near(jobs_limit(jobs, 23)->tac_max, 3.0);
    assert_near(jobs_job(jobs, 23)->size_w, MM(210));
}

static void pages_of_two_parts_are_an_error(void **state) {
    assert_has(errors_of(*state, "parts:\n  - {name: a, pages: 1-4}\n  - {name: b, pages: 4-8}\n"),
               "another part");
}

static void paper_of_cover_and_inner_pages_differs(void **state) {
    const Jobs *jobs = jobs_of(
        *state, "pages: {count: 24, cover: 4}\npaper: {cover: 250g 铜版, inner: 80g 双胶}\n");
    assert_int_equal(jobs_paper(jobs, 1)->class, PAPER_COATED);
    assert_int_equal(jobs_paper(jobs, 3)->class, PAPER_UNCOATED);
    assert_int_equal(jobs_paper(jobs, 22)->class, PAPER_UNCOATED);
    assert_int_equal(jobs_paper(jobs, 23)->class, PAPER_COATED);
}

static void two_papers_without_page_counts_are_not_known(void **state) {
    const Jobs *jobs = jobs_of(*state, "paper: {cover: 250g 铜版, inner: 80g 双胶}\n");
    assert_int_equal(jobs_paper(jobs, 1)->class, PAPER_UNKNOWN);
    assert_has(jobs_head(jobs)->notes[0].en, "pages: {count, cover}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_nearest_sheet_wins_key_by_key),
        TEST(root_stops_inheritance),
        TEST(a_sheet_of_the_file_comes_before_that_of_the_folder),
        TEST(a_named_sheet_is_used_instead),
        TEST(a_named_sheet_that_is_missing_is_an_error),
        TEST(the_item_that_fits_the_file_name_is_used),
        TEST(mistakes_in_items_of_other_files_are_told),
        TEST(a_part_holds_for_its_pages_only),
        TEST(pages_of_two_parts_are_an_error),
        TEST(paper_of_cover_and_inner_pages_differs),
        TEST(two_papers_without_page_counts_are_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
