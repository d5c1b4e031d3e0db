/* Reports for the sign-off sheet: one of every kind that a sheet has to look right for. */
#ifndef CHUPIN_TESTS_SHEET_SAMPLES_H
#define CHUPIN_TESTS_SHEET_SAMPLES_H

#include "print/sheet.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

static const char sheet_sha256[] =
    "970c769602440b7d8899aabbccddeeff00112233445566778899aabbccddeeff";
static const char sheet_head_hash[] =
    "1f0e3dad99908345f7439f8ffabdffc4aa11bb22cc33dd44ee55ff6600778899";

typedef struct SheetSample {
    Report report;
    ReportStyle style;
    JobHead job;
    Standing standing;
    Answer answers[CHECKLIST_ITEMS];
    const Answer *answered[CHECKLIST_ITEMS];
    Signature signatures[PARTIES];
} SheetSample;

static Finding *sheet_finding(Report *r, const char *rule, int item, Severity severity, int page) {
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
    f->message =
        (Text){"右边出血只有 1.2 mm，要 3 mm", "right edge has 1.2 mm of bleed, 3 mm needed"};
    f->fix = (Text){"把右侧底图拉出裁切线 3 mm 再导出，导出时勾选“使用文档出血设置”。",
                    "Extend the background 3 mm past the trim and export again."};
    f->required = (Measure){.present = true,
                            .number = 3,
                            .unit = "mm",
                            .from = {"工作单 chupin.yaml", "job sheet chupin.yaml"}};
    return f;
}

static void sheet_at(Finding *f, double x, double y, double w, double h) {
    f->places[f->place_count++] =
        (Place){.page = f->page, .boxed = true, .box = {x, y, x + w, y + h}, .value = NAN};
}

static void sheet_pages(Report *r, int pages) {
    r->file.pages = pages;
    for (int n = 1; n <= pages; n++) {
        PageSummary *p = ARENA_PUSH(r->arena, r->pages, r->page_count, r->page_capacity);
        *p = (PageSummary){.number = n,
                           .trim_w = 210,
                           .trim_h = 285,
                           .trim_source = TRIM_TRIMBOX,
                           .bleed = {3, 3, 3, 3}};
    }
}

/* A clean file with a job sheet, nothing recorded yet. */
static SheetSample *sheet_clean(Arena *a, int pages) {
    SheetSample *t = ARENA_NEW(a, SheetSample);
    Report *r = &t->report;
    t->job = (JobHead){.present = true,
                       .sheet_name = "chupin.yaml",
                       .sheet_sha256 = sheet_head_hash,
                       .number = "J-2026-0117",
                       .client = "华庭置业",
                       .project = "云栖府",
                       .item = "开盘画册",
                       .version = "v4",
                       .stage = "正稿"};
    r->arena = a, r->as_of = "2026-01-17", r->engine = "22.12.0", r->colour_engine = "2.14";
    r->profile = "agency", r->rules_sha256 = sheet_head_hash;
    r->file.name = "260117开盘画册_正稿_v4.pdf", r->file.format = "pdf";
    r->file.bytes = 40055603, r->file.sha256 = sheet_sha256;
    r->job = &t->job;
    *ARENA_PUSH(a, r->profiles, r->profile_count, r->profile_capacity) = (UsedProfile){
        "Coated FOGRA39", sheet_sha256, {"文件的输出意图", "the output intent of the file"}};
    sheet_pages(r, pages);
    t->style = (ReportStyle){.lang = LANG_ZH, .stored = "{\"schema\":\"chupin.report/1\"}\n"};
    return t;
}

static SheetSample *sheet_failed(Arena *a) {
    SheetSample *t = sheet_clean(a, 24);
    Report *r = &t->report;
    sheet_at(sheet_finding(r, "bleed-declared", 11, SEVERITY_ERROR, 1), 207, 0, 3, 285);
    Finding *f = sheet_finding(r, "text-outlined", 3, SEVERITY_ERROR, 1);
    f->message =
        (Text){"文字没有转曲：思源黑体“开盘大吉”", "text is not outlined: “grand opening”"};
    f->count = 4, f->progress = PROGRESS_STILL, f->since = 2, f->signed_by = "王芳（AE，第 2 版）";
    sheet_at(f, 30, 40, 120, 18), sheet_at(f, 30, 70, 60, 9), sheet_at(f, 30, 82, 44, 0.2);
    f = sheet_finding(r, "bleed-declared", 11, SEVERITY_ERROR, 7);
    sheet_at(f, 207, 0, 3, 285);
    f = sheet_finding(r, "fact-phone", 9, SEVERITY_ERROR, 24);
    f->who = WHO_AE, f->progress = PROGRESS_NEW;
    f->message = (Text){"电话 0571-8888 6666 与工作单的 0571-8888 6868 差一位",
                        "telephone 0571-8888 6666 is one digit off 0571-8888 6868"};
    f->fix = (Text){"按工作单改；工作单错了就改工作单。", "Correct the artwork or the job sheet."};
    sheet_at(f, 60, 250, 90, 8);
    for (int page = 3; page < 6; page++) {
        f = sheet_finding(r, "image-ppi-contone", 5, SEVERITY_WARNING, page);
        f->message = (Text){"图片只有 220 ppi，要 250", "image has 220 ppi, 250 is needed"};
        sheet_at(f, 20, 90, 150, 110);
    }
    f = sheet_finding(r, "page-size", 13, SEVERITY_ERROR, 0);
    f->outcome = OUTCOME_UNCHECKED;
    f->message = (Text){"工作单没有写成品尺寸", "the job sheet gives no size"};
    *ARENA_PUSH(a, r->unproven, r->unproven_count, r->unproven_capacity) = (Unproven){
        {"规则 line-tint", "rule line-tint"}, {"工作单把它关了", "switched off by the job sheet"}};
    return t;
}

/* Findings of as many rules as there are numbers to tell apart. */
static void sheet_many(SheetSample *t, int count) {
    for (int i = 0; i < count; i++) {
        Report *r = &t->report;
        Finding *f = sheet_finding(r, arena_printf(r->arena, "rule-%d", i), 1 + i % 14,
                                   i % 3 ? SEVERITY_ERROR : SEVERITY_WARNING, 1 + i % 20);
        f->who = (Who)(i % WHO_WORDS);
        sheet_at(f, 10 + (i * 37) % 180, 12 + (i * 53) % 260, 12, 7);
    }
}

static void sheet_sign(SheetSample *t, const char *by, Decision decision, const char *note) {
    Standing *s = &t->standing;
    for (int p = 0; p < PARTIES; p++)
        t->signatures[p] = (Signature){.party = (Party)p,
                                       .decision = p == PARTY_PRINTER ? decision : DECISION_APPROVE,
                                       .by = p == PARTY_DIRECTOR ? "陈立" : by,
                                       .at = "2026-01-18 09:40",
                                       .note = p == PARTY_CLIENT ? note : ""};
    t->signatures[PARTY_CLIENT].scan_name = "签字.jpg";
    t->signatures[PARTY_CLIENT].scan_sha256 = sheet_sha256;
    s->signatures = t->signatures, s->signature_count = PARTIES;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        t->answers[i] = (Answer){.state = i == 8 || i == 14 ? HUMAN_NA : HUMAN_YES,
                                 .by = by,
                                 .role = "AE",
                                 .at = "2026-01-17 14:03",
                                 .note = i == 9 ? note : "",
                                 .carried_from = i == 10 ? 3 : 0};
        t->answered[i] = &t->answers[i];
    }
    s->answers = t->answered;
}

static void sheet_recorded(SheetSample *t) {
    Standing *s = &t->standing;
    s->run = "r-000128", s->version = 4, s->head = sheet_head_hash, s->head_seq = 128;
    s->parties = 1u << PARTY_AE | 1u << PARTY_CLIENT;
}

/* The version before, a signed one, waivers of every kind. */
static void sheet_history(SheetSample *t) {
    static const char *const whys[] = {"客户 1 月 16 日邮件确认右边不出血，画面本来就是白底",
                                       "旧稿的豁免", "客户要这个效果", "印厂同意"};
    Arena *a = t->report.arena;
    Standing *s = &t->standing;
    Waiver *w = ARENA_ARRAY(a, Waiver, 4);
    for (int i = 0; i < 4; i++)
        w[i] = (Waiver){.fingerprint = "0a1b2c3d4e5f6071",
                        .rule = "bleed-declared",
                        .state = (uint8_t)(WAIVER_HOLDS + i),
                        .why = whys[i],
                        .by = "王芳",
                        .second = i ? "" : "陈立",
                        .at = "2026-01-16 18:20",
                        .until_date = i % 2 ? NULL : "2026-03-01",
                        .until_version = i % 2 ? 3 : 0,
                        .places = 2};
    s->waivers = w, s->waiver_count = 4;
    s->before.name = "260115开盘画册_正稿_v3.pdf", s->before.run = "r-000121";
    s->before.as_of = "2026-01-15", s->before.version = 3;
    Report *mended = ARENA_NEW(a, Report);
    mended->arena = a;
    sheet_finding(mended, "rich-black", 4, SEVERITY_ERROR, 9)->message =
        (Text){"小字用了四色黑", "small text in four inks"};
    s->mended = mended->findings, s->mended_count = 1, s->still_count = 2, s->new_count = 1;
    s->doubtful_count = 1;
    s->signed_version.name = "260110开盘画册_签字稿_v2.pdf", s->signed_version.version = 2;
    s->signed_version.by = "李总（客户）", s->signed_version.at = "2026-01-12 11:00";
    s->signed_version.sha256 = sheet_head_hash, s->signed_version.compared = true;
    PageDifference *d = ARENA_ARRAY(a, PageDifference, 2);
    d[0] =
        (PageDifference){.page = 3, .what = {"画面有 2 处不同", "the picture differs in 2 places"}};
    d[1] =
        (PageDifference){.page = 7, .what = {"文字不同：“6868”成了“6666”", "“6868” became “6666”"}};
    s->differences = d, s->difference_count = 2;
}

/* Two hundred characters that no line may break at. */
static const char *sheet_long(Arena *a, const char *unit) {
    const char *all = "";
    for (int i = 0; i < 200; i++)
        all = arena_printf(a, "%s%s", all, unit);
    return all;
}

static void sheet_named_long(SheetSample *t, const char *unit) {
    Arena *a = t->report.arena;
    const char *text = sheet_long(a, unit);
    t->report.file.name = arena_printf(a, "%s.pdf", text);
    t->job.client = t->job.project = t->job.item = t->job.number = text;
    Finding *f = sheet_finding(&t->report, text, 3, SEVERITY_ERROR, 2);
    f->message = (Text){text, text}, f->fix = f->message;
    sheet_sign(t, text, DECISION_REJECT, text);
}

static const char sheet_hostile_text[] =
    "<script>alert(1)</script>&amp; \x1b[31m红\x1b[0m \xe2\x80\xae"
    "fdp.cod\xe2\x80\xac "
    "\xff\xfe bad e\xcc\x81\xcc\x82\xcc\x83 \xf0\x9f\x98\x80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d "
    "\xe0\xa4\x95\xe0\xa5\x8d \xe2\x80\x8b"
    "\n\ttwo lines <b>粗</b>";

static void sheet_hostile(SheetSample *t) {
    t->report.file.name = sheet_hostile_text;
    t->job.client = t->job.project = t->job.item = t->job.number = t->job.version =
        sheet_hostile_text;
    Finding *f = sheet_finding(&t->report, "text-outlined", 3, SEVERITY_ERROR, 1);
    f->message = (Text){sheet_hostile_text, sheet_hostile_text};
    sheet_sign(t, sheet_hostile_text, DECISION_WITH_CHANGES, sheet_hostile_text);
}

/* Pages of colour fields, as wide as high pages and as odd as banners. */
static cairo_status_t sheet_png_byte(void *to, const unsigned char *p, unsigned n) {
    sink_write(to, (const char *)p, n);
    return CAIRO_STATUS_SUCCESS;
}

static bool sheet_page_picture(void *self, Arena *a, const PictureWish *wish, ReportPicture *out,
                               Text *why) {
    (void)self;
    int page = wish->page, most = wish->most;
    if (page == 5) {
        *why = (Text){"这一页太复杂，画不出来", "this page is too complex to be drawn"};
        return false;
    }
    bool wide = page == 7;
    int w = wide ? most : most * 216 / 291, h = wide ? most / 4 : most;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 0.93, 0.9, 0.84);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0.2, 0.35, 0.5);
    cairo_rectangle(cr, w * 0.1, h * 0.3, w * 0.8, h * 0.4);
    cairo_fill(cr);
    cairo_destroy(cr);
    Sink png = sink_memory(a);
    cairo_surface_write_to_png_stream(surface, sheet_png_byte, &png);
    cairo_surface_destroy(surface);
    Str bytes = sink_text(&png);
    *out = (ReportPicture){.image = (const uint8_t *)bytes.p,
                           .bytes = bytes.n,
                           .width = w,
                           .height = h,
                           .mm = {-3, -3, wide ? 840 : 213, wide ? 210 : 288},
                           .origin_is_trim = true,
                           .whole = page != 3};
    return true;
}

static const ReportPictures sheet_pictures = {.draw = sheet_page_picture};

#endif
