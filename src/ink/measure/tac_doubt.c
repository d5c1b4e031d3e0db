/* Why a sum may be another than the plates show. */
#include "ink/measure/tac_parts.h"
#include "read/derive.h"

static bool is_converted(const TacAreas *t, Box box, bool flat_only) {
    const Facts *f = t->p->facts;
    for (size_t i = 0; i < facts_count(f, FACT_converted); i++) {
        const Converted *c = facts_at(f, FACT_converted, i);
        if (!(flat_only && c->kind == MARK_IMAGE) && boxes_overlap(c->box, box))
            return true;
    }
    return false;
}

/* A picture is no flat colour, whatever becomes of it. */
TacDoubt tac_doubt(const TacAreas *t, Box box, bool flat_only) {
    if (area_empty(t->bleed))
        return DOUBT_NOWHERE;
    if (measured_omits(t->p, box))
        return DOUBT_OMITTED;
    return is_converted(t, box, flat_only) ? DOUBT_CONVERTED : DOUBT_NONE;
}

/* RGB pictures, Lab shapes …: how many of each. */
static Text converted_marks(const TacAreas *t) {
    const Facts *f = t->p->facts;
    const EnumDesc *families = enum_find("Family"), *kinds = enum_find("MarkKind");
    int32_t marks[FAMILY_WORDS][MARK_WORDS] = {0};
    Sink zh = sink_memory(t->p->arena), en = sink_memory(t->p->arena);
    const char *between_zh = "", *between_en = "";
    for (size_t i = 0; i < facts_count(f, FACT_converted); i++) {
        const Converted *c = facts_at(f, FACT_converted, i);
        marks[c->family][c->kind] += c->marks;
    }
    for (unsigned family = 0; family < FAMILY_WORDS; family++)
        for (unsigned kind = 0; kind < MARK_WORDS; kind++) {
            int32_t n = marks[family][kind];
            if (!n)
                continue;
            sink_format(&zh, "%s%s %s %d 个", between_zh, enum_name(families, family, LANG_ZH),
                        enum_name(kinds, kind, LANG_ZH), n);
            sink_format(&en, "%s%d × %s %s", between_en, n, enum_name(families, family, LANG_EN),
                        enum_name(kinds, kind, LANG_EN));
            between_zh = "、", between_en = ", ";
        }
    return (Text){sink_text(&zh).p, sink_text(&en).p};
}

Text tac_why(const TacAreas *t, TacDoubt doubt) {
    Arena *a = t->p->arena;
    switch (doubt) {
    case DOUBT_NOWHERE:
        return (Text){
            "不知道画面印到哪里，或页面小得量不了",
            "how far the art is printed is not known, or the page is too small to measure"};
    case DOUBT_OMITTED:
        return (Text){"页面上有内容没能画到网点版上",
                      "something on the page could not be drawn on the plates"};
    case DOUBT_CONVERTED: {
        Text marks = converted_marks(t);
        return (Text){arena_printf(a,
                                   "页面上有不是四色也不是专色的颜色（%s），转成油墨是多少要看印厂",
                                   marks.zh),
                      arena_printf(a,
                                   "the page has colour that is neither CMYK nor spot (%s); what "
                                   "inks it becomes is not in the file",
                                   marks.en)};
    }
    case DOUBT_NONE:
        break;
    }
    return (Text){"", ""};
}

Text tac_why_unclear(const TacAreas *t) {
    Arena *a = t->p->arena;
    Sink names = sink_memory(a);
    const char *between = "";
    for (size_t i = 0; i < t->planes; i++)
        if (t->roles[i] == ROLE_UNCLEAR) {
            sink_format(&names, "%s%s", between, t->names[i]);
            between = ", ";
        }
    const char *list = sink_text(&names).p;
    return (Text){arena_printf(a, "不知道“%s”是印的专色还是工艺版，算不算墨量说不准", list),
                  arena_printf(a, "whether “%s” is an ink or a finish is not known", list)};
}
