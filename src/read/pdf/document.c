/* The PDF reader: opens, reads the document's own facts, then walks page after page. */
#include "read/pdf/document.h"

#include "read/ink_role.h"
#include "read/pdf/content_of_page.h"
#include "read/pdf/layers.h"

bool pdf_read(Facts *facts, const ReaderInput *in);

static void opening_facts(File *file, const PdfOpening *o) {
    file->encrypted = o->encrypted;
    file->damaged = o->state == PDF_OPENED_REPAIRED;
    file->damage = o->repair ? o->repair : "";
    if (o->state == PDF_NEEDS_PASSWORD)
        file->encrypted = 1;
    else if (o->state != PDF_NOT_OPENED)
        file->print_allowed = o->print_allowed;
    file->readable = o->state == PDF_OPENED || o->state == PDF_OPENED_REPAIRED;
    file->unreadable_why = file->readable == 1 ? "" : o->why.zh;
    file->unreadable_why_en = file->readable == 1 ? "" : o->why.en;
}

typedef struct PageWalk {
    Gather *g;
    Interpreter *interpreter;
    Arena *arena; /* the interpreter's, for one page */
    const PageList *pages;
} PageWalk;

/* A written trim is known before the content; any other may be overruled by crop marks. */
static void prepare_trim(Gather *g, Page *p) {
    const Job *job = g->plan->job_of(g->plan->jobs, p->number);
    const Limit *limit = g->plan->limit_of(g->plan->jobs, p->number);
    if (p->trim_written != 1)
        return;
    derive_trim(p, job, limit, BOX_UNKNOWN);
    derive_bleed(p, limit);
}

bool page_content_walk(const PageContent *c, Painter *painter) {
    return interpret_page(c->interpreter, c->arena, c->object, c->resources, &c->box, painter);
}

static const PdfObj *resource_owner(const PageWalk *w, const PageEntry *e) {
    return e->has_resources ? page_object(w->g->file, &e->resources) : NULL;
}

static PageContent page_content(const PageWalk *w, const Page *p, const PageEntry *e) {
    PdfFile *f = w->g->file;
    return (PageContent){.file = f,
                         .interpreter = w->interpreter,
                         .arena = w->arena,
                         .page = p,
                         .object = page_object(f, &e->at),
                         .resources = pdf_lookup(f, resource_owner(w, e), "Resources"),
                         .box = page_box(p)};
}

static void walk_content(PageWalk *w, Page *p, const PageEntry *e, const PageContent *content) {
    Gather *g = w->g;
    Painter painter = gather_painter(g);
    gather_page_start(g, p);
    if (pdf_type(content->object) != PDF_DICT)
        gather_damage(g, "页面读不到", "the page cannot be read");
    else if (!page_content_walk(content, &painter))
        g->complete = false;
    PdfRef resources = pdf_lookup_ref(resource_owner(w, e), "Resources");
    fonts_list(g, content->object, resources, content->resources);
    gather_page_end(g);
}

static void walk_page(PageWalk *w, size_t index) {
    Gather *g = w->g;
    Page *p = facts_at(g->facts, FACT_page, index);
    const PageEntry *e = &w->pages->items[index];
    prepare_trim(g, p);
    PageContent content = page_content(w, p, e);
    if (g->plan->cost >= COST_CONTENT) {
        walk_content(w, p, e, &content);
        File *file = facts_at(g->facts, FACT_file, 0);
        file->all_pages_read = file->all_pages_read != 0 && p->complete == 1;
    }
    if (g->listener->draw && pdf_type(content.object) == PDF_DICT)
        g->listener->draw(g->listener->self, g->facts, p, &content);
    if (g->listener->page)
        g->listener->page(g->listener->self, g->facts, p);
    facts_end_page(g->facts);
    arena_rewind(w->arena, (ArenaMark){0});
    pdf_trim(g->file);
}

static bool wanted(const ReadPlan *plan, size_t number) {
    return (plan->first_page <= 0 || number >= (size_t)plan->first_page) &&
           (plan->last_page <= 0 || number <= (size_t)plan->last_page);
}

static void walk_pages(Gather *g, const PageList *pages, const Layers *layers) {
    PageWalk w = {.g = g, .arena = arena_new(), .pages = pages};
    w.interpreter = interpreter_new(g->arena, g->file, layers, &(WalkBudget){0});
    for (size_t i = 0; i < pages->count; i++)
        if (wanted(g->plan, i + 1))
            walk_page(&w, i);
    interpreter_free(w.interpreter);
    arena_free(w.arena);
}

/* Content that could not be found where it should be is known only after the walk. */
static void closing_facts(Gather *g, File *file, bool tree_torn) {
    if (tree_torn)
        file->all_pages_read = 0;
    if (file->damaged == 0 && (tree_torn || pdf_was_rebuilt(g->file))) {
        file->damaged = 1;
        file->damage = tree_torn ? "页面目录有损坏" : "对象目录有损坏，读的时候重建了";
    }
    if (g->plan->cost < COST_CONTENT)
        return;
    gather_close(g);
    derive_sizes(g->facts, g->plan->limit_of(g->plan->jobs, 1));
}

static bool read_document(Gather *g, const ReaderInput *in) {
    PageList pages = {0};
    document_facts(g, in);
    bool torn = !pages_read(&pages, g);
    Document *d = facts_at(g->facts, FACT_document, 0);
    d->page_count = (int32_t)pages.count;
    if (!pages.count) {
        in->file->unreadable_why = "文件里找不到页面：多半没有传完或已损坏，请重新导出 PDF";
        in->file->unreadable_why_en =
            "there are no pages in the file: it was cut off or is damaged; export the PDF again";
        return false;
    }
    output_intents(g);
    document_actions(g, &pages);
    Layers *layers = layers_read(g->arena, g->file, g->facts);
    d->layer_count = (int32_t)facts_count(g->facts, FACT_layer);
    declared_inks_open(g->facts, g->plan);
    if (g->listener->open)
        g->listener->open(g->listener->self, g->facts);
    walk_pages(g, &pages, layers);
    closing_facts(g, in->file, torn);
    if (g->listener->close)
        g->listener->close(g->listener->self, g->facts);
    return true;
}

bool pdf_read(Facts *facts, const ReaderInput *in) {
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, facts->document, in->bytes, in->count, in->plan->password);
    opening_facts(in->file, &opening);
    if (!f)
        return false;
    Gather *g = gather_new(facts, in->plan, in->listener, f);
    bool read = read_document(g, in);
    gather_free(g);
    pdf_close(f);
    return read;
}
