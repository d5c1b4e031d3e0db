#include "read/artwork_name.h"

#include <fnmatch.h>
#include <string.h>
#include <strings.h>

bool name_is_of_artwork(const char *name) {
    const char *dot = strrchr(name, '.');
    bool art = false;
#define ARTWORK(ending) art |= dot && !strcasecmp(dot + 1, ending);
#define IGNORED(pattern)
#include "read/artwork_names.def"
#undef ARTWORK
#undef IGNORED
    return art;
}

bool name_is_passed_over(const char *name) {
    bool passed = false;
#define ARTWORK(ending)
#define IGNORED(pattern) passed |= !fnmatch(pattern, name, FNM_CASEFOLD);
#include "read/artwork_names.def"
#undef ARTWORK
#undef IGNORED
    return passed;
}
