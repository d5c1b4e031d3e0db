/* Image data undone piece by piece. The last filter of most images is Flate: zlib undoes it, or
 * libdeflate all at once where the whole is small, and the predictor is undone by row. What stands
 * before it, and every other filter, is poppler's. */
#include "read/pdf/predictor.h"
#include "read/pdf/wall.hpp"

#include <algorithm>
#include <cstring>
#include <libdeflate.h>
#include <zlib.h>

using namespace wall;

namespace {

constexpr int max_filters = 16, zlib_header = 2, piece = 32 << 10;
constexpr size_t small_whole = size_t{4} << 20;

struct Filters {
    Str names[max_filters];
    int count = 0;

    Filters(PdfFile *f, const PdfObj *dict)
        : count(pdf_stream_filters(f, dict, names, max_filters)) {
    }
    bool last_is(const char *name) const {
        return count > 0 && count <= max_filters && str_is(names[count - 1], name);
    }
    /* poppler takes a stream under a filter it does not know for an empty one. */
    bool all_known() const {
        static const char *const known[] = {
            "ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "FlateDecode", "RunLengthDecode",
            "CCITTFaxDecode", "DCTDecode",     "JPXDecode", "JBIG2Decode", "Crypt"};
        return count <= max_filters && std::all_of(names, names + count, [](Str name) {
                   return std::any_of(std::begin(known), std::end(known),
                                      [&](const char *k) { return str_is(name, k); });
               });
    }
};

/* The parameters of the last filter. */
Predictor predictor_of(PdfFile *f, const PdfObj *dict, int filters) {
    const PdfObj *parms = pdf_lookup(f, dict, "DecodeParms");
    if (!parms)
        parms = pdf_lookup(f, dict, "DP");
    if (pdf_type(parms) == PDF_ARRAY)
        parms = pdf_at(f, parms, filters - 1);
    return {pdf_int(pdf_lookup(f, parms, "Predictor"), 1),
            pdf_int(pdf_lookup(f, parms, "Colors"), 1),
            pdf_int(pdf_lookup(f, parms, "BitsPerComponent"), 8),
            pdf_int(pdf_lookup(f, parms, "Columns"), 1)};
}

struct Bytes {
    PdfBytes b = {};

    Bytes() = default;
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;
    ~Bytes() {
        pdf_bytes_free(&b);
    }
};

Object dictionary(const PdfObj *dict) {
    const Object *o = inside(dict);
    return o->isStream() ? o->getStream()->getDictObject()->copy() : o->copy();
}

} // namespace

struct PdfPixels {
    PdfFile *file = nullptr;
    int complaints = 0; /* that there were before */
    bool wrong = false;
    size_t total = 0;
    Bytes stored;
    Object chain;             /* keeps poppler's streams */
    Stream *stream = nullptr; /* poppler's side: what is read, or what zlib is fed from */
    /* zlib's side, when the last filter is Flate. */
    bool flate = false, started = false, ended = false;
    z_stream z = {};
    std::vector<uint8_t> fed, whole;
    size_t whole_at = 0;
    Predictor predictor = {};
    std::vector<uint8_t> row, above; /* of the predictor; row[0] is the filter byte of PNG */
    size_t row_at = 0;               /* bytes of it already handed out */

    PdfPixels() = default;
    PdfPixels(const PdfPixels &) = delete;
    PdfPixels &operator=(const PdfPixels &) = delete;
    ~PdfPixels() {
        if (started)
            inflateEnd(&z);
        if (stream)
            chain.getStream()->close();
    }

    void open_chain(const PdfObj *dict);
    void open_flate(const PdfObj *dict, int filters, size_t most);
    void measure();
    bool feed();
    size_t inflated(uint8_t *out, size_t n);
    bool next_row();
    size_t predicted(uint8_t *out, size_t n);
    size_t read(uint8_t *out, size_t n);

  private:
    bool inflate_whole(size_t most);
};

namespace {

size_t drain(Stream *s, uint8_t *out, size_t n) {
    size_t got = 0;
    while (got < n) {
        int wanted = static_cast<int>(std::min(n - got, size_t{1} << 30));
        int more = s->doGetChars(wanted, out + got);
        if (more <= 0)
            break;
        got += static_cast<size_t>(more);
    }
    return got;
}

} // namespace

void PdfPixels::open_chain(const PdfObj *dict) {
    auto *base = new MemStream(reinterpret_cast<const char *>(stored.b.p), 0,
                               static_cast<Goffset>(stored.b.n), dictionary(dict));
    chain = Object(base->addFilters(base->getDict()));
    stream = chain.getStream();
}

/* poppler decodes a JPX image whole at the first byte and counts from the beginning when it is
 * reset. How many channels there are only the number of bytes tells. */
void PdfPixels::measure() {
    std::vector<uint8_t> bin(piece);
    while (size_t n = drain(stream, bin.data(), bin.size()))
        total += n;
    compat::rewind(stream);
}

/* The check sum behind the data is not looked at: images with a wrong one or none print like any
 * other. */
bool PdfPixels::inflate_whole(size_t most) {
    if (stream || most > small_whole || stored.b.n <= zlib_header)
        return false;
    if (!file->inflater.engine && !(file->inflater.engine = libdeflate_alloc_decompressor()))
        throw std::bad_alloc();
    size_t n = 0;
    whole.resize(most);
    if (libdeflate_deflate_decompress(file->inflater.engine, stored.b.p + zlib_header,
                                      stored.b.n - zlib_header, whole.data(), most,
                                      &n) != LIBDEFLATE_SUCCESS) {
        whole.clear();
        return false;
    }
    whole.resize(n);
    return true;
}

void PdfPixels::open_flate(const PdfObj *dict, int filters, size_t most) {
    flate = true;
    predictor = predictor_of(file, dict, filters);
    size_t bytes = predictor.kind > 1 ? predictor_row_bytes(&predictor) : 0;
    if (predictor.kind > 1 && !bytes) {
        wrong = ended = true;
        return;
    }
    if (bytes) {
        row.resize(bytes + 1);
        above.resize(bytes + 1);
        row_at = row.size();
        most += most / bytes + 1;
    }
    if (filters > 1) {
        open_chain(dict);
        if (stream->getKind() == strFlate)
            stream = stream->getNextStream();
        compat::rewind(stream);
    }
    /* Some programs end the data of an image with a byte or two too many. */
    constexpr size_t spare = 64;
    if (most <= small_whole && inflate_whole(most + spare))
        return;
    uint8_t head[zlib_header];
    const uint8_t *p = stored.b.p;
    if (stream) {
        wrong = drain(stream, head, zlib_header) < zlib_header;
        p = head;
    } else {
        wrong = stored.b.n < zlib_header;
        z.next_in = const_cast<Bytef *>(p + zlib_header);
        z.avail_in = 0;
    }
    ended = wrong = wrong || (p[0] & 0x0f) != 8 || (p[0] * 256 + p[1]) % 31 || (p[1] & 0x20);
    if (ended)
        return;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        throw std::bad_alloc();
    started = true;
}

/* More compressed bytes for zlib. False: there are none. */
bool PdfPixels::feed() {
    if (stream) {
        fed.resize(piece);
        z.avail_in = static_cast<uInt>(drain(stream, fed.data(), fed.size()));
        z.next_in = fed.data();
    } else {
        size_t left = static_cast<size_t>(stored.b.p + stored.b.n - z.next_in);
        z.avail_in = static_cast<uInt>(std::min(left, size_t{1} << 30));
    }
    return z.avail_in > 0;
}

size_t PdfPixels::inflated(uint8_t *out, size_t n) {
    if (!started) {
        size_t got = std::min(n, whole.size() - whole_at);
        std::copy_n(whole.data() + whole_at, got, out);
        whole_at += got;
        return got;
    }
    size_t got = 0;
    while (got < n && !ended) {
        size_t room = std::min(n - got, size_t{1} << 30);
        if (!z.avail_in && !feed()) {
            ended = wrong = true;
            break;
        }
        z.next_out = out + got;
        z.avail_out = static_cast<uInt>(room);
        int status = inflate(&z, Z_NO_FLUSH);
        got += room - z.avail_out;
        ended = status != Z_OK && status != Z_BUF_ERROR;
        wrong = wrong || (ended && status != Z_STREAM_END);
    }
    return got;
}

/* A row that is not whole is undone as far as it goes. */
bool PdfPixels::next_row() {
    size_t head = predictor_is_png(&predictor) ? 0 : 1;
    above.swap(row);
    size_t got = inflated(row.data() + head, row.size() - head);
    if (got + head < 2) {
        row_at = row.size();
        return false;
    }
    row_at = 1;
    std::fill(row.begin() + static_cast<std::ptrdiff_t>(got + head), row.end(), uint8_t{0});
    predictor_undo(&predictor, row[0], row.data() + 1, above.data() + 1, row.size() - 1);
    if (got + head < row.size())
        row.resize(got + head);
    return true;
}

size_t PdfPixels::predicted(uint8_t *out, size_t n) {
    size_t got = 0;
    while (got < n) {
        if (row_at == row.size()) {
            if (row.size() < above.size() || !next_row())
                break;
        }
        size_t some = std::min(n - got, row.size() - row_at);
        std::copy_n(row.data() + row_at, some, out + got);
        row_at += some;
        got += some;
    }
    return got;
}

size_t PdfPixels::read(uint8_t *out, size_t n) {
    if (!flate)
        return drain(stream, out, n);
    return row.empty() ? inflated(out, n) : predicted(out, n);
}

namespace {

std::unique_ptr<PdfPixels> open(PdfFile *f, const PdfObj *dict, const PdfBytes *stored,
                                size_t most) {
    Filters filters(f, dict);
    bool is_stream = inside(dict)->isStream();
    if (!filters.all_known() || filters.last_is("DCTDecode") || (!stored && !is_stream))
        return nullptr;
    auto s = std::make_unique<PdfPixels>();
    s->file = f;
    s->stored.b = stored ? PdfBytes{stored->p, stored->n, stored->truncated, nullptr}
                         : pdf_stream_raw(f, dict, SIZE_MAX);
    if (!s->stored.b.n)
        return nullptr;
    s->complaints = f->complaints;
    attend(f);
    if (filters.last_is("FlateDecode")) {
        s->open_flate(dict, filters.count, most);
        return s;
    }
    s->open_chain(dict);
    compat::rewind(s->stream);
    if (s->stream->getKind() == strJPX)
        s->measure();
    return s;
}

PdfBytes body_of_inline(PdfFile *f, const PdfObj *dict, const PdfBytes *stored, size_t limit) {
    Filters filters(f, dict);
    if (!filters.all_known() || !filters.count)
        return {nullptr, 0, true, nullptr};
    if (filters.count == 1)
        return {stored->p, std::min(stored->n, limit), stored->truncated || stored->n > limit,
                nullptr};
    PdfPixels s;
    s.file = f;
    s.stored.b = {stored->p, stored->n, stored->truncated, nullptr};
    s.open_chain(dict);
    Stream *body = s.stream->getNextStream();
    if (!body)
        return {nullptr, 0, true, nullptr};
    compat::rewind(body);
    std::vector<uint8_t> bytes;
    for (size_t n = 0, got = piece; got == static_cast<size_t>(piece) && n < limit; n += got) {
        bytes.resize(n + piece);
        got = drain(body, bytes.data() + n, piece);
        bytes.resize(n + got);
    }
    void *copy = bytes.empty() ? nullptr : std::malloc(bytes.size());
    if (!copy)
        return {nullptr, 0, true, nullptr};
    std::memcpy(copy, bytes.data(), bytes.size());
    return {static_cast<uint8_t *>(copy), bytes.size(), false, copy};
}

} // namespace

extern "C" {

PdfPixels *pdf_pixels_open(PdfFile *f, const PdfObj *dict, const PdfBytes *stored, size_t most) {
    return guarded(static_cast<PdfPixels *>(nullptr), [&]() -> PdfPixels * {
        return f && dict ? open(f, dict, stored, most).release() : nullptr;
    });
}

size_t pdf_pixels_read(PdfPixels *s, uint8_t *out, size_t n) {
    return guarded(size_t{0}, [&] {
        if (!s)
            return size_t{0};
        attend(s->file);
        return s->read(out, n);
    });
}

size_t pdf_pixels_total(const PdfPixels *s) {
    return s ? s->total : 0;
}

bool pdf_pixels_damaged(const PdfPixels *s) {
    return !s || s->wrong || s->file->complaints > s->complaints;
}

void pdf_pixels_close(PdfPixels *s) {
    guarded(0, [&] {
        delete s;
        return 0;
    });
}

PdfBytes pdf_inline_image_body(PdfFile *f, const PdfObj *dict, const PdfBytes *stored,
                               size_t limit) {
    return guarded(PdfBytes{nullptr, 0, true, nullptr}, [&] {
        return f && dict && stored ? body_of_inline(f, dict, stored, limit)
                                   : PdfBytes{nullptr, 0, true, nullptr};
    });
}

} // extern "C"
