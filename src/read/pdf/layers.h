/* Optional content: which layers there are, and what shows and prints. Read once, before the first
 * page. Lives in the arena it was read into. */
#ifndef CHUPIN_READ_PDF_LAYERS_H
#define CHUPIN_READ_PDF_LAYERS_H

#include "read/pdf/paint.h"

/* Fills the rows of FACT_layer, in the order of /OCGs. A file without optional content has no rows.
 */
Layers *layers_read(Arena *a, PdfFile *f, Facts *facts);
/* The state inside of content that belongs to `oc`, a group or a membership dictionary, within
 * `outer`. */
LayerState layers_enter(const Layers *l, PdfFile *f, LayerState outer, PdfRef ref,
                        const PdfObj *oc);
static inline LayerState layers_none(void) {
    return (LayerState){.layer = -1, .visible = true, .prints = true};
}

#endif
