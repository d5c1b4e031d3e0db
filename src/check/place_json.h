/* Places as JSON, compact: [[page, [x, y, w, h] | null, "edge" | null, value, "content" | null],
 * …], page 0 for the document. What a record keeps of a finding or a waiver. Internal to chupin. */
#ifndef CHUPIN_CHECK_PLACE_JSON_H
#define CHUPIN_CHECK_PLACE_JSON_H

#include "check/report.h"

#include <jansson.h>

void places_json(Json *j, const Place *places, size_t count);
/* False: not of that form. */
bool places_read(const Place **out, size_t *count, Arena *a, const json_t *from);
/* `{"x", "y", "w", "h"}` or an array of the four; false: neither. */
bool box_read(Box *out, const json_t *from);
/* 16 hex digits; NULL is 0, no content. False: no such digits. */
bool content_read(uint64_t *out, const char *text);
void content_json(Json *j, uint64_t content); /* null for none */

#endif
