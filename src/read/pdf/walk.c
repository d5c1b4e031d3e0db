/* The stacks of a walk (q, marked content), its damage, and the decoded streams it keeps. */
#include "read/pdf/walk.h"

enum { KEPT_STREAM = 64 * 1024, KEPT_STREAMS = 8 * 1024 * 1024 };

typedef struct KeptStream KeptStream;
struct KeptStream {
    PdfBytes bytes; /* first, so that its address is that of the whole */
    KeptStream *next;
    int users;
    bool ready, kept;
};

void walk_damage(Walk *w, const char *zh, const char *en) {
    for (int i = 0; i < w->told_count; i++)
        if (w->told[i] == en)
            return;
    if (w->told_count == DAMAGE_KINDS)
        return;
    w->told[w->told_count++] = en;
    w->painter->damage(w->painter->self, zh, en);
}

State *walk_save(Walk *w) {
    if (w->state_depth >= STATE_DEPTH)
        return NULL;
    State *s = w->spare_states;
    if (s)
        w->spare_states = s->outer;
    else
        s = ARENA_NEW(w->arena, State);
    *s = *w->state;
    s->outer = w->state;
    w->state = s;
    w->state_depth++;
    return s;
}

void walk_restore(Walk *w) {
    State *gone = w->state;
    w->state = gone->outer;
    w->state->gs.layer = w->layer;
    gone->outer = w->spare_states;
    w->spare_states = gone;
    w->state_depth--;
}

void walk_restore_to(Walk *w, const State *floor) {
    while (w->state != floor)
        walk_restore(w);
}

/* Table 52 of ISO 32000-1: what holds at the start of a page. */
void walk_initial_state(Walk *w, State *s, const Matrix *ctm, const Clip *clip) {
    State *outer = s->outer;
    *s = (State){.outer = outer};
    s->gs = (GraphicsState){.ctm = *ctm,
                            .line_width = 1,
                            .miter_limit = 10,
                            .fill_alpha = 1,
                            .stroke_alpha = 1,
                            .blend = BLEND_NORMAL,
                            .text_knockout = true,
                            .clip = clip,
                            .layer = w->layer};
    s->text = (TextState){.scale = 1};
    colour_initial(w, &s->gs.fill, w->in->device[0]);
    colour_initial(w, &s->gs.stroke, w->in->device[0]);
}

void walk_set_layer(Walk *w, LayerState layer) {
    w->layer = layer;
    w->state->gs.layer = layer;
}

static bool push_marked(Walk *w) {
    if (w->marked_depth >= STATE_DEPTH) {
        w->content->marked_refused++;
        walk_damage(w, "标记内容嵌套太深", "marked content is nested too deeply");
        return false;
    }
    MarkedContent *m = w->spare_marked;
    if (m)
        w->spare_marked = m->outer;
    else
        m = ARENA_NEW(w->arena, MarkedContent);
    *m = (MarkedContent){.outer = w->marked, .before = w->layer};
    w->marked = m;
    w->marked_depth++;
    return true;
}

static void pop_marked(Walk *w) {
    MarkedContent *m = w->marked;
    walk_set_layer(w, m->before);
    w->marked = m->outer;
    w->marked_depth--;
    m->outer = w->spare_marked;
    w->spare_marked = m;
}

void walk_marked_restore_to(Walk *w, const MarkedContent *floor) {
    while (w->marked != floor)
        pop_marked(w);
}

void op_begin_marked(Walk *w, const Operand *) {
    push_marked(w);
}

/* Whatever stands before it, it opens what an EMC will close. */
void op_begin_marked_with(Walk *w, const Operand *v) {
    uint32_t count = w->content->reader.count;
    if (!push_marked(w) || count < 2 || !str_is(operand_text(&v[-2]), "OC") ||
        v[-1].type != OPERAND_NAME)
        return;
    Resource *r = resource_find(w, RESOURCE_PROPERTIES, operand_text(&v[-1]));
    if (r->object)
        walk_set_layer(w, layers_enter(w->in->layers, w->file, w->layer, r->ref, r->object));
    else
        walk_damage(w, "内容所属的图层找不到", "content belongs to a layer that is not there");
}

void op_end_marked(Walk *w, const Operand *) {
    if (w->content->marked_refused)
        w->content->marked_refused--;
    else if (w->marked != w->content->marked_floor)
        pop_marked(w);
}

void op_save(Walk *w, const Operand *) {
    if (walk_save(w))
        return;
    w->content->states_refused++;
    walk_damage(w, "图形状态嵌套太深", "graphics states are nested too deeply");
}

void op_restore(Walk *w, const Operand *) {
    if (w->content->states_refused)
        w->content->states_refused--;
    else if (w->state != w->content->floor)
        walk_restore(w);
}

static void tell_over_budget(Walk *w) {
    w->stopped = true;
    walk_damage(w, "内容解压后太大，没有读完",
                "content is too large when decoded; reading stopped");
}

PdfBytes *walk_decoded(Walk *w, const PdfObj *stream) {
    KeptStream **slot = (KeptStream **)table_slot(&w->streams, w->arena, (uintptr_t)stream);
    if (!*slot)
        *slot = ARENA_NEW(w->arena, KeptStream);
    KeptStream *k = *slot;
    if (k->users++ || k->ready)
        return &k->bytes;
    k->ready = true;
    k->bytes = pdf_stream_decoded(w->file, stream, w->bytes_left);
    bool over = k->bytes.truncated && k->bytes.n >= w->bytes_left;
    if (over)
        tell_over_budget(w);
    else if (k->bytes.truncated)
        walk_damage(w, "有内容流读不完整", "a content stream could not be read to its end");
    w->bytes_left -= over ? w->bytes_left : k->bytes.n;
    return &k->bytes;
}

/* Small streams stay decoded until the page ends: cells, glyphs and symbols are run again and
 * again. */
void walk_release(Walk *w, PdfBytes *bytes) {
    KeptStream *k = (KeptStream *)bytes;
    if (--k->users || k->kept)
        return;
    if (bytes->n > KEPT_STREAM || w->kept_bytes + bytes->n > KEPT_STREAMS) {
        pdf_bytes_free(bytes);
        *k = (KeptStream){0};
        return;
    }
    w->kept_bytes += bytes->n;
    k->kept = true;
    k->next = w->kept;
    w->kept = k;
}

void walk_drop_streams(Walk *w) {
    for (KeptStream *k = w->kept; k; k = k->next)
        pdf_bytes_free(&k->bytes);
    w->kept = NULL;
}
