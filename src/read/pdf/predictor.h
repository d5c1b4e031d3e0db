/* Predictors of Flate data, row by row (ISO 32000-1, 7.4.4.4): PNG filters and the difference of
 * TIFF. */
#ifndef CHUPIN_READ_PDF_PREDICTOR_H
#define CHUPIN_READ_PDF_PREDICTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Predictor {
    int kind; /* as in DecodeParms: 1 none, 2 TIFF, 10 and above PNG */
    int colours, bits, columns;
} Predictor;

/* Bytes of a row without the filter byte of PNG; 0: the numbers make no sense or the row is
 * absurdly long. */
size_t predictor_row_bytes(const Predictor *p);
static inline bool predictor_is_png(const Predictor *p) {
    return p->kind >= 10;
}

/* Undoes a row in place. `above` is the row before it, undone, or zeros; only PNG looks at it, and
 * at `filter`, the byte that stands before the row. */
void predictor_undo(const Predictor *p, int filter, uint8_t *row, const uint8_t *above, size_t n);

#ifdef __cplusplus
}
#endif
#endif
