/* Bookmarks: severity, then rule, then page. They take the place of the artwork's own. */
#include "print/annotated_parts.h"

#include <string.h>

typedef struct Node {
    qpdf_oh object, last;
    int count; /* children */
} Node;

static Node *node_new(Copy *c) {
    Node *n = ARENA_NEW(c->arena, Node);
    n->object = qpdf_make_indirect_object(c->q, qpdf_oh_new_dictionary(c->q));
    return n;
}

static Node *node_add(Copy *c, Node *parent, const char *title) {
    Node *n = node_new(c);
    qpdf_oh_replace_key(c->q, n->object, "/Title", qpdf_oh_new_unicode_string(c->q, title));
    qpdf_oh_replace_key(c->q, n->object, "/Parent", parent->object);
    if (parent->count++) {
        qpdf_oh_replace_key(c->q, n->object, "/Prev", parent->last);
        qpdf_oh_replace_key(c->q, parent->last, "/Next", n->object);
    } else {
        qpdf_oh_replace_key(c->q, parent->object, "/First", n->object);
    }
    parent->last = n->object;
    qpdf_oh_replace_key(c->q, parent->object, "/Last", n->object);
    return n;
}

/* Negative: closed until somebody opens it. */
static void node_count(Copy *c, const Node *n, int count) {
    if (n->count)
        qpdf_oh_replace_key(c->q, n->object, "/Count", qpdf_oh_new_integer(c->q, count));
}

/* The place itself when there is one, with room around it. */
static void node_goto(Copy *c, const Node *n, const Finding *f) {
    enum { ROOM = 20 }; /* mm */
    const Frame *frame = frame_of(c, f->page ? f->page : 1);
    if (!frame)
        return;
    const char *view = "[/Fit]";
    for (size_t i = 0; i < f->place_count; i++) {
        Box mm = f->places[i].box;
        if (!f->places[i].boxed || f->places[i].page != frame->page.number)
            continue;
        Box b = frame_box(frame, f->origin_is_trim,
                          (Box){mm.x0 - ROOM, mm.y0 - ROOM, mm.x1 + ROOM, mm.y1 + ROOM});
        view =
            arena_printf(c->arena, "[/FitR %s %s %s %s]", pdf_num(c->arena, b.x0),
                         pdf_num(c->arena, b.y0), pdf_num(c->arena, b.x1), pdf_num(c->arena, b.y1));
        break;
    }
    qpdf_oh dest = pdf_dict(c, view);
    qpdf_oh_insert_item(c->q, dest, 0, frame->object);
    qpdf_oh_replace_key(c->q, n->object, "/Dest", dest);
}

static const char *rule_title(const Copy *c, const Finding *f) {
    Lang lang = c->style->lang;
    const char *words = text_in(f->message, lang);
    for (size_t i = 0; i < c->r->rule_count; i++)
        if (streq(c->r->rules[i].id, f->rule) && c->r->rules[i].title.zh)
            words = text_in(c->r->rules[i].title, lang);
    return arena_printf(c->arena, lang == LANG_ZH ? "%s %s（%s）" : "%s %s (%s)", note_label(c, f),
                        text_printable(c->arena, words, strlen(words)),
                        text_printable(c->arena, f->rule, strlen(f->rule)));
}

static const char *page_title(const Copy *c, const Finding *f) {
    Lang lang = c->style->lang;
    const char *words = text_in(f->message, lang);
    const char *page = f->page ? arena_printf(c->arena, note_word(NOTE_ON_PAGE, lang), f->page)
                               : note_word(NOTE_DOCUMENT, lang);
    return arena_printf(c->arena, "%s  %s", page, text_printable(c->arena, words, strlen(words)));
}

/* Findings of one rule and kind, from the first of them on; `told` marks those that are done. */
static void add_rule(Copy *c, Node *kind_node, size_t first, bool *told) {
    const Finding *f = &c->r->findings[first];
    Node *rule = node_add(c, kind_node, rule_title(c, f));
    node_goto(c, rule, f);
    for (size_t i = first; i < c->r->finding_count; i++) {
        const Finding *g = &c->r->findings[i];
        if (told[i] || !streq(g->rule, f->rule) || note_kind(g) != note_kind(f) ||
            !streq(note_label(c, g), note_label(c, f)))
            continue;
        told[i] = true;
        node_goto(c, node_add(c, rule, page_title(c, g)), g);
    }
    node_count(c, rule, -rule->count);
}

static size_t first_of(const Copy *c, NoteKind kind, int number, const bool *told) {
    for (size_t i = 0; i < c->r->finding_count; i++) {
        const Finding *f = &c->r->findings[i];
        if (!told[i] && note_kind(f) == kind && number_of(&c->numbers, f) == number)
            return i;
    }
    return c->r->finding_count;
}

/* In the order of the numbers; what has none comes as it is told. */
static int add_kind(Copy *c, Node *root, NoteKind kind, bool *told) {
    Node *n = NULL;
    for (size_t number = 1; number <= c->numbers.count + 1; number++) {
        int wanted = number <= c->numbers.count ? (int)number : 0;
        size_t i;
        while ((i = first_of(c, kind, wanted, told)) < c->r->finding_count) {
            if (!n)
                n = node_add(c, root, note_word(kind_word(kind), c->style->lang));
            add_rule(c, n, i, told);
        }
    }
    if (n)
        node_count(c, n, n->count);
    return n ? n->count : 0;
}

void outline_add(Copy *c) {
    Node *root = node_new(c);
    bool *told = ARENA_ARRAY(c->arena, bool, c->r->finding_count + 1);
    int shown = 0;
    for (NoteKind k = 0; k < NOTE_KINDS; k++)
        shown += add_kind(c, root, k, told);
    qpdf_oh catalog = qpdf_get_root(c->q);
    qpdf_oh_remove_key(c->q, catalog, "/Outlines");
    if (!root->count)
        return;
    node_count(c, root, root->count + shown);
    qpdf_oh_replace_key(c->q, root->object, "/Type", qpdf_oh_new_name(c->q, "/Outlines"));
    qpdf_oh_replace_key(c->q, catalog, "/Outlines", root->object);
    qpdf_oh_replace_key(c->q, catalog, "/PageMode", qpdf_oh_new_name(c->q, "/UseOutlines"));
}
