/* The fonts of one sheet: what is set in it and no more, without subroutines.
 *
 * cairo 1.16 takes the hints of a CFF subroutine into account only where it meets it first; glyphs
 * that come later are then read wrongly, and it embeds every subroutine of the family (800 KB a
 * weight), if it notices. Fonts without subroutines are embedded
 * well. Glyphs keep their numbers, since cairo takes them for those of the character collection. */
#include "print/sheet_parts.h"

#include "base/sha256.h"

#include <hb-subset.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

static hb_face_t *cut_face(const Sheet *s, PangoFont *font) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_union(hb_subset_input_unicode_set(input), s->points);
    hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG),
               HB_TAG('p', 'w', 'i', 'd'));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                         HB_SUBSET_FLAGS_RETAIN_GIDS);
    hb_face_t *face = hb_subset_or_fail(hb_font_get_face(pango_font_get_hb_font(font)), input);
    hb_subset_input_destroy(input);
    return face;
}

static bool write_all(int file, const char *p, size_t n) {
    while (n) {
        ssize_t done = write(file, p, n);
        if (done <= 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

/* cairo keeps fonts by the name of their file beyond the life of a sheet, and the number of a
 * closed file is given again: so the name spells the content, in steps that lead nowhere. */
static const char *name_of(const Sheet *s, int file, const char *p, size_t n) {
    char hex[SHA256_HEX];
    sha256_of(p, n, hex);
    Sink name = sink_memory(s->arena);
    sink_str(&name, "/proc/self/fd");
    for (const char *c = hex; *c; c++)
        for (int digit = *c <= '9' ? *c - '0' : *c - 'a' + 10, bit = 0; bit < 4; bit++)
            sink_str(&name, digit >> bit & 1 ? "/." : "/");
    sink_format(&name, "/%d", file);
    return sink_text(&name).p;
}

/* A file of no folder. */
static bool add_file(Sheet *s, int weight) {
    hb_face_t *face = cut_face(s, type_font(s, weight > 0));
    if (!face)
        return false;
    hb_blob_t *blob = hb_face_reference_blob(face);
    unsigned bytes;
    const char *p = hb_blob_get_data(blob, &bytes);
    int file = s->cut[weight] = memfd_create("chupin-font", MFD_CLOEXEC);
    bool added = file >= 0 && write_all(file, p, bytes) &&
                 FcConfigAppFontAddFile(s->own, (const FcChar8 *)name_of(s, file, p, bytes));
    hb_blob_destroy(blob);
    hb_face_destroy(face);
    return added;
}

void type_uncut(Sheet *s) {
    if (!s->own)
        return;
    if (s->fonts) /* it does not give its configuration back by itself */
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(s->fonts), NULL);
    FcConfigDestroy(s->own);
    s->own = NULL;
    for (int weight = 0; weight < WEIGHTS; weight++)
        if (s->cut[weight] >= 0)
            close(s->cut[weight]);
}

bool type_cut(Sheet *s) {
    s->own = FcConfigCreate();
    bool made = s->own != NULL;
    for (int weight = 0; weight < WEIGHTS; weight++)
        s->cut[weight] = -1;
    for (int weight = 0; weight < WEIGHTS; weight++)
        made = made && add_file(s, weight);
    PangoFontMap *map = made ? pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) : NULL;
    if (!map)
        return false;
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), s->own);
    type_unload(s);
    s->fonts = map;
    return type_load(s);
}
