/* Opaque boxes and what they hide. A mark is judged when its page ends, so this reaches what waits
 * until then: fills and what is made of them, images, and everything on a page whose trim had to be
 * found. A stroke or a string that was told at once counts as seen. */
#include "read/covers.h"
#include "read/pdf/gather.h"

static bool knocks_out(const StyleEntry *e) {
    const Style *s = e->style;
    bool flat = s->pattern == PATTERN_NONE;
    /* Spots may be plates of a finish, which the printer takes out of the art. */
    bool press = s->family == FAMILY_CMYK || s->family == FAMILY_GRAY || s->family == FAMILY_RGB ||
                 s->family == FAMILY_LAB;
    return flat && press && !e->transparent && s->overprint == 0;
}

void cover_note(Gather *g, const Mark *m, const StyleEntry *e, const GraphicsState *gs) {
    const Scope *scope = g->scope;
    bool placed = !scope || !(scope->glyph || scope->pattern || scope->veiled);
    if (m->visible != 1 || !placed || !gs->clip->box || !knocks_out(e))
        return;
    Box shown = box_meet(box_of(m->box), gs->clip->bounds);
    if (box_known(shown))
        *ARENA_PUSH(g->facts->page, g->covers, g->cover_count, g->cover_capacity) =
            (Cover){m->seq, box32_of(shown)};
}

static bool lays_paint(const Mark *m) {
    return m->kind == MARK_FILL || m->kind == MARK_IMAGE || m->kind == MARK_STROKE ||
           m->kind == MARK_GLYPH_RUN || m->kind == MARK_SHADING;
}

typedef struct Sweep { /* backwards through a page */
    const Gather *g;
    Covers *covers;
    size_t left; /* covers not met yet */
} Sweep;

static Sweep sweep_new(const Gather *g) {
    return (Sweep){g, covers_new(g->working, g->media), g->cover_count};
}

static bool hidden_at(Sweep *s, int32_t seq, Box box) {
    const Cover *covers = s->g->covers;
    for (; s->left && covers[s->left - 1].seq > seq; s->left--)
        covers_add(s->covers, covers[s->left - 1].box);
    return box_known(box) && covers_hide(s->covers, box32_of(box));
}

static void hide_marks(Gather *g, Sweep *sweep) {
    size_t blocks = 0;
    for (const Waiting *w = g->first_waiting; w; w = w->next)
        blocks++;
    const Waiting **all = ARENA_ARRAY(g->working, const Waiting *, blocks + 1);
    blocks = 0;
    for (const Waiting *w = g->first_waiting; w; w = w->next)
        all[blocks++] = w;
    while (blocks--)
        for (size_t i = all[blocks]->count; i--;) {
            Mark *m = all[blocks]->marks[i];
            if (m->visible != 1 || !lays_paint(m))
                continue;
            Box clip = box_of(m->clip);
            Box shown = mark_in_pattern(m) ? clip : box_meet(box_of(m->box), clip);
            if (!hidden_at(sweep, m->seq, shown))
                continue;
            m->visible = 0;
            m->hidden = HIDDEN_COVERED;
        }
}

/* A line is where its last string is: strings join only in paint order. */
static void hide_lines(Gather *g, Sweep *sweep) {
    TypeLines *lines = &g->type_lines;
    size_t kept = lines->count;
    for (size_t i = lines->count; i--;)
        if (!hidden_at(sweep, lines->items[i].last_seq, lines->items[i].box))
            lines->items[--kept] = lines->items[i];
    lines->items += kept;
    lines->count -= kept;
    lines->capacity -= kept;
}

void covers_apply(Gather *g) {
    if (!g->cover_count)
        return;
    ArenaMark before = arena_mark(g->working);
    Sweep marks = sweep_new(g), lines = sweep_new(g);
    hide_marks(g, &marks);
    if (g->type_lines.count)
        hide_lines(g, &lines);
    arena_rewind(g->working, before);
}
