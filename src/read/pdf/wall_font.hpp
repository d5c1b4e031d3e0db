/* A font as the wall keeps it. poppler makes it from a copy of its dictionary without the font
 * program, because decoding that program is most of the work; the program is read only when the
 * Unicode of a shown code may depend on it, or when somebody asks whether a glyph is there. */
#ifndef CHUPIN_READ_PDF_WALL_FONT_HPP
#define CHUPIN_READ_PDF_WALL_FONT_HPP

#include "read/pdf/wall.hpp"

#include <bitset>

namespace wall {

/* Which glyphs an embedded program has. */
struct GlyphSet {
    enum class Known { no, by_code, by_cid } known = Known::no;
    std::vector<int8_t>
        there; /* by_code: 256 entries; by_cid: as many as there are CIDs; 1, 0 or -1 */

    int ask(uint32_t code) const {
        if (known == Known::no)
            return -1;
        return code < there.size() ? there[code] : 0;
    }
};

GlyphSet read_glyphs(XRef *xref, GfxFont &font); /* `font` was made with its program */

struct SimpleCode {
    float advance;
    uint32_t first; /* of its code points in PdfFont::points */
    int count;
};

} // namespace wall

struct PdfFont {
    PdfFile *file;
    Ref ref;
    Object dict; /* holds its own reference to the dictionary: pdf_trim does not take it away */
    std::unique_ptr<GfxFont> made;
    bool has_program = false;  /* was `made` with it? */
    bool own_encoding = false; /* an embedded Type 1 program may say what the codes below mean */
    std::bitset<256> foretold; /* codes whose meaning the dictionary gives by itself */
    wall::SimpleCode codes[256] = {};
    std::vector<uint32_t> points;
    std::unique_ptr<wall::GlyphSet> glyphs;
};

#endif
