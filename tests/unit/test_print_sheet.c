/* The sign-off sheet, read back by other people's tools. With a folder as its argument the program
 * writes one sheet of every kind there, to be looked at; with a file after it, the sheet of that.
 */
#include "sheets.h"

#include "check/check.h"
#include "run/pictures_run.h"
#include "sheet_samples.h"

#include <qrencode.h>

/* Theirs, not ours: reading its configuration, and 768 bytes for each font that is embedded. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libcairo\n";
}

typedef SheetSample *(*SampleMaker)(Bench *b);

static Str written(Bench *b, SheetSample *t) {
    static const RuleSet no_rules = {0};
    Report *r = &t->report;
    report_finish(r, rule_data_checklist(b->data));
    standing_apply(r, &t->standing, &no_rules);
    Sink to = sink_memory(b->arena);
    report_sheet(r, &t->style, &to);
    assert_int_equal(to.error, 0);
    return sink_text(&to);
}

static SheetSample *passed(Bench *b) {
    SheetSample *t = sheet_clean(b->arena, 2);
    sheet_recorded(t);
    sheet_sign(t, "王芳", DECISION_APPROVE, "已电话核对");
    t->style.pictures = &sheet_pictures;
    return t;
}

static SheetSample *failed(Bench *b) {
    SheetSample *t = sheet_failed(b->arena);
    sheet_recorded(t);
    sheet_history(t);
    t->style.pictures = &sheet_pictures;
    return t;
}

static SheetSample *failed_en(Bench *b) {
    SheetSample *t = failed(b);
    t->style.lang = LANG_EN;
    return t;
}

static SheetSample *fresh(Bench *b) {
    SheetSample *t = sheet_clean(b->arena, 1);
    t->style.stored = NULL;
    return t;
}

static SheetSample *forty(Bench *b) {
    SheetSample *t = sheet_clean(b->arena, 24);
    sheet_many(t, 40);
    t->style.pictures = &sheet_pictures;
    return t;
}

static SheetSample *pages_200(Bench *b) {
    SheetSample *t = sheet_clean(b->arena, 200);
    for (int page = 1; page <= 200; page++)
        sheet_at(sheet_finding(&t->report, "bleed-declared", 11, SEVERITY_ERROR, page), 207, 0, 3,
                 285);
    t->style.pictures = &sheet_pictures;
    return t;
}

static SheetSample *no_job(Bench *b) {
    SheetSample *t = sheet_failed(b->arena);
    t->job = (JobHead){0};
    return t;
}

static SheetSample *unreadable(Bench *b) {
    SheetSample *t = sheet_clean(b->arena, 0);
    t->report.file.pages = -1;
    t->report.file.unreadable =
        (Text){"文件是坏的：第 1 页的内容解不开", "the file is damaged: page 1 cannot be unpacked"};
    return t;
}

static SheetSample *long_latin(Bench *b) {
    SheetSample *t = sheet_failed(b->arena);
    sheet_recorded(t);
    sheet_named_long(t, "W");
    return t;
}

static SheetSample *long_cjk(Bench *b) {
    SheetSample *t = sheet_failed(b->arena);
    sheet_recorded(t);
    sheet_named_long(t, "华");
    t->style.pictures = &sheet_pictures;
    return t;
}

static SheetSample *hostile(Bench *b) {
    SheetSample *t = sheet_failed(b->arena);
    sheet_hostile(t);
    return t;
}

static const struct {
    const char *name;
    SampleMaker make;
} samples[] = {{"pass", passed},       {"fail", failed},           {"fail-en", failed_en},
               {"fresh", fresh},       {"forty", forty},           {"pages-200", pages_200},
               {"no-job", no_job},     {"unreadable", unreadable}, {"long-latin", long_latin},
               {"long-cjk", long_cjk}, {"hostile", hostile}};

/* A real check, with the shipped rules and the job sheets that belong to the file. */
static SheetSample *checked(Bench *b, const char *path) {
    static const JobOptions options = {.as_of = "2026-01-17"};
    SheetSample *t = ARENA_NEW(b->arena, SheetSample);
    RuleSet rules;
    assert_int_equal(rules_load_to_run(&rules, b->arena, CHUPIN_RULES, &b->errors).kind, ERR_NONE);
    Jobs *jobs;
    assert_int_equal(jobs_load(&jobs, b->arena, b->data, path, &options, &b->errors).kind,
                     ERR_NONE);
    Report *r = &t->report;
    *r = (Report){.arena = b->arena, .as_of = options.as_of, .engine = reader_versions()};
    r->rules_sha256 = arena_strdup(b->arena, rules.sha256), r->profile = rule_data_profile(b->data);
    r->file.name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    r->file.pages = -1, r->file.bytes = NAN;
    r->job = jobs_head(jobs);
    CheckTeller to = report_teller(r);
    CheckInput input = {.rules = &rules, .data = b->data, .jobs = jobs, .path = path};
    input.name = r->file.name;
    assert_int_equal(check_file(b->arena, &input, &to).kind, ERR_NONE);
    ReadPlan *plan = ARENA_NEW(b->arena, ReadPlan);
    check_listener(b->arena, &input, &to, plan);
    WorkerLimits *limits = ARENA_NEW(b->arena, WorkerLimits);
    *limits = worker_limits(60, r->file.bytes);
    PicturesInput *of = ARENA_NEW(b->arena, PicturesInput);
    *of = (PicturesInput){.path = path, .plan = plan, .report = r, .limits = limits, .jobs = 1};
    t->style.pictures = pictures_of_artwork(b->arena, of);
    rules_free(&rules);
    return t;
}

static int write_checked(const char *folder, const char *path) {
    void *state;
    if (bench_up(&state))
        return 1;
    Bench *b = state;
    Str pdf = written(b, checked(b, path));
    write_bytes(b, "sheet.pdf", pdf.p, pdf.n);
    return system(arena_printf(b->arena, "cp '%s' '%s/checked.pdf'", in_folder(b, "sheet.pdf"),
                               folder)) ||
           bench_down(&state);
}

static int write_all(const char *folder) {
    void *state;
    if (bench_up(&state))
        return 1;
    Bench *b = state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        Str pdf = written(b, samples[i].make(b));
        FILE *f = fopen(arena_printf(b->arena, "%s/%s.pdf", folder, samples[i].name), "wb");
        if (!f || fwrite(pdf.p, 1, pdf.n, f) != pdf.n || fclose(f))
            return 1;
    }
    return bench_down(&state);
}

/* What a command says about a sheet; the sheet is written first. */
static const char *said(Bench *b, Str pdf, const char *command) {
    write_bytes(b, "sheet.pdf", pdf.p, pdf.n);
    FILE *f = popen(arena_printf(b->arena, "cd %s && %s", b->folder, command), "r");
    assert_non_null(f);
    Sink all = sink_memory(b->arena);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sink_write(&all, part, n);
    assert_int_equal(pclose(f), 0);
    return arena_copy(b->arena, sink_text(&all).p ? sink_text(&all).p : "", sink_text(&all).n);
}

static void says(const char *text, const char *what) {
    if (!strstr(text, what))
        fail_msg("“%s” is not in the sheet:\n%s", what, text);
}

static int times(const char *text, const char *what) {
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static const char *words_of(Bench *b, Str pdf) {
    return said(b, pdf, "pdftotext -layout sheet.pdf -");
}

static void every_sheet_is_a_sound_pdf_in_one_embedded_font(void **state) {
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        Bench *b = *state;
        Str pdf = written(b, samples[i].make(b));
        said(b, pdf, "qpdf --check sheet.pdf >/dev/null");
        const char *fonts = said(b, pdf, "pdffonts sheet.pdf | tail -n +3");
        int all = times(fonts, "\n");
        assert_in_range(all, 1, 2);
        assert_int_equal(times(fonts, "+NotoSansCJKsc-"), all);
        assert_int_equal(times(fonts, "yes yes yes"), all);
    }
}

/* Sheets are read by people, so rules of colour and bleed say nothing of them; those of the file,
 * its fonts and its pages do. */
static void the_sheet_passes_its_own_check_of_file_fonts_lines_and_pages(void **state) {
    Bench *b = *state;
    Str pdf = written(b, failed(b));
    write_bytes(b, "260117出品检查单.pdf", pdf.p, pdf.n);
    write_sheet(b, "chupin.yaml", "root: true\nsize: A4\ntext: live\nbleed: 0\n");
    Report *r = &checked(b, in_folder(b, "260117出品检查单.pdf"))->report;
    report_finish(r, rule_data_checklist(b->data));
    assert_int_equal(r->file.pages, 4);
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        bool ours = f->item == 0 || f->item == 3 || f->item == 7 || f->item == 13;
        if (ours && f->severity == SEVERITY_ERROR && f->outcome == OUTCOME_FAIL)
            fail_msg("%s: %s", f->rule, f->message.en);
    }
}

static void the_same_report_gives_the_same_bytes(void **state) {
    Str first = written(*state, failed(*state)), second = written(*state, failed(*state));
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.p, second.p, first.n);
}

static void the_stored_report_is_attached_byte_for_byte(void **state) {
    Bench *b = *state;
    SheetSample *t = failed(b);
    t->style.stored = "{\"schema\":\"chupin.report/1\",\"名\":\"\\u0000\\r\\n\"}\r\n\n";
    Str pdf = written(b, t);
    write_bytes(b, "stored", t->style.stored, strlen(t->style.stored));
    says(said(b, pdf, "pdfdetach -list sheet.pdf"), "chupin-report.json");
    said(b, pdf, "pdfdetach -save 1 -o a sheet.pdf && cmp a stored");
    said(b, pdf, "qpdf --show-attachment=chupin-report.json sheet.pdf > c && cmp c stored");
}

static void without_a_stored_report_nothing_is_attached(void **state) {
    Bench *b = *state;
    Str pdf = written(b, fresh(b));
    says(said(b, pdf, "pdfdetach -list sheet.pdf"), "0 embedded files");
    says(words_of(b, pdf), "没有附机器的完整结果");
}

static void the_first_page_says_what_holds_it_back_and_who_acts(void **state) {
    Bench *b = *state;
    const char *page = said(b, written(b, failed(b)), "pdftotext -layout -l 1 sheet.pdf -");
    static const char *const all[] = {"不能出片",
                                      "必须改 4",
                                      "J-2026-0117",
                                      "华庭置业",
                                      "云栖府",
                                      "开盘画册",
                                      "970C-7696-0244",
                                      sheet_sha256,
                                      sheet_head_hash,
                                      "260117开盘画册_正稿_v4.pdf",
                                      "电话 0571-8888 6666 与工作单的 0571-8888 6868 差一位",
                                      "谁来做",
                                      "审核后签字",
                                      "本单只对上述指纹的文件有效",
                                      "不是法定电子签名",
                                      "改好",
                                      "有 2 处不同"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        says(page, all[i]);
    static const char *const parties[] = {"设计", "文案", "总监审核", "AE", "客户", "印厂"};
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++)
        says(page, parties[i]);
    assert_int_equal(times(page, "修改后同意"), PARTIES);
}

static void the_record_is_told(void **state) {
    Bench *b = *state;
    const char *all = words_of(b, written(b, failed(b)));
    static const char *const told[] = {"豁免 4",
                                       "客户 1 月 16 日邮件",
                                       "2026-03-01",
                                       "到第 3 版",
                                       "260110开盘画册_签字稿_v2.pdf",
                                       "画面有 2 处不同",
                                       "小字用了四色黑",
                                       "不能算改好",
                                       "r-000128",
                                       "chupin 0"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        says(all, told[i]);
}

static void signatures_and_answers_stand_where_they_were_given(void **state) {
    Bench *b = *state;
    const char *all = words_of(b, written(b, passed(b)));
    says(all, "可以出片");
    says(all, "陈立");
    says(all, "沿用第 3 版的勾");
    says(all, "签字.jpg");
    assert_int_equal(times(all, "2026-01-17 14:03"), CHECKLIST_ITEMS);
    assert_int_equal(times(all, "2026-01-18"), PARTIES);
}

/* Ticks are shapes: no sheet may need a font that has them. */
static void no_tick_is_a_glyph(void **state) {
    static const char *const glyphs[] = {"□", "☐", "☑", "✓", "✗", "○", "■"};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const char *all = words_of(*state, written(*state, samples[i].make(*state)));
        for (size_t k = 0; k < sizeof glyphs / sizeof *glyphs; k++)
            assert_null(strstr(all, glyphs[k]));
    }
}

static void every_page_names_the_file_it_holds_for(void **state) {
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        Bench *b = *state;
        Str pdf = written(b, samples[i].make(b));
        int pages = atoi(said(b, pdf, "qpdf --show-npages sheet.pdf"));
        bool zh = samples[i].make != failed_en;
        for (int page = 1; page <= pages; page++) {
            const char *text =
                said(b, pdf,
                     arena_printf(b->arena, "pdftotext -layout -f %d -l %d sheet.pdf - | tr -d ' '",
                                  page, page));
            says(text, "970C-7696-0244");
            says(text, arena_printf(b->arena, zh ? "第%d/%d页" : "page%dof%d", page, pages));
        }
    }
}

/* Every word lies inside the paper, left of the right margin. */
static void nothing_runs_off_the_paper(void **state) {
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        Str pdf = written(*state, samples[i].make(*state));
        said(*state, pdf,
             "pdftotext -bbox sheet.pdf - | awk -F'\"' '/<word/ && ($2 < 50 || $6 > 557 || "
             "$4 < 30 || $8 > 830) { print; bad = 1 } END { exit bad }'");
    }
}

static void hostile_text_is_shown_as_text(void **state) {
    Bench *b = *state;
    const char *all = words_of(b, written(b, hostile(b)));
    says(all, "<script>alert(1)</script>&amp;");
    says(all, "\\x1B[31m");
    says(all, "\\u202E");
    says(all, "\\xFF\\xFE");
    says(all, "\\u1F600");
    assert_null(strstr(all, "\x1b"));
    assert_null(strstr(all, "\xe2\x80\xae"));
}

static void names_of_200_characters_stand_in_full_somewhere(void **state) {
    Bench *b = *state;
    const char *raw =
        said(b, written(b, long_latin(b)), "pdftotext -raw sheet.pdf - | tr -d '\\n'");
    says(raw, sheet_long(b->arena, "W"));
}

static void forty_findings_are_all_listed(void **state) {
    Bench *b = *state;
    const char *all = words_of(b, written(b, forty(b)));
    for (int i = 0; i < 40; i++)
        says(all, arena_printf(b->arena, "rule-%d\n", i));
}

/* The first page as gray pixels, 300 a inch, its right edge where the code stands. */
typedef struct Pixels {
    const unsigned char *rows;
    int width, height;
} Pixels;

static Pixels code_pixels(Bench *b, Str pdf) {
    enum { RIGHT_MM = 169, WIDTH = 319, TOP_MM = 53, HEIGHT = 500, PPI = 300 };
    said(b, pdf,
         arena_printf(
             b->arena, "pdftoppm -r %d -gray -l 1 -singlefile -x %d -y %d -W %d -H %d sheet.pdf p",
             PPI, (int)(RIGHT_MM * PPI / 25.4), (int)(TOP_MM * PPI / 25.4), WIDTH, HEIGHT));
    unsigned char *rows = arena_alloc(b->arena, (size_t)WIDTH * HEIGHT);
    FILE *f = fopen(in_folder(b, "p.pgm"), "rb");
    assert_non_null(f);
    assert_int_equal(fseek(f, -(long)WIDTH * HEIGHT, SEEK_END), 0);
    assert_int_equal(fread(rows, 1, (size_t)WIDTH * HEIGHT, f), (size_t)WIDTH * HEIGHT);
    fclose(f);
    return (Pixels){rows, WIDTH, HEIGHT};
}

static void the_code_names_job_version_and_file(void **state) {
    Bench *b = *state;
    Pixels p = code_pixels(b, written(b, failed(b)));
    QRcode *code = QRcode_encodeString8bit(
        arena_printf(b->arena, "chupin:1:J-2026-0117:4:%s", sheet_sha256), 0, QR_ECLEVEL_M);
    assert_non_null(code);
    int top = 0; /* the finder pattern begins with a dark row */
    while (top < p.height && p.rows[top * p.width + 20] > 128)
        top++;
    double cell = 27 / 25.4 * 300 / code->width;
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++) {
            int y = top + (int)((row + 0.5) * cell), x = (int)((column + 0.5) * cell);
            assert_in_range(y, 0, p.height - 1);
            bool dark = p.rows[y * p.width + x] < 128;
            assert_int_equal(dark, code->data[row * code->width + column] & 1);
        }
    QRcode_free(code);
}

int main(int argc, char **argv) {
    if (argc > 1)
        return argc > 2 ? write_checked(argv[1], argv[2]) : write_all(argv[1]);
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)
        TEST(every_sheet_is_a_sound_pdf_in_one_embedded_font),
        TEST(the_sheet_passes_its_own_check_of_file_fonts_lines_and_pages),
        TEST(the_same_report_gives_the_same_bytes),
        TEST(the_stored_report_is_attached_byte_for_byte),
        TEST(without_a_stored_report_nothing_is_attached),
        TEST(the_first_page_says_what_holds_it_back_and_who_acts),
        TEST(the_record_is_told),
        TEST(signatures_and_answers_stand_where_they_were_given),
        TEST(no_tick_is_a_glyph),
        TEST(every_page_names_the_file_it_holds_for),
        TEST(nothing_runs_off_the_paper),
        TEST(hostile_text_is_shown_as_text),
        TEST(names_of_200_characters_stand_in_full_somewhere),
        TEST(forty_findings_are_all_listed),
        TEST(the_code_names_job_version_and_file),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
