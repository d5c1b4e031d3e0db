/* Inline images: BI, keys and values, ID, data, EI. The dictionary is written out with full names
 * and given to the wall to parse, so that an inline image is described like any other. Where its
 * data ends must be found. */
#include "read/pdf/walk.h"

#include "base/sink.h"

#include <math.h>
#include <string.h>

enum { MOST_INLINE = 256 * 1024 * 1024, VALUE_NESTING = 8 };

static const char *const full_names[][2] = {{"BPC", "BitsPerComponent"},
                                            {"CS", "ColorSpace"},
                                            {"D", "Decode"},
                                            {"DP", "DecodeParms"},
                                            {"F", "Filter"},
                                            {"H", "Height"},
                                            {"IM", "ImageMask"},
                                            {"I", "Interpolate"},
                                            {"W", "Width"},
                                            {"L", "Length"}};
static const char *const full_spaces[][2] = {
    {"G", "DeviceGray"}, {"RGB", "DeviceRGB"}, {"CMYK", "DeviceCMYK"}, {"I", "Indexed"}};
static const char *const full_filters[][2] = {{"AHx", "ASCIIHexDecode"}, {"A85", "ASCII85Decode"},
                                              {"LZW", "LZWDecode"},      {"Fl", "FlateDecode"},
                                              {"RL", "RunLengthDecode"}, {"CCF", "CCITTFaxDecode"},
                                              {"DCT", "DCTDecode"}};

typedef struct Names {
    const char *const (*pairs)[2];
    size_t count;
} Names;
#define NAMES(table) ((Names){(table), sizeof(table) / sizeof *(table)})

static Str in_full(Names names, Str s) {
    for (size_t i = 0; i < names.count; i++)
        if (str_is(s, names.pairs[i][0]))
            return str_of(names.pairs[i][1]);
    return s;
}

static void write_name(Sink *out, Str s) {
    sink_char(out, '/');
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        if (c > ' ' && c < 0x7f && !strchr("#/%()<>[]{}", c))
            sink_char(out, (char)c);
        else if (c)
            sink_format(out, "#%02X", c);
    }
}

static void write_value(Sink *out, Names names, const Operand *o, int depth) {
    char number[32];
    switch ((OperandType)o->type) {
    case OPERAND_NULL:
        sink_str(out, "null");
        break;
    case OPERAND_BOOL:
        sink_str(out, o->number > 0 ? "true" : "false");
        break;
    case OPERAND_NUMBER:
        number_format(number, sizeof number, fabs(o->number) < 1e15 ? o->number : 0, 9);
        sink_str(out, number);
        break;
    case OPERAND_NAME:
        write_name(out, in_full(names, operand_text(o)));
        break;
    case OPERAND_STRING:
        sink_char(out, '<');
        for (uint32_t i = 0; i < o->count; i++)
            sink_format(out, "%02X", (uint8_t)o->bytes[i]);
        sink_char(out, '>');
        break;
    case OPERAND_ARRAY:
    case OPERAND_DICT:
        sink_str(out, o->type == OPERAND_DICT ? "<<" : "[");
        for (uint32_t i = 0; i < o->count && depth < VALUE_NESTING; i++)
            write_value(out, names, &o->items[i], depth + 1);
        sink_str(out, o->type == OPERAND_DICT ? ">>" : "]");
        break;
    }
    sink_char(out, ' ');
}

static const PdfObj *parse_dict(Walk *w, const Operand *v, uint32_t count) {
    ArenaMark mark = arena_mark(w->scratch);
    Sink out = sink_memory(w->scratch);
    sink_str(&out, "<<");
    for (uint32_t i = 0; i + 1 < count; i += 2) {
        Str key = in_full(NAMES(full_names), operand_text(&v[i]));
        Names values = str_is(key, "ColorSpace") ? NAMES(full_spaces)
                       : str_is(key, "Filter")   ? NAMES(full_filters)
                                                 : (Names){0};
        write_name(&out, key);
        sink_char(&out, ' ');
        write_value(&out, values, &v[i + 1], 0);
    }
    sink_str(&out, ">>");
    Str text = sink_text(&out);
    const PdfObj **slot = (const PdfObj **)table_slot(&w->inline_dicts, w->arena,
                                                      hash_bytes(HASH_START, text.p, text.n));
    if (!*slot)
        *slot = pdf_parse(w->file, text.p, text.n);
    const PdfObj *dict = *slot;
    arena_rewind(w->scratch, mark);
    return dict;
}

static bool is_white(uint8_t c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

/* Does EI stand at p, as a word of its own? */
static bool is_end(const uint8_t *p, const uint8_t *end) {
    return end - p >= 2 && p[0] == 'E' && p[1] == 'I' &&
           (end - p == 2 || is_white(p[2]) || strchr("/[<(%", p[2]));
}

/* Bytes of data without filters, as the dictionary tells; 0 when it does not. */
static size_t bytes_told(Walk *w, const PdfObj *dict) {
    double length = pdf_number(pdf_lookup(w->file, dict, "Length"), 0);
    if (length > 0 && length < MOST_INLINE)
        return (size_t)length;
    double width = pdf_number(pdf_lookup(w->file, dict, "Width"), 0);
    double height = pdf_number(pdf_lookup(w->file, dict, "Height"), 0);
    double bits = pdf_number(pdf_lookup(w->file, dict, "BitsPerComponent"), 1);
    int components = 1;
    if (image_filter(w->file, dict) != FILTER_NONE)
        return 0;
    if (!pdf_truth(pdf_lookup(w->file, dict, "ImageMask"), false)) {
        const ColourSpace *s = space_from_object(w, pdf_lookup(w->file, dict, "ColorSpace"),
                                                 pdf_lookup_ref(dict, "ColorSpace"));
        components = s ? s->components : 0;
    }
    double total = ceil(width * bits * components / 8) * height;
    return total > 0 && total < MOST_INLINE ? (size_t)total : 0;
}

/* The EI after the data: where the dictionary says, else the first that stands between white space
 * and content, else the first that could be one. */
static const uint8_t *find_end(const uint8_t *data, const uint8_t *end, size_t told) {
    if (told && told <= (size_t)(end - data)) {
        const uint8_t *p = data + told;
        while (p < end && is_white(*p))
            p++;
        if (is_end(p, end))
            return p;
    }
    const uint8_t *fallback = NULL, *p = data;
    while ((p = memchr(p, 'E', (size_t)(end - p)))) {
        if (is_end(p, end) && reader_looks_like_content(p + 2, end)) {
            if (p == data || is_white(p[-1]))
                return p;
            fallback = fallback ? fallback : p;
        }
        p++;
    }
    return fallback;
}

void op_begin_inline_image(Walk *w, const Operand *) {
    w->content->in_inline_image = true;
}

void op_inline_image(Walk *w, const Operand *) {
    Reader *r = &w->content->reader;
    if (!w->content->in_inline_image) {
        walk_damage(w, "行内图片没有开头", "an inline image has no beginning");
        return;
    }
    w->content->in_inline_image = false;
    const PdfObj *dict = parse_dict(w, r->stack, r->count);
    const uint8_t *data = r->p + (r->p < r->end && is_white(*r->p));
    const uint8_t *end = find_end(data, r->end, bytes_told(w, dict));
    if (!end) {
        walk_damage(w, "行内图片没有结尾", "an inline image has no end");
        r->p = end = r->end;
    } else {
        r->p = end + 2;
    }
    size_t n = (size_t)(end - data);
    if (n && r->p > end && is_white(data[n - 1]))
        n--;
    if (dict)
        inline_image_paint(w, dict, data, n);
}
