/* Helpers of the functions that make rows from events. Internal to record. */
#ifndef CHUPIN_RECORD_APPLY_H
#define CHUPIN_RECORD_APPLY_H

#include "record/body.h"
#include "record/event.h"

/* The version that a body names by `item` and `sha256`; ERR_FILE when nobody added it. */
Result apply_version_of(const Applier *p, const RecordEvent *e, const json_t *body, int64_t *n);
/* The first column of the first row as a number; `none` when there is no row. */
Result apply_number(const Applier *p, const char *sql, size_t count, const StoreValue *values,
                    int64_t none, int64_t *out);
Result apply_fail(const Applier *p, const RecordEvent *e, const char *zh, const char *en);
/* A text of the body, or of the event, as a value. */
StoreValue apply_text(const json_t *body, const char *key);
StoreValue apply_int(const json_t *body, const char *key);

#endif
