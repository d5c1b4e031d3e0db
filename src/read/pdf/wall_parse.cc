/* Objects that stand in content streams: parsed by poppler like any other, kept in the pool until
 * pdf_trim. */
#include "read/pdf/wall.hpp"

#include <Parser.h>

using namespace wall;

extern "C" const PdfObj *pdf_parse(PdfFile *f, const char *p, size_t n) {
    return guarded<const PdfObj *>(nullptr, [&]() -> const PdfObj * {
        if (!f || !f->xref || !n)
            return nullptr;
        auto *bytes = new MemStream(p, 0, static_cast<Goffset>(n), Object(objNull));
        Parser parser(f->xref, bytes, false); /* owns the stream */
        f->pool.push_back(parser.getObj());
        f->pool_weight += 1 << 10;
        return outside(&f->pool.back());
    });
}
