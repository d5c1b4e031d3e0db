#include "ink/glyph/glyph_program.h"

#include FT_FONT_FORMATS_H
#include FT_TRUETYPE_TABLES_H
#include FT_TRUETYPE_TAGS_H

#include <stdlib.h>
#include <string.h>

enum {
    LARGEST_PROGRAM = 64 << 20, /* the largest CJK families have about 30 MB */
    KEPT_OPEN = 32 << 20        /* bytes of programs that stay open together */
};

struct Program {
    PdfRef ref;
    uint32_t serial;
    bool broken;
    ProgramKind kind;
    uint32_t glyph_count;
    uint32_t pixels; /* the size outlines are taken at */
    FT_Face face;    /* NULL: closed */
    PdfBytes file;   /* what `face` reads from, or */
    FT_Byte *table;  /* the CFF table of an OpenType file */
    size_t bytes;
    uint64_t used_at;
};

struct Programs {
    Arena *arena;
    PdfFile *file;
    FT_Library library;
    Program **items;
    size_t count, capacity;
    size_t open_bytes;
    uint64_t clock;
};

Programs *programs_new(Arena *document, PdfFile *f) {
    Programs *all = ARENA_NEW(document, Programs);
    *all = (Programs){.arena = document, .file = f};
    return FT_Init_FreeType(&all->library) ? NULL : all;
}

static void close_program(Programs *all, Program *p) {
    if (p->face)
        FT_Done_Face(p->face);
    pdf_bytes_free(&p->file);
    free(p->table);
    all->open_bytes -= p->bytes;
    p->face = NULL;
    p->file = (PdfBytes){0};
    p->table = NULL;
    p->bytes = 0;
}

void programs_free(Programs *all) {
    if (!all)
        return;
    for (size_t i = 0; i < all->count; i++)
        close_program(all, all->items[i]);
    FT_Done_FreeType(all->library);
}

Program *program_of(Programs *all, PdfRef stream) {
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i]->ref.num == stream.num && all->items[i]->ref.gen == stream.gen)
            return all->items[i];
    Program *p = ARENA_NEW(all->arena, Program);
    *ARENA_PUSH(all->arena, all->items, all->count, all->capacity) = p;
    p->ref = stream;
    p->serial = (uint32_t)all->count;
    return p;
}

uint32_t program_serial(const Program *p) {
    return p->serial;
}

ProgramKind program_kind(const Program *p) {
    return p->kind;
}

uint32_t program_glyph_count(const Program *p) {
    return p->glyph_count;
}

double program_em(const Program *p) {
    enum { FRACTIONS = 64 }; /* of a pixel in FreeType's outlines */
    return (double)p->pixels * FRACTIONS;
}

static void count_bytes(Programs *all, Program *p, size_t n) {
    all->open_bytes += n - p->bytes;
    p->bytes = n;
}

static bool open_face(Programs *all, Program *p, const FT_Byte *bytes, size_t n) {
    count_bytes(all, p, n);
    return !FT_New_Memory_Face(all->library, bytes, (FT_Long)n, 0, &p->face);
}

/* The CFF table of an OpenType file is read as what it is: so one rule holds for charsets, built-in
 * encodings and font matrices, and the tables around it, which a PDF may leave out, do not matter
 * (ISO 32000-1, Table 126). */
static bool unwrap(Programs *all, Program *p) {
    FT_ULong length = 0;
    if (FT_Load_Sfnt_Table(p->face, TTAG_CFF, 0, NULL, &length) || length == 0 ||
        length > LARGEST_PROGRAM)
        return false;
    p->table = malloc(length);
    if (!p->table || FT_Load_Sfnt_Table(p->face, TTAG_CFF, 0, p->table, &length))
        return false;
    FT_Done_Face(p->face);
    p->face = NULL;
    pdf_bytes_free(&p->file);
    return open_face(all, p, p->table, length);
}

/* Outlines are taken at a large size and not in font units: FreeType rounds those to whole units,
 * and some fonts from Taiwan compose their glyphs only at a size (FT_IS_TRICKY). A power of two of
 * the units keeps what is whole in units exact; beyond 2000 pixels CFF is refused. */
static uint32_t pixels_for(uint32_t units) {
    enum { MOST = 1024 };
    while (units > MOST)
        units /= 2;
    while (units * 2 <= MOST)
        units *= 2;
    return units;
}

static bool settle(Program *p) {
    const char *format = FT_Get_Font_Format(p->face);
    bool true_type = format && !strcmp(format, "TrueType");
    bool cid_type1 = format && !strcmp(format, "CID Type 1");
    bool named = format && (!strcmp(format, "Type 1") || !strcmp(format, "CFF"));
    if (!true_type && !cid_type1 && !named)
        return false;
    p->kind = true_type                  ? PROGRAM_TRUETYPE
              : FT_IS_CID_KEYED(p->face) ? PROGRAM_BY_CID
                                         : PROGRAM_NAMED;
    if (!FT_IS_SCALABLE(p->face) || p->face->num_glyphs <= 0 || p->face->units_per_EM == 0)
        return false;
    p->glyph_count = (uint32_t)p->face->num_glyphs;
    p->pixels = pixels_for(p->face->units_per_EM);
    return !FT_Set_Pixel_Sizes(p->face, p->pixels, p->pixels);
}

static bool open_program(Programs *all, Program *p) {
    const PdfObj *stream = pdf_object(all->file, p->ref);
    if (pdf_type(stream) != PDF_STREAM)
        return false;
    p->file = pdf_stream_decoded(all->file, stream, LARGEST_PROGRAM);
    if (p->file.n == 0 || !open_face(all, p, p->file.p, p->file.n))
        return false;
    bool wrapped = FT_IS_SFNT(p->face) && !strcmp(FT_Get_Font_Format(p->face), "CFF");
    return (!wrapped || unwrap(all, p)) && settle(p);
}

static void make_room(Programs *all, const Program *needed) {
    while (all->open_bytes > KEPT_OPEN) {
        Program *oldest = NULL;
        for (size_t i = 0; i < all->count; i++) {
            Program *p = all->items[i];
            if (p->face && p != needed && (!oldest || p->used_at < oldest->used_at))
                oldest = p;
        }
        if (!oldest)
            return;
        close_program(all, oldest);
    }
}

FT_Face program_face(Programs *all, Program *p) {
    p->used_at = ++all->clock;
    if (p->face || p->broken)
        return p->face;
    if (open_program(all, p)) {
        make_room(all, p);
    } else {
        p->broken = true;
        close_program(all, p);
    }
    return p->face;
}
