/* Apart from the stores: whoever only asks for the place of a record links no database. */
#include "record/store.h"

bool store_is_path(const char *place) {
    static const char *const prefixes[] = {
#define STORE(id, prefix) prefix,
#include "record/stores.def"
#undef STORE
    };
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (*prefixes[i] && str_starts(str_of(place), prefixes[i]))
            return false;
    return true;
}
