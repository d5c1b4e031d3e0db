/* Which codes an embedded font program can show. Where readers would disagree, or the program is of
 * a kind that is not looked into, the answer is "cannot tell". */
#include "read/pdf/wall_font.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>

namespace wall {
namespace {

using Bytes = std::vector<unsigned char>;
using Names = std::set<std::string>;

constexpr size_t codes = 256, max_cids = 65536;

GlyphSet unknown() {
    return {};
}

GlyphSet by_name(Gfx8BitFont &font, const Names &names) {
    if (names.empty())
        return unknown();
    GlyphSet set = {GlyphSet::Known::by_code, std::vector<int8_t>(codes)};
    for (size_t code = 0; code < codes; code++) {
        const char *name = font.getCharName(static_cast<int>(code));
        const char *other = name ? GfxFont::getAlternateName(name) : nullptr;
        bool there = name && std::strcmp(name, ".notdef") && names.count(name);
        set.there[code] = there || (other && names.count(other));
    }
    return set;
}

GlyphSet identity(size_t glyphs) {
    GlyphSet set = {GlyphSet::Known::by_cid, std::vector<int8_t>(std::min(glyphs, max_cids), 1)};
    if (!set.there.empty())
        set.there[0] = 0;
    return set;
}

unsigned big_endian(const Bytes &b, size_t at, int n) {
    unsigned value = 0;
    for (int i = 0; i < n; i++)
        value = value << 8 |
                (at + static_cast<size_t>(i) < b.size() ? b[at + static_cast<size_t>(i)] : 0u);
    return value;
}

/* numGlyphs of the maxp table; 0 when there is none. */
size_t glyph_count(const Bytes &b) {
    unsigned tables = big_endian(b, 4, 2);
    for (size_t i = 0; i < tables && 12 + 16 * (i + 1) <= b.size(); i++)
        if (!std::memcmp(&b[12 + 16 * i], "maxp", 4))
            return big_endian(b, big_endian(b, 12 + 16 * i + 8, 4) + size_t{4}, 2);
    return 0;
}

struct Freed {
    void operator()(int *p) const {
        gfree(p);
    }
};
using Map = std::unique_ptr<int, Freed>;

/* CFF: names of a plain one, CIDs of a CID-keyed one. */
GlyphSet read_cff(GfxFont &font, const unsigned char *p, int n) {
    std::unique_ptr<FoFiType1C> cff(FoFiType1C::make(p, n));
    if (!cff)
        return unknown();
    int count = 0;
    Map map(cff->getCIDToGIDMap(&count));
    if (font.isCIDFont() && !map)
        return identity(static_cast<size_t>(std::max(0, cff->getNumGlyphs())));
    if (font.isCIDFont()) {
        GlyphSet set = {GlyphSet::Known::by_cid,
                        std::vector<int8_t>(static_cast<size_t>(std::max(0, count)))};
        for (size_t cid = 1; cid < set.there.size(); cid++)
            set.there[cid] = map.get()[cid] > 0;
        return set;
    }
    if (map)
        return unknown();
    Names names;
    for (int gid = 1; gid < cff->getNumGlyphs(); gid++) {
        std::unique_ptr<GooString> name(cff->getGlyphName(gid));
        if (name)
            names.insert(name->toStr());
    }
    return by_name(static_cast<Gfx8BitFont &>(font), names);
}

GlyphSet read_open_type(GfxFont &font, const Bytes &b) {
    std::unique_ptr<FoFiTrueType> program =
        FoFiTrueType::make(b.data(), static_cast<int>(b.size()));
    char *start = nullptr;
    int n = 0;
    if (!program || !program->isOpenTypeCFF() || !program->getCFFBlock(&start, &n))
        return unknown();
    return read_cff(font, reinterpret_cast<unsigned char *>(start), n);
}

/* A code that poppler's mapping does not reach but another table of the program does is left open.
 */
bool other_table_has(const FoFiTrueType &program, unsigned code) {
    for (int i = 0; i < program.getNumCmaps(); i++)
        if (program.mapCodeToGID(i, code) > 0 || program.mapCodeToGID(i, 0xF000 + code) > 0)
            return true;
    return false;
}

GlyphSet read_true_type(Gfx8BitFont &font, const Bytes &b) {
    std::unique_ptr<FoFiTrueType> program =
        FoFiTrueType::make(b.data(), static_cast<int>(b.size()));
    Map map(program && program->getNumCmaps() ? font.getCodeToGIDMap(program.get()) : nullptr);
    size_t glyphs = glyph_count(b);
    if (!map || !glyphs)
        return unknown();
    GlyphSet set = {GlyphSet::Known::by_code, std::vector<int8_t>(codes)};
    for (size_t code = 0; code < codes; code++) {
        int gid = map.get()[code];
        bool there = gid > 0 && static_cast<size_t>(gid) < glyphs;
        bool open = !there && other_table_has(*program, static_cast<unsigned>(code));
        set.there[code] = there ? 1 : open ? -1 : 0;
    }
    return set;
}

GlyphSet read_cid_true_type(GfxCIDFont &font, const Bytes &b) {
    size_t glyphs = glyph_count(b);
    if (!glyphs)
        return unknown();
    const int *map = font.getCIDToGID();
    if (!map)
        return identity(glyphs);
    GlyphSet set = {GlyphSet::Known::by_cid, std::vector<int8_t>(font.getCIDToGIDLen())};
    for (size_t cid = 0; cid < set.there.size(); cid++)
        set.there[cid] = map[cid] > 0 && static_cast<size_t>(map[cid]) < glyphs;
    return set;
}

/* The encrypted part of a Type 1 program in the clear (Adobe Type 1 Font Format, chapter 7). */
std::string eexec(const Bytes &b) {
    static const char keyword[] = "eexec";
    const auto *hit =
        static_cast<const unsigned char *>(memmem(b.data(), b.size(), keyword, sizeof keyword - 1));
    size_t at = hit ? static_cast<size_t>(hit - b.data()) + sizeof keyword - 1 : b.size();
    while (at < b.size() && std::isspace(b[at]))
        at++;
    bool hex = at + 4 <= b.size();
    for (size_t i = at; hex && i < at + 4; i++)
        hex = std::isxdigit(b[i]);
    std::string clear;
    unsigned r = 55665, high = 0;
    bool half = false;
    for (; at < b.size(); at++) {
        unsigned c = b[at];
        if (hex) {
            if (!std::isxdigit(static_cast<int>(c)))
                continue;
            unsigned digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            half = !half;
            if (half) {
                high = digit;
                continue;
            }
            c = high << 4 | digit;
        }
        clear += static_cast<char>(c ^ r >> 8);
        r = ((c + r) * 52845 + 22719) & 0xFFFF;
    }
    return clear;
}

/* Glyph names: `/name length RD bytes ND`, up to `end`. */
Names type1_names(const Bytes &b) {
    Names names;
    std::string s = eexec(b);
    size_t at = s.find("/CharStrings");
    at = at == std::string::npos ? s.size() : at + 1;
    while ((at = s.find('/', at)) != std::string::npos) {
        size_t end = s.find_first_of(" \t\r\n", at);
        if (end == std::string::npos)
            break;
        char *behind;
        unsigned long length = std::strtoul(s.c_str() + end, &behind, 10);
        size_t read = s.find_first_not_of(' ', static_cast<size_t>(behind - s.c_str()));
        size_t data = read == std::string::npos ? read : s.find(' ', read);
        if (data == std::string::npos || length > s.size() - data)
            break;
        names.insert(s.substr(at + 1, end - at - 1));
        at = data + 1 + length;
        size_t word = s.find_first_of("/e", at);
        if (word == std::string::npos || s.compare(word, 3, "end") == 0)
            break;
    }
    return names;
}

GlyphSet read_type3(Gfx8BitFont &font) {
    GlyphSet set = {GlyphSet::Known::by_code, std::vector<int8_t>(codes)};
    for (size_t code = 0; code < codes; code++)
        set.there[code] = font.getCharProcNF(static_cast<int>(code)).isNull() ? 0 : 1;
    return set;
}

} // namespace

GlyphSet read_glyphs(XRef *xref, GfxFont &font) {
    if (font.getType() == fontType3)
        return read_type3(static_cast<Gfx8BitFont &>(font));
    Ref file;
    std::optional<Bytes> program =
        font.getEmbeddedFontID(&file) ? font.readEmbFontFile(xref) : std::nullopt;
    if (!program || program->empty())
        return unknown();
    /* What the type says and which class it is must agree before the casts below. */
    bool composite = font.getType() >= fontCIDType0 && font.getType() <= fontCIDType2OT;
    if (composite != font.isCIDFont())
        return unknown();
    switch (font.getType()) {
    case fontType1:
        return by_name(static_cast<Gfx8BitFont &>(font), type1_names(*program));
    case fontType1C:
    case fontCIDType0C:
        return read_cff(font, program->data(), static_cast<int>(program->size()));
    case fontType1COT:
    case fontCIDType0COT:
        return read_open_type(font, *program);
    case fontTrueType:
    case fontTrueTypeOT:
        return read_true_type(static_cast<Gfx8BitFont &>(font), *program);
    case fontCIDType2:
    case fontCIDType2OT:
        return read_cid_true_type(static_cast<GfxCIDFont &>(font), *program);
    case fontUnknownType:
    case fontType3:
    case fontCIDType0:
        return unknown();
    }
    return unknown();
}

} // namespace wall
