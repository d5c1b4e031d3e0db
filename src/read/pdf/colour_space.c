/* Colour spaces, interned for the document: by reference, or by what is written when direct. */
#include "read/pdf/walk.h"

#include <math.h>
#include <string.h>

enum { GRAY, RGB, CMYK, SPACE_NESTING = 6, LARGEST_INDEX = 255, PROFILE_HEADER = 20 };

/* A space with the page on which its objects were last looked up. */
typedef struct Entry {
    ColourSpace space;
    uint32_t page_serial;
} Entry;

static Entry *new_entry(Interpreter *in, Space space, int components) {
    Entry *e = ARENA_NEW(in->document, Entry);
    e->space.space = space;
    e->space.components = components;
    e->space.serial = ++in->space_serial;
    return e;
}

void spaces_start(Interpreter *in) {
    in->device[GRAY] = &new_entry(in, SPACE_GRAY, 1)->space;
    in->device[RGB] = &new_entry(in, SPACE_RGB, 3)->space;
    in->device[CMYK] = &new_entry(in, SPACE_CMYK, 4)->space;
    in->pattern = &new_entry(in, SPACE_PATTERN, 0)->space;
}

static const ColourSpace *parse(Walk *w, const PdfObj *o, PdfRef ref, int depth);

static const ColourSpace *parse_item(Walk *w, const PdfObj *array, int i, int depth) {
    return parse(w, pdf_at(w->file, array, i), pdf_at_ref(array, i), depth + 1);
}

static bool copy_name(Walk *w, ColourSpace *s, const PdfObj *name) {
    Str n = pdf_name(name);
    if (pdf_type(name) != PDF_NAME || s->name_count == MAX_COLORANTS)
        return false;
    s->names[s->name_count++] = (Str){arena_copy(w->in->document, n.p, n.n), n.n};
    return true;
}

static bool parse_inks(Walk *w, ColourSpace *s, const PdfObj *o, int depth) {
    const PdfObj *names = pdf_at(w->file, o, 1);
    int count = s->space == SPACE_SEPARATION ? 1 : pdf_length(names);
    bool all = count > 0;
    for (int i = 0; all && i < count; i++)
        all = copy_name(w, s, s->space == SPACE_SEPARATION ? names : pdf_at(w->file, names, i));
    s->components = s->name_count;
    s->base = parse_item(w, o, 2, depth);
    s->tint_hash = hash_number(hash_object(w->file, pdf_at(w->file, o, 2), 0),
                               hash_object(w->file, pdf_at(w->file, o, 3), 0));
    return all && s->base;
}

static void read_palette(Walk *w, ColourSpace *s, const PdfObj *lookup) {
    size_t wanted = (size_t)s->base->components * (size_t)(s->high + 1);
    PdfBytes bytes = {0};
    Str text = pdf_string(lookup);
    if (pdf_type(lookup) == PDF_STREAM)
        bytes = pdf_stream_decoded(w->file, lookup, wanted);
    else
        bytes = (PdfBytes){.p = (const uint8_t *)text.p, .n = text.n};
    if (bytes.n < wanted)
        walk_damage(w, "索引色的色表不完整", "the table of an indexed colour space is too short");
    if (bytes.n) {
        uint8_t *palette = arena_alloc(w->in->document, wanted);
        s->palette = memcpy(palette, bytes.p, bytes.n < wanted ? bytes.n : wanted);
    }
    if (pdf_type(lookup) == PDF_STREAM)
        pdf_bytes_free(&bytes);
}

static bool parse_indexed(Walk *w, ColourSpace *s, const PdfObj *o, int depth) {
    s->components = 1;
    s->base = parse_item(w, o, 1, depth);
    int high = pdf_int(pdf_at(w->file, o, 2), -1);
    if (!s->base || s->base->components == 0 || high < 0)
        return false;
    s->high = high < LARGEST_INDEX ? high : LARGEST_INDEX;
    read_palette(w, s, pdf_at(w->file, o, 3));
    return true;
}

/* Does the profile itself say Lab? Three components alone do not tell. */
static bool profile_is_lab(Walk *w, const PdfObj *stream) {
    PdfBytes head = pdf_stream_decoded(w->file, stream, PROFILE_HEADER);
    bool lab = head.n >= PROFILE_HEADER && memcmp(head.p + 16, "Lab ", 4) == 0;
    pdf_bytes_free(&head);
    return lab;
}

static bool parse_icc(Walk *w, ColourSpace *s, const PdfObj *o, int depth) {
    const PdfObj *stream = pdf_at(w->file, o, 1);
    const PdfObj *alternate = pdf_lookup(w->file, stream, "Alternate");
    s->profile = pdf_at_ref(o, 1);
    if (alternate)
        s->base = parse(w, alternate, pdf_lookup_ref(stream, "Alternate"), depth + 1);
    int n = pdf_int(pdf_lookup(w->file, stream, "N"), s->base ? s->base->components : 0);
    if (pdf_type(stream) != PDF_STREAM || (n != 1 && n != 3 && n != 4))
        return false;
    s->components = n;
    s->space = n == 1 ? SPACE_ICC_GRAY : n == 4 ? SPACE_ICC_CMYK : SPACE_ICC_RGB;
    if (n == 3 && profile_is_lab(w, stream))
        s->space = SPACE_ICC_LAB;
    const PdfObj *range = pdf_lookup(w->file, stream, "Range");
    bool unusual = false;
    double values[8];
    for (int i = 0; i < 2 * n; i++) {
        values[i] = pdf_number(pdf_at(w->file, range, i), i % 2);
        unusual |= values[i] != i % 2;
    }
    if (unusual)
        memcpy(s->range, values, sizeof(double) * 2 * (size_t)n);
    return true;
}

static bool parse_lab(Walk *w, ColourSpace *s, const PdfObj *o) {
    static const double usual[4] = {-100, 100, -100, 100};
    const PdfObj *range = pdf_lookup(w->file, pdf_at(w->file, o, 1), "Range");
    for (int i = 0; i < 4; i++)
        s->range[i] = pdf_number(pdf_at(w->file, range, i), usual[i]);
    s->components = 3;
    return true;
}

static bool parse_pattern(Walk *w, ColourSpace *s, const PdfObj *o, int depth) {
    s->base = parse_item(w, o, 1, depth);
    s->components = s->base ? s->base->components : 0;
    return s->base && s->base->space != SPACE_PATTERN;
}

static Space family_of(Str name) {
    static const struct Family_ {
        const char *name;
        Space space;
    } families[] = {{"ICCBased", SPACE_ICC_RGB}, {"Separation", SPACE_SEPARATION},
                    {"DeviceN", SPACE_DEVICEN},  {"Indexed", SPACE_INDEXED},
                    {"I", SPACE_INDEXED},        {"Lab", SPACE_LAB},
                    {"CalRGB", SPACE_CALRGB},    {"CalGray", SPACE_CALGRAY},
                    {"Pattern", SPACE_PATTERN}};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (str_is(name, families[i].name))
            return families[i].space;
    return SPACE_OTHER;
}

static bool parse_family(Walk *w, ColourSpace *s, const PdfObj *o, int depth) {
    if (s->space == SPACE_ICC_RGB)
        return parse_icc(w, s, o, depth);
    if (s->space == SPACE_SEPARATION || s->space == SPACE_DEVICEN)
        return parse_inks(w, s, o, depth);
    if (s->space == SPACE_INDEXED)
        return parse_indexed(w, s, o, depth);
    if (s->space == SPACE_LAB)
        return parse_lab(w, s, o);
    if (s->space == SPACE_PATTERN)
        return parse_pattern(w, s, o, depth);
    s->components = s->space == SPACE_CALGRAY ? 1 : s->space == SPACE_CALRGB ? 3 : 0;
    return s->components > 0;
}

static const ColourSpace *device_named(Walk *w, Str name) {
    if (str_is(name, "DeviceGray") || str_is(name, "CalGray"))
        return space_device(w, SPACE_GRAY);
    if (str_is(name, "DeviceRGB") || str_is(name, "CalRGB"))
        return space_device(w, SPACE_RGB);
    if (str_is(name, "DeviceCMYK") || str_is(name, "CalCMYK"))
        return space_device(w, SPACE_CMYK);
    return str_is(name, "Pattern") ? w->in->pattern : NULL;
}

/* Objects of a space seen on an earlier page are gone: those of this page are put in their place.
 */
static void refresh(Walk *w, Entry *e, const PdfObj *o) {
    if (e->page_serial == w->in->page_serial)
        return;
    e->page_serial = w->in->page_serial;
    e->space.object = o;
    bool second = e->space.space == SPACE_INDEXED || e->space.space == SPACE_PATTERN;
    bool third = e->space.space == SPACE_SEPARATION || e->space.space == SPACE_DEVICEN;
    Entry *base = (Entry *)(uintptr_t)e->space.base;
    if (base && base->space.object)
        refresh(w, base,
                second  ? pdf_at(w->file, o, 1)
                : third ? pdf_at(w->file, o, 2)
                        : pdf_lookup(w->file, pdf_at(w->file, o, 1), "Alternate"));
}

static const ColourSpace *parse(Walk *w, const PdfObj *o, PdfRef ref, int depth) {
    if (depth > SPACE_NESTING)
        return NULL;
    if (pdf_type(o) == PDF_NAME)
        return device_named(w, pdf_name(o));
    if (pdf_type(o) != PDF_ARRAY)
        return NULL;
    Str family = pdf_name(pdf_at(w->file, o, 0));
    if (pdf_length(o) == 1 || str_is(family, "CalCMYK"))
        return device_named(w, family);
    Resources *res = w->content->resources;
    uint64_t key = ref.num ? hash_identity(o, ref) : hash_written(w->file, o, 0);
    Entry **slot = (Entry **)table_slot(&w->in->spaces, w->in->document, key ^ res->defaults_hash);
    Entry *e = *slot;
    if (e) {
        refresh(w, e, o);
        return &e->space;
    }
    e = new_entry(w->in, family_of(family), 0);
    e->page_serial = w->in->page_serial;
    e->space.object = o;
    e->space.ref = ref;
    if (!parse_family(w, &e->space, o, depth)) {
        walk_damage(w, "有读不懂的色彩空间", "a colour space could not be read");
        e->space.space = SPACE_OTHER;
        e->space.base = NULL;
    }
    /* Parsing may have moved the table. */
    slot = (Entry **)table_slot(&w->in->spaces, w->in->document, key ^ res->defaults_hash);
    *slot = e;
    return &e->space;
}

const ColourSpace *space_from_object(Walk *w, const PdfObj *o, PdfRef ref) {
    return pdf_type(o) == PDF_NAME ? space_from_name(w, pdf_name(o)) : parse(w, o, ref, 0);
}

const ColourSpace *space_device(Walk *w, Space space) {
    int i = space == SPACE_GRAY ? GRAY : space == SPACE_RGB ? RGB : CMYK;
    Resources *r = w->content->resources;
    if (r->device[i])
        return r->device[i];
    r->device[i] = w->in->device[i];
    if (!r->defaults[i])
        return r->device[i];
    /* Set above first: the alternate of a default space is the plain one. */
    const ColourSpace *s = parse(w, r->defaults[i], r->default_refs[i], 0);
    if (s && s->components == w->in->device[i]->components && s->space != SPACE_INDEXED)
        r->device[i] = s;
    return r->device[i];
}

const ColourSpace *space_bare(Walk *w, Space space, int components) {
    if (space == SPACE_GRAY || space == SPACE_RGB || space == SPACE_CMYK)
        return space_device(w, space);
    uint64_t key = hash_number(hash_number(HASH_START, (uint64_t)space), (uint64_t)components);
    Entry **slot = (Entry **)table_slot(&w->in->spaces, w->in->document, key);
    if (!*slot)
        *slot = new_entry(w->in, space, components);
    return &(*slot)->space;
}

const ColourSpace *space_from_name(Walk *w, Str name) {
    /* CalGray and its like are names as any other here, unless nothing is called so. */
    const ColourSpace *s = device_named(w, name);
    bool plain = s && (str_starts(name, "Device") || str_is(name, "Pattern"));
    Resource *r = plain ? NULL : resource_find(w, RESOURCE_SPACE, name);
    if (plain || (s && !r->object))
        return s;
    if (!r->made && r->object) {
        const ColourSpace *found = pdf_type(r->object) == PDF_NAME
                                       ? device_named(w, pdf_name(r->object))
                                       : parse(w, r->object, r->ref, 0);
        r->made = (void *)(uintptr_t)found;
    }
    if (r->made)
        return r->made;
    if (str_is(name, "G"))
        return space_device(w, SPACE_GRAY);
    if (str_is(name, "RGB"))
        return space_device(w, SPACE_RGB);
    return str_is(name, "CMYK") ? space_device(w, SPACE_CMYK) : NULL;
}
