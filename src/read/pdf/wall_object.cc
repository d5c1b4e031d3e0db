/* Objects: fetched once, kept by number until pdf_trim; object streams are undone once and parsed
 * piece by piece. */
#include "read/pdf/wall.hpp"

#include <Array.h>
#include <Dict.h>
#include <Parser.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstring>

namespace wall {
namespace {

constexpr int max_hops = 16, max_container_objects = 1 << 20;
constexpr size_t container_limit = size_t{256} << 20;
constexpr size_t stream_weight = 36 << 10, object_weight = 1 << 10;
#ifdef CHUPIN_ARENA_DEBUG
constexpr size_t kept_weight = 0; /* whoever keeps a handle over pdf_trim is to be found out */
#else
constexpr size_t kept_weight = 4 << 20;
#endif
/* From 32 keys on poppler sorts a dictionary at the first lookup, which moves its entries. */
constexpr int sorted_from = 32;

/* Reads an unsigned number from the head of an object stream; false at the end. */
bool read_number(const PdfBytes &b, size_t end, size_t &at, size_t &value) {
    while (at < end && !(b.p[at] >= '0' && b.p[at] <= '9'))
        at++;
    if (at == end)
        return false;
    for (value = 0; at < end && b.p[at] >= '0' && b.p[at] <= '9'; at++) {
        if (value > INT_MAX)
            return false;
        value = value * 10 + static_cast<size_t>(b.p[at] - '0');
    }
    return value <= INT_MAX;
}

/* Fills `c` from object stream `number`. It stays empty when anything is odd: poppler is asked
 * then. Only direct /N and /First are believed, because an indirect one could lie in this very
 * stream. */
void load_container(PdfFile *f, int number, Container &c) {
    const Object *o = fetch(f, {number, 0});
    const Dict *dict = o && o->isStream() ? dict_of(o) : nullptr;
    const Object *n = dict ? entry(dict, "N") : nullptr;
    const Object *first = dict ? entry(dict, "First") : nullptr;
    if (!n || !first || !n->isInt() || !first->isInt() || n->getInt() < 0 || first->getInt() < 0 ||
        n->getInt() > max_container_objects)
        return;
    c.bytes = pdf_stream_decoded(f, outside(o), container_limit);
    c.first = static_cast<size_t>(first->getInt());
    if (c.first > c.bytes.n)
        return;
    size_t at = 0, object, offset;
    for (int i = 0; i < n->getInt(); i++) {
        if (!read_number(c.bytes, c.first, at, object) ||
            !read_number(c.bytes, c.first, at, offset))
            return;
        c.objects.emplace_back(static_cast<int>(object), offset);
    }
}

/* Object `number`, the one at `index` of object stream `container`; false when that is not so. */
bool parse_compressed(PdfFile *f, int number, int container, int index, Object &out) {
    auto [found, fresh] = f->containers.try_emplace(container);
    Container &c =
        found->second; /* stays where it is, unlike the iterator, when loading makes another */
    if (fresh)
        load_container(f, container, c);
    if (index < 0 || static_cast<size_t>(index) >= c.objects.size())
        return false;
    auto [stands, offset] = c.objects[static_cast<size_t>(index)];
    if (stands != number || offset > c.bytes.n - c.first)
        return false;
    size_t begin = c.first + offset;
    auto *bytes =
        new MemStream(reinterpret_cast<const char *>(c.bytes.p), static_cast<Goffset>(begin),
                      static_cast<Goffset>(c.bytes.n - begin), Object(objNull));
    Parser parser(f->xref, bytes, false);
    out = parser.getObj();
    return true;
}

Object read_object(PdfFile *f, Ref ref, const XRefEntry &at) {
    Object o;
    if (at.type == xrefEntryCompressed && ref.gen == 0 && at.offset > 0 && at.offset < INT_MAX &&
        parse_compressed(f, ref.num, static_cast<int>(at.offset), at.gen, o))
        return o;
    return f->xref->fetch(ref);
}

const Object *keep(PdfFile *f, Object &&o) {
    f->pool_weight += o.isStream() ? stream_weight : object_weight;
    f->pool.push_back(std::move(o));
    return &f->pool.back();
}

/* Makes sure that the entries of a dictionary stay where they are from now on. */
void settle(const Dict *dict) {
    if (dict->getLength() >= sorted_from)
        (void)dict->lookupNF("");
}

PdfRef reference(const Object *o) {
    return o && o->isRef() ? PdfRef{o->getRefNum(), o->getRefGen()} : PdfRef{0, 0};
}

const Object *item(const Object *array, int i) {
    if (!array || !array->isArray() || i < 0 || i >= array->getArray()->getLength())
        return nullptr;
    return &array->getArray()->getNF(i);
}

const Object *value(const Object *o, int i) {
    const Dict *dict = dict_of(o);
    if (!dict || i < 0 || i >= dict->getLength())
        return nullptr;
    settle(dict);
    return &dict->getValNF(i);
}

} // namespace

const PdfObj *outside(const Object *o) {
    if (!o || o->isNull() || o->isNone() || o->isError() || o->isEOF() || o->isCmd() || o->isRef())
        return nullptr;
    return reinterpret_cast<const PdfObj *>(o);
}

const Object *fetch(PdfFile *f, Ref ref) {
    if (ref.num <= 0 || ref.num >= INT_MAX || !f->xref)
        return nullptr;
    auto number = static_cast<size_t>(ref.num);
    if (number < f->slots.size() && f->slots[number].object &&
        f->slots[number].generation == ref.gen)
        return f->slots[number].object;
    const XRefEntry *found = f->xref->getEntry(ref.num, false);
    if (!found || found->type == xrefEntryNone || found->type == xrefEntryFree)
        return nullptr;
    attend(f);
    const Object *o = keep(f, read_object(f, ref, *found));
    if (number >= f->slots.size())
        f->slots.resize(std::max(number + 1, static_cast<size_t>(f->xref->getNumObjects())));
    if (!f->slots[number].object) {
        f->slots[number] = {o, ref.gen};
        f->filled.push_back(ref.num);
    }
    return o;
}

const Object *resolve(PdfFile *f, const Object *o) {
    for (int hops = 0; o && o->isRef(); hops++) {
        if (hops == max_hops || !f)
            return nullptr;
        o = fetch(f, o->getRef());
    }
    return o;
}

const Dict *dict_of(const Object *o) {
    if (!o)
        return nullptr;
    if (o->isDict())
        return o->getDict();
    return o->isStream() ? o->getStream()->getDict() : nullptr;
}

const Object *entry(const Dict *dict, const char *key) {
    const Object &o = dict->lookupNF(key);
    return o.isNull() ? nullptr : &o;
}

void drop_objects(PdfFile *f) {
    f->direct_fonts.clear();
    for (int number : f->filled)
        f->slots[static_cast<size_t>(number)] = {};
    f->filled.clear();
    f->pool.clear();
    f->pool_weight = 0;
    f->containers.clear();
}

} // namespace wall

using namespace wall;

extern "C" {

void pdf_trim(PdfFile *f) {
    if (!f)
        return;
    size_t weight = f->pool_weight;
    for (const auto &[number, container] : f->containers)
        weight += container.bytes.n;
    /* What little there is serves the next page. */
    if (weight > kept_weight)
        drop_objects(f);
}

const PdfObj *pdf_trailer(PdfFile *f) {
    return f && f->xref ? outside(f->xref->getTrailerDict()) : nullptr;
}

const PdfObj *pdf_catalog(PdfFile *f) {
    return f ? outside(&f->catalog) : nullptr;
}

const PdfObj *pdf_object(PdfFile *f, PdfRef ref) {
    return guarded<const PdfObj *>(nullptr, [&] {
        const Object start(Ref{ref.num, ref.gen});
        return f ? outside(resolve(f, &start)) : nullptr;
    });
}

int pdf_object_count(PdfFile *f) {
    return f && f->xref ? f->xref->getNumObjects() : 0;
}

PdfType pdf_type(const PdfObj *handle) {
    const Object *o = inside(handle);
    if (!o)
        return PDF_NULL;
    switch (o->getType()) {
    case objBool:
        return PDF_BOOL;
    case objInt:
    case objInt64:
        return PDF_INT;
    case objReal:
        return PDF_REAL;
    case objString:
    case objHexString:
        return PDF_STRING;
    case objName:
        return PDF_NAME;
    case objArray:
        return PDF_ARRAY;
    case objDict:
        return PDF_DICT;
    case objStream:
        return PDF_STREAM;
    case objNull:
    case objRef:
    case objCmd:
    case objError:
    case objEOF:
    case objNone:
    case objDead:
        return PDF_NULL;
    }
    return PDF_NULL;
}

bool pdf_truth(const PdfObj *handle, bool otherwise) {
    const Object *o = inside(handle);
    return o && o->isBool() ? o->getBool() : otherwise;
}

bool pdf_is_number(const PdfObj *handle) {
    const Object *o = inside(handle);
    return o && (o->isInt() || o->isReal() || o->isInt64());
}

double pdf_number(const PdfObj *handle, double otherwise) {
    if (!pdf_is_number(handle))
        return otherwise;
    double value = inside(handle)->getNum();
    return std::isfinite(value) ? value : otherwise;
}

int pdf_int(const PdfObj *handle, int otherwise) {
    double value = pdf_number(handle, static_cast<double>(otherwise));
    return value >= INT_MIN && value <= INT_MAX ? static_cast<int>(value) : otherwise;
}

Str pdf_name(const PdfObj *handle) {
    const Object *o = inside(handle);
    return o && o->isName() ? Str{o->getName(), std::strlen(o->getName())} : Str{"", 0};
}

Str pdf_string(const PdfObj *handle) {
    const Object *o = inside(handle);
    if (!o || !(o->isString() || o->isHexString()))
        return Str{"", 0};
    const std::string &s = (o->isString() ? o->getString() : o->getHexString())->toStr();
    return Str{s.data(), s.size()};
}

bool pdf_is_name(const PdfObj *handle, const char *name) {
    const Object *o = inside(handle);
    return o && name && o->isName(name);
}

int pdf_length(const PdfObj *handle) {
    const Object *o = inside(handle);
    if (o && o->isArray())
        return o->getArray()->getLength();
    const Dict *dict = dict_of(o);
    return dict ? dict->getLength() : 0;
}

const PdfObj *pdf_at(PdfFile *f, const PdfObj *array, int i) {
    return guarded<const PdfObj *>(nullptr,
                                   [&] { return outside(resolve(f, item(inside(array), i))); });
}

PdfRef pdf_at_ref(const PdfObj *array, int i) {
    return reference(item(inside(array), i));
}

const PdfObj *pdf_lookup(PdfFile *f, const PdfObj *handle, const char *key) {
    return guarded<const PdfObj *>(nullptr, [&] {
        const Dict *dict = dict_of(inside(handle));
        return dict && key ? outside(resolve(f, entry(dict, key))) : nullptr;
    });
}

PdfRef pdf_lookup_ref(const PdfObj *handle, const char *key) {
    return guarded(PdfRef{0, 0}, [&] {
        const Dict *dict = dict_of(inside(handle));
        return reference(dict && key ? entry(dict, key) : nullptr);
    });
}

const char *pdf_key_at(const PdfObj *handle, int i) {
    return guarded("", [&] {
        const Dict *dict = dict_of(inside(handle));
        if (!dict || i < 0 || i >= dict->getLength())
            return "";
        settle(dict);
        return dict->getKey(i);
    });
}

const PdfObj *pdf_value_at(PdfFile *f, const PdfObj *handle, int i) {
    return guarded<const PdfObj *>(nullptr,
                                   [&] { return outside(resolve(f, value(inside(handle), i))); });
}

PdfRef pdf_value_ref_at(const PdfObj *handle, int i) {
    return guarded(PdfRef{0, 0}, [&] { return reference(value(inside(handle), i)); });
}

} // extern "C"
