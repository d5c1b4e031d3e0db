/* Text strings: UTF-16 or UTF-8 by their mark, else PDFDocEncoding. */
#include "read/pdf/wall.hpp"

#include <cstring>
#include <string>

using namespace wall;

namespace {

void put_utf8(std::string &out, Unicode c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::string from_pdf_doc(Str s) {
    std::string out;
    for (size_t i = 0; i < s.n; i++) {
        auto byte = static_cast<unsigned char>(s.p[i]);
        /* The table has 0 for control characters and for what is not defined. */
        Unicode c = pdfDocEncoding[byte];
        put_utf8(out, c ? c : byte < 0x20 ? byte : 0xFFFD);
    }
    return out;
}

std::string swapped(Str s) {
    std::string out(s.p, s.n & ~size_t{1});
    for (size_t i = 0; i + 1 < out.size(); i += 2)
        std::swap(out[i], out[i + 1]);
    return out;
}

/* A language may stand between two escape characters within the text (ISO 32000, 7.9.2.2). */
char *without_language(Arena *a, char *text) {
    constexpr char escape = '\x1B';
    constexpr size_t longest = 8;
    std::string out;
    for (const char *at = text; *at; at++) {
        const char *end = *at == escape ? std::strchr(at + 1, escape) : nullptr;
        if (end && static_cast<size_t>(end - at) <= longest)
            at = end;
        else
            out += *at;
    }
    return out.size() == std::strlen(text) ? text : arena_copy(a, out.data(), out.size());
}

char *from_utf16(Arena *a, const char *p, size_t n) {
    return without_language(a, text_from_utf16be(a, reinterpret_cast<const uint8_t *>(p), n));
}

bool starts(Str s, const char *mark, size_t n) {
    return s.n >= n && !std::memcmp(s.p, mark, n);
}

} // namespace

extern "C" const char *pdf_text(const PdfObj *o, Arena *a) {
    return guarded("", [&]() -> const char * {
        Str s = pdf_string(o);
        if (starts(s, "\xFE\xFF", 2))
            return from_utf16(a, s.p + 2, s.n - 2);
        if (starts(s, "\xFF\xFE", 2)) {
            std::string big = swapped({s.p + 2, s.n - 2});
            return from_utf16(a, big.data(), big.size());
        }
        if (starts(s, "\xEF\xBB\xBF", 3) && text_valid(s.p + 3, s.n - 3))
            return without_language(a, arena_copy(a, s.p + 3, s.n - 3));
        std::string out = from_pdf_doc(s);
        return arena_copy(a, out.data(), out.size());
    });
}
