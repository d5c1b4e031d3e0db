#include "ink/plates/plate_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/sha256.h"
#include "ink/plates/plate_files_format.h"
#include "ink/plates/preview.h"

typedef struct Sheet { /* one file on its way */
    const char *stem;
    const PlateFormat *format;
    PlateFile file;
    bool open, whole;
} Sheet;

struct PlateFiles {
    Arena *arena;
    PlateFilesPlan plan;
    Sheet *sheets; /* a plane; the one of PLANE_REST is the composite */
    size_t count;
    Preview *preview;
    uint8_t *rows; /* TILE of them */
    Result trouble;
};

static bool must_escape(const char *p, size_t bytes, int32_t point, bool first) {
    static const int32_t BAD_BYTE = 0xFFFD;
    return point == '/' || point == '%' || (point == '.' && first) || text_unsafe(point) ||
           (point == BAD_BYTE && bytes == 1 && (unsigned char)*p >= 0x80);
}

char *plate_file_stem(Arena *a, Str ink) {
    enum { MOST_BYTES = 200, HASH_DIGITS = 8 };
    const char *name = text_from_name(a, ink.p, ink.n), *end = name + strlen(name);
    Sink out = sink_memory(a);
    for (const char *p = name; p < end;) {
        const char *from = p;
        int32_t point;
        size_t bytes = (size_t)text_next(&p, end, &point);
        if (out.count + 3 * bytes > MOST_BYTES) {
            char hash[SHA256_HEX];
            sha256_of(name, (size_t)(end - name), hash);
            sink_format(&out, "%%~%.*s", HASH_DIGITS, hash);
            break;
        }
        bool escape = must_escape(from, bytes, point, from == name);
        for (size_t i = 0; escape && i < bytes; i++)
            sink_format(&out, "%%%02X", (unsigned char)from[i]);
        if (!escape)
            sink_write(&out, from, bytes);
    }
    Str s = sink_text(&out);
    return arena_copy(a, s.p, s.n);
}

PlateFiles *plate_files_new(Arena *page, const PlateFilesPlan *plan) {
    PlateFiles *f = ARENA_NEW(page, PlateFiles);
    f->arena = page;
    f->plan = *plan;
    return f;
}

static bool stem_taken(const PlateFiles *f, size_t plane, const char *stem) {
    for (size_t i = 0; i < plane; i++)
        if (streq(f->sheets[i].stem, stem) && (i != PLANE_REST || f->plan.png))
            return true;
    return false;
}

/* Escaped names hold no % that is not followed by two digits, so a mark %2 makes a name of its own.
 */
static const char *own_stem(PlateFiles *f, size_t plane, Str ink) {
    const char *plain = plate_file_stem(f->arena, ink), *stem = plain;
    for (int mark = 2; stem_taken(f, plane, stem); mark++)
        stem = arena_printf(f->arena, "%s%%%d", plain, mark);
    return stem;
}

static void name_sheets(PlateFiles *f, const Band *band) {
    size_t count = band->planes->count;
    f->sheets = arena_grow(f->arena, f->sheets, f->count * sizeof(Sheet), count * sizeof(Sheet));
    for (size_t i = f->count; i < count; i++) {
        Str ink = i == PLANE_REST ? STR("composite") : band->planes->items[i].name;
        Sheet *s = &f->sheets[i];
        bool png = f->plan.png || i == PLANE_REST;
        s->stem = own_stem(f, i, ink);
        s->format = png ? &plate_png : &plate_tiff;
        s->file = (PlateFile){.arena = f->arena,
                              .title = text_from_name(f->arena, ink.p, ink.n),
                              .width = band->width,
                              .height = band->height,
                              .components = i == PLANE_REST ? 3 : 1,
                              .ppi = band->ppi};
    }
    f->count = count;
}

static const char *file_name(const PlateFiles *f, const Sheet *s) {
    return arena_printf(f->arena, "p%04d-%s.%s", f->plan.page, s->stem, s->format->extension);
}

static bool fail(PlateFiles *f, const Sheet *s, int error) {
    const char *path = arena_printf(f->arena, "%s/%s", f->plan.dir, file_name(f, s));
    path = text_printable(f->arena, path, strlen(path));
    f->trouble = result_fail(f->arena, ERR_OUTPUT, (Where){0}, "“%s”写不进去：%s",
                             "“%s” cannot be written: %s", path, strerror(error));
    return false;
}

static void put_rows(PlateFiles *f, Sheet *s, const uint8_t *rows, int count) {
    if (!f->trouble.kind && !s->format->rows(&s->file, rows, count))
        fail(f, s, s->file.error);
}

/* Opened when there is something to write; what went before was without ink. */
static void open_sheet(PlateFiles *f, Sheet *s, int row) {
    if (s->open)
        return;
    s->file.path = arena_printf(f->arena, "%s/%s", f->plan.temporary, file_name(f, s));
    s->open = true;
    if (!s->format->begin(&s->file))
        fail(f, s, s->file.error);
    while (!f->trouble.kind && s->file.row < row)
        put_rows(f, s, NULL, row - s->file.row < TILE ? row - s->file.row : TILE);
}

static bool has_tiles(const Band *band, size_t plane, int y) {
    for (int x = 0; x < band->width; x += TILE)
        if (surface_tile(band->surface, (int)plane, x, y))
            return true;
    return false;
}

/* False: without ink. Tiles may hold nothing but what was knocked out again. */
static bool plane_rows(uint8_t *rows, const Band *band, size_t plane, int y, int count) {
    size_t width = (size_t)band->width;
    if (!has_tiles(band, plane, y))
        return false;
    bool inked = false;
    for (int i = 0; i < count; i++)
        inked |= surface_read(band->surface, (int)plane, y + i, 0, band->width,
                              rows + (size_t)i * width);
    size_t n = width * (size_t)count;
    return inked && (rows[0] || memcmp(rows, rows + 1, n - 1) != 0);
}

static void close_sheet(PlateFiles *f, Sheet *s) {
    s->whole = s->format->end(&s->file);
    s->open = false;
    if (!s->whole && !f->trouble.kind)
        fail(f, s, s->file.error);
}

static void write_plane(PlateFiles *f, const Band *band, size_t plane) {
    Sheet *s = &f->sheets[plane];
    for (int y = band->area.y0; y < band->area.y1 && !f->trouble.kind; y += TILE) {
        int count = band->area.y1 - y < TILE ? band->area.y1 - y : TILE;
        bool inked = plane_rows(f->rows, band, plane, y, count);
        if (inked || plane < FIRST_SPOT)
            open_sheet(f, s, y);
        if (s->open)
            put_rows(f, s, inked ? f->rows : NULL, count);
    }
    if (s->open && band->area.y1 == band->height)
        close_sheet(f, s);
}

static void write_composite(PlateFiles *f, const Band *band) {
    Sheet *s = &f->sheets[PLANE_REST];
    open_sheet(f, s, 0);
    for (int y = band->area.y0; y < band->area.y1 && !f->trouble.kind; y++) {
        preview_row(f->preview, band, y, f->rows);
        put_rows(f, s, f->rows, 1);
    }
    if (band->area.y1 == band->height)
        close_sheet(f, s);
}

void plate_files_band(void *files, const Band *band) {
    PlateFiles *f = files;
    name_sheets(f, band);
    if (!f->rows) {
        f->rows = arena_alloc(f->arena, (size_t)band->width * TILE);
        f->preview = f->plan.press ? preview_new(f->arena, f->plan.press, band->width) : NULL;
    }
    for (size_t plane = PLANE_CYAN; plane < f->count && !f->trouble.kind; plane++)
        write_plane(f, band, plane);
    if (f->preview && !f->trouble.kind)
        write_composite(f, band);
}

static void move(PlateFiles *f, const Sheet *s) {
    const char *to = arena_printf(f->arena, "%s/%s", f->plan.dir, file_name(f, s));
    if (rename(s->file.path, to))
        fail(f, s, errno);
}

Result plate_files_end(PlateFiles *f) {
    for (size_t i = 0; i < f->count; i++)
        if (f->sheets[i].open)
            close_sheet(f, &f->sheets[i]);
    for (size_t i = 0; i < f->count && !f->trouble.kind; i++)
        if (f->sheets[i].whole)
            move(f, &f->sheets[i]);
    for (size_t i = 0; f->trouble.kind && i < f->count; i++)
        if (f->sheets[i].file.path)
            unlink(f->sheets[i].file.path);
    return f->trouble;
}

const char *plate_files_name(const PlateFiles *f, size_t plane) {
    return plane < f->count && f->sheets[plane].whole ? file_name(f, &f->sheets[plane]) : NULL;
}

const char *plate_files_composite(const PlateFiles *f) {
    return plate_files_name(f, PLANE_REST);
}
