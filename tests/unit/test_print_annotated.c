/* The annotated copy, made and then looked at: drawn by poppler, read by qpdf. */
#include "print/annotated.h"
#include "recorder.h"

#include "base/sha256.h"

#include <cairo.h>
#include <fcntl.h>
#include <poppler.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <unistd.h>

/* Theirs, not ours: reading its configuration. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libcairo\n";
}

typedef struct Desk {
    Arena *arena;
    char dir[64];
    Report report;
    ReportStyle style;
    Standing standing;
    Waiver waiver;
    const char *path;
    Result result;
    Str copy;
} Desk;

static int start(void **state) {
    static Desk d;
    d = (Desk){.arena = arena_new(), .dir = "/tmp/chupin-annotated-XXXXXX"};
    assert_non_null(mkdtemp(d.dir));
    d.report = (Report){.arena = d.arena, .as_of = "2026-01-17"};
    d.report.file.name = "260117开盘单张_正稿.pdf";
    d.report.file.format = "pdf";
    *state = &d;
    return 0;
}

static int stop(void **state) {
    Desk *d = *state;
    int gone = system(arena_printf(d->arena, "rm -r %s", d->dir));
    arena_free(d->arena);
    return gone;
}

static const char *hash(Arena *a, Str bytes) {
    char *hex = arena_alloc(a, SHA256_HEX);
    Sha256 h;
    sha256_start(&h);
    sha256_add(&h, bytes.p, bytes.n);
    sha256_end(&h, hex);
    return hex;
}

static void put(Desk *d, Str bytes) {
    d->path = arena_printf(d->arena, "%s/artwork", d->dir);
    FILE *f = fopen(d->path, "wb");
    assert_true(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
    fclose(f);
    d->report.file.sha256 = hash(d->arena, bytes);
    d->style.artwork = d->path;
}

static Str bytes_of(Arena *a, const char *path) {
    Sink s = sink_memory(a);
    char piece[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        sink_write(&s, piece, n);
    fclose(f);
    return sink_text(&s);
}

static Finding *add_finding(Desk *d, int page, Severity severity, const char *rule) {
    Report *r = &d->report;
    Finding *f = ARENA_PUSH(d->arena, r->findings, r->finding_count, r->finding_capacity);
    *f = (Finding){.rule = rule,
                   .item = 7,
                   .severity = severity,
                   .outcome = OUTCOME_FAIL,
                   .page = page,
                   .origin_is_trim = true,
                   .count = 1,
                   .fingerprint = "0a1b2c3d4e5f6071"};
    f->message = (Text){"线条 0.1 mm 太细", "the line of 0.1 mm is too thin"};
    f->fix = (Text){"把它加粗", "make it bolder"};
    f->measured = (Measure){.present = true, .number = 0.1, .unit = "mm"};
    f->required = (Measure){
        .present = true, .number = 0.2, .unit = "mm", .from = {"默认规则", "the profile"}};
    return f;
}

static void at(Finding *f, Box mm) {
    f->places[f->place_count++] = (Place){.page = f->page, .boxed = true, .box = mm, .value = NAN};
}

static void annotate(Desk *d) {
    Sink to = sink_memory(d->arena);
    d->result = annotated_write(d->arena, &d->report, &d->style, &to);
    d->copy = sink_text(&to);
}

static void annotate_well(Desk *d) {
    annotate(d);
    if (d->result.kind)
        fail_msg("%s", d->result.text.en);
}

/* ---- pages whose trim, 100 × 60 mm as viewed, holds a green block 10 × 6 mm at 30, 10 ---- */

typedef struct View {
    int rotate;
    double unit;     /* UserUnit */
    double x, y;     /* lower left corner of the MediaBox, user space */
    double inset;    /* of the CropBox, mm */
    double margin;   /* around the trim, mm */
    Box trim, block; /* unturned, mm from the lower left corner of the media */
} View;

/* A page turned clockwise by `rotate` shows the same. */
static View view_of(int rotate, double unit, double x, double y, double inset) {
    const double w = 100, h = 60, m = 10, bx = 30, by = 10, bw = 10, bh = 6;
    View v = {.rotate = rotate, .unit = unit, .x = x, .y = y, .inset = inset, .margin = m};
    bool across = rotate % 180 == 0;
    v.trim = across ? (Box){m, m, m + w, m + h} : (Box){m, m, m + h, m + w};
    Box t = v.trim;
    if (rotate == 0)
        v.block = (Box){t.x0 + bx, t.y1 - by - bh, t.x0 + bx + bw, t.y1 - by};
    else if (rotate == 90)
        v.block = (Box){t.x0 + by, t.y0 + bx, t.x0 + by + bh, t.y0 + bx + bw};
    else if (rotate == 180)
        v.block = (Box){t.x1 - bx - bw, t.y0 + by, t.x1 - bx, t.y0 + by + bh};
    else
        v.block = (Box){t.x1 - by - bh, t.y1 - bx - bw, t.x1 - by, t.y1 - bx};
    return v;
}

static const Box block_mm = {30, 10, 40, 16};

static const char *user_box(Arena *a, const View *v, Box mm) {
    double s = 72 / 25.4 / v->unit;
    return arena_printf(a, "[%.4f %.4f %.4f %.4f]", v->x + mm.x0 * s, v->y + mm.y0 * s,
                        v->x + mm.x1 * s, v->y + mm.y1 * s);
}

static Str pdf_of_views(Desk *d, const View *views, int count) {
    Arena *a = d->arena;
    const char **objects = ARENA_ARRAY(a, const char *, 2 * count + 5);
    const char *kids = "";
    int n = 0;
    for (int i = 0; i < count; i++)
        kids = arena_printf(a, "%s %d 0 R", kids, 3 + 2 * i);
    objects[n++] = arena_printf(a,
                                "<</Type/Catalog/Pages 2 0 R/OutputIntents[<</Type/OutputIntent"
                                "/S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)>>]"
                                "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
                                "/Metadata %d 0 R>>",
                                3 + 2 * count);
    objects[n++] = arena_printf(a, "<</Type/Pages/Kids[%s]/Count %d>>", kids, count);
    for (int i = 0; i < count; i++) {
        const View *v = &views[i];
        double w = v->trim.x1 + v->margin, h = v->trim.y1 + v->margin, s = 72 / 25.4 / v->unit;
        Box media = {0, 0, w, h};
        Box crop = {v->inset, v->inset, w - v->inset, h - v->inset};
        objects[n++] = arena_printf(
            a,
            "<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<<>>/Rotate %d/UserUnit %g"
            "/MediaBox%s/CropBox%s/TrimBox%s>>",
            4 + 2 * i, v->rotate, v->unit, user_box(a, v, media), user_box(a, v, crop),
            user_box(a, v, v->trim));
        objects[n++] =
            arena_printf(a, "|0 0.6 0 rg %.4f %.4f %.4f %.4f re f", v->x + v->block.x0 * s,
                         v->y + v->block.y0 * s, (v->block.x1 - v->block.x0) * s,
                         (v->block.y1 - v->block.y0) * s);
    }
    objects[n++] = "/Type/Metadata/Subtype/XML|<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
                   "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></x:xmpmeta>";
    objects[n] = NULL;
    return pdf_of(a, objects);
}

static void put_views(Desk *d, const View *views, int count) {
    put(d, pdf_of_views(d, views, count));
    d->report.file.pages = count;
    for (int i = 0; i < count; i++) {
        PageSummary *p =
            ARENA_PUSH(d->arena, d->report.pages, d->report.page_count, d->report.page_capacity);
        *p = (PageSummary){
            .number = i + 1, .trim_w = 100, .trim_h = 60, .trim_source = TRIM_TRIMBOX};
    }
}

/* ---- looking ---- */

enum { PIXELS_A_MM = 4 };
typedef struct Shot {
    cairo_surface_t *surface;
    int w, h;
} Shot;

/* poppler draws user space as if a unit were a point. */
static Shot drawn(Desk *d, int page, double unit) {
    GBytes *bytes = g_bytes_new(d->copy.p, d->copy.n);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    assert_non_null(document);
    PopplerPage *p = poppler_document_get_page(document, page - 1);
    double w, h, scale = PIXELS_A_MM * 25.4 / 72 * unit;
    poppler_page_get_size(p, &w, &h);
    Shot out = {.w = (int)(w * scale + 0.5), .h = (int)(h * scale + 0.5)};
    out.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, out.w, out.h);
    cairo_t *cr = cairo_create(out.surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    poppler_page_render(p, cr);
    cairo_destroy(cr);
    cairo_surface_flush(out.surface);
    g_object_unref(p);
    g_object_unref(document);
    g_bytes_unref(bytes);
    return out;
}

static bool is_colour(const Shot *p, int x, int y, int r, int g, int b) {
    uint32_t pixel;
    if (x < 0 || y < 0 || x >= p->w || y >= p->h)
        return false;
    memcpy(&pixel,
           cairo_image_surface_get_data(p->surface) +
               (size_t)y * (size_t)cairo_image_surface_get_stride(p->surface) + (size_t)x * 4,
           sizeof pixel);
    int apart = abs((int)(pixel >> 16 & 255) - r) + abs((int)(pixel >> 8 & 255) - g) +
                abs((int)(pixel & 255) - b);
    return apart < 60;
}

static bool is_red(const Shot *p, int x, int y) {
    return is_colour(p, x, y, 189, 26, 26);
}

static Box extent(const Shot *p, int r, int g, int b) {
    Box e = {p->w, p->h, 0, 0};
    for (int y = 0; y < p->h; y++)
        for (int x = 0; x < p->w; x++)
            if (is_colour(p, x, y, r, g, b)) {
                e.x0 = fmin(e.x0, x), e.y0 = fmin(e.y0, y);
                e.x1 = fmax(e.x1, x + 1), e.y1 = fmax(e.y1, y + 1);
            }
    return e;
}

/* Red within 1.5 mm on all four sides of the block, at the middle of each. */
static void assert_framed(const Shot *p) {
    enum { REACH = PIXELS_A_MM * 3 / 2 };
    Box e = extent(p, 0, 153, 0);
    assert_true(fabs(e.x1 - e.x0 - 10 * PIXELS_A_MM) <= 3);
    assert_true(fabs(e.y1 - e.y0 - 6 * PIXELS_A_MM) <= 3);
    int x = (int)(e.x0 + e.x1) / 2, y = (int)(e.y0 + e.y1) / 2;
    bool left = false, right = false, top = false, bottom = false;
    for (int i = -1; i <= REACH; i++) {
        left |= is_red(p, (int)e.x0 - i, y);
        right |= is_red(p, (int)e.x1 - 1 + i, y);
        top |= is_red(p, x, (int)e.y0 - i);
        bottom |= is_red(p, x, (int)e.y1 - 1 + i);
    }
    assert_true(left && right && top && bottom);
    /* The label stands above the upper left corner as viewed. */
    int found = 0;
    for (int k = 0; k < 3 * PIXELS_A_MM; k++)
        for (int i = 0; i < 3 * PIXELS_A_MM; i++)
            found += is_red(p, (int)e.x0 + i, (int)e.y0 - PIXELS_A_MM - k);
    assert_true(found > 4 * PIXELS_A_MM * PIXELS_A_MM);
}

static void assert_stamped(const Shot *p) {
    int red = 0;
    for (int y = p->h - p->h / 6; y < p->h; y++)
        for (int x = 0; x < p->w; x++)
            red += is_red(p, x, y);
    assert_true(red > 200);
}

static void squares_lie_on_the_places_however_the_page_is_turned(void **state) {
    Desk *d = *state;
    View views[] = {view_of(0, 1, 0, 0, 0),    view_of(90, 1, 0, 0, 0),
                    view_of(180, 1, 0, 0, 0),  view_of(270, 1, 0, 0, 0),
                    view_of(0, 2, -30, 50, 4), view_of(90, 2, 12, -7, 4),
                    view_of(180, 10, 5, 5, 4), view_of(270, 0.5, -9, -9, 4)};
    enum { VIEWS = sizeof views / sizeof *views };
    put_views(d, views, VIEWS);
    for (int i = 0; i < VIEWS; i++)
        at(add_finding(d, i + 1, SEVERITY_ERROR, "line-weight-min"), block_mm);
    annotate_well(d);
    for (int i = 0; i < VIEWS; i++) {
        Shot p = drawn(d, i + 1, views[i].unit);
        assert_framed(&p);
        assert_stamped(&p);
        cairo_surface_destroy(p.surface);
    }
}

static qpdf_data opened(Desk *d) {
    qpdf_data q = qpdf_init();
    assert_int_equal(qpdf_read_memory(q, "copy", d->copy.p, d->copy.n, NULL), 0);
    assert_int_equal(qpdf_check_pdf(q), 0);
    assert_false(qpdf_more_warnings(q));
    return q;
}

static bool holds(const Desk *d, const char *words) {
    return memmem(d->copy.p, d->copy.n, words, strlen(words));
}

static void nothing_claims_to_be_ready_for_print(void **state) {
    Desk *d = *state;
    View v = view_of(0, 1, 0, 0, 0);
    put_views(d, &v, 1);
    at(add_finding(d, 1, SEVERITY_ERROR, "line-weight-min"), block_mm);
    annotate_well(d);
    qpdf_data q = opened(d);
    qpdf_oh root = qpdf_get_root(q);
    assert_false(qpdf_oh_has_key(q, root, "/OutputIntents"));
    assert_false(qpdf_oh_has_key(q, root, "/Metadata"));
    assert_false(qpdf_oh_has_key(q, root, "/OpenAction"));
    qpdf_oh info = qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Info");
    const char *title = qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, info, "/Title"));
    assert_non_null(strstr(title, "不可印刷"));
    qpdf_cleanup(&q);
    assert_false(holds(d, "GTS_PDFX"));
}

static void a_note_says_what_where_and_how_to_mend_it(void **state) {
    Desk *d = *state;
    View v = view_of(0, 1, 0, 0, 0);
    put_views(d, &v, 1);
    Finding *f = add_finding(d, 1, SEVERITY_ERROR, "line-weight-min");
    at(f, block_mm);
    f->message.zh = "线条 <b>\x1b[31m\xe2\x80\xae太细";
    add_finding(d, 0, SEVERITY_WARNING, "output-intent-present");
    annotate_well(d);
    qpdf_data q = opened(d);
    qpdf_oh annots = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Annots");
    assert_int_equal(qpdf_oh_get_array_n_items(q, annots), 4); /* two with their popups */
    qpdf_oh square = qpdf_oh_get_array_item(q, annots, 0);
    assert_string_equal(qpdf_oh_get_name(q, qpdf_oh_get_key(q, square, "/Subtype")), "/Square");
    const char *title = qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, square, "/T"));
    assert_non_null(strstr(title, "chupin 1"));
    const char *words = qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, square, "/Contents"));
    static const char *const told[] = {"<b>\\x1B[31m\\u202E太细", "the line of 0.1 mm is too thin",
                                       "line-weight-min",         "要求：0.2 mm",
                                       "required: 0.2 mm",        "怎么改：把它加粗",
                                       "make it bolder"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (!strstr(words, told[i]))
            fail_msg("%s is not in %s", told[i], words);
    qpdf_oh note = qpdf_oh_get_array_item(q, annots, 2);
    assert_string_equal(qpdf_oh_get_name(q, qpdf_oh_get_key(q, note, "/Subtype")), "/Square");
    qpdf_cleanup(&q);
}

static qpdf_oh child(qpdf_data q, qpdf_oh node, const char *key, const char *title) {
    qpdf_oh next = qpdf_oh_get_key(q, node, key);
    const char *found = qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, next, "/Title"));
    if (!strstr(found, title))
        fail_msg("%s is not %s", found, title);
    return next;
}

static void bookmarks_go_by_severity_rule_and_page(void **state) {
    Desk *d = *state;
    View views[] = {view_of(0, 1, 0, 0, 0), view_of(90, 1, 0, 0, 0)};
    put_views(d, views, 2);
    at(add_finding(d, 1, SEVERITY_WARNING, "image-ppi"), block_mm);
    at(add_finding(d, 1, SEVERITY_ERROR, "line-weight-min"), block_mm);
    at(add_finding(d, 2, SEVERITY_ERROR, "line-weight-min"), block_mm);
    add_finding(d, 2, SEVERITY_ERROR, "tac-area")->outcome = OUTCOME_UNCHECKED;
    annotate_well(d);
    qpdf_data q = opened(d);
    qpdf_oh root = qpdf_oh_get_key(q, qpdf_get_root(q), "/Outlines");
    qpdf_oh must = child(q, root, "/First", "必须改");
    qpdf_oh rule = child(q, must, "/First", "line-weight-min");
    qpdf_oh page = child(q, rule, "/First", "第 1 页");
    page = child(q, page, "/Next", "第 2 页");
    qpdf_oh dest = qpdf_oh_get_key(q, page, "/Dest");
    qpdf_oh second = qpdf_get_page_n(q, 1);
    assert_int_equal(qpdf_oh_get_object_id(q, qpdf_oh_get_array_item(q, dest, 0)),
                     qpdf_oh_get_object_id(q, second));
    qpdf_oh look = child(q, must, "/Next", "要看一眼");
    child(q, look, "/First", "image-ppi");
    child(q, look, "/Next", "没查成");
    qpdf_cleanup(&q);
}

static void what_is_waived_is_shown_with_who_waived_it(void **state) {
    Desk *d = *state;
    View v = view_of(0, 1, 0, 0, 0);
    put_views(d, &v, 1);
    Finding *f = add_finding(d, 1, SEVERITY_ERROR, "line-weight-min");
    d->waiver = (Waiver){.by = "王芳", .why = "客户要这个效果"};
    f->waiver = &d->waiver;
    at(f, block_mm);
    annotate_well(d);
    qpdf_data q = opened(d);
    qpdf_oh annots = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Annots");
    qpdf_oh square = qpdf_oh_get_array_item(q, annots, 0);
    const char *words = qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, square, "/Contents"));
    assert_non_null(strstr(words, "王芳"));
    assert_non_null(strstr(words, "客户要这个效果"));
    qpdf_cleanup(&q);
}

static void the_artwork_is_not_touched_and_the_copy_is_the_same_again(void **state) {
    Desk *d = *state;
    View v = view_of(90, 1, 3, 4, 2);
    put_views(d, &v, 1);
    at(add_finding(d, 1, SEVERITY_ERROR, "line-weight-min"), block_mm);
    annotate_well(d);
    Str first = d->copy;
    annotate_well(d);
    assert_int_equal(first.n, d->copy.n);
    assert_memory_equal(first.p, d->copy.p, first.n);
    assert_string_equal(hash(d->arena, bytes_of(d->arena, d->path)), d->report.file.sha256);
}

static void other_bytes_than_were_checked_are_refused(void **state) {
    Desk *d = *state;
    View v = view_of(0, 1, 0, 0, 0);
    put_views(d, &v, 1);
    d->report.file.sha256 = "970c769602440b7d8899aabbccddeeff00112233445566778899aabbccddeeff";
    annotate(d);
    assert_int_equal(d->result.kind, ERR_OUTPUT);
    assert_int_equal(d->copy.n, 0);
    assert_non_null(strstr(d->result.text.en, "not the file that was checked"));
}

static void damaged_and_missing_artwork_is_one_line(void **state) {
    Desk *d = *state;
    put(d, STR("%PDF-1.7\nnothing of it is left"));
    annotate(d);
    assert_int_equal(d->result.kind, ERR_OUTPUT);
    assert_non_null(strstr(d->result.text.en, "damaged"));
    d->style.artwork = arena_printf(d->arena, "%s/gone.pdf", d->dir);
    annotate(d);
    assert_int_equal(d->result.kind, ERR_OUTPUT);
    d->style.artwork = NULL;
    annotate(d);
    assert_non_null(strstr(d->result.text.en, "not at hand"));
    Sink to = sink_memory(d->arena);
    report_annotated(&d->report, &d->style, &to);
    assert_true(to.error != 0);
}

static void encrypted_artwork_is_refused(void **state) {
    Desk *d = *state;
    View v = view_of(0, 1, 0, 0, 0);
    Str plain = pdf_of_views(d, &v, 1);
    qpdf_data q = qpdf_init();
    assert_int_equal(qpdf_read_memory(q, "plain", plain.p, plain.n, NULL), 0);
    qpdf_init_write_memory(q);
    qpdf_set_r6_encryption_parameters2(q, "", "owner", QPDF_TRUE, QPDF_TRUE, QPDF_FALSE, QPDF_FALSE,
                                       QPDF_FALSE, QPDF_FALSE, qpdf_r3p_none, QPDF_TRUE);
    assert_int_equal(qpdf_write(q), 0);
    put(d, (Str){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
    qpdf_cleanup(&q);
    annotate(d);
    assert_int_equal(d->result.kind, ERR_OUTPUT);
    assert_non_null(strstr(d->result.text.en, "encrypted"));
}

/* A white picture with a green block, of a page that has 10 mm around its trim of 100 × 60 mm. */
static cairo_status_t png_byte(void *to, const unsigned char *p, unsigned n) {
    sink_write(to, (const char *)p, n);
    return CAIRO_STATUS_SUCCESS;
}

static bool draw_raster(void *self, Arena *a, const PictureWish *wish, ReportPicture *out,
                        Text *why) {
    (void)self, (void)wish, (void)why;
    int w = 480, h = 320;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0.6, 0);
    cairo_rectangle(cr, 160, 80, 40, 24);
    cairo_fill(cr);
    cairo_destroy(cr);
    Sink png = sink_memory(a);
    cairo_surface_write_to_png_stream(surface, png_byte, &png);
    cairo_surface_destroy(surface);
    Str bytes = sink_text(&png);
    *out = (ReportPicture){.image = (const uint8_t *)bytes.p,
                           .bytes = bytes.n,
                           .width = w,
                           .height = h,
                           .mm = {-10, -10, 110, 70},
                           .origin_is_trim = true,
                           .whole = true};
    return true;
}

static void raster_artwork_is_shown_with_its_squares(void **state) {
    Desk *d = *state;
    static const ReportPictures pictures = {.draw = draw_raster};
    put(d, STR("II*: pixels"));
    d->report.file.format = "tiff";
    d->report.file.pages = 1;
    PageSummary *p =
        ARENA_PUSH(d->arena, d->report.pages, d->report.page_count, d->report.page_capacity);
    *p = (PageSummary){
        .number = 1, .trim_w = 100, .trim_h = 60, .trim_source = TRIM_MEDIA_MINUS_BLEED};
    at(add_finding(d, 1, SEVERITY_ERROR, "raster-size"), block_mm);
    annotate(d);
    assert_int_equal(d->result.kind, ERR_OUTPUT); /* nobody can draw it */
    d->style.pictures = &pictures;
    annotate_well(d);
    Shot picture = drawn(d, 1, 1);
    assert_int_equal(picture.w, 480);
    assert_framed(&picture);
    assert_stamped(&picture);
    cairo_surface_destroy(picture.surface);
}

static void labels_stay_on_the_page(void **state) {
    Desk *d = *state;
    View v = view_of(0, 1, 0, 0, 0);
    put_views(d, &v, 1);
    at(add_finding(d, 1, SEVERITY_ERROR, "bleed-declared"), (Box){-10, -10, 110, 70});
    for (int i = 0; i < 40; i++)
        add_finding(d, 1, SEVERITY_WARNING, arena_printf(d->arena, "rule-%d", i));
    annotate_well(d);
    qpdf_data q = opened(d);
    qpdf_oh annots = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Annots");
    double w = 120 / 25.4 * 72, h = 80 / 25.4 * 72;
    for (int i = 2; i < qpdf_oh_get_array_n_items(q, annots); i += 2) {
        qpdf_oh rect = qpdf_oh_get_key(q, qpdf_oh_get_array_item(q, annots, i), "/Rect");
        double x0 = qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, rect, 0));
        double y0 = qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, rect, 1));
        double x1 = qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, rect, 2));
        double y1 = qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, rect, 3));
        assert_true(x0 >= 0 && y0 >= 0 && x1 <= w + 0.1 && y1 <= h + 0.1);
    }
    qpdf_cleanup(&q);
    Shot p = drawn(d, 1, 1);
    assert_true(is_red(&p, 2, 2)); /* the label of the square around all of it */
    cairo_surface_destroy(p.surface);
}

#define COPY_TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        COPY_TEST(squares_lie_on_the_places_however_the_page_is_turned),
        COPY_TEST(nothing_claims_to_be_ready_for_print),
        COPY_TEST(a_note_says_what_where_and_how_to_mend_it),
        COPY_TEST(bookmarks_go_by_severity_rule_and_page),
        COPY_TEST(what_is_waived_is_shown_with_who_waived_it),
        COPY_TEST(the_artwork_is_not_touched_and_the_copy_is_the_same_again),
        COPY_TEST(other_bytes_than_were_checked_are_refused),
        COPY_TEST(damaged_and_missing_artwork_is_one_line),
        COPY_TEST(encrypted_artwork_is_refused),
        COPY_TEST(raster_artwork_is_shown_with_its_squares),
        COPY_TEST(labels_stay_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
