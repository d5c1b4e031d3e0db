/* Squares on findings with their numbers, and the notes that open from them. */
#include "print/annotated_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"

/* Sizes follow the page, so that a banner 6 m long has labels one can find. mm. */
typedef struct Pencil {
    double label; /* height */
    double line;
} Pencil;

static Pencil pencil_of(const Frame *f) {
    double label = fmax(3.2, frame_side(f) * 0.014);
    return (Pencil){label, label / 10};
}

/* A note while it is made. Boxes are mm, as places of findings. */
typedef struct Note {
    Copy *copy;
    Frame *frame;
    const Finding *finding;
    bool from_trim;
    const double *colour;
    TextPath text;
    Box square; /* unknown: only a label */
    Box label;
    const char *id;
} Note;

const char *pdf_num(Arena *a, double value) {
    enum { DECIMALS = 4 };
    char text[64];
    number_format(text, sizeof text, value, DECIMALS);
    return arena_strdup(a, text);
}

const char *pdf_rect(Arena *a, Box b) {
    return arena_printf(a, "[%s %s %s %s]", pdf_num(a, b.x0), pdf_num(a, b.y0), pdf_num(a, b.x1),
                        pdf_num(a, b.y1));
}

qpdf_oh pdf_dict(Copy *c, const char *text) {
    return qpdf_oh_parse(c->q, text);
}

qpdf_oh pdf_content(Copy *c, qpdf_oh stream, const char *content) {
    qpdf_oh_replace_stream_data(c->q, stream, (const unsigned char *)content, strlen(content),
                                qpdf_oh_new_null(c->q), qpdf_oh_new_null(c->q));
    return stream;
}

static const char *colour_of(Arena *a, const double *rgb) {
    return arena_printf(a, "%s %s %s", pdf_num(a, rgb[0]), pdf_num(a, rgb[1]), pdf_num(a, rgb[2]));
}

static void draw_square(const Note *n, Sink *to) {
    Arena *a = n->copy->arena;
    Box b = frame_box(n->frame, n->from_trim, n->square);
    double line = MM(pencil_of(n->frame).line) / n->frame->unit;
    sink_format(to, "%s RG %s w %s %s %s %s re S\n", colour_of(a, n->colour), pdf_num(a, line),
                pdf_num(a, b.x0), pdf_num(a, b.y0), pdf_num(a, b.x1 - b.x0),
                pdf_num(a, b.y1 - b.y0));
}

/* White on the colour, upright as viewed. */
static void draw_label(const Note *n, Sink *to) {
    Arena *a = n->copy->arena;
    Box b = frame_box(n->frame, n->from_trim, n->label);
    double em = (n->label.y1 - n->label.y0) * 0.8, width = n->text.width * em, u[6];
    Box text = n->label;
    text.x0 += (n->label.x1 - n->label.x0 - width) / 2;
    text.y1 -= (n->label.y1 - n->label.y0) * 0.22;
    frame_upright(n->frame, frame_box(n->frame, n->from_trim, text), MM(em) / n->frame->unit, u);
    sink_format(to, "%s rg %s %s %s %s re f 1 g\n", colour_of(a, n->colour), pdf_num(a, b.x0),
                pdf_num(a, b.y0), pdf_num(a, b.x1 - b.x0), pdf_num(a, b.y1 - b.y0));
    sink_str(to, "q");
    for (int i = 0; i < 6; i++)
        sink_format(to, " %s", pdf_num(a, u[i]));
    sink_format(to, " cm\n%sQ\n", n->text.content);
}

static Box rect_of(const Note *n) {
    Box b = n->label;
    if (box_known(n->square)) {
        double half = pencil_of(n->frame).line / 2;
        b = (Box){fmin(b.x0, n->square.x0 - half), fmin(b.y0, n->square.y0 - half),
                  fmax(b.x1, n->square.x1 + half), fmax(b.y1, n->square.y1 + half)};
    }
    return frame_box(n->frame, n->from_trim, b);
}

/* The form lies where the annotation does, so that nothing is moved or scaled. */
static qpdf_oh appearance(const Note *n, Box rect) {
    Copy *c = n->copy;
    Sink content = sink_memory(c->arena);
    if (box_known(n->square))
        draw_square(n, &content);
    draw_label(n, &content);
    sink_char(&content, '\0');
    qpdf_oh form = qpdf_oh_new_stream(c->q);
    qpdf_oh dict = qpdf_oh_get_dict(c->q, form);
    qpdf_oh_replace_key(c->q, dict, "/Type", qpdf_oh_new_name(c->q, "/XObject"));
    qpdf_oh_replace_key(c->q, dict, "/Subtype", qpdf_oh_new_name(c->q, "/Form"));
    qpdf_oh_replace_key(c->q, dict, "/BBox", pdf_dict(c, pdf_rect(c->arena, rect)));
    qpdf_oh_replace_key(c->q, dict, "/Resources", qpdf_oh_new_dictionary(c->q));
    pdf_content(c, form, content.bytes);
    qpdf_oh both = qpdf_oh_new_dictionary(c->q);
    qpdf_oh_replace_key(c->q, both, "/N", form);
    return both;
}

static const char *day(const Copy *c) {
    const char *d = c->r->as_of;
    bool sound = d && strlen(d) == 10 && strspn(d, "0123456789-") == 10;
    return sound ? arena_printf(c->arena, "D:%.4s%.2s%.2s", d, d + 5, d + 8) : NULL;
}

static qpdf_oh popup_of(const Note *n, qpdf_oh parent, Box rect) {
    Copy *c = n->copy;
    const double w = 240, h = 150; /* pt on screen; viewers size it anew */
    Box b = {rect.x1, rect.y1 - h, rect.x1 + w, rect.y1};
    qpdf_oh popup = qpdf_make_indirect_object(
        c->q, pdf_dict(c, arena_printf(c->arena, "<</Type/Annot/Subtype/Popup/Open false/Rect%s>>",
                                       pdf_rect(c->arena, b))));
    qpdf_oh_replace_key(c->q, popup, "/Parent", parent);
    return popup;
}

/* A square also where only a label is shown: viewers never turn a /Text with its page (ISO 32000-1,
 * 12.5.6.4). */
static void add_annot(const Note *n) {
    Copy *c = n->copy;
    Box rect = rect_of(n);
    qpdf_oh mark = qpdf_make_indirect_object(
        c->q, pdf_dict(c, arena_printf(c->arena, "<</Type/Annot/Subtype/Square/F 4/Rect%s/C[%s]>>",
                                       pdf_rect(c->arena, rect), colour_of(c->arena, n->colour))));
    const char *words = note_word(kind_word(note_kind(n->finding)), c->style->lang);
    const char *title = arena_printf(c->arena, "chupin %s · %s", note_label(c, n->finding), words);
    qpdf_oh_replace_key(c->q, mark, "/T", qpdf_oh_new_unicode_string(c->q, title));
    qpdf_oh_replace_key(c->q, mark, "/Contents",
                        qpdf_oh_new_unicode_string(c->q, note_text(c, n->finding)));
    qpdf_oh_replace_key(c->q, mark, "/NM", qpdf_oh_new_string(c->q, n->id));
    if (day(c))
        qpdf_oh_replace_key(c->q, mark, "/M", qpdf_oh_new_string(c->q, day(c)));
    qpdf_oh_replace_key(c->q, mark, "/P", n->frame->object);
    qpdf_oh_replace_key(c->q, mark, "/AP", appearance(n, rect));
    qpdf_oh popup = popup_of(n, mark, rect);
    qpdf_oh_replace_key(c->q, mark, "/Popup", popup);
    qpdf_oh_append_item(c->q, n->frame->annots, mark);
    qpdf_oh_append_item(c->q, n->frame->annots, popup);
}

static Note note_of(Copy *c, Frame *f, const Finding *finding) {
    const char *label = note_label(c, finding);
    return (Note){.copy = c,
                  .frame = f,
                  .finding = finding,
                  .from_trim = finding->origin_is_trim,
                  .colour = kind_colour(note_kind(finding)),
                  .text = letters_of(c, label),
                  .square = {NAN, NAN, NAN, NAN}};
}

static bool meet(Box a, Box b) {
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/* The first of the labels so far that it would cover; NULL: none. */
static const Box *covered(const Frame *f, Box label) {
    for (size_t i = 0; i < f->label_count; i++)
        if (meet(f->labels[i], label))
            return &f->labels[i];
    return NULL;
}

static bool holds(Box outer, Box b) {
    return b.x0 >= outer.x0 && b.y0 >= outer.y0 && b.x1 <= outer.x1 && b.y1 <= outer.y1;
}

static Box moved_by(Box b, double columns, double rows) {
    double x = columns * (b.x1 - b.x0) * 1.05, y = rows * (b.y1 - b.y0) * 1.05;
    return (Box){b.x0 + x, b.y0 + y, b.x1 + x, b.y1 + y};
}

/* To the right first, then a row lower or higher, then to the left: the nearest place that covers
 * no other label. Where there is none it stays. */
static void find_room(const Note *n, Box *label) {
    enum { MOST_ROWS = 8, MOST_COLUMNS = 12 };
    Frame *f = n->frame;
    Box seen = frame_place(f, n->from_trim, f->crop), best = *label;
    double least = INFINITY;
    for (int row = -MOST_ROWS; row <= MOST_ROWS; row++)
        for (int column = -MOST_COLUMNS; column <= MOST_COLUMNS; column++) {
            Box at = moved_by(*label, column, row);
            double way = abs(column) * (column < 0 ? 2.5 : 1) + abs(row) * (row < 0 ? 2 : 1.8);
            if (way >= least || (way > 0 && !holds(seen, at)) ||
                covered(f, frame_box(f, n->from_trim, at)))
                continue;
            least = way;
            best = at;
        }
    *label = best;
    *ARENA_PUSH(n->copy->arena, f->labels, f->label_count, f->label_capacity) =
        frame_box(f, n->from_trim, best);
}

/* Above the square's corner; where that would be off what is seen, inside of it. */
static Box label_box(const Frame *f, bool from_trim, Box square, double width, double height) {
    Box seen = frame_place(f, from_trim, f->crop);
    double x = fmin(fmax(square.x0, seen.x0), seen.x1 - width);
    double y = square.y0 - height;
    if (y < seen.y0)
        y = fmin(fmax(square.y0, seen.y0), seen.y1 - height);
    return (Box){x, y, x + width, y + height};
}

/* A place of a hair's width is still seen: its square keeps a little off it. */
static void add_square(Copy *c, Frame *f, const Finding *finding, size_t place) {
    Pencil pencil = pencil_of(f);
    Note n = note_of(c, f, finding);
    double label = pencil.label, width = label * fmax(1, 0.5 + n.text.width);
    Box b = finding->places[place].box;
    double grow_x = fmax(pencil.line, (label / 2 - (b.x1 - b.x0)) / 2);
    double grow_y = fmax(pencil.line, (label / 2 - (b.y1 - b.y0)) / 2);
    n.square = (Box){b.x0 - grow_x, b.y0 - grow_y, b.x1 + grow_x, b.y1 + grow_y};
    n.label = label_box(f, n.from_trim, n.square, width, label);
    find_room(&n, &n.label);
    n.id = arena_printf(c->arena, "chupin-%s-%zu", finding->fingerprint, place + 1);
    add_annot(&n);
}

/* What has no place stands in a row along the top of what is seen. */
static void add_note(Copy *c, Frame *f, const Finding *finding) {
    Note n = note_of(c, f, finding);
    double label = pencil_of(f).label * 1.3, width = label * fmax(1, 0.5 + n.text.width);
    double step = label * 1.8;
    Box seen = frame_place(f, false, f->crop);
    int row = (int)fmax(1, floor((seen.x1 - seen.x0) / step) - 1);
    double x = seen.x0 + label + step * (f->notes % row);
    double y = seen.y0 + label + label * 1.2 * (f->notes / row);
    f->notes++;
    n.from_trim = false;
    n.label = (Box){x, y, x + width, y + label};
    find_room(&n, &n.label);
    n.id = arena_printf(c->arena, "chupin-%s-p%d", finding->fingerprint, f->page.number);
    add_annot(&n);
}

static void begin_annots(Copy *c, Frame *f) {
    qpdf_oh old = qpdf_oh_get_key(c->q, f->object, "/Annots");
    f->annots = qpdf_oh_new_array(c->q);
    int count = qpdf_oh_is_array(c->q, old) ? qpdf_oh_get_array_n_items(c->q, old) : 0;
    for (int i = 0; i < count; i++)
        qpdf_oh_append_item(c->q, f->annots, qpdf_oh_get_array_item(c->q, old, i));
}

void marks_add(Copy *c) {
    for (size_t i = 0; i < c->frame_count; i++)
        begin_annots(c, &c->frames[i]);
    for (size_t i = 0; i < c->r->finding_count; i++) {
        const Finding *f = &c->r->findings[i];
        Frame *frame = frame_of(c, f->page ? f->page : 1);
        bool boxed = false;
        for (size_t k = 0; frame && k < f->place_count; k++)
            if (f->places[k].boxed && f->places[k].page == frame->page.number) {
                add_square(c, frame, f, k);
                boxed = true;
            }
        if (frame && !boxed)
            add_note(c, frame, f);
    }
    for (size_t i = 0; i < c->frame_count; i++)
        if (qpdf_oh_get_array_n_items(c->q, c->frames[i].annots))
            qpdf_oh_replace_key(c->q, c->frames[i].object, "/Annots", c->frames[i].annots);
}
