/* Making marks, deciding where they lie and whether they print, and telling them. */
#include <math.h>
#include <string.h>

#include "read/pdf/gather.h"

/* `row` of a mark whose kind nobody wants: it has only the common fields and is never told. */
static const uint32_t BASE_ONLY = UINT32_MAX;

static const FactKind facts_by_mark[MARK_WORDS] = {
    [MARK_UNKNOWN] = FACT_mark,
    [MARK_STROKE] = FACT_stroke,
    [MARK_FILL] = FACT_fill,
    [MARK_IMAGE] = FACT_image,
    [MARK_GLYPH_RUN] = FACT_glyph_run,
    [MARK_SHADING] = FACT_shading,
    [MARK_CLUSTER] = FACT_cluster,
    [MARK_FORM] = FACT_form,
    [MARK_GROUP] = FACT_group,
    [MARK_PATTERN] = FACT_pattern,
    [MARK_ANNOTATION] = FACT_annotation,
};

FactKind mark_fact(const Mark *m) {
    return facts_by_mark[m->kind];
}

bool mark_is_base(const Mark *m) {
    return m->row == BASE_ONLY;
}

Box32 box32_of(Box b) {
    return (Box32){(float)b.x0, (float)b.y0, (float)b.x1, (float)b.y1};
}

/* Images are joined before any becomes a row of the table. */
static bool row_at_once(const Gather *g, FactKind kind) {
    return g->plan->keep[kind] && kind != FACT_image;
}

void *mark_new(Gather *g, FactKind kind, bool waits) {
    if (g->build[kind] && row_at_once(g, kind))
        return facts_add(g->facts, kind);
    FactKind made = g->build[kind] ? kind : FACT_mark;
    size_t size = entity_of(made)->size;
    Mark *m = waits || !g->trim_known ? arena_alloc(g->facts->page, size) : g->scratch[made];
    memcpy(m, g->blank[made], size);
    m->row = made == kind ? g->rows[kind]++ : BASE_ONLY;
    return m;
}

static Hidden hidden_by_place(const Gather *g, Box box, const GraphicsState *gs) {
    if (!box_known(box))
        return HIDDEN_EMPTY;
    if (!boxes_overlap(box, g->media))
        return HIDDEN_OUTSIDE;
    return boxes_overlap(box, gs->clip->bounds) ? HIDDEN_NO : HIDDEN_CLIP;
}

static Hidden why_hidden(const Gather *g, const GraphicsState *gs, const MarkCommon *c) {
    if (g->scope && g->scope->hidden != HIDDEN_NO)
        return g->scope->hidden;
    if (!gs->layer.prints)
        return HIDDEN_LAYER;
    if (c->hidden != HIDDEN_NO)
        return c->hidden;
    if (c->alpha <= 0)
        return HIDDEN_ALPHA;
    /* A pattern cell is walked where it is defined; it prints where its host lies. */
    if (g->scope && g->scope->pattern)
        return box_known(c->box) ? HIDDEN_NO : HIDDEN_EMPTY;
    return hidden_by_place(g, c->box, gs);
}

void mark_common(Gather *g, Mark *m, const GraphicsState *gs, const MarkCommon *c) {
    const Scope *scope = g->scope;
    bool in_pattern = scope && scope->pattern;
    Box clip = in_pattern ? scope->host : gs->clip->bounds;
    Hidden hidden = why_hidden(g, gs, c);
    m->seq = g->seq++;
    m->kind = (uint8_t)c->kind;
    m->style = c->style->style;
    m->parent = scope ? scope->mark : NULL;
    m->box = box32_of(c->box);
    m->clip = box32_of(clip);
    m->hidden = (uint8_t)hidden;
    m->visible = hidden == HIDDEN_NO;
    Box shown = in_pattern ? scope->host : box_meet(c->box, clip);
    g->last_area = box_known(shown) ? shown : c->box;
    g->last_hidden = hidden;
}

/* The box of each subpath; NULL when there is one, or too many to be marks at the edge of a page.
 */
static Box32 *part_boxes(Arena *a, const Path *path, size_t *count) {
    enum { MOST_VERBS = 512 };
    *count = 0;
    if (path->verb_count > MOST_VERBS)
        return NULL;
    size_t moves = 0;
    for (size_t i = 0; i < path->verb_count; i++)
        moves += path->verbs[i] == PATH_MOVE;
    if (moves < 2)
        return NULL;
    Box32 *boxes = ARENA_ARRAY(a, Box32, moves);
    static const uint8_t points_of[] = {
        [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
    const Point *p = path->points;
    Box box = BOX_UNKNOWN;
    for (size_t i = 0; i < path->verb_count; i++) {
        if (path->verbs[i] == PATH_MOVE && box_known(box)) {
            boxes[(*count)++] = box32_of(box);
            box = BOX_UNKNOWN;
        }
        for (int k = 0; k < points_of[path->verbs[i]]; k++, p++)
            box = box_join(box, (Box){p->x, p->y, p->x, p->y});
    }
    if (box_known(box))
        boxes[(*count)++] = box32_of(box);
    return boxes;
}

static bool in_art(const Gather *g, Box box) {
    if (!boxes_overlap(box, g->page->bleed))
        return false;
    return boxes_overlap(box, g->page->trim) ||
           !looks_like_crop_mark(box, g->page->trim, g->page->bleed);
}

bool mark_in_pattern(const Mark *m) {
    for (const Mark *p = m->parent; p; p = p->parent)
        if (p->kind == MARK_PATTERN)
            return true;
    return false;
}

static Region region_of(const Gather *g, const Mark *m, const Parts *parts) {
    Box box = box_of(m->box), clip = box_of(m->clip), shown = box_meet(box, clip);
    bool pattern = m->parent && mark_in_pattern(m);
    Box where = pattern ? clip : box_known(shown) ? shown : box;
    if (!box_known(where) || !boxes_overlap(where, g->media))
        return REGION_OUTSIDE;
    if (!in_art(g, where))
        return REGION_SLUG;
    if (pattern || !parts)
        return REGION_ART;
    for (size_t i = 0; i < parts->count; i++) {
        Box part = box_meet(box_of(parts->boxes[i]), clip);
        if (box_known(part) && in_art(g, part))
            return REGION_ART;
    }
    return REGION_SLUG;
}

void mark_settle(Gather *g, Mark *m, const Parts *parts) {
    m->region = (uint8_t)region_of(g, m, parts);
    styles_mark(g, g->styles[m->style->row], m);
}

void mark_tell(Gather *g, const Mark *m) {
    FactKind kind = mark_fact(m);
    if (!mark_is_base(m) && g->plan->tell[kind] && g->listener->mark)
        g->listener->mark(g->listener->self, g->facts, g->page, kind, m);
}

static void let_wait(Gather *g, Mark *m) {
    Waiting *w = g->last_waiting;
    if (!w || w->count == WAITING_BLOCK) {
        Waiting *next = ARENA_NEW(g->facts->page, Waiting);
        if (w)
            w->next = next;
        else
            g->first_waiting = next;
        g->last_waiting = w = next;
    }
    w->marks[w->count++] = m;
}

void mark_done(Gather *g, FactKind kind, Mark *m, bool waits, const Path *path) {
    Parts parts = {.mark = m};
    ArenaMark before = arena_mark(g->facts->page);
    bool several = path && path->verb_count > 3 && m->visible == 1;
    if (several && (!g->trim_known || in_art(g, box_of(m->box))))
        parts.boxes = part_boxes(g->facts->page, path, &parts.count);
    if (g->trim_known) {
        mark_settle(g, m, parts.boxes ? &parts : NULL);
        arena_rewind(g->facts->page, before);
    } else if (parts.boxes) {
        *ARENA_PUSH(g->facts->page, g->parts, g->part_count, g->part_capacity) = parts;
    }
    if (waits || !g->trim_known)
        let_wait(g, m);
    else if (g->plan->tell[kind])
        mark_tell(g, m);
}
