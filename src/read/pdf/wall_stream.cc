/* Stream bytes. What is not encrypted is read where it lies in the file; one Flate filter goes
 * through libdeflate, and through zlib where the data are damaged or larger than asked for, because
 * zlib keeps what it has undone so far. Every other chain is poppler's, made anew for each call: a
 * stream object has one reading position, and its predictor keeps its last row when the stream is
 * read again. */
#include "read/pdf/wall.hpp"

#include <Array.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <libdeflate.h>
#include <sys/mman.h>
#include <zlib.h>

using namespace wall;

namespace {

constexpr int max_filters = 16;
constexpr size_t first_piece = 64 << 10;
constexpr int zlib_header = 2;

/* A buffer that grows by malloc and ends as PdfBytes. */
struct Buffer {
    uint8_t *p = nullptr;
    size_t n = 0, capacity = 0;

    Buffer() = default;
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    ~Buffer() {
        std::free(p);
    }

    void reserve(size_t size) {
        if (size <= capacity)
            return;
        void *grown = std::realloc(p, size);
        if (!grown)
            throw std::bad_alloc();
        p = static_cast<uint8_t *>(grown);
        capacity = size;
        ask_for_large_pages();
    }

    /* Most of the time that a large buffer costs goes into faults of small pages. */
    void ask_for_large_pages() {
        constexpr size_t large = size_t{2} << 20, page = 4096;
        size_t skip = -reinterpret_cast<uintptr_t>(p) % page;
        if (capacity >= 2 * large)
            madvise(p + skip, (capacity - skip) / page * page, MADV_HUGEPAGE);
    }

    PdfBytes finish(bool truncated) {
        PdfBytes bytes = {p, n, truncated, p};
        p = nullptr;
        return bytes;
    }
};

struct Filters {
    Str names[max_filters];
    int count = 0;

    bool is(int i, const char *name) const {
        return i >= 0 && i < count && std::strlen(name) == names[i].n &&
               !std::memcmp(names[i].p, name, names[i].n);
    }
    bool ends_in_codec() const {
        int last = count - 1;
        return is(last, "DCTDecode") || is(last, "JPXDecode") || is(last, "JBIG2Decode") ||
               is(last, "CCITTFaxDecode");
    }
};

/* Abbreviations are allowed in inline images only, but other files use them too and every reader
 * takes them. */
const struct {
    const char *brief, *full;
} filter_names[] = {
    {"AHx", "ASCIIHexDecode"}, {"A85", "ASCII85Decode"},
    {"LZW", "LZWDecode"},      {"Fl", "FlateDecode"},
    {"RL", "RunLengthDecode"}, {"CCF", "CCITTFaxDecode"},
    {"DCT", "DCTDecode"},      {"", "JPXDecode"},
    {"", "JBIG2Decode"},       {"", "Crypt"},
};

Str full_name(Str name) {
    for (const auto &known : filter_names)
        if (str_is(name, known.brief))
            return Str{known.full, std::strlen(known.full)};
    return name;
}

/* In a stream dictionary /F names an external file; it is a filter only as a name or an array of
 * names. */
const PdfObj *filter_entry(PdfFile *f, const PdfObj *stream) {
    const PdfObj *o = pdf_lookup(f, stream, "Filter");
    return o ? o : pdf_lookup(f, stream, "F");
}

Filters filters_of(PdfFile *f, const PdfObj *stream, int *all) {
    Filters filters;
    const PdfObj *o = filter_entry(f, stream);
    int count = pdf_type(o) == PDF_ARRAY ? pdf_length(o) : pdf_type(o) == PDF_NAME;
    for (int i = 0; i < count; i++) {
        const PdfObj *name = pdf_type(o) == PDF_ARRAY ? pdf_at(f, o, i) : o;
        if (filters.count < max_filters)
            filters.names[filters.count++] = full_name(pdf_name(name));
    }
    if (all)
        *all = count;
    return filters;
}

bool has_predictor(PdfFile *f, const PdfObj *stream) {
    const PdfObj *parms = pdf_lookup(f, stream, "DecodeParms");
    if (!parms)
        parms = pdf_lookup(f, stream, "DP");
    if (pdf_type(parms) == PDF_ARRAY)
        parms = pdf_at(f, parms, 0);
    return pdf_int(pdf_lookup(f, parms, "Predictor"), 1) > 1;
}

/* Reads what a stream of poppler's gives. A complaint on the way means that something of it is
 * missing. */
PdfBytes drain(PdfFile *f, Stream *s, size_t limit) {
    int complaints = f->complaints;
    attend(f);
    Buffer out;
    compat::rewind(s);
    while (out.n < limit) {
        out.reserve(std::min(limit, std::max(first_piece, out.n * 2)));
        int piece = static_cast<int>(std::min(out.capacity - out.n, size_t{1} << 30));
        int got = s->doGetChars(piece, out.p + out.n);
        if (got <= 0)
            break;
        out.n += static_cast<size_t>(got);
    }
    bool more = out.n == limit && s->lookChar() != EOF;
    s->close();
    return out.finish(more || f->complaints > complaints);
}

/* The bytes as stored. An encrypted stream has poppler's decryption between its base and its
 * filters. */
PdfBytes raw_bytes(PdfFile *f, Stream *s, size_t limit) {
    BaseStream *base = s->getBaseStream();
    Stream *undecoded = s->getUndecodedStream();
    if (undecoded != base)
        return drain(f, undecoded, limit);
    Goffset start = base->getStart(), length = base->getLength();
    if (start < 0 || length <= 0 || static_cast<size_t>(start) >= f->count)
        return {};
    size_t n = std::min(static_cast<size_t>(length), f->count - static_cast<size_t>(start));
    return {f->bytes + start, std::min(n, limit), n > limit || static_cast<size_t>(length) > n,
            nullptr};
}

/* Undoes raw deflate data piece by piece and keeps what came out before an error. */
PdfBytes inflate_kept(const uint8_t *p, size_t n, size_t limit) {
    constexpr size_t step = size_t{1} << 30;
    z_stream z = {};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        throw std::bad_alloc();
    Buffer out;
    size_t taken = 0;
    int status = Z_OK;
    try {
        while (status == Z_OK && out.n < limit) {
            out.reserve(
                std::min(limit, std::max({first_piece, 4 * n < limit ? 4 * n : n, out.n * 2})));
            size_t in = std::min(n - taken, step), room = std::min(out.capacity - out.n, step);
            z.next_in = const_cast<Bytef *>(p + taken);
            z.avail_in = static_cast<uInt>(in);
            z.next_out = out.p + out.n;
            z.avail_out = static_cast<uInt>(room);
            status = inflate(&z, Z_NO_FLUSH);
            taken += in - z.avail_in;
            out.n += room - z.avail_out;
            if (status == Z_BUF_ERROR && z.avail_out == 0)
                status = Z_OK;
        }
    } catch (...) {
        inflateEnd(&z);
        throw;
    }
    inflateEnd(&z);
    return out.finish(status != Z_STREAM_END);
}

/* The check sum behind the data is not looked at: files with a wrong one or none print like any
 * other. */
PdfBytes flate(PdfFile *f, const PdfBytes &raw, size_t limit) {
    const uint8_t *p = raw.p;
    if (raw.n <= zlib_header || (p[0] & 0x0f) != 8 || (p[0] * 256 + p[1]) % 31 || (p[1] & 0x20))
        return {nullptr, 0, true, nullptr};
    p += zlib_header;
    size_t n = raw.n - zlib_header;
    if (!f->inflater.engine && !(f->inflater.engine = libdeflate_alloc_decompressor()))
        throw std::bad_alloc();
    size_t room = std::min(limit, (n < (size_t{4} << 20) ? 6 : 3) * n + 4096);
    while (limit > 2 * n) {
        Buffer out;
        out.reserve(room);
        libdeflate_result r =
            libdeflate_deflate_decompress(f->inflater.engine, p, n, out.p, room, &out.n);
        if (r == LIBDEFLATE_SUCCESS)
            return out.finish(raw.truncated);
        if (r != LIBDEFLATE_INSUFFICIENT_SPACE || room == limit)
            break;
        room = room > limit / 3 ? limit : room * 3;
    }
    return inflate_kept(p, n, limit);
}

bool is_codec(StreamKind kind) {
    return kind == strDCT || kind == strJPX || kind == strJBIG2 || kind == strCCITTFax;
}

struct Freed {
    PdfBytes bytes;

    ~Freed() {
        pdf_bytes_free(&bytes);
    }
};

/* poppler takes a stream under a filter it does not know for an empty one. */
bool all_known(const Filters &filters, int all) {
    auto known = [](Str name) {
        return std::any_of(std::begin(filter_names), std::end(filter_names),
                           [&](const auto &row) { return str_is(name, row.full); });
    };
    return all == filters.count && std::all_of(filters.names, filters.names + filters.count, known);
}

/* Undoes all filters, or all but the image codec that comes last. */
PdfBytes undo(PdfFile *f, Stream *s, size_t limit, bool codec) {
    Freed raw = {raw_bytes(f, s, SIZE_MAX)};
    auto *base = new MemStream(reinterpret_cast<const char *>(raw.bytes.p), 0,
                               static_cast<Goffset>(raw.bytes.n), s->getDictObject()->copy());
    Object chain(base->addFilters(base->getDict()));
    Stream *outermost = chain.getStream();
    if (codec)
        return drain(f, outermost, limit);
    Stream *body = is_codec(outermost->getKind()) ? outermost->getNextStream() : nullptr;
    return body ? drain(f, body, limit) : PdfBytes{nullptr, 0, true, nullptr};
}

PdfBytes decode(PdfFile *f, const PdfObj *stream, size_t limit) {
    Stream *s = inside(stream)->getStream();
    int all;
    Filters filters = filters_of(f, stream, &all);
    if (!all)
        return raw_bytes(f, s, limit);
    if (!all_known(filters, all))
        return PdfBytes{nullptr, 0, true, nullptr};
    if (all > 1 || !filters.is(0, "FlateDecode") || has_predictor(f, stream))
        return undo(f, s, limit, true);
    Freed raw = {raw_bytes(f, s, SIZE_MAX)};
    return flate(f, raw.bytes, limit);
}

bool is_stream(PdfFile *f, const PdfObj *o) {
    return f && o && inside(o)->isStream();
}

const PdfBytes nothing = {nullptr, 0, true, nullptr};

} // namespace

wall::Inflater::~Inflater() {
    libdeflate_free_decompressor(engine);
}

extern "C" {

PdfBytes pdf_stream_decoded(PdfFile *f, const PdfObj *stream, size_t limit) {
    return guarded(nothing,
                   [&] { return is_stream(f, stream) ? decode(f, stream, limit) : PdfBytes{}; });
}

PdfBytes pdf_stream_raw(PdfFile *f, const PdfObj *stream, size_t limit) {
    return guarded(nothing, [&] {
        return is_stream(f, stream) ? raw_bytes(f, inside(stream)->getStream(), limit) : PdfBytes{};
    });
}

PdfBytes pdf_stream_image_body(PdfFile *f, const PdfObj *stream, size_t limit) {
    return guarded(nothing, [&] {
        if (!is_stream(f, stream))
            return PdfBytes{};
        int all;
        Filters filters = filters_of(f, stream, &all);
        Stream *s = inside(stream)->getStream();
        if (!filters.ends_in_codec())
            return decode(f, stream, limit);
        if (all == 1)
            return raw_bytes(f, s, limit);
        return undo(f, s, limit, false);
    });
}

void pdf_bytes_free(PdfBytes *b) {
    std::free(b->owned);
    *b = PdfBytes{};
}

int pdf_stream_filters(PdfFile *f, const PdfObj *stream, Str *names, int max) {
    return guarded(0, [&] {
        int all;
        Filters filters = filters_of(f, stream, &all);
        std::copy_n(filters.names, std::min(filters.count, std::max(max, 0)), names);
        return all;
    });
}

} // extern "C"
