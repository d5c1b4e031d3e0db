/* Resource dictionaries, looked up once a name, and hashes of objects. */
#include "read/pdf/walk.h"

#include <string.h>

enum { LONGEST_KEY = 256, HASH_DEPTH = 6, HASH_ITEMS = 4096, HASH_STREAM = 64 * 1024 };

static const char *const categories[] = {
    [RESOURCE_GSTATE] = "ExtGState",     [RESOURCE_SPACE] = "ColorSpace",
    [RESOURCE_PATTERN] = "Pattern",      [RESOURCE_SHADING] = "Shading",
    [RESOURCE_XOBJECT] = "XObject",      [RESOURCE_FONT] = "Font",
    [RESOURCE_PROPERTIES] = "Properties"};

/* A name as a C string; false when it can be none. */
static bool key_of(Str name, char *out, size_t size) {
    if (name.n >= size || memchr(name.p, 0, name.n))
        return false;
    memcpy(out, name.p, name.n);
    out[name.n] = '\0';
    return true;
}

static uint64_t hash_stream(PdfFile *f, uint64_t h, const PdfObj *o) {
    PdfBytes raw = pdf_stream_raw(f, o, HASH_STREAM);
    if (raw.p)
        h = hash_bytes(h, raw.p, raw.n);
    pdf_bytes_free(&raw);
    return h;
}

uint64_t hash_object(PdfFile *f, const PdfObj *o, int depth) {
    PdfType type = pdf_type(o);
    uint64_t h = hash_number(HASH_START, (uint64_t)type + 1);
    if (depth > HASH_DEPTH)
        return h;
    switch (type) {
    case PDF_NULL:
        return h;
    case PDF_BOOL:
        return hash_number(h, pdf_truth(o, false));
    case PDF_INT:
    case PDF_REAL: {
        double value = pdf_number(o, 0);
        return hash_bytes(HASH_START, &value, sizeof value);
    }
    case PDF_STRING:
        return hash_bytes(h, pdf_string(o).p, pdf_string(o).n);
    case PDF_NAME:
        return hash_bytes(h, pdf_name(o).p, pdf_name(o).n);
    case PDF_ARRAY:
        for (int i = 0; i < pdf_length(o) && i < HASH_ITEMS; i++)
            h = hash_number(h, hash_object(f, pdf_at(f, o, i), depth + 1));
        return h;
    case PDF_DICT:
    case PDF_STREAM:
        /* Entries add up, so that their order does not count. */
        for (int i = 0; i < pdf_length(o) && i < HASH_ITEMS; i++) {
            const char *key = pdf_key_at(o, i);
            if (key && strcmp(key, "Parent") != 0)
                h += hash_bytes(hash_object(f, pdf_value_at(f, o, i), depth + 1), key, strlen(key));
        }
        return type == PDF_STREAM ? hash_stream(f, h, o) : h;
    }
    return h;
}

uint64_t hash_identity(const PdfObj *o, PdfRef ref) {
    return ref.num ? hash_number(hash_number(HASH_START, (uint64_t)ref.num), (uint64_t)ref.gen)
                   : (uint64_t)(uintptr_t)o;
}

uint64_t hash_written(PdfFile *f, const PdfObj *o, int depth) {
    PdfType type = pdf_type(o);
    bool dict = type == PDF_DICT;
    if (depth > HASH_DEPTH || (type != PDF_ARRAY && !dict))
        return hash_object(f, o, depth);
    uint64_t h = hash_number(HASH_START, (uint64_t)type + 1);
    for (int i = 0; i < pdf_length(o) && i < HASH_ITEMS; i++) {
        PdfRef ref = dict ? pdf_value_ref_at(o, i) : pdf_at_ref(o, i);
        const PdfObj *item = ref.num ? NULL : dict ? pdf_value_at(f, o, i) : pdf_at(f, o, i);
        uint64_t value = ref.num ? hash_identity(NULL, ref) : hash_written(f, item, depth + 1);
        const char *key = dict ? pdf_key_at(o, i) : NULL;
        h = key ? h + hash_bytes(value, key, strlen(key)) : hash_number(h, value);
    }
    return h;
}

static void find_defaults(Walk *w, Resources *r) {
    static const char *const names[] = {"DefaultGray", "DefaultRGB", "DefaultCMYK"};
    const PdfObj *spaces = pdf_lookup(w->file, r->dict, categories[RESOURCE_SPACE]);
    for (int i = 0; spaces && i < 3; i++) {
        const PdfObj *o = pdf_lookup(w->file, spaces, names[i]);
        if (pdf_type(o) != PDF_ARRAY)
            continue;
        r->defaults[i] = o;
        r->default_refs[i] = pdf_lookup_ref(spaces, names[i]);
        r->defaults_hash =
            hash_number(r->defaults_hash + (uint64_t)i + 1, hash_object(w->file, o, 0));
    }
}

Resources *resources_of(Walk *w, const PdfObj *dict) {
    Resources **slot = (Resources **)table_slot(&w->resources, w->arena, (uintptr_t)dict);
    if (*slot)
        return *slot;
    Resources *r = ARENA_NEW(w->arena, Resources);
    r->dict = dict;
    find_defaults(w, r);
    return *slot = r;
}

Resource *resource_find(Walk *w, ResourceKind kind, Str name) {
    Resources *all = w->content->resources;
    uint64_t key = hash_bytes(hash_number(HASH_START, (uint64_t)kind), name.p, name.n);
    Resource **slot = (Resource **)table_slot(&all->names, w->arena, key);
    if (*slot)
        return *slot;
    Resource *r = ARENA_NEW(w->arena, Resource);
    *slot = r;
    char text[LONGEST_KEY];
    const PdfObj *category = pdf_lookup(w->file, all->dict, categories[kind]);
    if (category && key_of(name, text, sizeof text)) {
        r->object = pdf_lookup(w->file, category, text);
        r->ref = pdf_lookup_ref(category, text);
        if (pdf_type(r->object) == PDF_NULL)
            r->object = NULL;
    }
    return r;
}
