/* Optional content (ISO 32000-1, 8.11). What shows is what the default configuration says. What
 * prints is the same, unless a usage application dictionary for the event Print names the group. */
#include "read/pdf/layers.h"

#include "read/pdf/table.h"

enum { EXPRESSION_DEPTH = 16, EXPRESSION_NODES = 4096, MOST_GROUPS = 65536 };

typedef struct Ocg { /* an optional content group */
    PdfRef ref;
    Layer *row;
    bool ignored; /* its intent is none of the configuration's: it hides nothing */
} Ocg;

struct Layers {
    Ocg *groups;
    int count;
    Table by_ref;
};

static uint64_t key_of_ref(PdfRef ref) {
    return hash_number(hash_number(HASH_START, (uint64_t)ref.num), (uint64_t)ref.gen);
}

static Ocg *group_find(const Layers *l, PdfRef ref) {
    if (!l || !ref.num)
        return NULL;
    return table_find(&l->by_ref, key_of_ref(ref));
}

/* Sets the state of the groups in an /ON or /OFF array. */
static void apply(Layers *l, const PdfObj *array, bool on) {
    for (int i = 0; i < pdf_length(array) && pdf_type(array) == PDF_ARRAY; i++) {
        Ocg *g = group_find(l, pdf_at_ref(array, i));
        if (g)
            g->row->visible = g->row->prints = on;
    }
}

static bool names_intent(PdfFile *f, const PdfObj *intent, Str wanted) {
    if (pdf_type(intent) == PDF_NAME)
        return str_eq(pdf_name(intent), wanted);
    for (int i = 0; i < pdf_length(intent); i++)
        if (str_eq(pdf_name(pdf_at(f, intent, i)), wanted))
            return true;
    return pdf_type(intent) == PDF_NULL && str_is(wanted, "View");
}

static bool intents_meet(PdfFile *f, const PdfObj *group, const PdfObj *config) {
    if (names_intent(f, config, STR("All")))
        return true;
    if (pdf_type(group) == PDF_NAME || pdf_type(group) == PDF_NULL)
        return names_intent(f, config, group ? pdf_name(group) : STR("View"));
    for (int i = 0; i < pdf_length(group); i++)
        if (names_intent(f, config, pdf_name(pdf_at(f, group, i))))
            return true;
    return false;
}

/* -1: the group's usage dictionary says nothing in this category. */
static int usage_state(PdfFile *f, const PdfObj *group, Str category) {
    static const char *const keys[][2] = {
        {"Print", "PrintState"}, {"View", "ViewState"}, {"Export", "ExportState"}};
    const PdfObj *usage = pdf_lookup(f, group, "Usage");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!str_is(category, keys[i][0]))
            continue;
        Str state = pdf_name(pdf_lookup(f, pdf_lookup(f, usage, keys[i][0]), keys[i][1]));
        return str_is(state, "ON") ? 1 : str_is(state, "OFF") ? 0 : -1;
    }
    return -1;
}

/* One entry of /AS: a group it lists prints if no category of the entry says OFF and one says ON.
 */
static void apply_usage(Layers *l, PdfFile *f, const PdfObj *entry) {
    const PdfObj *categories = pdf_lookup(f, entry, "Category");
    const PdfObj *listed = pdf_lookup(f, entry, "OCGs");
    if (!pdf_is_name(pdf_lookup(f, entry, "Event"), "Print") || pdf_type(listed) != PDF_ARRAY)
        return;
    for (int i = 0; i < pdf_length(listed); i++) {
        Ocg *g = group_find(l, pdf_at_ref(listed, i));
        const PdfObj *o = g ? pdf_object(f, g->ref) : NULL;
        int prints = -1;
        for (int k = 0; g && k < pdf_length(categories); k++) {
            int state = usage_state(f, o, pdf_name(pdf_at(f, categories, k)));
            prints = state < 0 ? prints : state && prints;
        }
        if (prints >= 0)
            g->row->prints = prints != 0;
    }
}

static const char *text_of_name(Arena *a, const PdfObj *o) {
    Str s = pdf_type(o) == PDF_STRING ? pdf_string(o) : pdf_name(o);
    return arena_copy(a, s.p, s.n);
}

static void read_group(Layers *l, Arena *a, PdfFile *f, Facts *facts, PdfRef ref) {
    const PdfObj *o = pdf_object(f, ref);
    const PdfObj *step = pdf_lookup(f, o, "GTS_Metadata");
    if (pdf_type(o) != PDF_DICT || group_find(l, ref))
        return;
    Layer *row = facts_add(facts, FACT_layer);
    row->name = pdf_text(pdf_lookup(f, o, "Name"), a);
    row->visible = row->prints = true;
    row->step_group = text_of_name(a, pdf_lookup(f, step, "GTS_ProcStepsGroup"));
    row->step_type = text_of_name(a, pdf_lookup(f, step, "GTS_ProcStepsType"));
    row->used = false;
    row->first_page = 0;
    Ocg *g = &l->groups[l->count++];
    *g = (Ocg){.ref = ref, .row = row};
    *table_slot(&l->by_ref, a, key_of_ref(ref)) = g;
}

static void read_configuration(Layers *l, PdfFile *f, const PdfObj *config) {
    if (pdf_is_name(pdf_lookup(f, config, "BaseState"), "OFF"))
        for (int i = 0; i < l->count; i++)
            l->groups[i].row->visible = l->groups[i].row->prints = false;
    apply(l, pdf_lookup(f, config, "ON"), true);
    apply(l, pdf_lookup(f, config, "OFF"), false);
    const PdfObj *usage = pdf_lookup(f, config, "AS");
    for (int i = 0; i < pdf_length(usage) && pdf_type(usage) == PDF_ARRAY; i++)
        apply_usage(l, f, pdf_at(f, usage, i));
    const PdfObj *intent = pdf_lookup(f, config, "Intent");
    for (int i = 0; i < l->count; i++) {
        Ocg *g = &l->groups[i];
        const PdfObj *o = pdf_object(f, g->ref);
        g->ignored = !intents_meet(f, pdf_lookup(f, o, "Intent"), intent);
        if (g->ignored)
            g->row->visible = g->row->prints = true;
    }
}

Layers *layers_read(Arena *a, PdfFile *f, Facts *facts) {
    Layers *l = ARENA_NEW(a, Layers);
    const PdfObj *properties = pdf_lookup(f, pdf_catalog(f), "OCProperties");
    const PdfObj *all = pdf_lookup(f, properties, "OCGs");
    int count = pdf_type(all) == PDF_ARRAY ? pdf_length(all) : 0;
    count = count < MOST_GROUPS ? count : MOST_GROUPS;
    l->groups = ARENA_ARRAY(a, Ocg, count + 1);
    for (int i = 0; i < count; i++)
        read_group(l, a, f, facts, pdf_at_ref(all, i));
    read_configuration(l, f, pdf_lookup(f, properties, "D"));
    return l;
}

/* What a membership comes to, for the screen and for print. */
typedef struct Shown {
    bool visible, prints;
} Shown;
static const Shown shown = {true, true};

static Shown group_shown(const Ocg *g) {
    return g ? (Shown){g->row->visible == 1, g->row->prints == 1} : shown;
}

/* `nodes` is what may still be looked at: an expression may share its parts. */
static Shown evaluate(const Layers *l, PdfFile *f, PdfRef ref, const PdfObj *o, int depth,
                      int *nodes) {
    if (pdf_type(o) != PDF_ARRAY)
        return group_shown(group_find(l, ref));
    Str op = pdf_name(pdf_at(f, o, 0));
    bool all = str_is(op, "And"), negate = str_is(op, "Not");
    if (depth > EXPRESSION_DEPTH || (!all && !negate && !str_is(op, "Or")))
        return shown;
    int count = negate ? 2 : pdf_length(o);
    Shown out = {all, all};
    for (int i = 1; i < count && (*nodes)-- > 0; i++) {
        Shown s = evaluate(l, f, pdf_at_ref(o, i), pdf_at(f, o, i), depth + 1, nodes);
        out.visible = all ? out.visible && s.visible : out.visible || s.visible;
        out.prints = all ? out.prints && s.prints : out.prints || s.prints;
    }
    return negate ? (Shown){!out.visible, !out.prints} : out;
}

/* The policies of /P: is it about all or any of the groups, and about their being on or off? */
static Shown apply_policy(const Layers *l, PdfFile *f, const PdfObj *oc, Str policy, int *layer) {
    const PdfObj *groups = pdf_lookup(f, oc, "OCGs");
    bool list = pdf_type(groups) == PDF_ARRAY;
    int count = list ? pdf_length(groups) : 1, known = 0;
    bool all = str_is(policy, "AllOn") || str_is(policy, "AllOff");
    bool off = str_is(policy, "AnyOff") || str_is(policy, "AllOff");
    Shown out = {all, all};
    for (int i = 0; i < count; i++) {
        Ocg *g = group_find(l, list ? pdf_at_ref(groups, i) : pdf_lookup_ref(oc, "OCGs"));
        if (!g)
            continue;
        if (!known++)
            *layer = (int)g->row->row;
        Shown s = group_shown(g);
        bool visible = s.visible != off, prints = s.prints != off;
        out.visible = all ? out.visible && visible : out.visible || visible;
        out.prints = all ? out.prints && prints : out.prints || prints;
    }
    return known ? out : shown;
}

LayerState layers_enter(const Layers *l, PdfFile *f, LayerState outer, PdfRef ref,
                        const PdfObj *oc) {
    Ocg *g = group_find(l, ref);
    int layer = g ? (int)g->row->row : outer.layer;
    Shown s = shown;
    if (g) {
        s = group_shown(g);
    } else if (pdf_is_name(pdf_lookup(f, oc, "Type"), "OCMD") || pdf_lookup(f, oc, "OCGs")) {
        const PdfObj *expression = pdf_lookup(f, oc, "VE");
        s = apply_policy(l, f, oc, pdf_name(pdf_lookup(f, oc, "P")), &layer);
        int nodes = EXPRESSION_NODES;
        if (pdf_type(expression) == PDF_ARRAY)
            s = evaluate(l, f, (PdfRef){0, 0}, expression, 0, &nodes);
    }
    return (LayerState){
        .layer = layer, .visible = outer.visible && s.visible, .prints = outer.prints && s.prints};
}
