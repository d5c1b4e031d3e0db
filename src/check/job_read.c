/* Maps of a job sheet: keys known and unknown. */
#include "check/job_sheet.h"

#include <stdio.h>
#include <string.h>

void read_error(SheetReader *r, const YamlNode *n, const char *zh, const char *en) {
    yaml_error(r->errors, r->text, n, zh, en);
}

/* A map that has the key, when the one it was written in has not. */
static const MapDesc *home_of(SheetReader *r, const char *word) {
    static const MapId looked[] = {MAP_SHEET, MAP_PAGES,      MAP_COLOUR, MAP_PLACE,
                                   MAP_MEDIA, MAP_STATEMENTS, MAP_PEOPLE, MAP_DELIVER};
    for (size_t i = 0; i < sizeof looked / sizeof *looked; i++)
        if (key_find(map_of(looked[i]), r->arena, word))
            return map_of(looked[i]);
    return NULL;
}

static const char *name_of_map(const MapDesc *home) {
    const MapDesc *sheet = map_of(MAP_SHEET);
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->keys[i].target >= 0 && map_of((MapId)sheet->keys[i].target) == home)
            return sheet->keys[i].name;
    return home == map_of(MAP_PAGES) ? "pages" : NULL;
}

static void unknown_key(SheetReader *r, const MapDesc *m, const YamlNode *key) {
    Arena *a = r->arena;
    const char *near = key_nearest(m, a, key->scalar);
    const char *shown = text_printable(a, key->scalar, key->scalar_bytes);
    const MapDesc *home = home_of(r, key->scalar);
    const char *place = home ? name_of_map(home) : NULL;
    if (home == map_of(MAP_SHEET) && m != home)
        read_error(r, key, arena_printf(a, "“%s”要写在最外层，不在这里面。", shown),
                   arena_printf(a, "\"%s\" belongs at the top level of the sheet", shown));
    else if (place && home != m)
        read_error(r, key, arena_printf(a, "“%s”要写在 %s: 下面。", shown, place),
                   arena_printf(a, "\"%s\" belongs under %s:", shown, place));
    else if (near)
        read_error(r, key, arena_printf(a, "工作单里没有“%s”这一项，是不是“%s”？", shown, near),
                   arena_printf(a, "unknown key \"%s\"; did you mean \"%s\"?", shown, near));
    else
        read_error(r, key, arena_printf(a, "工作单里没有“%s”这一项。", shown),
                   arena_printf(a, "unknown key \"%s\"", shown));
}

static bool says_nothing(const YamlNode *n) {
    return n->kind == YAML_SCALAR && !n->quoted && str_trim(str_of(n->scalar)).n == 0;
}

static void read_pair(SheetReader *r, const MapDesc *m, void *row, const YamlNode *n, size_t i,
                      const YamlNode **seen) {
    const KeyDesc *k = key_find(m, r->arena, n->keys[i]->scalar);
    if (!k) {
        unknown_key(r, m, n->keys[i]);
        return;
    }
    size_t at = (size_t)(k - m->keys);
    if (seen[at]) {
        read_error(r, n->keys[i],
                   arena_printf(r->arena, "和第 %d 行是同一项，请删掉一处。", seen[at]->at.line),
                   arena_printf(r->arena, "the same key stands in line %d; remove one",
                                seen[at]->at.line));
        return;
    }
    seen[at] = n->keys[i];
    if (!says_nothing(n->items[i]))
        read_key(r, k, (char *)row + k->offset, n->items[i]);
}

void read_map(SheetReader *r, MapId id, void *row, const YamlNode *n, MapId also) {
    const MapDesc *m = map_of(id);
    if (n->kind != YAML_MAP) {
        if (!yaml_colon_error(r->errors, r->text, n))
            read_error(r, n, "这里要写成“名称: 值”，一行一项。",
                       "write \"key: value\" here, one a line");
        return;
    }
    const YamlNode **seen = ARENA_ARRAY(r->arena, const YamlNode *, m->count);
    for (size_t i = 0; i < n->count; i++)
        if (also == MAP_COUNT || !key_find(map_of(also), r->arena, n->keys[i]->scalar))
            read_pair(r, m, row, n, i, seen);
}
