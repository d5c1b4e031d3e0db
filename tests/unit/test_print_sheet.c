/* The sign-off sheet, read back by other people's tools. With a folder as its argument the program
 * writes one sheet of every kind there, to be looked at. */
#include "sheets.h"

#include "sheet_samples.h"

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

int main(int argc, char **argv) {
    return argc > 1 ? write_all(argv[1]) : 0;
}
