#include "rules/message.h"

/* The end of the expression that begins at `at`: its closing brace, quotes skipped. */
static size_t end_of_hole(Str text, size_t at) {
    char quote = 0;
    for (; at < text.n; at++) {
        char c = text.p[at];
        if (quote && c == '\\' && at + 1 < text.n)
            at++;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '}')
            return at;
    }
    return text.n;
}

/* The last colon outside quotes begins the format. */
static size_t start_of_format(Str text, size_t at, size_t end) {
    char quote = 0;
    size_t colon = end;
    for (; at < end; at++) {
        char c = text.p[at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == ':')
            colon = at;
    }
    return colon;
}

/* format = ":" (digit | unit) */
static bool read_format(Part *part, const Source *whole, size_t at, size_t end) {
    Str format = str_trim((Str){whole->text.p + at, end - at});
    if (format.n == 1 && format.p[0] >= '0' && format.p[0] <= '6') {
        part->style.decimals = format.p[0] - '0';
        return true;
    }
    part->style.unit = unit_find(format);
    if (!part->style.unit)
        source_error(whole, at, end, "冒号后面写单位（mm）或小数位数（0 到 6）",
                     "after the colon stands a unit (mm) or a number of decimals (0 to 6)");
    return part->style.unit != NULL;
}

static bool fits_format(const Part *part, const Source *whole, size_t at, size_t end) {
    const Node *n = part->node;
    if (n->kind == VALUE_REF) {
        source_error(whole, at, end, "这里要写出具体哪一项，如 {ink.name}",
                     "say which of its fields, such as {ink.name}");
        return false;
    }
    bool measured = n->kind == VALUE_NUMBER || n->kind == VALUE_BOX;
    bool formatted = part->style.unit || part->style.decimals >= 0;
    if ((formatted && !measured) ||
        (part->style.unit && part->style.unit->dimension != n->dimension)) {
        source_error(whole, at, end, "这个单位或小数位数不适合这一项",
                     "this unit or number of decimals does not fit the value");
        return false;
    }
    return true;
}

/* hole = "{" ("measured" | "required" | expr) format? "}" */
static bool compile_hole(Part *part, Template *t, Scope *scope, const Source *whole, size_t at,
                         size_t end) {
    size_t colon = start_of_format(whole->text, at, end);
    part->style = (ValueStyle){.decimals = -1};
    if (colon < end && !read_format(part, whole, colon + 1, end))
        return false;
    Source source = *whole;
    source.text = (Str){whole->text.p + at, colon - at};
    source.offset = whole->offset + at;
    Str word = str_trim(source.text);
    if (str_is(word, "measured") || str_is(word, "required")) {
        bool measured = str_is(word, "measured");
        part->kind = measured ? PART_MEASURED : PART_REQUIRED;
        t->uses_measured |= measured;
        t->uses_required |= !measured;
        return true;
    }
    part->kind = PART_VALUE;
    part->node = compile(scope, &source);
    return part->node && fits_format(part, whole, at, end);
}

static void add_text(Parts *parts, Arena *a, Str text) {
    if (text.n)
        *ARENA_PUSH(a, parts->items, parts->count, parts->capacity) =
            (Part){.kind = PART_TEXT, .text = text};
}

/* template = (character | "{{" | "}}" | hole)* */
static bool compile_parts(Parts *parts, Template *t, Scope *scope, const Source *whole) {
    Str text = whole->text;
    bool fine = true;
    size_t from = 0;
    for (size_t at = 0; at < text.n; at++) {
        char c = text.p[at];
        if (c != '{' && c != '}')
            continue;
        bool doubled = at + 1 < text.n && text.p[at + 1] == c;
        add_text(parts, scope->arena, (Str){text.p + from, at - from + doubled});
        if (doubled) {
            from = ++at + 1;
            continue;
        }
        size_t end = c == '{' ? end_of_hole(text, at + 1) : text.n;
        if (end == text.n) {
            source_error(whole, at, at + 1, "花括号没有配对；要印出花括号请写两个",
                         "this brace has no partner; write it twice to print one");
            return false;
        }
        Part part = {0};
        fine = compile_hole(&part, t, scope, whole, at + 1, end) && fine;
        *ARENA_PUSH(scope->arena, parts->items, parts->count, parts->capacity) = part;
        from = (at = end) + 1;
    }
    add_text(parts, scope->arena, (Str){text.p + from, text.n - from});
    return fine;
}

bool template_compile(Template *out, Scope *scope, const YamlText *file, const YamlNode *zh,
                      const YamlNode *en, Errors *errors) {
    Source source = {.errors = errors, .file = file};
    source.node = zh;
    source.text = (Str){zh->scalar, zh->scalar_bytes};
    bool fine = compile_parts(&out->zh, out, scope, &source);
    source.node = en;
    source.text = (Str){en->scalar, en->scalar_bytes};
    return compile_parts(&out->en, out, scope, &source) && fine;
}

static const char *fill_in(Arena *a, const Parts *parts, Lang lang, const RuleEnv *env,
                           Value measured, Value required) {
    Sink out = sink_memory(a);
    for (size_t i = 0; i < parts->count; i++) {
        const Part *p = &parts->items[i];
        ValueStyle style = p->style;
        switch (p->kind) {
        case PART_TEXT:
            sink_write(&out, p->text.p, p->text.n);
            break;
        case PART_VALUE:
            value_write(&out, a, eval_value(p->node, env), lang, style);
            break;
        case PART_MEASURED:
            style.finer = finer_decimals(measured, required, style);
            value_write(&out, a, measured, lang, style);
            break;
        case PART_REQUIRED:
            value_write(&out, a, required, lang, style);
            break;
        }
    }
    Str text = sink_text(&out);
    return arena_copy(a, text.p, text.n);
}

Text template_text(Arena *a, const Template *t, const RuleEnv *env, Value measured,
                   Value required) {
    return (Text){fill_in(a, &t->zh, LANG_ZH, env, measured, required),
                  fill_in(a, &t->en, LANG_EN, env, measured, required)};
}
