/* What the .cc files of the wall share. A handle that crosses is a `const Object *` in disguise:
 * inside a container it is the container's, fetched it stands in the pool until pdf_trim. poppler
 * itself is not asked twice for an object: XRef::fetch parses anew on every call. */
#ifndef CHUPIN_READ_PDF_WALL_HPP
#define CHUPIN_READ_PDF_WALL_HPP

#include "read/pdf/compat.h"

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

extern "C" {
#include "read/pdf/wall.h"
}

struct libdeflate_decompressor;

namespace wall {

/* An object stream, undone once. Its objects are parsed one by one, when they are asked for. */
struct Container {
    PdfBytes bytes = {};
    size_t first = 0;
    std::vector<std::pair<int, size_t>> objects; /* number and offset behind `first` */

    Container() = default;
    Container(const Container &) = delete;
    Container &operator=(const Container &) = delete;
    ~Container() {
        pdf_bytes_free(&bytes);
    }
};

struct Slot {
    const Object *object = nullptr;
    int generation = 0;
};

struct Inflater {
    libdeflate_decompressor *engine = nullptr;

    Inflater() = default;
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    ~Inflater();
};

struct FontDeleter {
    void operator()(PdfFont *font) const;
};
using FontPointer = std::unique_ptr<PdfFont, FontDeleter>;

} // namespace wall

/* Members go in reverse order: the document, which everything below refers to, goes last. */
struct PdfFile {
    std::vector<uint8_t>
        copy; /* the bytes with a corrected end; empty when the caller's are used */
    const uint8_t *bytes = nullptr;
    size_t count = 0;
    int complaints = 0, told = 0;
    char first_complaint[240] = "";
    bool rebuilt = false;     /* poppler had no use for the table of objects and made its own */
    std::vector<int> missing; /* objects that poppler looked for through the whole file */
    std::unique_ptr<PDFDoc> doc;
    XRef *xref = nullptr;
    Object catalog;
    std::deque<Object> pool;
    size_t pool_weight = 0;        /* bytes the pool holds, roughly */
    std::vector<wall::Slot> slots; /* by object number */
    std::vector<int> filled;       /* numbers of slots in use */
    std::unordered_map<int, wall::Container> containers;
    wall::Inflater inflater;
    std::unordered_map<int, wall::FontPointer> fonts;
    std::unordered_map<const Object *, wall::FontPointer> direct_fonts;

    PdfFile() = default;
    PdfFile(const PdfFile &) = delete;
    PdfFile &operator=(const PdfFile &) = delete;
    ~PdfFile();
};

namespace wall {

/* Every entry of the wall runs its body here: no exception leaves. */
template <typename T, typename Body> T guarded(T otherwise, Body &&body) noexcept {
    try {
        return body();
    } catch (...) {
        return otherwise;
    }
}

inline const Object *inside(const PdfObj *o) {
    return reinterpret_cast<const Object *>(o);
}
const PdfObj *outside(const Object *o); /* NULL for null and what is no object */

/* What poppler complains of from here on is about this file: several may be open at once. */
void attend(PdfFile *f);

const Object *fetch(PdfFile *f, Ref ref);
const Object *resolve(PdfFile *f,
                      const Object *o); /* follows references; never a reference; may be NULL */
const Dict *dict_of(const Object *o);   /* of a dictionary or a stream; NULL for others */
/* The value as written, maybe a reference; NULL if absent. */
const Object *entry(const Dict *dict, const char *key);
void drop_objects(PdfFile *f);

} // namespace wall

#endif
