#include "read/pdf/wall_font.hpp"

#include <Array.h>
#include <Dict.h>

#include <cmath>
#include <cstring>

using namespace wall;

namespace {

const char *const program_keys[] = {"FontFile", "FontFile2", "FontFile3"};

const Object *value_of(PdfFile *f, const Dict *dict, const char *key) {
    const Object *o = dict ? resolve(f, entry(dict, key)) : nullptr;
    return o && !o->isNull() ? o : nullptr;
}

const Dict *dict_in(PdfFile *f, const Dict *dict, const char *key) {
    const Object *o = value_of(f, dict, key);
    return o && o->isDict() ? o->getDict() : nullptr;
}

/* A copy of a font dictionary whose descriptor names no program; so also for its descendant. */
Object without_program(PdfFile *f, const Dict *font, bool descend) {
    Object copy(font->copy(f->xref));
    if (const Dict *descriptor = dict_in(f, font, "FontDescriptor")) {
        Object bare(descriptor->copy(f->xref));
        for (const char *key : program_keys)
            bare.getDict()->remove(key);
        copy.getDict()->set("FontDescriptor", std::move(bare));
    }
    const Object *descendants = descend ? value_of(f, font, "DescendantFonts") : nullptr;
    if (descendants && descendants->isArray() && descendants->getArray()->getLength() > 0) {
        const Object *first = resolve(f, &descendants->getArray()->getNF(0));
        if (first && first->isDict()) {
            Object array(new Array(f->xref));
            array.getArray()->add(without_program(f, first->getDict(), false));
            copy.getDict()->set("DescendantFonts", std::move(array));
        }
    }
    return copy;
}

bool is_named(const Object *o) {
    return o && o->isName();
}

/* Does the meaning of codes depend on the embedded program? So it is for Type 1 without a named
 * encoding and without a ToUnicode map, for those codes that /Differences leaves out. */
void read_encoding(PdfFile *f, PdfFont &font, const Dict *dict) {
    const Object *subtype = value_of(f, dict, "Subtype"), *encoding = value_of(f, dict, "Encoding");
    const Dict *descriptor = dict_in(f, dict, "FontDescriptor");
    bool type1 = subtype && (subtype->isName("Type1") || subtype->isName("MMType1"));
    bool embedded = value_of(f, descriptor, "FontFile") || value_of(f, descriptor, "FontFile3");
    const Dict *custom = encoding && encoding->isDict() ? encoding->getDict() : nullptr;
    bool named = is_named(encoding) || is_named(value_of(f, custom, "BaseEncoding"));
    font.own_encoding = type1 && embedded && !named && !value_of(f, dict, "ToUnicode");
    const Object *differences = value_of(f, custom, "Differences");
    if (!differences || !differences->isArray())
        return;
    const Array *items = differences->getArray();
    for (int i = 0, code = 0; i < items->getLength(); i++) {
        const Object *o = resolve(f, &items->getNF(i));
        if (o && o->isInt())
            code = o->getInt();
        else if (is_named(o) && code >= 0 && code < 256)
            font.foretold.set(static_cast<size_t>(code++));
    }
}

float finite(double value) {
    auto narrow = static_cast<float>(value);
    return std::isfinite(narrow) ? narrow : 0;
}

/* poppler answers a simple font from tables, so all 256 codes are asked once. */
void fill_codes(PdfFont &font) {
    font.points.clear();
    for (int code = 0; code < 256; code++) {
        auto byte = static_cast<char>(code);
        CharCode out;
        const Unicode *unicode = nullptr;
        int count = 0;
        double dx = 0, dy = 0, ox = 0, oy = 0;
        font.made->getNextChar(&byte, 1, &out, &unicode, &count, &dx, &dy, &ox, &oy);
        count = unicode && count > 0 ? count : 0;
        font.codes[code] = {finite(dx), static_cast<uint32_t>(font.points.size()), count};
        font.points.insert(font.points.end(), unicode, unicode + count);
    }
}

/* Makes the font again with its program; what was made before stays when that fails. */
void read_program(PdfFont &font) {
    font.has_program = true;
    std::unique_ptr<GfxFont> made =
        compat::make_font<>(font.file->xref, font.ref, font.dict.getDict());
    if (!made || !made->isOk() || made->isCIDFont() != font.made->isCIDFont())
        return;
    font.made = std::move(made);
    if (!font.made->isCIDFont())
        fill_codes(font);
}

FontPointer make(PdfFile *f, PdfRef ref, const Dict *dict) {
    if (!globalParams)
        globalParams = std::make_unique<GlobalParams>();
    FontPointer font(new PdfFont{});
    font->file = f;
    font->ref = Ref{ref.num, ref.gen};
    font->dict = Object(dict->copy(f->xref));
    Object bare = without_program(f, dict, true);
    font->made = compat::make_font<>(f->xref, font->ref, bare.getDict());
    if (!font->made || !font->made->isOk())
        return nullptr;
    if (!font->made->isCIDFont()) {
        read_encoding(f, *font, dict);
        fill_codes(*font);
    }
    return font;
}

int next_simple(PdfFont &font, uint8_t code, PdfGlyph &out) {
    if (font.own_encoding && !font.has_program && !font.foretold[code])
        read_program(font);
    const SimpleCode &c = font.codes[code];
    out = PdfGlyph{code, 1, c.advance, 0, 0, 0, font.points.data() + c.first, c.count};
    return 1;
}

int next_composite(PdfFont &font, const uint8_t *s, int n, PdfGlyph &out) {
    CharCode code = 0;
    const Unicode *unicode = nullptr;
    int count = 0;
    double dx = 0, dy = 0, ox = 0, oy = 0;
    int used = font.made->getNextChar(reinterpret_cast<const char *>(s), n, &code, &unicode, &count,
                                      &dx, &dy, &ox, &oy);
    used = used < 1 ? 1 : used > n ? n : used;
    /* The code points may lie in a buffer of poppler's that the next call overwrites. */
    font.points.assign(unicode, unicode + (unicode && count > 0 ? count : 0));
    out =
        PdfGlyph{code,       used,       finite(dx),         finite(dy),
                 finite(ox), finite(oy), font.points.data(), static_cast<int>(font.points.size())};
    return used;
}

double em(double value, double otherwise) {
    return std::isfinite(value) ? value : otherwise;
}

} // namespace

void wall::FontDeleter::operator()(PdfFont *font) const {
    delete font;
}

extern "C" {

PdfFont *pdf_font(PdfFile *f, PdfRef ref, const PdfObj *handle) {
    return guarded<PdfFont *>(nullptr, [&]() -> PdfFont * {
        if (!f)
            return nullptr;
        const Object *o = handle ? inside(handle) : inside(pdf_object(f, ref));
        if (!o || !o->isDict())
            return nullptr;
        FontPointer *slot = ref.num > 0 ? &f->fonts[ref.num] : &f->direct_fonts[o];
        /* What poppler can make nothing of has a file of NULL, so that it is not tried again. */
        if (!*slot) {
            *slot = make(f, ref, o->getDict());
            if (!*slot)
                slot->reset(new PdfFont{});
        }
        return (*slot)->file ? slot->get() : nullptr;
    });
}

int pdf_font_next(PdfFont *font, const uint8_t *s, int n, PdfGlyph *out) {
    return guarded(0, [&] {
        if (!font || !s || n <= 0)
            return 0;
        return font->made->isCIDFont() ? next_composite(*font, s, n, *out)
                                       : next_simple(*font, s[0], *out);
    });
}

bool pdf_font_is_vertical(const PdfFont *font) {
    return font && font->made->getWMode() == 1;
}

bool pdf_font_is_composite(const PdfFont *font) {
    return font && font->made->isCIDFont();
}

bool pdf_font_is_type3(const PdfFont *font) {
    return font && font->made->getType() == fontType3;
}

double pdf_font_ascent(const PdfFont *font) {
    return font ? em(font->made->getAscent(), 0) : 0;
}

double pdf_font_descent(const PdfFont *font) {
    return font ? -std::fabs(em(font->made->getDescent(), 0)) : 0;
}

int pdf_font_has_glyph(PdfFont *font, uint32_t code) {
    return guarded(-1, [&] {
        if (!font)
            return -1;
        if (!font->glyphs) {
            font->glyphs = std::make_unique<GlyphSet>();
            if (!font->has_program)
                read_program(*font);
            *font->glyphs = read_glyphs(font->file->xref, *font->made);
        }
        return font->glyphs->ask(code);
    });
}

} // extern "C"
