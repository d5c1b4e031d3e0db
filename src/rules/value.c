#include "rules/value_text.h"

#include <string.h>

/* Chinese sets the unit right after the number, English with a space; % and ° never have one. */
static void write_unit(Sink *out, const Unit *u, Lang lang) {
    static const struct {
        const char *suffix, *sign;
        bool close; /* no space in English either */
    } signs[] = {
        {"%", "%", true}, {"deg", "°", true}, {"mm2", "mm²", false}, {"cm2", "cm²", false}};
    const char *sign = u->suffix;
    bool close = lang == LANG_ZH;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (streq(u->suffix, signs[i].suffix)) {
            sign = signs[i].sign;
            close = close || signs[i].close;
        }
    }
    sink_format(out, "%s%s", close ? "" : " ", sign);
}

static void write_number(Sink *out, double number, Dimension d, Lang lang, ValueStyle style) {
    const Unit *unit = style.unit ? style.unit : unit_shown(d);
    int decimals = style.decimals >= 0 ? style.decimals : unit ? unit->decimals : 2;
    char digits[64];
    number_format(digits, sizeof digits, unit ? number / unit->factor : number,
                  decimals + style.finer);
    sink_str(out, digits);
    if (unit && style.decimals < 0)
        write_unit(out, unit, lang);
}

static void write_list(Sink *out, Arena *a, const Strs *list, Lang lang) {
    if (!list->count)
        sink_str(out, lang == LANG_ZH ? "无" : "none");
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            sink_str(out, lang == LANG_ZH ? "、" : ", ");
        sink_str(out, text_printable(a, list->items[i], strlen(list->items[i])));
    }
}

static void write_box(Sink *out, Box box, Lang lang, ValueStyle style) {
    ValueStyle bare = style;
    const Unit *unit = style.unit ? style.unit : unit_shown(DIM_LENGTH);
    bare.decimals = style.decimals >= 0 ? style.decimals : unit->decimals;
    write_number(out, box.x1 - box.x0, DIM_LENGTH, lang, bare);
    sink_str(out, "×");
    write_number(out, box.y1 - box.y0, DIM_LENGTH, lang, style);
}

void value_write(Sink *out, Arena *a, Value v, Lang lang, ValueStyle style) {
    if (!v.known && v.kind != VALUE_NONE) {
        sink_str(out, lang == LANG_ZH ? "未知" : "unknown");
        return;
    }
    switch (v.kind) {
    case VALUE_NONE:
    case VALUE_REF:
        break;
    case VALUE_BOOL:
        sink_str(out, lang == LANG_ZH ? (v.truth ? "是" : "否") : v.truth ? "yes" : "no");
        break;
    case VALUE_NUMBER:
        write_number(out, v.number, v.dimension, lang, style);
        break;
    case VALUE_STR:
        sink_str(out, text_printable(a, v.str, strlen(v.str)));
        break;
    case VALUE_STRS:
        write_list(out, a, v.strs, lang);
        break;
    case VALUE_ENUM:
        sink_str(out, enum_name(v.domain, v.word, lang));
        break;
    case VALUE_BOX:
        write_box(out, v.box, lang, style);
        break;
    }
}

static const char *text_of(Arena *a, Value v, Lang lang) {
    Sink out = sink_memory(a);
    value_write(&out, a, v, lang, (ValueStyle){.decimals = -1});
    Str text = sink_text(&out);
    return arena_copy(a, text.p, text.n);
}

Text value_text(Arena *a, Value v) {
    return (Text){text_of(a, v, LANG_ZH), text_of(a, v, LANG_EN)};
}

int finer_decimals(Value v, Value other, ValueStyle style) {
    enum { FINEST = 4 };
    if (v.kind != VALUE_NUMBER || other.kind != VALUE_NUMBER || !v.known || !other.known ||
        measure_compare(v.number, other.number, v.dimension) == 0)
        return 0;
    const Unit *unit = style.unit ? style.unit : unit_shown(v.dimension);
    double factor = unit ? unit->factor : 1;
    int decimals = style.decimals >= 0 ? style.decimals : unit ? unit->decimals : 2;
    for (int finer = 0; finer < FINEST; finer++) {
        char a[64], b[64];
        number_format(a, sizeof a, v.number / factor, decimals + finer);
        number_format(b, sizeof b, other.number / factor, decimals + finer);
        if (!streq(a, b))
            return finer;
    }
    return FINEST;
}
