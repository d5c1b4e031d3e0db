/* Opening: poppler on the caller's bytes, or on a copy with a corrected end when the way to the
 * objects is lost. */
#include "read/pdf/repair.h"
#include "read/pdf/wall.hpp"

#include <ErrorCodes.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <set>
#include <string>

using namespace wall;

namespace {

/* poppler's error callback has no place for a pointer of ours. */
thread_local PdfFile *listening = nullptr;

void complain(ErrorCategory category, Goffset, const char *message) {
    if (!listening || category == errSyntaxWarning || category == errUnimplemented)
        return;
    /* Said before poppler looks through the file for an object; whether that is damage is decided
     * below. */
    int number;
    if (std::sscanf(message, "xref num %d not found", &number) == 1) {
        listening->missing.push_back(number);
        return;
    }
    if (listening->complaints++ == listening->told)
        std::snprintf(listening->first_complaint, sizeof listening->first_complaint, "%s", message);
}

enum class Pages { none, some, all };
enum class Outcome { opened, password, damaged };

constexpr int max_tree_depth = 64;
constexpr size_t max_sections = 8;

/* Counts the leaves below a node of the page tree; `lost` becomes true when a kid is missing. Stops
 * at the first leaf when one is enough. */
int count_leaves(PdfFile *f, const PdfObj *node, int depth, bool one, std::set<int> &seen,
                 bool &lost) {
    const PdfObj *kids = pdf_lookup(f, node, "Kids");
    if (pdf_type(node) != PDF_DICT || depth > max_tree_depth) {
        lost = true;
        return 0;
    }
    if (pdf_type(kids) != PDF_ARRAY)
        return 1;
    int leaves = 0;
    for (int i = 0; i < pdf_length(kids) && !(one && leaves); i++) {
        PdfRef ref = pdf_at_ref(kids, i);
        if (ref.num && !seen.insert(ref.num).second)
            lost = true;
        else
            leaves += count_leaves(f, pdf_at(f, kids, i), depth + 1, one, seen, lost);
    }
    return leaves;
}

Pages look_at_pages(PdfFile *f, bool one) {
    const PdfObj *root = pdf_lookup(f, pdf_catalog(f), "Pages");
    std::set<int> seen;
    bool lost = false;
    int leaves = root ? count_leaves(f, root, 0, one, seen, lost) : 0;
    if (!leaves)
        return Pages::none;
    return lost || pdf_int(pdf_lookup(f, root, "Count"), 0) > leaves ? Pages::some : Pages::all;
}

/* A reference to an object that is nowhere in the file makes poppler look for it everywhere, but it
 * is no damage: such a reference stands for null. */
bool was_rebuilt(PdfFile *f) {
    return f->rebuilt || std::any_of(f->missing.begin(), f->missing.end(), [f](int number) {
               const XRefEntry *e = f->xref->getEntry(number, false);
               return e && e->type != xrefEntryNone && e->type != xrefEntryFree;
           });
}

Outcome open_bytes(PdfFile *f, const uint8_t *p, size_t n, const char *password) {
    drop_objects(f);
    f->catalog = Object();
    f->xref = nullptr;
    f->doc.reset();
    f->rebuilt = false;
    f->missing.clear();
    f->slots.clear();
    f->bytes = p;
    f->count = n;
    auto *stream = new MemStream(reinterpret_cast<const char *>(p), 0, static_cast<Goffset>(n),
                                 Object(objNull));
    f->doc =
        compat::open<>(stream, password, [f] { f->rebuilt = f->rebuilt || f->missing.empty(); });
    if (!f->doc->isOk())
        return f->doc->getErrorCode() == errEncrypted ? Outcome::password : Outcome::damaged;
    f->xref = f->doc->getXRef();
    f->catalog = f->xref->getCatalog();
    return Outcome::opened;
}

/* The file with a new end that leads to `section`. Where its numbers count from byte 0 although the
 * header stands later, a header is also written over what stands there. */
void make_copy(PdfFile *f, const uint8_t *p, size_t n, const RepairLook &look, size_t section) {
    constexpr size_t header_size = 8;
    f->copy.assign(p, p + n);
    size_t shift = look.header == REPAIR_NONE ? 0 : look.header;
    if (look.from_first_byte && shift >= header_size) {
        std::memcpy(f->copy.data(), p + look.header, header_size);
        shift = 0;
    }
    char tail[REPAIR_TAIL];
    size_t length = repair_tail(tail, section - (section < shift ? section : shift));
    f->copy.insert(f->copy.end(), tail, tail + length);
}

struct Opener {
    PdfFile *f;
    const uint8_t *p;
    size_t n;
    RepairLook look;
    const char *password;
    bool corrected = false;

    bool usable(Outcome o, Pages wanted) {
        return o == Outcome::opened && look_at_pages(f, wanted == Pages::some) >= wanted;
    }

    /* One section after the other, the last first: the first that leads to every page, else to
     * some. */
    Outcome try_sections() {
        size_t at[max_sections];
        size_t count = repair_sections(at, max_sections, p, n);
        if (look.section != REPAIR_NONE && count < max_sections)
            at[count++] = look.section;
        for (Pages wanted : {Pages::all, Pages::some}) {
            for (size_t i = 0; i < count; i++) {
                make_copy(f, p, n, look, at[i]);
                Outcome o = open_bytes(f, f->copy.data(), f->copy.size(), password);
                if (o == Outcome::password || usable(o, wanted)) {
                    corrected = true;
                    return o;
                }
            }
        }
        return Outcome::damaged;
    }

    Outcome run() {
        bool sound = look.section != REPAIR_NONE && look.near_end && !look.from_first_byte;
        Outcome o = Outcome::damaged;
        if (sound) {
            o = open_bytes(f, p, n, password);
            if (o == Outcome::password || usable(o, Pages::some))
                return o;
        }
        o = try_sections();
        if (o != Outcome::damaged)
            return o;
        /* A startxref of 0 leads nowhere, so that poppler looks for the objects themselves. */
        make_copy(f, p, n, look, look.header == REPAIR_NONE ? 0 : look.header);
        o = open_bytes(f, f->copy.data(), f->copy.size(), password);
        return o == Outcome::opened && !usable(o, Pages::some) ? Outcome::damaged : o;
    }
};

struct Notes {
    std::string zh, en;

    void add(const std::string &z, const std::string &e) {
        zh += (zh.empty() ? "" : "；") + z;
        en += (en.empty() ? "" : "; ") + e;
    }
};

Notes describe(const Opener &opener) {
    Notes notes;
    size_t header = opener.look.header;
    if (header == REPAIR_NONE)
        notes.add("文件开头没有 PDF 标记", "the file does not begin with a PDF header");
    else if (header)
        notes.add("文件开头多出 " + std::to_string(header) + " 个字节",
                  std::to_string(header) + " bytes too many stand before the PDF header");
    if (was_rebuilt(opener.f))
        notes.add("文件的目录损坏，已按内容重建",
                  "the directory of objects was damaged and was rebuilt from the contents");
    else if (opener.corrected)
        notes.add(
            "文件末尾的目录位置不对，已重新找到",
            "the end of the file did not lead to its directory of objects, which was found again");
    return notes;
}

Text why(Outcome outcome, const RepairLook &look) {
    if (outcome == Outcome::password)
        return {"文件有打开密码，没有密码看不到内容",
                "the file cannot be opened without its password"};
    if (look.cut_off && look.has_objects)
        return {"文件不完整，后面一截丢了", "the file is cut off: its end is missing"};
    return {"文件损坏，里面找不到页面", "the file is damaged: no pages can be found in it"};
}

Outcome open_file(PdfOpening *out, Arena *a, PdfFile *f, const uint8_t *bytes, size_t n,
                  const char *password) {
    Opener opener = {f, bytes, n, repair_look(bytes, n), password};
    Outcome outcome = opener.look.cut_off ? Outcome::damaged : opener.run();
    if (outcome != Outcome::opened) {
        out->state = outcome == Outcome::password ? PDF_NEEDS_PASSWORD : PDF_NOT_OPENED;
        out->encrypted = outcome == Outcome::password;
        out->why = why(outcome, opener.look);
        return outcome;
    }
    Notes notes = describe(opener);
    out->state = notes.zh.empty() ? PDF_OPENED : PDF_OPENED_REPAIRED;
    out->repair = arena_copy(a, notes.zh.data(), notes.zh.size());
    out->repair_en = arena_copy(a, notes.en.data(), notes.en.size());
    out->encrypted = f->doc->isEncrypted();
    out->print_allowed = f->doc->okToPrintHighRes();
    return outcome;
}

} // namespace

void wall::attend(PdfFile *f) {
    listening = f;
}

PdfFile::~PdfFile() {
    if (listening == this)
        listening = nullptr;
}

extern "C" {

PdfFile *pdf_open(PdfOpening *out, Arena *a, const uint8_t *bytes, size_t n, const char *password) {
    *out = PdfOpening{PDF_NOT_OPENED, "", "", why(Outcome::damaged, RepairLook{}), false, false};
    if (!bytes || !n)
        return nullptr;
    return guarded<PdfFile *>(nullptr, [&]() -> PdfFile * {
        auto f = std::make_unique<PdfFile>();
        attend(f.get());
        setErrorCallback(complain);
        if (open_file(out, a, f.get(), bytes, n, password) != Outcome::opened)
            return nullptr;
        out->why = {"", ""};
        return f.release();
    });
}

void pdf_close(PdfFile *f) {
    guarded(0, [&] {
        delete f;
        return 0;
    });
}

int pdf_complaints(PdfFile *f, char *first, size_t size) {
    if (!f)
        return 0;
    int fresh = f->complaints - f->told;
    if (first && size)
        std::snprintf(first, size, "%s", fresh ? f->first_complaint : "");
    f->told = f->complaints;
    return fresh;
}

bool pdf_was_rebuilt(PdfFile *f) {
    return guarded(false, [&] { return f && was_rebuilt(f); });
}

const char *poppler_version(void) {
    return POPPLER_VERSION;
}

} // extern "C"
