#include "ink/measure/measure.h"

#include "read/ink_role.h"

/* PLANE_REST stands for inks that no page has: it prints nothing and has no role. */
InkRole plane_role(const MeasuredPage *p, const Planes *planes, int plane) {
    if (plane == PLANE_REST)
        return ROLE_UNKNOWN;
    if (plane < FIRST_SPOT)
        return ROLE_PROCESS;
    ArenaMark before = arena_mark(p->arena);
    Str name = planes->items[plane].name;
    InkRole role = ink_role_so_far(p->facts, ink_measure_plan(p->measure), p->arena,
                                   text_from_name(p->arena, name.p, name.n));
    arena_rewind(p->arena, before);
    return role;
}
