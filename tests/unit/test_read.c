#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/read.h"

/* What a run of the reader told, in order. */
typedef struct Told {
    Facts *facts;
    char events[512]; /* o open, m mark, p page, c close */
    int32_t last_seq;
    bool in_order;
    int kinds[FACT_COUNT];
    int in_art[FACT_COUNT];
    int thin_lines;
    Image image; /* the last one */
    Page page;
    GlyphRun run;
} Told;
static Told told;

static Job job;
static Limit limit;

static const Job *job_of(const void *, int) {
    return &job;
}

static const Limit *limit_of(const void *, int) {
    return &limit;
}

static void event(char c) {
    size_t n = strlen(told.events);
    if (n + 1 < sizeof told.events)
        told.events[n] = c;
}

static void on_open(void *, Facts *) {
    event('o');
}

static void on_mark(void *, Facts *, const Page *, FactKind kind, const void *row) {
    const Mark *m = row;
    event('m');
    told.kinds[kind]++;
    told.in_art[kind] += m->region == REGION_ART && m->visible == 1;
    told.in_order &= m->seq >= told.last_seq || kind == FACT_cluster;
    told.last_seq = m->seq;
    if (kind == FACT_fill)
        told.thin_lines += ((const Fill *)row)->thin == 1 && ((const Fill *)row)->in_cluster == 0;
    if (kind == FACT_image)
        told.image = *(const Image *)row;
    if (kind == FACT_glyph_run) {
        told.run = *(const GlyphRun *)row;
        told.run.text = arena_strdup(told.facts->document, told.run.text);
    }
}

static void on_page(void *, Facts *, Page *p) {
    event('p');
    told.page = *p;
}

static void on_close(void *, Facts *) {
    event('c');
}

static const ReadListener listener = {
    .open = on_open, .mark = on_mark, .page = on_page, .close = on_close};

static Result read_bytes(const char *name, const void *bytes, size_t n) {
    char path[] = "/tmp/chupin-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
    ReadPlan plan = {.cost = COST_CONTENT, .job_of = job_of, .limit_of = limit_of};
    for (int kind = 0; kind < FACT_COUNT; kind++)
        plan.tell[kind] = kind_is_mark((FactKind)kind);
    Result r = read_file(told.facts, path, name, &plan, &listener);
    unlink(path);
    return r;
}

static const File *file_of(void) {
    return facts_at(told.facts, FACT_file, 0);
}

static const char *fault_of(const char *name, const char *bytes) {
    assert_int_equal(read_bytes(name, bytes, strlen(bytes)).kind, ERR_NONE);
    assert_int_equal(file_of()->readable, 0);
    assert_string_equal(told.events, "oc");
    assert_true(strlen(file_of()->unreadable_why_en) > 10);
    return file_of()->unreadable_why;
}

/* One page of 200 × 200 pt with the given entries and content. No cross-reference table: the reader
 * finds the objects. */
static void read_page(const char *entries, const char *resources, const char *content) {
    Arena *a = told.facts->document;
    char *head = arena_printf(a,
                              "%%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                              "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
                              "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s"
                              "/Resources<<%s>>/Contents 4 0 R>>endobj\n",
                              entries, resources);
    char *text = arena_printf(a,
                              "%s4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
                              "trailer<</Root 1 0 R/Size 5>>\n%%%%EOF\n",
                              head, strlen(content), content);
    assert_int_equal(read_bytes("page.pdf", text, strlen(text)).kind, ERR_NONE);
    assert_int_equal(file_of()->readable, 1);
}

static const char trimmed[] = "/TrimBox[30 30 170 170]/BleedBox[25 25 175 175]";

static void a_missing_path_is_the_operators_trouble(void **) {
    ReadPlan plan = {.job_of = job_of, .limit_of = limit_of};
    Result r = read_file(told.facts, "/nowhere/060502.pdf", "060502.pdf", &plan, &listener);
    assert_int_equal(r.kind, ERR_FILE);
    assert_non_null(strstr(r.text.zh, "060502.pdf"));
    Result folder = read_file(told.facts, "/tmp", "tmp", &plan, &listener);
    assert_int_equal(folder.kind, ERR_FILE);
    assert_string_equal(told.events, "");
}

static void an_empty_file_is_named_as_such(void **) {
    assert_non_null(strstr(fault_of("a.pdf", ""), "空"));
}

static void a_web_page_is_named_as_such(void **) {
    assert_non_null(strstr(fault_of("a.pdf", "  \n<!DOCTYPE HTML><html></html>"), "网页"));
}

static void a_pointer_of_git_lfs_is_named_as_such(void **) {
    assert_non_null(
        strstr(fault_of("a.pdf", "version https://git-lfs.github.com/spec/v1\n"), "LFS"));
}

static void other_programs_files_say_how_to_export(void **) {
    assert_non_null(strstr(fault_of("a.psd", "8BPS\1"), "Photoshop"));
}

static void an_ai_file_without_pdf_says_how_to_save(void **) {
    assert_non_null(strstr(fault_of("a.ai", "%!PS-Adobe-3.0\n"), "PDF 兼容"));
}

static void events_come_in_order(void **) {
    read_page(trimmed, "", "1 w 40 40 m 100 40 l S 0 0 0 1 k 50 50 20 20 re f");
    assert_string_equal(told.events, "ommpc");
    assert_int_equal(told.page.marks, 2);
    assert_int_equal(told.page.complete, 1);
    assert_int_equal(file_of()->all_pages_read, 1);
}

static void what_lies_outside_the_bleed_is_slug(void **) {
    read_page(trimmed, "", "0.25 w 2 30 m 20 30 l S 2 100 m 60 100 l S");
    assert_int_equal(told.kinds[FACT_stroke], 2);
    assert_int_equal(told.in_art[FACT_stroke], 1);
}

static void text_that_only_clips_has_no_colour_to_judge(void **) {
    read_page(trimmed, "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
              "BT /F 12 Tf 7 Tr 50 50 Td (clip) Tj ET");
    assert_int_equal(told.run.glyphs, 4);
    assert_int_equal(told.run.visible, 1);
    assert_int_equal(told.run.style->registration, 0);
    assert_int_equal(told.run.style->family, FAMILY_NONE);
}

static void crop_marks_in_one_path_are_slug_although_their_box_is_the_page(void **) {
    read_page(trimmed, "",
              "0.25 w 30 5 m 30 20 l 170 5 m 170 20 l 30 180 m 30 195 l 170 180 m 170 195 l "
              "5 30 m 20 30 l 180 30 m 195 30 l 5 170 m 20 170 l 180 170 m 195 170 l S");
    assert_int_equal(told.kinds[FACT_stroke], 1);
    assert_int_equal(told.in_art[FACT_stroke], 0);
}

static void crop_marks_give_a_trim_that_is_not_written(void **) {
    read_page(
        "", "",
        "0.25 w 30 5 m 30 20 l S 170 5 m 170 20 l S 30 180 m 30 195 l S 170 180 m 170 195 l S "
        "5 30 m 20 30 l S 180 30 m 195 30 l S 5 170 m 20 170 l S 180 170 m 195 170 l S "
        "1 w 40 40 m 100 90 l S");
    assert_int_equal(told.page.trim_source, TRIM_MARKS);
    assert_float_equal(told.page.trim_w, 140, 0.01);
    assert_int_equal(told.kinds[FACT_stroke], 9);
    assert_int_equal(told.in_art[FACT_stroke], 1);
    assert_true(told.in_order);
}

static void tiles_of_a_picture_are_one_image(void **) {
    const char *tile = "BI /W 4 /H 4 /BPC 8 /CS /G ID 0123456789abcdef EI Q ";
    Arena *a = told.facts->document;
    read_page(trimmed, "",
              arena_printf(a,
                           "q 40 0 0 40 50 50 cm %sq 40 0 0 40 90 50 cm %sq 40 0 0 40 50 90 cm %s"
                           "q 40 0 0 40 90 90 cm %s",
                           tile, tile, tile, tile));
    assert_int_equal(told.kinds[FACT_image], 1);
    assert_int_equal(told.image.width, 8);
    assert_int_equal(told.image.height, 8);
    assert_float_equal(told.image.ppi_x, 7.2, 1e-4);
    assert_float_equal(told.image.box.x1, 130, 1e-3);
}

static void a_thin_bar_is_a_line_and_lettering_is_not(void **) {
    read_page(trimmed, "",
              "40 120 60 0.2 re f "
              "40 100 8 0.6 re f 50 96 m 52 104 l 54 96 l 58 100 l 55 90 l 51 91 l f "
              "60 96 m 62 104 l 64 96 l 68 100 l 65 90 l 61 91 l f");
    assert_int_equal(told.kinds[FACT_cluster], 1);
    assert_int_equal(told.thin_lines, 1);
}

static void content_that_breaks_off_is_told(void **) {
    read_page(trimmed, "", "1 w 40 40 m 100 40 l S /Missing Do");
    assert_int_equal(told.page.complete, 0);
    assert_int_equal(file_of()->all_pages_read, 0);
    const Document *d = facts_at(told.facts, FACT_document, 0);
    assert_int_equal(d->damage->count, 1);
    assert_int_equal(strncmp(d->damage->items[0], "第 1 页：", strlen("第 1 页：")), 0);
}

static void an_overprint_and_a_tint_stand_in_the_style(void **) {
    read_page(trimmed, "/ExtGState<</G<</OP true/OPM 1>>>>",
              "/G gs 0.2 0 0 0.5 k 50 50 20 20 re f");
    const Style *s = facts_at(told.facts, FACT_style, 0);
    assert_int_equal(s->overprint, 1);
    assert_int_equal(s->opm, 1);
    assert_float_equal(s->c, 0.2, 1e-6);
    assert_int_equal(s->inks->count, 2);
    const Ink *cyan = facts_at(told.facts, FACT_ink, 0);
    assert_string_equal(cyan->name, "Cyan");
    assert_int_equal(cyan->used, 1);
    assert_int_equal(cyan->first_page, 1);
    assert_int_equal(cyan->role, ROLE_PROCESS);
}

static void text_has_size_place_and_words(void **) {
    read_page(trimmed, "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
              "BT /F 10 Tf 0 2 -2 0 60 40 Tm (Ok) Tj ET");
    assert_string_equal(told.run.text, "Ok");
    assert_float_equal(told.run.size, 20, 1e-4);
    assert_float_equal(told.run.angle, 90, 1e-4);
    assert_float_equal(told.run.x, 60, 1e-4);
    assert_int_equal(told.run.glyphs, 2);
    const Font *f = facts_at(told.facts, FACT_font, 0);
    assert_int_equal(f->used, 1);
    assert_int_equal(f->embedded, 0);
    assert_int_equal(f->type, FONT_TYPE1);
}

static int set_up(void **) {
    told = (Told){.facts = facts_new(), .in_order = true, .last_seq = -1};
    row_clear(entity_of(FACT_job), &job);
    row_clear(entity_of(FACT_limit), &limit);
    limit.bleed_top = limit.bleed_right = limit.bleed_bottom = limit.bleed_left = 5;
    return 0;
}

static int tear_down(void **) {
    facts_free(told.facts);
    return 0;
}

#define READ(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        READ(a_missing_path_is_the_operators_trouble),
        READ(an_empty_file_is_named_as_such),
        READ(a_web_page_is_named_as_such),
        READ(a_pointer_of_git_lfs_is_named_as_such),
        READ(other_programs_files_say_how_to_export),
        READ(an_ai_file_without_pdf_says_how_to_save),
        READ(events_come_in_order),
        READ(what_lies_outside_the_bleed_is_slug),
        READ(text_that_only_clips_has_no_colour_to_judge),
        READ(crop_marks_in_one_path_are_slug_although_their_box_is_the_page),
        READ(crop_marks_give_a_trim_that_is_not_written),
        READ(tiles_of_a_picture_are_one_image),
        READ(a_thin_bar_is_a_line_and_lettering_is_not),
        READ(content_that_breaks_off_is_told),
        READ(an_overprint_and_a_tint_stand_in_the_style),
        READ(text_has_size_place_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
