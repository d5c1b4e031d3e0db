/* The reader of raster artwork: heads become facts page after page, in the order that
 * read/pdf/document.c keeps for PDFs; pixels are read when the listener asks for them. */
#include "read/raster/raster.h"

#include <string.h>

#include "read/derive.h"
#include "read/ink_role.h"
#include "read/raster/raster_read.h"

/* What a codec may hold while it hands out rows: a progressive JPEG keeps all coefficients, which
 * for an A3 page at 300 ppi in CMYK are 140 MB. */
static const size_t ROW_BUDGET = (size_t)256 << 20;

RasterRead raster_rows(const RasterPixels *p, RasterRow *row, void *self) {
    return p->codec->rows(p->file, p->page, row, self);
}

void raster_damage(RasterReader *r, const Page *page, Text why) {
    enum { MOST_LINES = 200 };
    if (r->damage_count >= MOST_LINES)
        return;
    *ARENA_PUSH(r->arena, r->damage, r->damage_count, r->damage_capacity) =
        (Text){arena_printf(r->arena, "第 %d 页：%s", page->number, why.zh),
               arena_printf(r->arena, "page %d: %s", page->number, why.en)};
}

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static void document_facts(RasterReader *r) {
    Document *d = facts_add(r->facts, FACT_document);
    const RasterHead *first = &r->pages[0].head;
    d->pdf_version = d->pdfx_name = "";
    d->pdfx = PDFX_NONE;
    d->title = or_empty(first->xmp_title);
    d->producer = d->creator = or_empty(first->software);
    d->page_count = (int32_t)r->page_count;
    d->scripts = d->form_fields = d->media = d->attachments = 0;
    d->output_intents = d->layer_count = 0;
}

static bool sound(const RasterHead *h) {
    return h->width > 0 && h->height > 0 && h->width <= INT32_MAX && h->height <= INT32_MAX &&
           h->colours > 0 && h->channels >= h->colours && h->channels <= MOST_RASTER_CHANNELS;
}

/* False: not one page has a head that can be read. */
static bool read_heads(RasterReader *r, Text *why) {
    int count = r->codec->pages(r->file);
    bool some = false;
    r->page_count = count > 0 ? (size_t)count : 0;
    r->pages = ARENA_ARRAY(r->arena, RasterPage, r->page_count + 1);
    for (int i = 0; i < count; i++) {
        RasterPage *p = &r->pages[i];
        Text trouble = {NULL, NULL};
        p->page = facts_add(r->facts, FACT_page);
        p->page->number = i + 1;
        p->read = r->codec->head(r->file, i, &p->head, &trouble) && sound(&p->head);
        if (!trouble.zh)
            trouble = (Text){"画面的大小或通道不合理", "its size or channels make no sense"};
        some |= p->read;
        if (p->read)
            raster_page_boxes(r, p);
        else
            raster_damage(r, p->page, *why = trouble);
    }
    if (count <= 0)
        *why = (Text){"里面找不到图像", "there is no picture in it"};
    return some;
}

/* What of a page is told before its pixels are read. */
static Raster *page_rows(RasterReader *r, const RasterPage *p) {
    Raster *raster = raster_facts(r, p);
    raster_page_facts(r, p, raster);
    raster_channels(r, &p->head);
    if (r->plan->cost < COST_CONTENT)
        return raster;
    const Style *style = raster_style(r, p, raster);
    Image *image = raster_image(r, p, raster, style);
    raster_picture(r, p, raster, image);
    if (r->plan->tell[FACT_image] && r->listener->mark)
        r->listener->mark(r->listener->self, r->facts, p->page, FACT_image, image);
    return raster;
}

/* How much could be read is known when somebody has looked at all of it. */
static void page_end(RasterReader *r, const RasterPage *p, const Raster *raster) {
    File *file = facts_at(r->facts, FACT_file, 0);
    bool torn = raster->readable < 1;
    if (torn && p->read)
        raster_damage(r, p->page,
                      (Text){"画面没有全部读出来", "not all of the picture can be read"});
    if (r->plan->cost >= COST_CONTENT)
        p->page->complete = !torn;
    if (torn)
        file->all_pages_read = 0;
    else if (raster->readable >= 1 && file->all_pages_read == UNKNOWN_BOOL)
        file->all_pages_read = 1;
}

static void walk_page(RasterReader *r, RasterPage *p) {
    Raster *raster;
    if (p->read) {
        raster = page_rows(r, p);
        RasterPixels pixels = {.head = &p->head,
                               .raster = raster,
                               .arena = r->arena,
                               .file = r->file,
                               .codec = r->codec,
                               .page = p->page->number - 1};
        if (r->listener->pixels)
            r->listener->pixels(r->listener->self, r->facts, p->page, &pixels);
    } else { /* nothing is known of it but that nothing can be read */
        raster = facts_add(r->facts, FACT_raster);
        raster->readable = 0;
        p->page->trim_source = TRIM_DEFAULTED;
    }
    page_end(r, p, raster);
    if (r->listener->page)
        r->listener->page(r->listener->self, r->facts, p->page);
    facts_end_page(r->facts);
}

static bool wanted(const ReadPlan *plan, size_t number) {
    return (plan->first_page <= 0 || number >= (size_t)plan->first_page) &&
           (plan->last_page <= 0 || number <= (size_t)plan->last_page);
}

static void closing_facts(RasterReader *r) {
    Document *d = facts_at(r->facts, FACT_document, 0);
    const char **zh = ARENA_ARRAY(r->arena, const char *, r->damage_count + 1);
    const char **en = ARENA_ARRAY(r->arena, const char *, r->damage_count + 1);
    for (size_t i = 0; i < r->damage_count; i++)
        zh[i] = r->damage[i].zh, en[i] = r->damage[i].en;
    d->damage = strs_of(r->arena, zh, r->damage_count);
    d->damage_en = strs_of(r->arena, en, r->damage_count);
    if (r->plan->cost < COST_CONTENT)
        return;
    raster_inks_close(r);
    derive_sizes(r->facts, r->plan->limit_of(r->plan->jobs, 1));
}

static void read_pages(RasterReader *r) {
    document_facts(r);
    declared_inks_open(r->facts, r->plan);
    if (r->listener->open)
        r->listener->open(r->listener->self, r->facts);
    for (size_t i = 0; i < r->page_count; i++)
        if (wanted(r->plan, i + 1))
            walk_page(r, &r->pages[i]);
    closing_facts(r);
    if (r->listener->close)
        r->listener->close(r->listener->self, r->facts);
}

static bool unreadable(File *file, Arena *a, Text why) {
    const char *format = enum_name(enum_find("FileFormat"), file->format, LANG_EN);
    file->unreadable_why = arena_printf(
        a, "这个 %s 打不开：%s。多半没有传完或已损坏，请重新发送或重新存一份", format, why.zh);
    file->unreadable_why_en = arena_printf(
        a, "this %s cannot be opened: %s; most likely it was cut off: send or save it again",
        format, why.en);
    return false;
}

static void opening_facts(RasterReader *r, File *file) {
    Text damage = r->codec->damage(r->file);
    file->readable = 1;
    file->unreadable_why = file->unreadable_why_en = "";
    file->damaged = damage.zh != NULL;
    file->damage = or_empty(damage.zh);
    file->encrypted = 0;
    file->print_allowed = 1;
}

static bool read_raster(Facts *facts, const ReaderInput *in, const RasterCodec *codec) {
    Arena *a = facts->document;
    RasterReader r = {
        .facts = facts, .arena = a, .plan = in->plan, .listener = in->listener, .codec = codec};
    RasterSource source = {
        .bytes = in->bytes, .count = in->count, .mapped = true, .arena = a, .budget = ROW_BUDGET};
    Text why = {NULL, NULL};
    r.file = codec->open(&source, &why);
    if (!r.file)
        return unreadable(in->file, a, why);
    bool some = read_heads(&r, &why);
    if (some) {
        opening_facts(&r, in->file);
        read_pages(&r);
    } else {
        unreadable(in->file, a, why);
    }
    codec->close(r.file);
    return some;
}

#define RASTER_CODEC(id)                                                                           \
    bool id##_read(Facts *facts, const ReaderInput *in);                                           \
    bool id##_read(Facts *facts, const ReaderInput *in) {                                          \
        return read_raster(facts, in, &id##_codec);                                                \
    }
#include "read/raster/codecs.def"
#undef RASTER_CODEC
