/* Shadings 1 to 7 (ISO 32000-1, 8.7.4.5): colour for each device pixel, taken at its centre; edges
 * are told as partial shape. */
#ifndef CHUPIN_INK_SHADING_SHADING_H
#define CHUPIN_INK_SHADING_SHADING_H

#include "ink/shape/area.h"
#include "ink/shading/function.h"
#include "read/pdf/paint.h"

/* Borrowed during the call. */
typedef struct ShadingRow {
    int y, x0, x1;
    const uint8_t
        *shape; /* 0 where the shading paints nothing (no Extend, outside of a mesh or BBox) */
    const uint8_t *samples; /* interleaved components of the shading's space, 8 bits over the
                               default Decode range */
} ShadingRow;
typedef void ShadingSink(void *self, const ShadingRow *row);

typedef struct ShadingUse {
    const PdfObj *object;
    const ColourSpace *space; /* an Indexed space is expanded to its base: samples are the base's */
    int type;
    Matrix to_device;
    bool background; /* paint /Background outside: a pattern, not `sh` */
} ShadingUse;
/* Rows come from the top, each once. What is allocated in `scratch` is of no use afterwards: rewind
 * it. False: it can not be read, or a limit was reached, perhaps after rows were told; `why` says
 * why. */
bool shading_draw(Arena *scratch, PdfFile *f, const ShadingUse *use, Area area, ShadingSink *sink,
                  void *self, Text *why);

#endif
