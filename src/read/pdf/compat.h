/* What differs between poppler releases, in one place. Built against 22.12; where a later release
 * is known to have changed a signature, the form that compiles is chosen, so that a new release
 * fails here and nowhere else. */
#ifndef CHUPIN_READ_PDF_COMPAT_H
#define CHUPIN_READ_PDF_COMPAT_H

#include <Error.h>
#include <GfxFont.h>
#include <GlobalParams.h>
#include <Object.h>
#include <PDFDoc.h>
#include <PDFDocEncoding.h>
#include <Stream.h>
#include <XRef.h>
#include <cpp/poppler-version.h>
#include <fofi/FoFiTrueType.h>
#include <fofi/FoFiType1C.h>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#if POPPLER_VERSION_MAJOR < 22
#error "poppler 22.12 or later is needed"
#endif

namespace compat {

using Rebuilt = std::function<void()>;
/* Up to 22.12 there is a void pointer for a user interface before the callback. */
template <typename Doc = PDFDoc>
std::unique_ptr<Doc> open(BaseStream *stream, const char *password, const Rebuilt &rebuilt) {
    std::optional<GooString> word;
    if (password)
        word.emplace(password);
    using Word = const std::optional<GooString> &;
    if constexpr (std::is_constructible_v<Doc, BaseStream *, Word, Word, std::nullptr_t,
                                          const Rebuilt &>)
        return std::make_unique<Doc>(stream, word, word, nullptr, rebuilt);
    else
        return std::make_unique<Doc>(stream, word, word, rebuilt);
}

/* Stream::reset() became rewind(). */
template <typename S> auto restart(S *stream, int) -> decltype(stream->rewind(), void()) {
    (void)stream->rewind();
}
template <typename S> auto restart(S *stream, long) -> decltype(stream->reset(), void()) {
    stream->reset();
}
inline void rewind(Stream *stream) {
    restart(stream, 0);
}

/* The dictionary of a font was a pointer and became a reference. */
template <typename Font = GfxFont>
std::unique_ptr<Font> make_font(XRef *xref, Ref ref, Dict *dict) {
    if constexpr (std::is_invocable_v<decltype(&Font::makeFont), XRef *, const char *, Ref, Dict *>)
        return Font::makeFont(xref, "F", ref, dict);
    else
        return Font::makeFont(xref, "F", ref, *dict);
}

} // namespace compat

#endif
