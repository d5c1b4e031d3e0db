/* Which values hold for which pages: sheets from far to near, the item of this file, its parts, the
 * command line. */
#include "check/job_jobs.h"

#include <fnmatch.h>
#include <string.h>

static Sheet *sheet_copy(Jobs *j, const Sheet *from) {
    Sheet *s = ARENA_NEW(j->arena, Sheet);
    if (from)
        *s = *from;
    else
        map_clear(MAP_SHEET, s);
    return s;
}

static SheetReader reader(Jobs *j, const YamlText *text, Sheet *sheet, LayerId layer) {
    return (SheetReader){
        .arena = j->arena, .text = text, .errors = j->errors, .sheet = sheet, .layer = layer};
}

static void apply_sheets(Jobs *j, Sheet *into) {
    for (size_t i = j->sheets.count; i-- > 0;) {
        const FoundSheet *f = &j->sheets.items[i];
        LayerId layer = i == 0 ? layer_add(j, arena_printf(j->arena, "工作单 %s", f->name),
                                           arena_printf(j->arena, "job sheet %s", f->name))
                               : layer_add(j, arena_printf(j->arena, "上级工作单 %s", f->name),
                                           arena_printf(j->arena, "project sheet %s", f->name));
        SheetReader r = reader(j, &f->text, into, layer);
        read_map(&r, MAP_SHEET, into, f->root, MAP_COUNT);
    }
}

/* Patterns compare in NFC: a file name from a Mac is decomposed. */
static bool file_fits(Jobs *j, const char *pattern) {
    Arena *a = j->arena;
    return fnmatch(text_nfc(a, pattern), text_nfc(a, j->file), FNM_NOESCAPE) == 0;
}

static bool item_fits(Jobs *j, SheetReader *r, const YamlNode *item) {
    const MapDesc *m = map_of(MAP_ITEM);
    bool any = false, fits = false;
    for (size_t i = 0; item->kind == YAML_MAP && i < item->count; i++) {
        if (!key_find(m, j->arena, item->keys[i]->scalar))
            continue;
        const YamlNode *n = item->items[i];
        any = true;
        if (n->kind == YAML_SCALAR)
            fits |= file_fits(j, n->scalar);
        for (size_t k = 0; n->kind == YAML_LIST && k < n->count; k++)
            fits |= n->items[k]->kind == YAML_SCALAR && file_fits(j, n->items[k]->scalar);
    }
    if (!any)
        read_error(r, item, "每一项都要有 match: 文件名，例如 match: \"*名片*.pdf\"。",
                   "every item needs match: with a file name, such as match: \"*card*.pdf\"");
    return fits;
}

/* Items of other files are read as well, so that their mistakes are told. */
static void apply_items(Jobs *j, Sheet *into) {
    SheetEntries items = into->items;
    if (!items.count)
        return;
    LayerId layer = layer_add(j, "工作单里本文件的分项", "the job sheet's item for this file");
    for (size_t i = 0; i < items.count; i++) {
        SheetReader r = reader(j, items.text, into, layer);
        if (!item_fits(j, &r, items.nodes[i]))
            r.sheet = sheet_copy(j, NULL);
        if (items.nodes[i]->kind == YAML_MAP)
            read_map(&r, MAP_SHEET, r.sheet, items.nodes[i], MAP_ITEM);
    }
    into->items = items;
}

static void apply_option(Jobs *j, SheetReader *r, const char *option, const char *key,
                         const char *value) {
    if (!value)
        return;
    YamlNode *n = ARENA_NEW(j->arena, YamlNode);
    *n = (YamlNode){.kind = YAML_SCALAR,
                    .at = {.file = option},
                    .quoted = true,
                    .scalar = value,
                    .scalar_bytes = strlen(value)};
    const KeyDesc *k = key_find(map_of(MAP_SHEET), j->arena, key);
    read_key(r, k, (char *)r->sheet + k->offset, n);
}

static void apply_options(Jobs *j, Sheet *into, LayerId layer, Errors *errors) {
    static const YamlText none = {.file = NULL};
    const JobOptions *o = j->options;
    SheetReader r = reader(j, &none, into, layer);
    r.errors = errors;
    apply_option(j, &r, "--size", "size", o->size);
    apply_option(j, &r, "--bleed", "bleed", o->bleed);
    apply_option(j, &r, "--pages", "pages", o->pages);
    apply_option(j, &r, "--paper", "paper", o->paper);
    apply_option(j, &r, "--process", "process", o->process);
    apply_option(j, &r, "--text", "text", o->text);
    if (o->ink_count)
        into->color.spots = strs_of(j->arena, o->inks, o->ink_count);
}

static size_t variant_add(Jobs *j, const Sheet *sheet) {
    JobVariant *v = ARENA_PUSH(j->arena, j->variants, j->variant_count, j->variant_capacity);
    v->sheet = *sheet;
    return j->variant_count - 1;
}

static bool pages_taken(Jobs *j, PageRange p) {
    for (size_t i = 0; i < j->range_count; i++)
        if (p.first <= j->ranges[i].last && j->ranges[i].first <= p.last)
            return true;
    return false;
}

static void place_part(Jobs *j, SheetReader *r, const YamlNode *n, const Part *part,
                       size_t variant) {
    PageRange *ranges = NULL;
    size_t count = 0;
    if (!part->pages || !ranges_read(&ranges, &count, j->arena, part->pages)) {
        read_error(r, n, "每一部分都要有 pages: 页号，例如 pages: \"1-2,23-24\"。",
                   "every part needs pages: such as pages: \"1-2,23-24\"");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (pages_taken(j, ranges[i]))
            read_error(r, n, "有的页已经属于另一部分。",
                       "some of these pages belong to another part");
        *ARENA_PUSH(j->arena, j->ranges, j->range_count, j->range_capacity) =
            (VariantRange){ranges[i].first, ranges[i].last, variant};
    }
}

static void add_part(Jobs *j, const Sheet *base, const YamlText *text, const YamlNode *n,
                     LayerId options) {
    Errors told = {.arena = j->arena}; /* the options' mistakes were told with the base */
    Part part;
    map_clear(MAP_PART, &part);
    Sheet *s = sheet_copy(j, base);
    SheetReader r = reader(j, text, s, LAYER_NONE);
    if (n->kind != YAML_MAP) {
        read_error(&r, n, "每一部分要写 {name: …, pages: …, …}。",
                   "write a part as {name: …, pages: …, …}");
        return;
    }
    const MapDesc *m = map_of(MAP_PART);
    for (size_t i = 0; i < n->count; i++) {
        const KeyDesc *k = key_find(m, j->arena, n->keys[i]->scalar);
        if (k)
            read_key(&r, k, (char *)&part + k->offset, n->items[i]);
    }
    const char *name = part.name ? part.name : part.pages ? part.pages : "";
    r.layer = layer_add(j, arena_printf(j->arena, "工作单的部分“%s”", name),
                        arena_printf(j->arena, "part \"%s\" of the job sheet", name));
    read_map(&r, MAP_SHEET, s, n, MAP_PART);
    apply_options(j, s, options, &told);
    place_part(j, &r, n, &part, variant_add(j, s));
}

/* paper: {cover, inner} makes a part of the first and last pages of the cover. */
static void add_cover(Jobs *j, Sheet *base) {
    SheetPaper p = base->paper;
    if (!p.cover || p.all)
        return;
    int32_t count = base->pages.count, cover = base->pages.cover;
    if (count == UNKNOWN_INT || cover == UNKNOWN_INT || cover < 2 || cover > count) {
        note_add(j,
                 "纸张分封面和内页，但工作单没写总页数和封面页数（pages: {count, "
                 "cover}），不知道哪几页用哪种纸。",
                 "paper differs for cover and inner pages, but the sheet does not say pages: "
                 "{count, cover}");
        return;
    }
    Sheet *s = sheet_copy(j, base);
    s->paper = (SheetPaper){.all = p.cover};
    base->paper = (SheetPaper){.all = p.inner};
    size_t variant = variant_add(j, s);
    PageRange sides[2] = {{1, cover / 2}, {count - (cover - cover / 2) + 1, count}};
    for (int i = 0; i < 2; i++)
        if (!pages_taken(j, sides[i]))
            *ARENA_PUSH(j->arena, j->ranges, j->range_count, j->range_capacity) =
                (VariantRange){sides[i].first, sides[i].last, variant};
}

void jobs_lay_out(Jobs *j) {
    Sheet *base = sheet_copy(j, NULL);
    apply_sheets(j, base);
    apply_items(j, base);
    LayerId options = layer_add(j, "命令行", "the command line");
    Sheet *whole = sheet_copy(j, base);
    apply_options(j, whole, options, j->errors);
    variant_add(j, whole);
    for (size_t i = 0; i < base->parts.count; i++)
        add_part(j, base, base->parts.text, base->parts.nodes[i], options);
    Sheet *inner = sheet_copy(j, whole);
    add_cover(j, inner);
    j->variants[0].sheet = *inner;
}
