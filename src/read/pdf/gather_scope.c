/* Forms, groups, patterns and annotations: what encloses marks. Their rows live as long as the
 * page, since marks refer to them. */
#include <math.h>

#include "read/pdf/gather.h"

static const char *name_of(Gather *g, Str name) {
    return text_printable(g->facts->page, name.p ? name.p : "", name.n);
}

static void form_row(Gather *g, Mark *m, const PaintScope *s) {
    ((Form *)m)->name = name_of(g, s->name);
}

static void group_row(Mark *m, const PaintScope *s) {
    Group *group = (Group *)m;
    group->isolated = s->isolated;
    group->knockout = s->knockout;
    group->for_soft_mask = s->for_soft_mask;
    group->space = (uint8_t)(s->space ? s->space->space : SPACE_NONE);
}

static bool annotation_prints(const PaintScope *s) {
    return s->prints && !s->hidden && s->has_appearance;
}

static void annotation_row(Gather *g, Mark *m, const PaintScope *s) {
    Annotation *a = (Annotation *)m;
    a->prints = annotation_prints(s);
    a->subtype = name_of(g, s->name);
}

typedef struct ScopeRow {
    FactKind fact;
    MarkKind mark;
} ScopeRow;
static const ScopeRow rows[] = {
    [SCOPE_IS_FORM] = {FACT_form, MARK_FORM},
    [SCOPE_IS_GROUP] = {FACT_group, MARK_GROUP},
    [SCOPE_IS_PATTERN] = {FACT_pattern, MARK_PATTERN},
    [SCOPE_IS_TYPE3] = {FACT_mark, MARK_UNKNOWN},
    [SCOPE_IS_ANNOTATION] = {FACT_annotation, MARK_ANNOTATION},
};

static Mark *scope_mark(Gather *g, const GraphicsState *gs, const PaintScope *s) {
    Mark *m = mark_new(g, rows[s->kind].fact, true);
    bool pattern = s->kind == SCOPE_IS_PATTERN;
    Hidden own = pattern                                                   ? g->last_hidden
                 : s->kind == SCOPE_IS_ANNOTATION && !annotation_prints(s) ? HIDDEN_NO_PRINT
                 : s->kind == SCOPE_IS_GROUP && s->for_soft_mask           ? HIDDEN_MASK
                                                                           : HIDDEN_NO;
    MarkCommon common = {.kind = rows[s->kind].mark,
                         .style = style_of(g, gs, USE_FILL),
                         .box = pattern ? gs->clip->bounds : s->box,
                         .hidden = own,
                         .alpha = gs->fill_alpha};
    mark_common(g, m, gs, &common);
    if (mark_is_base(m))
        return m;
    if (s->kind == SCOPE_IS_FORM)
        form_row(g, m, s);
    else if (s->kind == SCOPE_IS_GROUP)
        group_row(m, s);
    else if (s->kind == SCOPE_IS_PATTERN)
        ((Pattern *)m)->coloured = s->coloured;
    else
        annotation_row(g, m, s);
    return m;
}

/* What is hidden as a whole hides what is in it. That a form is clipped or lies outside says
 * nothing more of its content than the content's own boxes do. */
static Hidden passed_on(const Mark *m) {
    switch ((Hidden)m->hidden) {
    case HIDDEN_LAYER:
    case HIDDEN_ALPHA:
    case HIDDEN_NO_PRINT:
    case HIDDEN_MASK:
    case HIDDEN_RENDER_MODE:
        return (Hidden)m->hidden;
    case HIDDEN_CLIP:
    case HIDDEN_OUTSIDE:
    case HIDDEN_EMPTY:
        return m->kind == MARK_PATTERN ? (Hidden)m->hidden : HIDDEN_NO;
    case HIDDEN_UNKNOWN:
    case HIDDEN_NO:
    case HIDDEN_COVERED: /* told of what is painted only, at the end of the page */
    case HIDDEN_WORDS:
        return HIDDEN_NO;
    }
    return HIDDEN_NO;
}

void gather_begin(void *self, const GraphicsState *gs, const PaintScope *s) {
    Gather *g = self;
    Scope *scope = ARENA_NEW(g->facts->page, Scope);
    if (g->scope)
        *scope = *g->scope;
    else
        scope->hidden = HIDDEN_NO;
    scope->outer = g->scope;
    if (s->kind == SCOPE_IS_TYPE3) {
        scope->glyph = true;
        g->scope = scope;
        return;
    }
    Mark *m = scope_mark(g, gs, s);
    if (s->kind == SCOPE_IS_PATTERN && !scope->pattern) {
        scope->pattern = true;
        scope->host = gs->clip->bounds;
    }
    scope->mark = m;
    scope->veiled |= s->kind == SCOPE_IS_GROUP && g->styles[m->style->row]->transparent;
    if (scope->hidden == HIDDEN_NO)
        scope->hidden = passed_on(m);
    g->scope = scope;
    mark_done(g, mark_fact(m), m, false, NULL);
}

void gather_end(void *self, ScopeKind kind) {
    (void)kind;
    Gather *g = self;
    if (g->scope)
        g->scope = g->scope->outer;
}
