#include "watch/names.h"

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
    bool refused = false;
#define BEGINS(text) refused |= strncasecmp(name, text, sizeof text - 1) == 0;
#define ENDS(text)   refused |= ends(name, text);
#define IS(text)     refused |= strcasecmp(name, text) == 0;
#define OURS(text)   refused |= is_ours(name, text);
#define NO_FOLDER(text)
#define ART(text)
#include "watch/names.def"
#undef BEGINS
#undef ENDS
#undef IS
#undef OURS
#undef NO_FOLDER
#undef ART
    return !refused;
}

bool name_is_artwork(const char *name) {
    bool art = false;
#define BEGINS(text)
#define ENDS(text)
#define IS(text)
#define OURS(text)
#define NO_FOLDER(text)
#define ART(text) art |= ends(name, text);
#include "watch/names.def"
#undef BEGINS
#undef ENDS
#undef IS
#undef OURS
#undef NO_FOLDER
#undef ART
    return art && name_is_taken(name);
}

bool folder_is_entered(const char *name) {
    bool refused = *name == '.';
#define BEGINS(text)
#define ENDS(text)
#define IS(text)
#define OURS(text)
#define NO_FOLDER(text) refused |= strcasecmp(name, text) == 0;
#define ART(text)
#include "watch/names.def"
#undef BEGINS
#undef ENDS
#undef IS
#undef OURS
#undef NO_FOLDER
#undef ART
    return !refused;
}
