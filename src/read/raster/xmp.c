#include "read/raster/xmp.h"

#include <ctype.h>
#include <string.h>

enum { MOST_VALUE = 4096, UNIT_INCH = 2, UNIT_CM = 3 };

#define CM_PER_INCH 2.54

static const Str nothing = {"", 0};

static bool is_name(char c) {
    return isalnum((unsigned char)c) || (c && strchr("_-.:", c));
}

static const char *skip_spaces(const char *p, const char *end) {
    while (p < end && isspace((unsigned char)*p))
        p++;
    return p;
}

/* name="value" as XMP writes simple properties. */
static Str attribute(const char *p, const char *end) {
    p = skip_spaces(p, end);
    if (p == end || *p++ != '=')
        return nothing;
    p = skip_spaces(p, end);
    if (p == end || (*p != '"' && *p != '\''))
        return nothing;
    const char *stop = memchr(p + 1, *p, (size_t)(end - p - 1));
    return stop ? str_trim((Str){p + 1, (size_t)(stop - p - 1)}) : nothing;
}

/* <name>value</name>, or the first item of a list in it: <name><rdf:Alt><rdf:li>value</rdf:li>. */
static Str element(const char *p, const char *end) {
    enum { DEEPEST = 3 };
    for (int depth = 0; depth < DEEPEST; depth++) {
        p = memchr(p, '>', (size_t)(end - p));
        const char *stop = p ? memchr(p, '<', (size_t)(end - p)) : NULL;
        if (!stop)
            return nothing;
        Str value = str_trim((Str){p + 1, (size_t)(stop - p - 1)});
        if (value.n || end - stop < 2 || stop[1] == '/')
            return value;
        p = stop;
    }
    return nothing;
}

static Str property(Str xmp, const char *name) {
    const char *at = xmp.p, *end = xmp.p + xmp.n;
    size_t length = strlen(name);
    while ((at = memmem(at, (size_t)(end - at), name, length))) {
        const char *after = at + length;
        bool whole = at > xmp.p && !is_name(at[-1]) && after < end && !is_name(*after);
        if (whole && at[-1] == '<')
            return element(after, end);
        Str value = whole && at[-1] != '/' ? attribute(after, end) : nothing;
        if (value.n)
            return value;
        at = after;
    }
    return nothing;
}

/* The five entities of XML; numbered ones do not occur in what programs write. */
static const char *plain(Arena *a, Str s) {
    static const struct {
        const char *entity;
        char c;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    if (s.n > MOST_VALUE)
        s.n = MOST_VALUE;
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        Str rest = {s.p + i, s.n - i};
        size_t used = 1;
        char c = s.p[i];
        for (size_t e = 0; c == '&' && e < sizeof entities / sizeof *entities; e++)
            if (str_starts(rest, entities[e].entity)) {
                used = strlen(entities[e].entity);
                c = entities[e].c;
                break;
            }
        out[n++] = c;
        i += used;
    }
    return text_printable(a, out, n);
}

/* A whole number or a fraction: 3000000/10000. */
static double number(Str s) {
    double above = 0, below = 1;
    size_t used = number_parse(s, &above);
    if (used && used < s.n && s.p[used] == '/' &&
        !number_parse((Str){s.p + used + 1, s.n - used - 1}, &below))
        return 0;
    return used && below > 0 && above > 0 ? above / below : 0;
}

void xmp_read(Xmp *out, Arena *a, const uint8_t *p, size_t n) {
    Str xmp = {p ? (const char *)p : "", n};
    double orientation = number(property(xmp, "tiff:Orientation"));
    double unit = number(property(xmp, "tiff:ResolutionUnit"));
    double scale = unit == UNIT_INCH ? 1 : unit == UNIT_CM ? CM_PER_INCH : 0;
    *out = (Xmp){.title = plain(a, property(xmp, "dc:title")),
                 .software = plain(a, property(xmp, "xmp:CreatorTool")),
                 .orientation = orientation >= 1 && orientation <= 8 ? (int)orientation : 0,
                 .ppi_x = number(property(xmp, "tiff:XResolution")) * scale,
                 .ppi_y = number(property(xmp, "tiff:YResolution")) * scale};
}
