/* Arbitrary bytes as the program of a font of each kind: every code gives an outline that is whole
 * or a trouble, never a crash. */
#include "base/sink.h"
#include "ink/glyph/glyphs.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { PROGRAM = 4, FIRST_FONT = 6, CODES = 256 };

static const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    NULL, /* the program */
    "<</Type/FontDescriptor/FontName/F/Flags 4/FontFile3 4 0 R>>",
    "<</Type/Font/Subtype/Type1/BaseFont/F/FontDescriptor 5 0 R/Encoding/WinAnsiEncoding>>",
    "<</Type/Font/Subtype/Type1/BaseFont/F/FontDescriptor 5 0 R>>",
    "<</Type/Font/Subtype/TrueType/BaseFont/F/FontDescriptor 5 0 R"
    "/Encoding<</Differences[1/A/uni0042/quoteright]>>>>",
    "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>/FontDescriptor 5 0 R>>]>>",
};
enum { OBJECTS = sizeof objects / sizeof *objects };

static Str file_with(Arena *a, const uint8_t *p, size_t n) {
    Sink s = sink_memory(a);
    size_t offsets[OBJECTS];
    sink_str(&s, "%PDF-1.7\n");
    for (int i = 0; i < OBJECTS; i++) {
        offsets[i] = sink_text(&s).n;
        sink_format(&s, "%d 0 obj\n", i + 1);
        if (objects[i]) {
            sink_str(&s, objects[i]);
        } else {
            sink_format(&s, "<</Length %zu>>stream\n", n);
            sink_write(&s, (const char *)p, n);
            sink_str(&s, "\nendstream");
        }
        sink_str(&s, "\nendobj\n");
    }
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (int i = 0; i < OBJECTS; i++)
        sink_format(&s, "%010zu 00000 n \n", offsets[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, xref);
    return sink_text(&s);
}

/* Every verb has its points, every point is a number within the bounds. */
static void check_path(const Path *path) {
    static const size_t points_of[] = {
        [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
    size_t points = 0;
    for (size_t i = 0; i < path->verb_count; i++)
        points += points_of[path->verbs[i]];
    if (points != path->point_count || (path->verb_count && path->verbs[0] != PATH_MOVE))
        abort();
    for (size_t i = 0; i < points; i++) {
        Point p = path->points[i];
        if (!(p.x >= path->bounds.x0 && p.x <= path->bounds.x1 && p.y >= path->bounds.y0 &&
              p.y <= path->bounds.y1))
            abort();
    }
}

static void show_code(Glyphs *g, PdfFont *font, PdfRef ref, uint32_t code) {
    static const Matrix matrix = {12, 1, -2, -12, 7.3, 8.6};
    Path path;
    Mask bitmap;
    GlyphTrouble of_outline = glyph_outline(g, font, ref, NULL, code, &path), of_bitmap;
    check_path(&path);
    if (!glyph_bitmap(g, font, ref, NULL, code, &matrix, &bitmap, &of_bitmap))
        return;
    int sum = 0;
    for (int y = bitmap.area.y0; y < bitmap.area.y1; y++)
        for (int x = bitmap.area.x0; x < bitmap.area.x1; x++)
            sum |= mask_row(&bitmap, y)[x - bitmap.area.x0];
    if (of_bitmap != of_outline || (sum && !path.verb_count))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Arena *a = arena_new();
    Str bytes = file_with(a, p, n);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    if (f) {
        Glyphs *g = glyphs_new(a, f);
        for (int font = FIRST_FONT; font <= OBJECTS; font++) {
            PdfRef ref = {font, 0};
            PdfFont *made = pdf_font(f, ref, NULL);
            for (uint32_t code = 0; made && code < CODES; code++)
                show_code(g, made, ref, code);
        }
        glyphs_free(g);
        pdf_close(f);
    }
    arena_free(a);
    return 0;
}
