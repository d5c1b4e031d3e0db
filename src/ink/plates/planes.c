#include "ink/plates/planes.h"

void planes_start(Planes *p, Arena *page) {
    static const char *const process[] = {"Cyan", "Magenta", "Yellow", "Black"};
    *p = (Planes){.arena = page};
    *ARENA_PUSH(page, p->items, p->count, p->capacity) = (Plane){.name = STR("")};
    for (int i = 0; i < FIRST_SPOT - PLANE_CYAN; i++)
        *ARENA_PUSH(page, p->items, p->count, p->capacity) = (Plane){.name = str_of(process[i])};
}

int plane_find(const Planes *p, Str name) {
    for (size_t i = PLANE_CYAN; i < p->count; i++)
        if (str_eq(p->items[i].name, name))
            return (int)i;
    return -1;
}

int plane_register(Planes *p, Str name) {
    int found = plane_find(p, name);
    if (found >= 0 || p->count >= MOST_PLANES)
        return found;
    Str kept = {arena_copy(p->arena, name.p, name.n), name.n};
    *ARENA_PUSH(p->arena, p->items, p->count, p->capacity) = (Plane){.name = kept};
    return (int)p->count - 1;
}
