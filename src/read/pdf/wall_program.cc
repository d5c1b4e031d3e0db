/* What the choice of a glyph is made with: poppler's tables of encodings and of glyph names. */
#include "read/pdf/wall_font.hpp"

#include <Dict.h>

using namespace wall;

/* The dictionary is counted: as long as somebody holds it, its address stays its own. */
struct PdfFontHold {
    Object dict;
};

namespace {

GlobalParams &tables() {
    if (!globalParams)
        globalParams = std::make_unique<GlobalParams>();
    return *globalParams;
}

/* poppler does not export its encodings, but it fills them into a font that names one. */
std::unique_ptr<GfxFont> font_encoded(const char *encoding) {
    tables();
    Object dict(new Dict(static_cast<XRef *>(nullptr)));
    dict.dictSet("Type", Object(objName, "Font"));
    dict.dictSet("Subtype", Object(objName, "Type1"));
    dict.dictSet("BaseFont", Object(objName, "Encoded"));
    dict.dictSet("Encoding", Object(objName, encoding));
    return compat::make_font<>(nullptr, Ref{0, 0}, dict.getDict());
}

} // namespace

extern "C" {

const void *pdf_font_key(const PdfFont *font) {
    return font ? font->dict.getDict() : nullptr;
}

PdfFontHold *pdf_font_hold(const PdfFont *font) {
    return guarded<PdfFontHold *>(nullptr, [&]() -> PdfFontHold * {
        return font ? new PdfFontHold{font->dict.copy()} : nullptr;
    });
}

void pdf_font_release(PdfFontHold *hold) {
    delete hold;
}

bool pdf_encoding(const char *names[256], Arena *a, const char *encoding) {
    return guarded(false, [&] {
        std::unique_ptr<GfxFont> font = font_encoded(encoding);
        if (!font || !font->isOk() || font->isCIDFont())
            return false;
        auto &simple = static_cast<Gfx8BitFont &>(*font);
        for (int code = 0; code < 256; code++)
            names[code] = arena_strdup(a, simple.getCharName(code));
        return true;
    });
}

uint32_t pdf_unicode_of_name(const char *name) {
    return guarded(uint32_t{0},
                   [&]() -> uint32_t { return name ? tables().mapNameToUnicodeAll(name) : 0; });
}

int pdf_mac_roman_of_name(const char *name) {
    return guarded(-1, [&] {
        int code =
            name && globalParams ? static_cast<int>(globalParams->getMacRomanCharCode(name)) : 0;
        return code > 0 ? code : -1;
    });
}

const char *pdf_other_name(const char *name) {
    return guarded<const char *>(nullptr,
                                 [&] { return name ? GfxFont::getAlternateName(name) : nullptr; });
}

} // extern "C"
