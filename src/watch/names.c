#include "watch/names.h"

#include "read/artwork_name.h"

#include <string.h>
#include <strings.h>

enum { HASH_DIGITS = 8 };

static bool ends(const char *name, const char *ending) {
    size_t n = strlen(name), e = strlen(ending);
    return n >= e && strcasecmp(name + n - e, ending) == 0;
}

/* <artwork>.<8 digits><ending> */
static bool is_ours(const char *name, const char *ending) {
    size_t n = strlen(name), e = strlen(ending);
    if (!ends(name, ending) || n < e + HASH_DIGITS + 2)
        return false;
    const char *hash = name + n - e - HASH_DIGITS;
    return hash[-1] == '.' && strspn(hash, "0123456789abcdef") >= HASH_DIGITS;
}

bool name_is_taken(const char *name) {
    bool refused = name_is_passed_over(name);
#define ENDS(text) refused |= ends(name, text);
#define OURS(text) refused |= is_ours(name, text);
#define NO_FOLDER(text)
#include "watch/names.def"
#undef ENDS
#undef OURS
#undef NO_FOLDER
    return !refused;
}

/* Where people work, an Illustrator file is what they work on. */
bool name_is_artwork(const char *name) {
    return name_is_of_artwork(name) && !ends(name, ".ai") && name_is_taken(name);
}

bool folder_is_entered(const char *name) {
    bool refused = *name == '.';
#define ENDS(text)
#define OURS(text)
#define NO_FOLDER(text) refused |= strcasecmp(name, text) == 0;
#include "watch/names.def"
#undef ENDS
#undef OURS
#undef NO_FOLDER
    return !refused;
}
