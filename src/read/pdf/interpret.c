/* Running content streams: dispatch, budgets, nesting, and one page from its first operator to its
 * last annotation. */
#include "read/pdf/walk.h"

#include <math.h>
#include <string.h>

#define LARGEST_PLACE 1e30 /* pt; as the largest coordinate of a path */

static const OperatorRow operators[] = {
#define OP(name, run, operands) {name, operands, sizeof operands - 1, run},
#include "read/pdf/operators.def"
#undef OP
};
enum { OPERATOR_COUNT = sizeof operators / sizeof *operators };
_Static_assert(OPERATOR_COUNT < UINT8_MAX, "rows are numbered in a byte, 0 means none");

static uint32_t operator_key(Str name) {
    uint32_t key = (uint8_t)name.p[0];
    for (size_t i = 1; i < name.n; i++)
        key = key << 8 | (uint8_t)name.p[i];
    return key;
}

static uint32_t operator_slot(uint32_t key) {
    return (key * 0x9e3779b1u) >> 24;
}

static void number_operators(Interpreter *in) {
    for (uint8_t i = 0; i < OPERATOR_COUNT; i++) {
        uint32_t key = operator_key(str_of(operators[i].name)), slot = operator_slot(key);
        while (in->operator_rows[slot])
            slot = (slot + 1) % OPERATOR_SLOTS;
        in->operator_keys[slot] = key;
        in->operator_rows[slot] = (uint8_t)(i + 1);
    }
}

static const OperatorRow *operator_find(const Interpreter *in, Str name) {
    if (name.n > 3)
        return NULL;
    uint32_t key = operator_key(name), slot = operator_slot(key);
    while (in->operator_rows[slot] && in->operator_keys[slot] != key)
        slot = (slot + 1) % OPERATOR_SLOTS;
    return in->operator_rows[slot] ? &operators[in->operator_rows[slot] - 1] : NULL;
}

static inline bool operand_fits(const Operand *o, char wanted) {
    if (wanted == 'n')
        return o->type == OPERAND_NUMBER;
    switch (wanted) {
    case 'N':
        return o->type == OPERAND_NAME;
    case 's':
        return o->type == OPERAND_STRING;
    default:
        return o->type == OPERAND_ARRAY;
    }
}

static void run_operator(Walk *w, Reader *r, Str name) {
    const OperatorRow *op = operator_find(w->in, name);
    if (!op) {
        if (!w->content->quiet)
            walk_damage(w, "有不认识的绘图指令", "an operator is unknown");
        return;
    }
    size_t count = op->count;
    if (r->count < count) {
        walk_damage(w, "绘图指令缺少参数", "an operator lacks operands");
        return;
    }
    const Operand *v = r->stack + (r->count - count);
    for (size_t i = 0; i < count; i++) {
        if (!operand_fits(&v[i], op->operands[i])) {
            walk_damage(w, "绘图指令的参数类型不对", "an operator has operands of a wrong type");
            return;
        }
    }
    op->run(w, v);
}

static void tell_reader_faults(Walk *w, Reader *r) {
    if (r->faults & READER_BAD_NUMBER)
        walk_damage(w, "有写错的数字", "a number is malformed");
    if (r->faults & READER_BAD_STRING)
        walk_damage(w, "有写错的字符串", "a string is malformed");
    if (r->faults & READER_BAD_NESTING)
        walk_damage(w, "括号不成对", "brackets do not match");
    if (r->faults & READER_TOO_MANY)
        walk_damage(w, "参数太多", "there are too many operands");
    r->faults = 0;
}

static bool spend(Walk *w, uint64_t operators_spent) {
    if (w->operators_left > operators_spent) {
        w->operators_left -= operators_spent;
        return true;
    }
    w->operators_left = 0;
    w->stopped = true;
    walk_damage(w, "内容太复杂，没有读完", "content is too complex; reading stopped");
    return false;
}

static void run_bytes(Walk *w, const uint8_t *p, size_t n) {
    Reader *r = &w->content->reader;
    Str name;
    reader_start(r, p, n, w->scratch, w->arena);
    while (!w->stopped && reader_next(r, &name)) {
        if (r->faults)
            tell_reader_faults(w, r);
        if (!spend(w, 1))
            break;
        run_operator(w, r, name);
    }
    tell_reader_faults(w, r);
    reader_end(r);
}

static void enter_content(Walk *w, const PdfObj *resources, const Matrix *base) {
    Content *outer = w->content;
    Content *c = outer ? outer->inner : w->outermost;
    if (!c) {
        c = ARENA_NEW(w->arena, Content);
        *(outer ? &outer->inner : &w->outermost) = c;
    }
    /* Buffers stay from the last use of the frame. */
    *c = (Content){.outer = outer,
                   .inner = c->inner,
                   .reader = c->reader,
                   .path = c->path,
                   .shown = c->shown,
                   .resources = resources || !outer ? resources_of(w, resources) : outer->resources,
                   .base = *base,
                   .floor = w->state,
                   .marked_floor = w->marked,
                   .uncoloured = outer && outer->uncoloured,
                   .text_matrix = {1, 0, 0, 1, 0, 0},
                   .line_matrix = {1, 0, 0, 1, 0, 0},
                   .text_clip = {NAN, NAN, NAN, NAN}};
    path_clear(&c->path);
    w->content = c;
    w->depth++;
}

static void leave_content(Walk *w) {
    walk_restore_to(w, w->content->floor);
    walk_marked_restore_to(w, w->content->marked_floor);
    w->content = w->content->outer;
    w->depth--;
}

bool nested_refused(Walk *w, const Nested *n) {
    int most = w->in->budget.depth ? w->in->budget.depth : BUDGET_DEPTH;
    if (w->depth >= most) {
        walk_damage(w, "对象嵌套太深", "objects are nested too deeply");
        return true;
    }
    for (const Content *c = w->content; c; c = c->outer) {
        if (n->ref.num ? c->ref.num == n->ref.num && c->ref.gen == n->ref.gen
                       : c->object && c->object == n->stream) {
            walk_damage(w, "对象嵌套了自己", "an object contains itself");
            return true;
        }
    }
    return w->stopped || !spend(w, NESTED_COST);
}

void run_nested(Walk *w, const Nested *n) {
    PdfBytes *bytes = walk_decoded(w, n->stream);
    enter_content(w, n->resources, &n->base);
    w->content->ref = n->ref;
    w->content->object = n->stream;
    w->content->uncoloured |= n->uncoloured;
    run_bytes(w, bytes->p, bytes->n);
    leave_content(w);
    walk_release(w, bytes);
}

void op_ignored(Walk *, const Operand *) {
}

void op_begin_quiet(Walk *w, const Operand *) {
    w->content->quiet++;
}

void op_end_quiet(Walk *w, const Operand *) {
    w->content->quiet -= w->content->quiet > 0;
}

/* /Contents may be cut between any two tokens: its streams are one, joined by a line end. */
static void run_joined(Walk *w, const PdfObj *array) {
    int count = pdf_length(array);
    PdfBytes **parts = ARENA_ARRAY(w->arena, PdfBytes *, count > 0 ? count : 1);
    size_t total = 0;
    for (int i = 0; i < count && !w->stopped; i++) {
        const PdfObj *o = pdf_at(w->file, array, i);
        if (pdf_type(o) == PDF_STREAM)
            parts[i] = walk_decoded(w, o);
        else
            walk_damage(w, "有一段页面内容读不到", "a part of the page content is not there");
        total += parts[i] ? parts[i]->n + 1 : 0;
    }
    char *all = arena_alloc(w->arena, total + 1);
    size_t n = 0;
    for (int i = 0; i < count; i++) {
        if (!parts[i])
            continue;
        if (parts[i]->n)
            memcpy(all + n, parts[i]->p, parts[i]->n);
        n += parts[i]->n;
        all[n++] = '\n';
        walk_release(w, parts[i]);
    }
    run_bytes(w, (const uint8_t *)all, n);
}

static void run_contents(Walk *w, const PdfObj *page) {
    const PdfObj *contents = pdf_lookup(w->file, page, "Contents");
    if (pdf_type(contents) == PDF_ARRAY && pdf_length(contents) == 1)
        contents = pdf_at(w->file, contents, 0);
    if (pdf_type(contents) == PDF_ARRAY) {
        run_joined(w, contents);
    } else if (pdf_type(contents) == PDF_STREAM) {
        PdfBytes *bytes = walk_decoded(w, contents);
        run_bytes(w, bytes->p, bytes->n);
        walk_release(w, bytes);
    } else if (pdf_type(contents) != PDF_NULL) {
        walk_damage(w, "页面内容不是内容流", "the page content is not a stream");
    }
}

Interpreter *interpreter_new(Arena *document, PdfFile *file, const Layers *layers,
                             const WalkBudget *budget) {
    Interpreter *in = ARENA_NEW(document, Interpreter);
    in->document = document;
    in->scratch = arena_new();
    in->file = file;
    in->layers = layers;
    if (budget)
        in->budget = *budget;
    number_operators(in);
    spaces_start(in);
    return in;
}

void interpreter_free(Interpreter *in) {
    if (in)
        arena_free(in->scratch);
}

static const Box EVERYWHERE = {-LARGEST_PLACE, -LARGEST_PLACE, LARGEST_PLACE, LARGEST_PLACE};

static Clip *media_clip(Arena *a, const PageBox *box) {
    Clip *c = ARENA_NEW(a, Clip);
    c->bounds = box_transformed(box->media, &box->to_page);
    c->box = true;
    c->path.bounds = (Box){NAN, NAN, NAN, NAN};
    return c;
}

static void tell_page_group(Walk *w, const PdfObj *page) {
    const PdfObj *group = pdf_lookup(w->file, page, "Group");
    if (!w->painter->page_group || !pdf_is_name(pdf_lookup(w->file, group, "S"), "Transparency"))
        return;
    const PdfObj *space = pdf_lookup(w->file, group, "CS");
    w->painter->page_group(
        w->painter->self, pdf_truth(pdf_lookup(w->file, group, "I"), false),
        pdf_truth(pdf_lookup(w->file, group, "K"), false),
        space ? space_from_object(w, space, pdf_lookup_ref(group, "CS")) : NULL);
}

bool interpret_page(Interpreter *in, Arena *page_arena, const PdfObj *page, const PdfObj *resources,
                    const PageBox *box, Painter *painter) {
    Walk *w = ARENA_NEW(page_arena, Walk);
    *w = (Walk){.in = in,
                .file = in->file,
                .arena = page_arena,
                .scratch = in->scratch,
                .painter = painter,
                .box = box,
                .layer = layers_none(),
                .missing_font = {.made = true, .ascent = 1},
                .page_clip = media_clip(page_arena, box),
                .no_clip = {.bounds = EVERYWHERE, .box = true, .path.bounds = {NAN, NAN, NAN, NAN}}};
    w->operators_left = in->budget.operators ? in->budget.operators : BUDGET_OPERATORS;
    w->bytes_left = in->budget.bytes ? in->budget.bytes : BUDGET_BYTES;
    in->page_serial++;
    w->state = ARENA_NEW(page_arena, State);
    walk_initial_state(w, w->state, &box->to_page, w->page_clip);
    enter_content(w, resources, &box->to_page);
    tell_page_group(w, page);
    run_contents(w, page);
    leave_content(w);
    enter_content(w, resources, &box->to_page);
    walk_initial_state(w, w->state, &box->to_page, w->page_clip);
    annotations_paint(w, page);
    leave_content(w);
    walk_drop_streams(w);
    return !w->stopped;
}
