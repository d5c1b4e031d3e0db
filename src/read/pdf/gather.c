/* The life of a Gather: a document, its pages, and what waits for the end of each. */
#include "read/pdf/gather.h"

#include <string.h>

#include "read/edges.h"

/* Kinds that other facts are derived from are made even if nobody wants their rows: fills for
 * clusters, images for transparency and because their tiles are joined. */
static void plan_rows(Gather *g) {
    for (int kind = 0; kind < FACT_COUNT; kind++)
        g->build[kind] = g->plan->tell[kind] || g->plan->keep[kind];
    g->build[FACT_fill] |= g->build[FACT_cluster] || lettering_wanted(g);
    g->build[FACT_glyph_run] |= lettering_wanted(g);
    g->build[FACT_image] = true;
    for (int kind = 0; kind < FACT_COUNT; kind++) {
        if (!kind_is_mark((FactKind)kind))
            continue;
        const EntityDesc *e = entity_of((FactKind)kind);
        g->blank[kind] = arena_alloc(g->arena, e->size);
        g->scratch[kind] = arena_alloc(g->arena, e->size);
        row_clear(e, g->blank[kind]);
    }
}

Gather *gather_new(Facts *facts, const ReadPlan *plan, const ReadListener *listener,
                   PdfFile *file) {
    Gather *g = ARENA_NEW(facts->document, Gather);
    g->facts = facts;
    g->arena = facts->document;
    g->plan = plan;
    g->listener = listener;
    g->file = file;
    g->working = arena_new();
    plan_rows(g);
    return g;
}

void gather_free(Gather *g) {
    arena_free(g->working);
}

static bool told_before(const Gather *g, const char *line) {
    for (size_t i = 0; i < g->damage_count; i++)
        if (streq(g->damage[i].zh, line))
            return true;
    return false;
}

void gather_damage(Gather *g, const char *zh, const char *en) {
    enum { MOST_LINES = 200 };
    g->complete = false;
    if (g->damage_count >= MOST_LINES)
        return;
    int page = g->page ? g->page->number : 0;
    Text line = {zh, en};
    if (page) {
        line.zh = arena_printf(g->arena, "第 %d 页：%s", page, zh);
        line.en = arena_printf(g->arena, "page %d: %s", page, en);
    }
    if (!told_before(g, line.zh))
        *ARENA_PUSH(g->arena, g->damage, g->damage_count, g->damage_capacity) = line;
}

static void on_transparency(void *self) {
    Gather *g = self;
    g->page->transparency_set = 1;
}

static void on_damage(void *self, const char *zh, const char *en) {
    gather_damage(self, zh, en);
}

Painter gather_painter(Gather *g) {
    return (Painter){.self = g,
                     .fill = gather_fill,
                     .stroke = gather_stroke,
                     .image = gather_image,
                     .text = gather_text,
                     .shading = gather_shading,
                     .begin = gather_begin,
                     .end = gather_end,
                     .transparency = on_transparency,
                     .damage = on_damage};
}

void gather_page_start(Gather *g, Page *page) {
    g->page = page;
    g->media = (Box){0, 0, page->media_w, page->media_h};
    g->trim_known = page->trim_source != TRIM_UNKNOWN;
    g->seq = g->painted = 0;
    g->complete = true;
    g->scope = NULL;
    g->last_area = BOX_UNKNOWN;
    g->last_hidden = HIDDEN_NO;
    g->first_waiting = g->last_waiting = NULL;
    g->parts = NULL;
    g->part_count = g->part_capacity = 0;
    arena_rewind(g->working, (ArenaMark){0});
    g->shapes = NULL;
    g->shape_count = g->shape_capacity = 0;
    g->images = NULL;
    g->image_count = g->image_capacity = 0;
    g->crop_lines = (CropLines){.arena = g->facts->page};
    g->covers = NULL;
    g->cover_count = g->cover_capacity = 0;
    g->type_lines = (TypeLines){.arena = g->facts->page};
    g->direct_fonts = (Table){0};
    memset(g->rows, 0, sizeof g->rows);
    memset(g->cues, 0, sizeof g->cues);
    page->transparent = page->transparency_set = 0;
}

static void find_trim_at_end(Gather *g) {
    const Job *job = g->plan->job_of(g->plan->jobs, g->page->number);
    const Limit *limit = g->plan->limit_of(g->plan->jobs, g->page->number);
    Box marks = crop_lines_trim(&g->crop_lines, g->page, job, limit);
    derive_trim(g->page, job, limit, marks);
    derive_bleed(g->page, limit);
}

static void settle_waiting(Gather *g) {
    size_t next_part = 0;
    for (const Waiting *w = g->first_waiting; w; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            bool parts = next_part < g->part_count && g->parts[next_part].mark == w->marks[i];
            mark_settle(g, w->marks[i], parts ? &g->parts[next_part++] : NULL);
            if (w->marks[i]->kind == MARK_GLYPH_RUN && !mark_is_base(w->marks[i]))
                lettering_string(g, (const GlyphRun *)w->marks[i]);
        }
}

static Cluster *add_cluster(void *self) {
    Gather *g = self;
    if (g->plan->keep[FACT_cluster])
        return facts_add(g->facts, FACT_cluster);
    Cluster *c = arena_alloc(g->facts->page, sizeof *c);
    memcpy(c, g->blank[FACT_cluster], sizeof *c);
    c->row = g->rows[FACT_cluster]++;
    *ARENA_PUSH(g->facts->page, g->clusters, g->cluster_count, g->cluster_capacity) = c;
    return c;
}

/* Images were held back from the table until their tiles were joined. */
static const Mark *kept_image(Gather *g, const Mark *m) {
    if (!g->plan->keep[FACT_image])
        return m;
    Image *row = facts_add(g->facts, FACT_image);
    uint32_t index = row->row;
    memcpy(row, m, sizeof *row);
    row->row = index;
    return (const Mark *)row;
}

static void tell_waiting(Gather *g) {
    for (const Waiting *w = g->first_waiting; w; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            const Mark *m = w->marks[i];
            if (m->kind == MARK_IMAGE)
                m = kept_image(g, m);
            if (m->kind != MARK_UNKNOWN)
                mark_tell(g, m);
        }
    for (size_t i = 0; i < facts_count(g->facts, FACT_cluster); i++)
        mark_tell(g, facts_at(g->facts, FACT_cluster, i));
    for (size_t i = 0; i < g->cluster_count; i++)
        mark_tell(g, (const Mark *)g->clusters[i]);
}

void gather_page_end(Gather *g) {
    Page *page = g->page;
    const Limit *limit = g->plan->limit_of(g->plan->jobs, page->number);
    if (!g->trim_known) {
        find_trim_at_end(g);
        settle_waiting(g);
    }
    g->clusters = NULL;
    g->cluster_count = g->cluster_capacity = 0;
    covers_apply(g);
    if (g->build[FACT_fill]) {
        ClusterSink sink = {g, add_cluster};
        derive_strips(g->shapes, g->shape_count);
        derive_steps(g->shapes, g->shape_count);
        derive_clusters(g->working, g->shapes, g->shape_count, &sink);
    }
    lettering_end(g);
    gather_images_merge(g);
    tell_waiting(g);
    styles_page_end(g);
    derive_bleed_edges(g->facts, page, limit);
    if (g->plan->keep[FACT_picture])
        derive_pictures(g->facts, page, limit);
    page->marks = g->painted;
    page->complete = g->complete;
    /* What was lost might have been transparent. */
    if (!g->complete && page->transparent == 0)
        page->transparent = UNKNOWN_BOOL;
    if (!g->complete && page->transparency_set == 0)
        page->transparency_set = UNKNOWN_BOOL;
    g->page = NULL;
}

void gather_close(Gather *g) {
    inks_close(g);
    lettering_close(g);
    if (facts_count(g->facts, FACT_document)) {
        Document *d = facts_at(g->facts, FACT_document, 0);
        const char **zh = ARENA_ARRAY(g->arena, const char *, g->damage_count + 1);
        const char **en = ARENA_ARRAY(g->arena, const char *, g->damage_count + 1);
        for (size_t i = 0; i < g->damage_count; i++)
            zh[i] = g->damage[i].zh, en[i] = g->damage[i].en;
        d->damage = strs_of(g->arena, zh, g->damage_count);
        d->damage_en = strs_of(g->arena, en, g->damage_count);
    }
    for (size_t i = 0; i < facts_count(g->facts, FACT_layer); i++) {
        Layer *layer = facts_at(g->facts, FACT_layer, i);
        if (layer->used == UNKNOWN_BOOL)
            layer->used = 0;
        if (layer->first_page == UNKNOWN_INT)
            layer->first_page = 0;
    }
}
