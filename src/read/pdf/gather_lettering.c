/* Pieces of type for rules, and what each style is used for. */
#include "read/pdf/gather.h"

bool lettering_wanted(const Gather *g) {
    return g->plan->keep[FACT_lettering] || g->plan->keep[FACT_style];
}

void lettering_string(Gather *g, const GlyphRun *run) {
    if (lettering_wanted(g) && run->visible == 1 && run->region == REGION_ART)
        type_lines_string(&g->type_lines, run, mark_in_pattern((const Mark *)run));
}

static void add_cluster(Gather *g, const Cluster *c) {
    if (c->visible == 1 && c->region == REGION_ART)
        type_lines_cluster(&g->type_lines, c, mark_in_pattern((const Mark *)c));
}

static Style *own_style(const Gather *g, const Style *s) {
    return g->styles[s->row]->style;
}

static void note_type(Gather *g) {
    for (size_t i = 0; i < g->type_lines.count; i++) {
        const TypeLine *line = &g->type_lines.items[i];
        Style *s = own_style(g, line->style);
        if (!(s->type_min <= line->size))
            s->type_min = line->size;
        if (!(s->type_max >= line->size))
            s->type_max = line->size;
    }
}

static void note_fills(Gather *g) {
    for (size_t i = 0; i < g->shape_count; i++) {
        const Fill *f = g->shapes[i].fill;
        if (f->visible != 1 || f->region != REGION_ART || f->in_cluster == 1)
            continue;
        Style *s = own_style(g, f->style);
        if (!(s->largest_fill >= (double)f->area))
            s->largest_fill = (double)f->area;
    }
}

void lettering_end(Gather *g) {
    if (!lettering_wanted(g))
        return;
    for (size_t i = 0; i < facts_count(g->facts, FACT_cluster); i++)
        add_cluster(g, facts_at(g->facts, FACT_cluster, i));
    for (size_t i = 0; i < g->cluster_count; i++)
        add_cluster(g, g->clusters[i]);
    note_type(g);
    note_fills(g);
    if (g->plan->keep[FACT_lettering]) {
        const Limit *limit = g->plan->limit_of(g->plan->jobs, g->page->number);
        derive_lettering(g->facts, g->page, derive_knife(g->page, limit), &g->type_lines);
    }
}

void lettering_close(Gather *g) {
    for (size_t i = 0; lettering_wanted(g) && i < g->style_count; i++) {
        Style *s = g->styles[i]->style;
        if (!(s->type_max > 0))
            s->type_max = 0;
        if (!(s->largest_fill > 0))
            s->largest_fill = 0;
    }
}
