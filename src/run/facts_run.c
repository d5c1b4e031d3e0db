#include "run/facts_run.h"
#include "ink/measure/colour_facts.h"
#include "ink/picture/picture_looks.h"
#include "run/wire.h"

#include <string.h>

/* Lines of the pipe: a letter, then its text.
 *     f the file, 1 when readable, {row} | p {row} begins a page | t name begins a table | r {row}
 * one row of it | d begins the document | z the result as wire.h writes it: the end */
enum { FILE_ROW = 'f', PAGE = 'p', TABLE = 't', ROW = 'r', DOCUMENT = 'd', END = 'z' };

static void tell_row(Sink *lines, char letter, const EntityDesc *e, const void *row) {
    sink_char(lines, letter);
    Json j = json_to(lines, 0);
    row_json(&j, e, row);
    sink_char(lines, '\n');
}

static void tell_table(Sink *lines, const Facts *facts, FactKind kind) {
    sink_format(lines, "%c%s\n", TABLE, entity_of(kind)->name);
    for (size_t i = 0; i < facts_count(facts, kind); i++)
        tell_row(lines, ROW, entity_of(kind), facts_at(facts, kind, i));
}

/* The child's side. */
typedef struct Teller {
    Sink *lines;
    bool opened;
    InkMeasure *ink; /* NULL: no plates */
    ColourFacts *colours;
    PictureLooks *looks; /* NULL: no pixels */
} Teller;

static void tell_open(void *self, Facts *facts) {
    Teller *t = self;
    const File *file = facts_at(facts, FACT_file, 0);
    sink_char(t->lines, FILE_ROW);
    tell_row(t->lines, file->readable == 1 ? '1' : '0', entity_of(FACT_file), file);
    t->opened = true;
}

static void tell_page(void *self, Facts *facts, Page *page) {
    Sink *lines = ((Teller *)self)->lines;
    tell_row(lines, PAGE, entity_of(FACT_page), page);
    for (int kind = 0; kind < FACT_COUNT; kind++)
        if (entity_of((FactKind)kind)->scope == SCOPE_PAGE && kind != FACT_mark)
            tell_table(lines, facts, (FactKind)kind);
    sink_flush(lines);
}

/* The file comes again: whether all pages were read is known only now. */
static void tell_document(Sink *lines, const Facts *facts) {
    sink_format(lines, "%c\n", DOCUMENT);
    for (int kind = 0; kind < FACT_COUNT; kind++)
        if (entity_of((FactKind)kind)->scope == SCOPE_DOCUMENT && kind != FACT_page)
            tell_table(lines, facts, (FactKind)kind);
}

typedef struct Dump {
    const FactsInput *input;
    Arena *arena;
    Json json;
    enum { IN_HEAD, IN_PAGES, IN_PAGE, IN_DOCUMENT, IN_END } state;
    bool table; /* a table is open */
    bool file;  /* its row has come */
    Result result;
    bool readable;
} Dump;

static void tell_mark(void *self, Facts *facts, const Page *page, FactKind kind, const void *mark) {
    (void)self, (void)facts, (void)page, (void)kind, (void)mark;
}

static void draw_page(void *self, Facts *facts, Page *page, const PageContent *content) {
    const Teller *t = self;
    ink_measure_page(t->ink, facts, page, content);
    if (t->looks)
        picture_looks_page(t->looks, facts, content, ink_measure_profile(t->ink));
}

static void measure_pixels(void *self, Facts *facts, Page *page, const RasterPixels *pixels) {
    const Teller *t = self;
    PixelRows look;
    bool looks = t->looks && facts_count(facts, FACT_picture);
    if (looks)
        look = picture_looks_rows(t->looks, facts, pixels);
    ink_measure_pixels(t->ink, facts, page, pixels, &look, looks);
}

static void convert_style(void *self, Facts *facts, Style *style, const StyleColour *colour) {
    colour_facts_style(((Teller *)self)->colours, facts, style, colour);
}

static void compare_profile(void *self, Facts *facts, Profile *profile, const ProfileData *data) {
    (void)facts;
    colour_facts_profile(((Teller *)self)->colours, profile, data);
}

/* What draws goes before the file does. */
static void tell_close(void *self, Facts *facts) {
    Teller *t = self;
    (void)facts;
    colour_facts_free(t->colours);
    picture_looks_free(t->looks);
    ink_measure_free(t->ink);
    t->colours = NULL;
    t->ink = NULL;
}

static void add_plates(Teller *t, ReadListener *listener, Facts *facts, const ReadPlan *plan) {
    t->ink = ink_measure_new(facts->document, plan);
    t->colours = colour_facts_new(facts->document, t->ink);
    t->looks = plan->cost >= COST_PIXELS ? picture_looks_new(facts->document) : NULL;
    listener->draw = draw_page;
    listener->pixels = measure_pixels;
    listener->style = convert_style;
    listener->profile = compare_profile;
}

static void work(void *self, Sink *lines) {
    const Dump *dump = self;
    Facts *facts = facts_new();
    Teller teller = {.lines = lines};
    ReadListener listener = {.self = &teller,
                             .open = tell_open,
                             .mark = tell_mark,
                             .page = tell_page,
                             .close = tell_close};
    if (dump->input->plan->cost >= COST_PLATES)
        add_plates(&teller, &listener, facts, dump->input->plan);
    Result r = read_file(facts, dump->input->path, dump->input->name, dump->input->plan, &listener);
    if (!r.kind && !teller.opened)
        tell_open(&teller, facts);
    if (!r.kind)
        tell_document(lines, facts);
    sink_char(lines, END);
    wire_write(lines, WIRE_result, &(WireResult){r.kind, r.text});
    sink_char(lines, '\n');
    facts_free(facts);
}

static bool is_object(const char *p, size_t n) {
    if (n < 2 || p[0] != '{' || p[n - 1] != '}' || !text_valid(p, n))
        return false;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)p[i] < ' ')
            return false;
    return true;
}

static void close_table(Dump *d) {
    if (d->table)
        json_close(&d->json);
    d->table = false;
}

/* Closes what is open of the pages; opens their list if there was none. */
static void end_pages(Dump *d) {
    close_table(d);
    if (d->state == IN_PAGE)
        json_close(&d->json);
    if (d->state == IN_HEAD) {
        json_key(&d->json, "pages");
        json_open(&d->json, '[');
    }
}

static bool take_file(Dump *d, const char *p, size_t n) {
    if (d->file || d->state != IN_HEAD || !n || !is_object(p + 1, n - 1))
        return false;
    d->readable = *p == '1';
    json_key(&d->json, "file");
    json_raw(&d->json, p + 1, n - 1);
    d->file = true;
    return true;
}

static bool take_page(Dump *d, const char *p, size_t n) {
    if (!d->file || d->state > IN_PAGE || !is_object(p, n))
        return false;
    end_pages(d);
    d->state = IN_PAGE;
    json_open(&d->json, '{');
    json_key(&d->json, "page");
    json_raw(&d->json, p, n);
    return true;
}

static bool take_table(Dump *d, const char *p, size_t n) {
    int kind = entity_find((Str){p, n});
    if ((d->state != IN_PAGE && d->state != IN_DOCUMENT) || kind < 0)
        return false;
    close_table(d);
    json_key(&d->json, entity_of((FactKind)kind)->name);
    json_open(&d->json, '[');
    d->table = true;
    return true;
}

static bool take_row(Dump *d, const char *p, size_t n) {
    if (!d->table || !is_object(p, n))
        return false;
    json_raw(&d->json, p, n);
    return true;
}

static bool take_document(Dump *d) {
    if (!d->file || d->state > IN_PAGE)
        return false;
    end_pages(d);
    json_close(&d->json);
    json_key(&d->json, "document");
    json_open(&d->json, '{');
    d->state = IN_DOCUMENT;
    return true;
}

static bool take_end(Dump *d, const char *p, size_t n) {
    WireResult result = {0};
    WireReader in = {.arena = d->arena, .p = p, .end = p + n};
    bool fits = wire_read(&in, WIRE_result, &result) && wire_at_end(&in) &&
                (!result.kind || result.text.zh);
    d->result = (Result){.kind = result.kind, .text = result.text};
    d->state = IN_END;
    return fits;
}

static bool take(void *self, const char *line, size_t n) {
    Dump *d = self;
    if (!n || d->state == IN_END)
        return false;
    const char *rest = line + 1;
    switch (line[0]) {
    case FILE_ROW:
        return take_file(d, rest, n - 1);
    case PAGE:
        return take_page(d, rest, n - 1);
    case TABLE:
        return take_table(d, rest, n - 1);
    case ROW:
        return take_row(d, rest, n - 1);
    case DOCUMENT:
        return take_document(d);
    case END:
        return take_end(d, rest, n - 1);
    default:
        return false;
    }
}

Result facts_run(Sink *out, Arena *a, const FactsInput *input, const WorkerLimits *limits,
                 WorkerEnd *end, bool *readable) {
    Dump d = {.input = input, .arena = a, .json = json_to(out, 1)};
    json_open(&d.json, '{');
    const char *reads[] = {input->path, NULL};
    *end = worker_run(
        a, &(WorkerTask){.self = &d, .work = work, .line = take, .box = {.reads = reads}}, limits);
    if (end->kind == WORKER_DONE && d.state != IN_END)
        end->kind = WORKER_GARBLED;
    while (d.json.depth)
        json_close(&d.json);
    sink_char(out, '\n');
    *readable = d.readable;
    return d.result;
}
