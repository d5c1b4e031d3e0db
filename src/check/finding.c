#include "check/finding.h"

#include <math.h>
#include <string.h>

/* What can be seen of a mark; the whole of it when it is clipped away. A visible mark outside its
 * clip belongs to a pattern cell, which shows wherever the clip, its host, lies. */
static Box seen_part(const Mark *m) {
    Box b = box_of(m->box), c = box_of(m->clip);
    if (!box_known(c) || c.x0 >= b.x1 || c.x1 <= b.x0 || c.y0 >= b.y1 || c.y1 <= b.y0)
        return box_known(c) && m->visible == 1 ? c : b;
    return (Box){fmax(b.x0, c.x0), fmax(b.y0, c.y0), fmin(b.x1, c.x1), fmin(b.y1, c.y1)};
}

static double shown_number(Value v) {
    if (v.kind != VALUE_NUMBER || !v.known)
        return NAN;
    const Unit *u = unit_shown(v.dimension);
    return u ? v.number / u->factor : v.number;
}

/* Where a row of a page lies; unknown for one without a place. */
static Box row_box(FactKind kind, const void *row) {
    static const Box unknown = {NAN, NAN, NAN, NAN};
    const EntityDesc *e = entity_of(kind);
    const FieldDesc *box = field_find(e, STR("box"));
    if (kind_is_mark(kind))
        return seen_part(row);
    if (e->scope != SCOPE_PAGE || !box || box->type != T_BOX)
        return unknown;
    return *(const Box *)(const void *)((const char *)row + box->offset);
}

/* What a row is called or says, where that outlives an export: a font's own name has a subset tag,
 * a file's its version. */
static const char *said_by(FactKind kind, const void *row) {
    static const struct {
        FactKind kind;
        size_t offset;
    } told[] = {{FACT_glyph_run, offsetof(GlyphRun, text)},
                {FACT_lettering, offsetof(Lettering, text)},
                {FACT_font, offsetof(Font, family)},
                {FACT_ink, offsetof(Ink, name)},
                {FACT_declared_ink, offsetof(DeclaredInk, name)},
                {FACT_layer, offsetof(Layer, name)},
                {FACT_channel, offsetof(Channel, name)},
                {FACT_plate, offsetof(Plate, ink)},
                {FACT_annotation, offsetof(Annotation, subtype)},
                {FACT_output_intent, offsetof(OutputIntent, condition)},
                {FACT_profile, offsetof(Profile, description)}};
    for (size_t i = 0; row && i < sizeof told / sizeof *told; i++)
        if (told[i].kind == kind)
            return *(const char *const *)(const void *)((const char *)row + told[i].offset);
    return NULL;
}

static const char *measured_word(Value v) {
    if (!v.known || (v.kind != VALUE_ENUM && v.kind != VALUE_STR))
        return NULL;
    return v.kind == VALUE_ENUM ? enum_word(v.domain, v.word) : v.str;
}

static uint64_t content_of(FactKind kind, const void *row, Value measured) {
    const char *parts[] = {said_by(kind, row), measured_word(measured)};
    char hex[SHA256_HEX];
    uint64_t bits = 0;
    Sha256 hash;
    if (!str_of(parts[0]).n && !str_of(parts[1]).n)
        return 0;
    sha256_start(&hash);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        sha256_add(&hash, parts[i] ? parts[i] : "", str_of(parts[i]).n + 1);
    sha256_end(&hash, hex);
    for (size_t i = 0; i < 16; i++)
        bits = bits << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    return bits;
}

Place place_of(const Page *page, FactKind kind, const void *row, Value measured) {
    Place p = {.page = page ? page->number : 0,
               .value = shown_number(measured),
               .content = content_of(kind, row, measured)};
    p.box = (Box){NAN, NAN, NAN, NAN};
    Box b = page && row ? row_box(kind, row) : p.box;
    p.boxed = box_known(b);
    if (p.boxed)
        p.box = place_box(page, b);
    if (page && row && kind == FACT_bleed_edge)
        p.edge = ((const BleedEdge *)row)->edge;
    return p;
}

Measure measure_of(Arena *a, Value v, Text from) {
    Measure m = {.number = NAN, .unit = "", .from = from};
    if (v.kind == VALUE_NONE || !v.known)
        return m;
    m.present = true;
    if (v.kind != VALUE_NUMBER) {
        /* A word of the schema stays one: what reads a report does not read English. */
        m.text =
            v.kind == VALUE_ENUM && v.known ? enum_word(v.domain, v.word) : value_text(a, v).en;
        return m;
    }
    const Unit *u = unit_shown(v.dimension);
    m.number = shown_number(v);
    m.unit = u ? u->suffix : "";
    return m;
}

static bool begins(const char *path, const char *with) {
    return strncmp(path, with, strlen(with)) == 0;
}

static Reason no_size(const Job *job) {
    static const Text settle = {
        "在工作单里写成品尺寸（尺寸: 210x285 mm），或用 --size 给出。",
        "write the size in the job sheet (size: 210x285 mm), or give --size."};
    if (job && job->sheet == 1)
        return (Reason){
            {"工作单没有写成品尺寸，文件里也找不到成品框和裁切线",
             "the job sheet gives no size, and the file has neither trim box nor crop marks"},
            settle,
            false};
    return (Reason){
        {"没有工作单，不知道成品尺寸；文件里也找不到成品框和裁切线",
         "no job sheet gives the size, and the file has neither trim box nor crop marks"},
        settle,
        false};
}

static Reason no_trim(void) {
    return (Reason){{"文件没写成品裁到哪里，页面大小也对不上工作单的尺寸",
                     "the file does not say where to cut, and the page fits no size of the job"},
                    {"用 PDF/X 预设重新导出，带上成品框和出血。",
                     "export again with a PDF/X preset, with trim box and bleed."},
                    true};
}

static Reason no_paper(const Job *job) {
    static const Text settle = {
        "在工作单里写纸张（纸张: 157g 铜版），或用 --paper 给出。",
        "write the paper in the job sheet (paper: 157g 铜版), or give --paper."};
    if (job && job->paper && *job->paper)
        return (Reason){{"纸张表里没有工作单写的这种纸，不知道它的要求",
                         "the paper of the job sheet is not in the table of papers"},
                        settle,
                        false};
    if (job && job->sheet == 1)
        return (Reason){{"工作单没有写纸张", "the job sheet names no paper"}, settle, false};
    return (Reason){
        {"没有工作单，不知道用什么纸", "no job sheet: the paper is not known"}, settle, false};
}

/* The field without its entity: the sentence around it says 工作单 or 限值 already. */
static Text field_of(Text path) {
    static const char *const heads[] = {"工作单的", "限值的", "job.", "limit."};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        path.zh += path.zh && begins(path.zh, heads[i]) ? n : 0;
        path.en += path.en && begins(path.en, heads[i]) ? n : 0;
    }
    return path;
}

static Reason no_sheet(Arena *a, Text path, const Job *job) {
    if (job && job->sheet == 1)
        return (Reason){{arena_printf(a, "工作单没有写%s", path.zh),
                         arena_printf(a, "the job sheet does not say %s", path.en)},
                        {"补到工作单里再检查。", "add it to the job sheet and check again."},
                        false};
    return (Reason){{arena_printf(a, "没有工作单，不知道%s", path.zh),
                     arena_printf(a, "no job sheet: %s is not known", path.en)},
                    {"写一张工作单（chupin init）放在稿件的文件夹里。",
                     "write a job sheet (chupin init) into the folder of the artwork."},
                    false};
}

/* What a flattened file does not hold: nothing in it, and nobody's mistake in it. */
static Reason no_live_text(void) {
    return (Reason){
        {"位图稿里的文字是像素，没有活字可以核对",
         "the text of raster artwork is pixels: there is no live text to compare"},
        {"附上没有转曲的那一份（工作单写 live），或者由人对照原稿逐字看、做文字识别 OCR。",
         "deliver the twin with live text (live in the job sheet), or have a person or "
         "OCR read it against the copy."},
        false};
}

static Reason no_lines(void) {
    return (Reason){{"位图稿里的线条和小字是像素，量不出粗细和字号",
                     "lines and small type of raster artwork are pixels: their width and size are "
                     "not measured"},
                    {"用矢量的原文件（PDF）查，或者由人放大看。",
                     "check the vector original (PDF), or have a person look at it enlarged."},
                    false};
}

static Reason no_print_size(const Job *job) {
    static const Text settle = {
        "在工作单里写成品尺寸（尺寸: 210x285 mm），或用 --size 给出。",
        "write the size in the job sheet (size: 210x285 mm), or give --size."};
    bool sheet = job && job->sheet == 1;
    return (Reason){sheet ? (Text){"工作单没有写成品尺寸，不知道这张图要印多大",
                                   "the job sheet gives no size: how large this is printed is not "
                                   "known"}
                          : (Text){"没有工作单，不知道这张图要印多大",
                                   "no job sheet: how large this is printed is not known"},
                    settle, false};
}

static Reason no_shape(void) {
    return (Reason){{"画面的长宽比例和工作单的尺寸对不上，不知道裁到哪里",
                     "the picture has another shape than the size of the job: where to cut is not "
                     "known"},
                    {"先把尺寸改对，再检查。", "mend the size first, then check again."},
                    true};
}

/* Facts of raster artwork that hang on the size in print. */
static bool is_print_size(const char *path) {
    static const char *const names[] = {"raster.fit", "raster.ppi", "raster.job_",
                                        "raster.density_fits"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (begins(path, names[i]))
            return true;
    return false;
}

/* Fields that hang on the size of the finished page. */
static bool hangs_on_size(const char *path) {
    static const char *const names[] = {"page.trim_w",      "page.trim_h",         "page.viewed_",
                                        "page.size_",       "page.orientation",    "page.bleed_",
                                        "page.odd_size",    "document.trim_sizes", "bleed_edge.",
                                        "lettering.margin", "lettering.cut"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (begins(path, names[i]))
            return true;
    return false;
}

/* Fields that the plates of a page tell: "page.same_as". */
static bool is_drawn(const char *path) {
    const char *dot = strchr(path, '.');
    int kind = dot ? entity_find((Str){path, (size_t)(dot - path)}) : -1;
    const FieldDesc *field =
        kind < 0 ? NULL : field_find(entity_of((FactKind)kind), str_of(dot + 1));
    return field && field->cost == COST_PLATES;
}

/* Pixels that say nothing, or that could not be looked at. */
static Reason of_picture(const char *en, const Picture *p, Arena *a, Text path) {
    if (p && p->why && *p->why)
        return (Reason){{p->why, p->why_en}, {NULL, NULL}, true};
    if (streq(en, "picture.detail"))
        return (Reason){{"画面里没有够清楚的细节，看不出是不是放大过的",
                         "the picture has no detail sharp enough to tell whether it was enlarged"},
                        {"请人和原图对一下。", "compare it with the original."},
                        true};
    if (streq(en, "picture.cast"))
        return (Reason){{"画面的暗部和亮部没有足够的灰色，量不出偏色",
                         "shadows and lights of the picture have too few grays to tell a cast by"},
                        {"请人看样。", "look at a proof."},
                        true};
    return (Reason){{arena_printf(a, "文件里看不出%s，无法判断", path.zh),
                     arena_printf(a, "the file does not tell %s", en)},
                    {NULL, NULL},
                    true};
}

Reason reason_of(Arena *a, Text path, const RuleEnv *env) {
    const Job *job = env->row[FACT_job];
    const TacArea *tac = env->row[FACT_tac_area];
    const Page *page = env->row[FACT_page];
    const File *file = env->row[FACT_file];
    const char *en = path.en ? path.en : "";
    bool sizeless = job && isnan(job->size_w);
    bool pixels = file && entity_in(entity_of(FACT_raster), file->format);
    bool defaulted = !page || page->trim_source == TRIM_DEFAULTED;
    if (begins(en, "tac_area.") && tac && tac->why && *tac->why)
        return (Reason){{tac->why, tac->why_en},
                        {NULL, NULL},
                        !(sizeless && pixels && page && page->complete == 1)};
    if (begins(en, "picture."))
        return of_picture(en, env->row[FACT_picture], a, path);
    if (streq(en, "raster.text"))
        return no_live_text();
    if (streq(en, "raster.line"))
        return no_lines();
    if (sizeless && (is_print_size(en) || (pixels && hangs_on_size(en))))
        return no_print_size(job);
    if (pixels && page && defaulted && hangs_on_size(en))
        return no_shape();
    if (begins(en, "paper.") || begins(en, "limit.tac"))
        return no_paper(job);
    if (sizeless &&
        ((hangs_on_size(en) && defaulted) || begins(en, "page.size_") || begins(en, "limit.ppi")))
        return defaulted ? no_size(job) : no_sheet(a, (Text){"成品尺寸", "the size"}, job);
    if (page && defaulted && hangs_on_size(en))
        return no_trim();
    if (begins(en, "job."))
        return no_sheet(a, field_of(path), job);
    if (begins(en, "limit."))
        return (Reason){{arena_printf(a, "没有给出限值：%s", field_of(path).zh),
                         arena_printf(a, "no limit is given: %s", field_of(path).en)},
                        {"在工作单的“限值”里写上。", "write it under limits: in the job sheet."},
                        false};
    if (!*en)
        return (Reason){
            {"没有足够的信息判断", "not enough is known to decide"}, {NULL, NULL}, true};
    if (page && page->drawn == 0 && is_drawn(en))
        return (Reason){{"页面上有内容没能画到网点版上",
                         "something on the page could not be drawn on the plates"},
                        {NULL, NULL},
                        true};
    return (Reason){{arena_printf(a, "文件里看不出%s，无法判断", path.zh),
                     arena_printf(a, "the file does not tell %s", en)},
                    {NULL, NULL},
                    true};
}

const char *fingerprint_of(Arena *a, const Rule *rule, int item, int page, const Place *worst,
                           const Measure *measured) {
    char hex[SHA256_HEX], number[32];
    Sink key = sink_memory(a);
    sink_format(&key, "%s\n%d\n%s\n", rule->id, page, entity_of(rule->each)->name);
    if (rule->item_count > 1)
        sink_format(&key, "%d\n", item);
    if (worst && worst->boxed)
        sink_format(&key, "%.0f %.0f %.0f %.0f\n", round(worst->box.x0), round(worst->box.y0),
                    round(worst->box.x1), round(worst->box.y1));
    if (worst && worst->edge)
        sink_format(&key, "%d\n", worst->edge);
    number_format(number, sizeof number, measured->number, 3);
    sink_format(&key, "%s%s%s", number, measured->text ? measured->text : "", measured->unit);
    Str text = sink_text(&key);
    sha256_of(text.p, text.n, hex);
    return arena_copy(a, hex, 12);
}

void finding_leave_open(Arena *a, Finding *f, const Rule *rule, const Reason *why) {
    static const Measure open = {.number = NAN, .text = "?", .unit = ""};
    f->outcome = OUTCOME_UNCHECKED;
    f->by_file = why->by_file;
    f->message = (Text){arena_printf(a, "“%s”没有查成：%s", rule->title.zh, why->text.zh),
                        arena_printf(a, "not checked, \"%s\": %s", rule->title.en, why->text.en)};
    f->fix = why->settle;
    f->measured = f->required = (Measure){.number = NAN, .unit = ""};
    f->fingerprint = fingerprint_of(a, rule, f->item, f->page, NULL, &open);
}
