/* What could not be drawn truthfully on a page. Places with the same reason are kept apart while
 * they are few, and joined when they are many. */
#include "ink/draw/draw.h"

#include <string.h>

enum { MOST_PLACES = 64, MOST_OF_A_REASON = 16 };

struct Omissions {
    Arena *arena;
    Box whole;
    Omission items[MOST_PLACES];
    size_t count;
};

Omissions *omissions_new(Arena *page, Box whole) {
    Omissions *o = ARENA_NEW(page, Omissions);
    o->arena = page;
    o->whole = whole;
    return o;
}

static Box joined(Box a, Box b) {
    return (Box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0, a.x1 > b.x1 ? a.x1 : b.x1,
                 a.y1 > b.y1 ? a.y1 : b.y1};
}

static bool holds(Box outer, Box inner) {
    return outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 &&
           outer.y1 >= inner.y1;
}

/* The last one of the same reason, and whether the box is told already. */
static Omission *same_reason(Omissions *o, Box box, const char *en, size_t *of_reason, bool *told) {
    Omission *last = NULL;
    for (size_t i = 0; i < o->count; i++)
        if (streq(o->items[i].what.en, en)) {
            last = &o->items[i];
            *told |= holds(last->box, box);
            ++*of_reason;
        }
    return last;
}

void omit(Omissions *o, Box box, Text what) {
    size_t of_reason = 0;
    bool told = false;
    if (!box_known(box))
        box = o->whole;
    Omission *last = same_reason(o, box, what.en, &of_reason, &told);
    if (told)
        return;
    if (last && (of_reason >= MOST_OF_A_REASON || o->count == MOST_PLACES)) {
        last->box = joined(last->box, box);
    } else if (o->count < MOST_PLACES) {
        what = (Text){arena_strdup(o->arena, what.zh), arena_strdup(o->arena, what.en)};
        o->items[o->count++] = (Omission){box, what};
    } else {
        o->items[0].box = o->whole;
    }
}

void omit_page(Omissions *o, Text what) {
    omit(o, o->whole, what);
}

size_t omissions_list(const Omissions *o, Omission **out) {
    *out = ARENA_ARRAY(o->arena, Omission, o->count + 1);
    memcpy(*out, o->items, o->count * sizeof **out);
    return o->count;
}
