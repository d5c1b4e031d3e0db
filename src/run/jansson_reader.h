/* jansson, which reads JSON, next to base/json.h, which writes it: both have a json_null, and only
 * ours is used here. */
#ifndef CHUPIN_RUN_JANSSON_READER_H
#define CHUPIN_RUN_JANSSON_READER_H

#include "base/json.h"

#define json_null jansson_null_unused
#include <jansson.h>
#undef json_null

#endif
