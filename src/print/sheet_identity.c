/* Which job, which file: the lines that bind the sheet to one file, and the same as a code. */
#include "print/sheet_parts.h"

#include <qrencode.h>
#include <string.h>

static const double code_size = MM(27), name_w = MM(15), gap = MM(4);

typedef struct Code {
    int width; /* cells; 0: what it should say does not fit */
    const unsigned char *cells;
} Code;

enum { FIELD_LINES = 2, NAME_LINES = 5 };

typedef struct Identity {
    Row *rows[6];
    size_t count;
    Code code;
} Identity;

static double text_width_beside(void) {
    return COLUMN_W - code_size - gap;
}

static void pair(Sheet *s, Row *row, double x, double w, const char *name, Face f,
                 const char *value, int lines) {
    Cell *label = &row->cells[row->count++], *cell = &row->cells[row->count++];
    *label = (Cell){.x = x, .w = name_w};
    *cell = (Cell){.x = x + name_w, .w = w - name_w};
    cell_say(label, FACE_LABEL, name);
    cell_fit(s, cell, f, value, lines);
}

static Row *next_row(Sheet *s, Identity *id) {
    Row *row = id->rows[id->count++] = ARENA_NEW(s->arena, Row);
    row->least = type_leading(FACE_BODY);
    return row;
}

static void two(Sheet *s, Identity *id, SheetWord a, const char *left, SheetWord b,
                const char *right) {
    double half = (text_width_beside() - gap) / 2;
    Row *row = next_row(s, id);
    pair(s, row, 0, half, sheet_say(s, a), FACE_STRONG, left, FIELD_LINES);
    pair(s, row, half + gap, half, sheet_say(s, b), FACE_STRONG, right, FIELD_LINES);
}

static void one(Sheet *s, Identity *id, SheetWord a, Face f, const char *value) {
    pair(s, next_row(s, id), 0, text_width_beside(), sheet_say(s, a), f, value, NAME_LINES);
}

static const char *version_text(const Sheet *s, const JobHead *job) {
    const char *text = sheet_after(s, sheet_safe(s, job->version), sheet_safe(s, job->stage));
    if (!s->standing->version)
        return text;
    const char *recorded = sheet_join(s, sheet_say(s, SAY_RECORDED_VERSION), s->standing->version);
    return *text ? sheet_join(s, sheet_say(s, SAY_IN_BRACKETS), text, recorded) : recorded;
}

/* A colon or percent sign inside a part is escaped, so that the parts can be told apart. */
static const char *code_part(const Sheet *s, const char *text) {
    Sink out = sink_memory(s->arena);
    for (const char *p = text ? text : ""; *p; p++)
        if (*p == ':' || *p == '%' || (unsigned char)*p < ' ')
            sink_format(&out, "%%%02X", (unsigned)(unsigned char)*p);
        else
            sink_char(&out, *p);
    return arena_strdup(s->arena, sink_text(&out).p);
}

static Code code_new(const Sheet *s) {
    const JobHead *job = s->r->job;
    const char *version = s->standing->version ? sheet_join(s, "%d", s->standing->version)
                                               : code_part(s, job ? job->version : NULL);
    const char *content = sheet_join(s, "chupin:1:%s:%s:%s", code_part(s, job ? job->number : NULL),
                                     version, sheet_safe(s, s->r->file.sha256));
    QRcode *made = QRcode_encodeString8bit(content, 0, QR_ECLEVEL_M);
    if (!made)
        return (Code){0};
    size_t cells = (size_t)made->width * (size_t)made->width;
    Code code = {made->width, memcpy(arena_alloc(s->arena, cells), made->data, cells)};
    QRcode_free(made);
    return code;
}

static void draw_code(Sheet *s, const Code *code, double x, double y) {
    double cell = code_size / code->width;
    tone_set(s, TONE_INK);
    cairo_new_path(s->cr);
    for (int row = 0; row < code->width; row++)
        for (int from = 0; from < code->width;) {
            const unsigned char *line = code->cells + (ptrdiff_t)row * code->width;
            int to = from;
            while (to < code->width && line[to] & 1)
                to++;
            if (to > from)
                cairo_rectangle(s->cr, x + from * cell, y + row * cell, (to - from) * cell, cell);
            from = to > from ? to : from + 1;
        }
    cairo_fill(s->cr);
}

static double text_height(Sheet *s, const Identity *id) {
    double height = 0;
    for (size_t i = 0; i < id->count; i++)
        height += row_height(s, id->rows[i]) + 2;
    return height;
}

static void draw_identity(Sheet *s, const void *what, double y) {
    const Identity *id = what;
    double x = COLUMN_W - code_size;
    if (id->code.width)
        draw_code(s, &id->code, x, y + 1);
    else
        type_draw(s, FACE_LABEL, sheet_say(s, SAY_NO_CODE), x, y, code_size, ALIGN_LEFT);
    for (size_t i = 0; i < id->count; i++) {
        row_draw(s, id->rows[i], y);
        y += row_height(s, id->rows[i]) + 2;
    }
}

void sheet_identity(Sheet *s) {
    Identity *id = ARENA_NEW(s->arena, Identity);
    const JobHead *job = s->r->job;
    const char *day = sheet_safe(s, s->r->as_of);
    if (job && job->present) {
        const char *number = sheet_safe(s, job->number);
        two(s, id, SAY_NUMBER, *number ? number : sheet_safe(s, job->sheet_name), SAY_VERSION,
            version_text(s, job));
        two(s, id, SAY_CLIENT, sheet_safe(s, job->client), SAY_PROJECT,
            sheet_safe(s, job->project));
        two(s, id, SAY_ITEM, sheet_safe(s, job->item), SAY_CHECKED_ON, day);
    } else {
        Row *row = next_row(s, id);
        pair(s, row, 0, text_width_beside(), sheet_say(s, SAY_NUMBER), FACE_STRONG,
             sheet_say(s, SAY_NO_JOB), FIELD_LINES);
        row->cells[1].alarm = true;
        one(s, id, SAY_CHECKED_ON, FACE_STRONG, day);
    }
    one(s, id, SAY_FILE, FACE_STRONG, sheet_safe(s, s->r->file.name));
    one(s, id, SAY_MADE, FACE_BODY, sheet_file_facts(s));
    pair(s, next_row(s, id), 0, text_width_beside(), "SHA-256", FACE_NOTE,
         sheet_safe(s, s->r->file.sha256), FIELD_LINES);
    id->code = code_new(s);
    double height = text_height(s, id);
    height = height > code_size + 2 ? height : code_size + 2;
    flow_add(s, height, MM(4), draw_identity, id);
}
