/* The page tree. Counts in it are not believed; a node is entered once, so that cycles end; only
 * MediaBox, CropBox, Rotate and Resources are inherited. */
#include "read/pdf/document.h"

#include <math.h>

enum { DEEPEST = 64, MOST_PAGES = 100000 };

typedef struct Inherited {
    const PdfObj *media, *crop, *rotate;
    NodePlace resources;
    bool has_resources;
} Inherited;

typedef struct TreeWalk {
    Gather *g;
    PageList *pages;
    Table seen;
    bool torn;
} TreeWalk;

static Box raw_box(PdfFile *f, const PdfObj *array) {
    if (pdf_type(array) != PDF_ARRAY || pdf_length(array) < 4)
        return BOX_UNKNOWN;
    double v[4];
    for (int i = 0; i < 4; i++) {
        const PdfObj *o = pdf_at(f, array, i);
        if (!pdf_is_number(o))
            return BOX_UNKNOWN;
        v[i] = pdf_number(o, 0);
    }
    return (Box){v[0], v[1], v[2], v[3]};
}

static bool has_area(Box b) {
    return box_known(b) && b.x1 != b.x0 && b.y1 != b.y0;
}

static int quarter_turns(const PdfObj *rotate) {
    int degrees = pdf_int(rotate, 0) % 360;
    return degrees % 90 ? 0 : (degrees + 360) % 360;
}

/* A value that was written but cannot be meant is replaced as viewers do, and that is said. */
static void note_replaced(TreeWalk *w, Page *p, const char *zh, const char *en) {
    Page *before = w->g->page;
    w->g->page = p;
    gather_damage(w->g, zh, en);
    w->g->page = before;
}

/* Viewers take US Letter for a page without a usable MediaBox. */
static const Box LETTER = {0, 0, 612, 792};

static void page_facts(TreeWalk *w, const PdfObj *o, const Inherited *from) {
    PdfFile *f = w->g->file;
    Page *p = facts_add(w->g->facts, FACT_page);
    p->number = (int32_t)facts_count(w->g->facts, FACT_page);
    p->media_box = raw_box(f, from->media);
    p->crop_box = raw_box(f, from->crop);
    p->bleed_box = raw_box(f, pdf_lookup(f, o, "BleedBox"));
    p->trim_box = raw_box(f, pdf_lookup(f, o, "TrimBox"));
    p->art_box = raw_box(f, pdf_lookup(f, o, "ArtBox"));
    p->rotate = quarter_turns(from->rotate);
    if (pdf_int(from->rotate, 0) % 90)
        note_replaced(w, p, "旋转角度不是 90 的倍数，按不旋转处理",
                      "the rotation is no multiple of 90; none is assumed");
    double unit = pdf_number(pdf_lookup(f, o, "UserUnit"), 1);
    p->user_unit = unit > 0 && unit <= 1e6 ? unit : 1;
    if (p->user_unit != unit)
        note_replaced(w, p, "页面单位 UserUnit 不是正常的数，按 1 处理",
                      "the UserUnit is no usable number; 1 is assumed");
    if (!has_area(p->media_box)) {
        p->media_box = LETTER;
        note_replaced(w, p, "没有可用的 MediaBox，按 Letter 纸处理",
                      "no usable MediaBox; US Letter is assumed");
    }
    derive_boxes(p);
}

static void add_page(TreeWalk *w, const PdfObj *o, NodePlace at, const Inherited *from) {
    if (w->pages->count >= MOST_PAGES) {
        w->torn = true;
        return;
    }
    PageEntry *e = ARENA_PUSH(w->g->arena, w->pages->items, w->pages->count, w->pages->capacity);
    *e = (PageEntry){at, from->resources, from->has_resources};
    page_facts(w, o, from);
}

static bool entered_before(TreeWalk *w, PdfRef ref) {
    if (!ref.num)
        return false;
    void **slot = table_slot(&w->seen, w->g->arena, (uint64_t)ref.num);
    bool seen = *slot;
    *slot = w;
    return seen;
}

static void inherit(PdfFile *f, Inherited *in, const PdfObj *o, NodePlace at) {
    const PdfObj *media = pdf_lookup(f, o, "MediaBox"), *crop = pdf_lookup(f, o, "CropBox"),
                 *rotate = pdf_lookup(f, o, "Rotate");
    in->media = media ? media : in->media;
    in->crop = crop ? crop : in->crop;
    in->rotate = rotate ? rotate : in->rotate;
    if (pdf_type(pdf_lookup(f, o, "Resources")) == PDF_DICT) {
        in->resources = at;
        in->has_resources = true;
    }
}

static void walk_node(TreeWalk *w, const PdfObj *o, NodePlace at, Inherited in, int depth) {
    PdfFile *f = w->g->file;
    if (pdf_type(o) != PDF_DICT || depth > DEEPEST) {
        w->torn = true;
        return;
    }
    const PdfObj *kids = pdf_lookup(f, o, "Kids");
    inherit(f, &in, o, at);
    if (pdf_type(kids) != PDF_ARRAY || pdf_is_name(pdf_lookup(f, o, "Type"), "Page")) {
        if (pdf_is_name(pdf_lookup(f, o, "Type"), "Pages"))
            w->torn = true;
        else
            add_page(w, o, at, &in);
        return;
    }
    if (entered_before(w, at.ref)) {
        w->torn = true;
        return;
    }
    for (int i = 0; i < pdf_length(kids) && w->pages->count < MOST_PAGES; i++)
        walk_node(w, pdf_at(f, kids, i), (NodePlace){pdf_at_ref(kids, i), at.ref, i}, in,
                  depth + 1);
}

/* Without a page tree the pages are still in the file, in the order of their numbers. */
static void search_pages(TreeWalk *w) {
    int count = pdf_object_count(w->g->file);
    for (int num = 1; num < count; num++) {
        PdfRef ref = {num, 0};
        const PdfObj *o = pdf_object(w->g->file, ref);
        if (pdf_type(o) != PDF_DICT || !pdf_is_name(pdf_lookup(w->g->file, o, "Type"), "Page"))
            continue;
        Inherited in = {0};
        NodePlace at = {.ref = ref};
        inherit(w->g->file, &in, o, at);
        add_page(w, o, at, &in);
    }
}

bool pages_read(PageList *out, Gather *g) {
    TreeWalk w = {.g = g, .pages = out};
    const PdfObj *catalog = pdf_catalog(g->file), *root = pdf_lookup(g->file, catalog, "Pages");
    if (root)
        walk_node(&w, root, (NodePlace){.ref = pdf_lookup_ref(catalog, "Pages")}, (Inherited){0},
                  0);
    if (!out->count) {
        search_pages(&w);
        w.torn = true;
    }
    if (w.torn)
        gather_damage(g, "页面目录有损坏，可能缺页",
                      "the page tree is damaged; pages may be missing");
    return !w.torn;
}

const PdfObj *page_object(PdfFile *f, const NodePlace *at) {
    if (at->ref.num)
        return pdf_object(f, at->ref);
    return pdf_at(f, pdf_lookup(f, pdf_object(f, at->parent), "Kids"), at->kid);
}

PageBox page_box(const Page *p) {
    double unit = p->user_unit;
    Box media = box_normal(p->media_box);
    return (PageBox){.media = media,
                     .user_unit = unit,
                     .to_page = {unit, 0, 0, unit, -media.x0 * unit, -media.y0 * unit}};
}
