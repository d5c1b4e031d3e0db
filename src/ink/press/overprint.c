#include "ink/press/overprint.h"

typedef struct Row {
    InkAction off, mode0, mode1;
} Row;

static const Row table[INK_SOURCES][INK_PLANES] = {
#define SOURCE PAINT_SOURCE
#define NO_INK PAINT_NO_INK
#define LEAVE  PAINT_LEAVE
#define ROW(source, plane, off, mode0, mode1)                                                      \
    [INK_OF_##source][PLANE_IS_##plane] = {off, mode0, mode1},
#include "ink/press/overprint.def"
#undef ROW
#undef SOURCE
#undef NO_INK
#undef LEAVE
};

/* In a group that blends in gray or RGB, DeviceCMYK is converted and no longer given directly. */
InkSource ink_source(Space space, BlendSpace in, MarkClass class) {
    if (space == SPACE_SEPARATION || space == SPACE_DEVICEN)
        return INK_OF_NAMES;
    bool direct = space == SPACE_CMYK && in == BLENDS_IN_INKS && class == CLASS_MARK;
    return direct ? INK_OF_CMYK : INK_OF_PROCESS;
}

InkAction overprint_action(InkSource source, InkPlane plane, Overprint o) {
    const Row *row = &table[source][plane];
    return !o.on ? row->off : o.mode == 1 ? row->mode1 : row->mode0;
}

void overprint_apply(Paint *paint, const bool *zero, InkSource source, Overprint o) {
    paint->keeps_others = overprint_action(source, PLANE_IS_OTHER, o) == PAINT_LEAVE;
    int kept = 0;
    for (int i = 0; zero && i < paint->count; i++) {
        InkPlane plane = zero[i] ? PLANE_IS_ZERO : PLANE_IS_GIVEN;
        if (overprint_action(source, plane, o) == PAINT_LEAVE)
            continue;
        /* Painting no ink is what happens to a plane that is not named. */
        if (zero[i] && !paint->keeps_others)
            continue;
        paint->planes[kept] = paint->planes[i];
        paint->values[kept++] = paint->values[i];
    }
    if (zero)
        paint->count = kept;
}
