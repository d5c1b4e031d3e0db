/* Numbers as people write them on a job sheet and in the data files: `210×285 mm`, `３毫米`,
 * `1:10`, `1-2,23-24`. */
#ifndef CHUPIN_CHECK_JOB_MEASURE_H
#define CHUPIN_CHECK_JOB_MEASURE_H

#include "facts/facts.h"

typedef enum Bare {
    BARE_REFUSED,
    BARE_ALLOWED
} Bare; /* a number without unit: in the unit people read, if allowed */

/* One measure in the canonical unit of its dimension. Areas may also be in m2. False: it is none.
 */
bool measure_read(double *out, Arena *a, const char *written, Dimension d, Bare bare);
/* Two lengths with x, ×, * or 乘 between them; a unit after the second holds for both, none means
 * mm. */
bool size_read(double *w, double *h, Arena *a, const char *written);
/* `1:10`, `1/10`, `10%`, `0.1`: size in the file over real size. */
bool scale_read(double *out, Arena *a, const char *written);
bool count_read(int32_t *out, Arena *a,
                const char *written); /* a whole number, also `24 页`, `24P` */
/* yyyymmdd of `2026-01-17`, `20260117`, `2026/1/17`; false if it is no day. */
bool day_read(int32_t *out, const char *written);
bool yes_read(Tri *out, Arena *a, const char *written);

typedef struct PageRange {
    int first, last;
} PageRange;
/* `1-2,23-24`, `1、2、23～24`. */
bool ranges_read(PageRange **out, size_t *count, Arena *a, const char *written);

/* Sets a field of a limit row from text in the unit of the field. */
bool limit_read(Limit *row, Arena *a, const FieldDesc *f, const char *written, Bare bare);
size_t limit_index(const FieldDesc *f); /* place of the field among those of `limit` */

#endif
