/* A report made by hand: what a check of a bad brochure would tell, with every kind of line a
 * format has to show. */
#ifndef CHUPIN_TESTS_SAMPLE_REPORT_H
#define CHUPIN_TESTS_SAMPLE_REPORT_H

#include "report/write.h"

#include <math.h>
#include <string.h>

static const Text sample_reason = {"没有工作单，不知道要多大",
                                   "there is no job sheet that gives the size"};

static Finding *sample_finding(Report *r, const char *rule, int item, Severity severity, int page) {
    Finding *f = ARENA_PUSH(r->arena, r->findings, r->finding_count, r->finding_capacity);
    *f = (Finding){.rule = rule,
                   .item = item,
                   .severity = severity,
                   .outcome = OUTCOME_FAIL,
                   .page = page,
                   .origin_is_trim = true,
                   .count = 1,
                   .who = WHO_DESIGNER,
                   .fingerprint = "0a1b2c3d4e5f6071"};
    return f;
}

static void sample_bleed(Report *r) {
    Finding *f = sample_finding(r, "bleed-declared", 11, SEVERITY_ERROR, 7);
    f->place_count = 1;
    f->places[0] = (Place){
        .page = 7, .boxed = true, .box = {207, 0, 210, 285}, .edge = EDGE_RIGHT, .value = 1.2};
    f->measured = (Measure){.present = true, .number = 1.2, .unit = "mm"};
    f->required = (Measure){.present = true,
                            .number = 3,
                            .unit = "mm",
                            .from = {"工作单 chupin.yaml", "job sheet chupin.yaml"}};
    f->message =
        (Text){"右边出血只有 1.2 mm，要 3 mm", "right edge has 1.2 mm of bleed, 3 mm is needed"};
    f->fix = (Text){
        "把右侧底图拉出裁切线 3 mm 再导出，导出时勾选“使用文档出血设置”，不要把出血做进成品框。",
        "Extend the background 3 mm past the trim and export again with “Use Document Bleed "
        "Settings”."};
}

static void sample_pictures(Report *r) {
    static const struct {
        int page;
        double ppi;
        Text message;
    } rows[] = {{3, 220, {"图片只有 220 ppi，要 250", "image has 220 ppi, 250 is needed"}},
                {12, 142, {"图片只有 142 ppi，要 250", "image has 142 ppi, 250 is needed"}},
                {13, 180, {"图片只有 180 ppi，要 250", "image has 180 ppi, 250 is needed"}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Finding *f = sample_finding(r, "image-ppi-contone", 5, SEVERITY_WARNING, rows[i].page);
        f->message = rows[i].message;
        f->fix = (Text){"换原图", "use the original picture"};
        f->measured = (Measure){.present = true, .number = rows[i].ppi, .unit = "ppi"};
        f->required = (Measure){.present = true, .number = 250, .unit = "ppi"};
    }
}

static void sample_rest(Report *r) {
    for (int page = 20; page < 23; page++) {
        Finding *f = sample_finding(r, "text-outlined", 3, SEVERITY_ERROR, page);
        f->count = 4;
        f->message = (Text){"文字没有转曲：\x1b[31m“开盘”", "text is not outlined: \x1b[31m“sale”"};
    }
    Finding *f = sample_finding(r, "page-size", 13, SEVERITY_ERROR, 0);
    f->outcome = OUTCOME_UNCHECKED;
    f->message = sample_reason;
    f = sample_finding(r, "image-ppi-max", 5, SEVERITY_INFO, 0);
    f->message = (Text){"图片比需要的大", "images are larger than needed"};
}

/* The checklist has its real titles only where a test looks at them. */
static void sample_items(Report *r) {
    static const size_t bleed[] = {0};
    ChecklistItem *rows = ARENA_ARRAY(r->arena, ChecklistItem, CHECKLIST_ITEMS);
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        rows[i] = (ChecklistItem){.number = i, .title = {"检查项", "row"}};
        r->items[i] = (Item){.row = &rows[i], .state = ITEM_PASS, .machine = MACHINE_PASS};
    }
    rows[11].title = (Text){"页面都有出血", "bleed on every page"};
    r->items[11].state = ITEM_FAIL, r->items[11].machine = MACHINE_FAIL;
    r->items[11].findings = bleed, r->items[11].finding_count = 1;
    rows[13].title = (Text){"页面尺寸按要求", "page size as required"};
    r->items[13].state = ITEM_UNCHECKED, r->items[13].machine = MACHINE_UNCHECKED;
    r->items[13].reasons = &sample_reason, r->items[13].reason_count = 1;
    rows[10].title = (Text){"地图、路名、标志", "map, road names, logo"};
    r->items[10].state = ITEM_HUMAN, r->items[10].machine = MACHINE_NONE,
    r->items[10].human = HUMAN_PENDING;
    r->items[14].state = ITEM_NOT_APPLICABLE, r->items[14].machine = MACHINE_NOT_APPLICABLE;
}

static void sample_pages(Report *r) {
    for (int page = 1; page <= 2; page++) {
        PageSummary *p = ARENA_PUSH(r->arena, r->pages, r->page_count, r->page_capacity);
        *p = (PageSummary){.number = page,
                           .trim_w = 210,
                           .trim_h = 285,
                           .trim_source = TRIM_TRIMBOX,
                           .bleed = {3, NAN, 3, 3}};
    }
}

static Report *sample_report(Arena *a) {
    static const JobHead job = {
        .present = true,
        .sheet_name = "chupin.yaml",
        .sheet_sha256 = "5e88489800000000000000000000000000000000000000000000000000000000",
        .number = "J-2026-0117",
        .client = "华庭置业",
        .item = "开盘画册",
        .stage = "正稿"};
    Report *r = ARENA_NEW(a, Report);
    r->arena = a;
    r->as_of = "2026-01-17", r->engine = "22.12.0", r->profile = "agency";
    r->rules_sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    r->file.name = "260117开盘画册_正稿_v4.pdf", r->file.format = "pdf", r->file.bytes = 40055603,
    r->file.pages = 24;
    r->file.sha256 = "3f2a9c0e4b7d8899aabbccddeeff00112233445566778899aabbccddeeff0011";
    r->job = &job;
    sample_bleed(r);
    sample_pictures(r);
    sample_rest(r);
    sample_pages(r);
    sample_items(r);
    Unproven *u = ARENA_PUSH(a, r->unproven, r->unproven_count, r->unproven_capacity);
    *u = (Unproven){{"规则 line-tint", "rule line-tint"},
                    {"工作单把它关了", "switched off by the job sheet"}};
    r->verdict.state = VERDICT_FAIL, r->verdict.machine = VERDICT_FAIL;
    r->verdict.errors = 4, r->verdict.warnings = 3, r->verdict.infos = 1, r->verdict.unchecked = 1,
    r->verdict.human = 1;
    return r;
}

static inline const char *sample_written(Arena *a, const Report *r, const char *format,
                                  const ReportStyle *style) {
    Sink to = sink_memory(a);
    report_format_find(format)->write(r, style, &to);
    Str text = sink_text(&to);
    return arena_copy(a, text.p, text.n);
}

#endif
