#include "read/icc.h"

#include "read/bytes.h"

#include <stdio.h>
#include <string.h>

/* ICC.1:2010, 7.2 and 7.3. */
enum { HEADER = 128, TABLE = HEADER + 4, ENTRY = 12, MAX_TAGS = 1024, NEWEST_MAJOR = 5 };

#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

typedef struct Bytes {
    const uint8_t *p;
    size_t n;
} Bytes;

static ProfileClass class_of(uint32_t signature) {
    switch (signature) {
    case TAG('p', 'r', 't', 'r'):
        return PROFILE_OUTPUT;
    case TAG('m', 'n', 't', 'r'):
        return PROFILE_DISPLAY;
    case TAG('s', 'c', 'n', 'r'):
        return PROFILE_INPUT;
    case TAG('l', 'i', 'n', 'k'):
        return PROFILE_LINK;
    case TAG('s', 'p', 'a', 'c'):
        return PROFILE_SPACE;
    case TAG('a', 'b', 's', 't'):
    case TAG('n', 'm', 'c', 'l'):
        return PROFILE_OTHER;
    default:
        return PROFILE_UNKNOWN;
    }
}

static const struct DataSpace {
    char signature[5];
    int components;
    Family family;
} spaces[] = {
    {"GRAY", 1, FAMILY_GRAY},    {"RGB ", 3, FAMILY_RGB},     {"CMYK", 4, FAMILY_CMYK},
    {"Lab ", 3, FAMILY_LAB},     {"XYZ ", 3, FAMILY_UNKNOWN}, {"Luv ", 3, FAMILY_UNKNOWN},
    {"YCbr", 3, FAMILY_UNKNOWN}, {"Yxy ", 3, FAMILY_UNKNOWN}, {"HSV ", 3, FAMILY_UNKNOWN},
    {"HLS ", 3, FAMILY_UNKNOWN}, {"CMY ", 3, FAMILY_UNKNOWN},
};

/* nCLR is a space of n inks, n one hexadecimal digit. */
static int clr_components(const uint8_t *signature) {
    static const char digits[] = "123456789ABCDEF";
    const char *digit = signature[0] ? strchr(digits, signature[0]) : NULL;
    return digit && !memcmp(signature + 1, "CLR", 3) ? (int)(digit - digits) + 1 : 0;
}

static void read_space(IccProfile *out, const uint8_t *signature) {
    out->components = clr_components(signature);
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        if (!memcmp(signature, spaces[i].signature, 4)) {
            out->components = spaces[i].components;
            out->space = spaces[i].family;
        }
    }
}

static bool tag_at(Bytes *out, Bytes profile, uint32_t i) {
    const uint8_t *entry = profile.p + TABLE + (size_t)i * ENTRY;
    size_t offset = be32(entry + 4), size = be32(entry + 8);
    if (offset < HEADER || offset > profile.n || size > profile.n - offset)
        return false;
    *out = (Bytes){profile.p + offset, size};
    return true;
}

static uint32_t tag_count(Bytes profile) {
    return profile.n < TABLE ? 0 : be32(profile.p + HEADER);
}

static bool table_fits(Bytes profile) {
    uint32_t count = tag_count(profile);
    return count && count <= MAX_TAGS && profile.n >= TABLE + (size_t)count * ENTRY;
}

static bool tags_fit(Bytes profile) {
    Bytes tag;
    for (uint32_t i = 0; i < tag_count(profile); i++)
        if (!tag_at(&tag, profile, i))
            return false;
    return true;
}

/* mluc: count:4 record size:4, then records language:2 country:2 length:4 offset:4. English before
 * the first. */
static const char *multilingual(Arena *a, Bytes tag) {
    enum { RECORDS = 16, RECORD = 12 };
    uint32_t count = tag.n < RECORDS ? 0 : be32(tag.p + 8);
    Bytes chosen = {0};
    for (uint32_t i = 0; i < count && RECORDS + (size_t)(i + 1) * RECORD <= tag.n; i++) {
        const uint8_t *record = tag.p + RECORDS + (size_t)i * RECORD;
        size_t length = be32(record + 4), offset = be32(record + 8);
        bool english = !memcmp(record, "en", 2);
        if (offset <= tag.n && length <= tag.n - offset && (!chosen.p || english))
            chosen = (Bytes){tag.p + offset, length};
        if (english)
            break;
    }
    return chosen.p ? text_from_utf16be(a, chosen.p, chosen.n) : "";
}

/* desc: count:4, then so many bytes of ASCII with a closing zero. Chinese programs write GBK there.
 */
static const char *plain(Arena *a, Bytes tag) {
    enum { START = 12 };
    if (tag.n <= START)
        return "";
    size_t count = be32(tag.p + 8), there = tag.n - START;
    const char *s = (const char *)tag.p + START;
    size_t n = strnlen(s, count < there ? count : there);
    if (text_valid(s, n))
        return arena_copy(a, s, n);
    const char *gbk = text_from_gbk(a, s, n);
    return gbk ? gbk : "";
}

static const char *description(Arena *a, Bytes profile) {
    for (uint32_t i = 0; i < tag_count(profile); i++) {
        Bytes tag;
        if (be32(profile.p + TABLE + (size_t)i * ENTRY) != TAG('d', 'e', 's', 'c') ||
            !tag_at(&tag, profile, i) || tag.n < 8)
            continue;
        if (be32(tag.p) == TAG('m', 'l', 'u', 'c'))
            return multilingual(a, tag);
        if (be32(tag.p) == TAG('d', 'e', 's', 'c'))
            return plain(a, tag);
    }
    return "";
}

static Text find_fault(const IccProfile *icc, Bytes given, Bytes profile, unsigned major) {
    if (profile.n > given.n)
        return (Text){"内容不完整", "it is cut off"};
    if (profile.n < TABLE || !table_fits(profile))
        return (Text){"目录损坏", "its table of contents is damaged"};
    if (!tags_fit(profile))
        return (Text){"内容超出文件末尾", "its contents reach beyond its end"};
    if (icc->class == PROFILE_UNKNOWN)
        return (Text){"类别不认识", "its class is unknown"};
    if (!icc->components)
        return (Text){"色彩空间不认识", "its colour space is unknown"};
    if (major < 1 || major > NEWEST_MAJOR)
        return (Text){"版本号不对", "its version is impossible"};
    return (Text){"", ""};
}

void icc_read(IccProfile *out, Arena *a, const uint8_t *p, size_t n) {
    *out = (IccProfile){.description = ""};
    if (!p || n < HEADER) {
        out->fault = (Text){"太短，不是 ICC 特性文件", "it is too short for an ICC profile"};
        return;
    }
    if (memcmp(p + 36, "acsp", 4)) {
        out->fault = (Text){"不是 ICC 特性文件", "it is no ICC profile"};
        return;
    }
    unsigned major = p[8];
    snprintf(out->version, sizeof out->version, "%u.%u", major, (unsigned)p[9] >> 4);
    out->class = class_of(be32(p + 12));
    read_space(out, p + 16);
    /* The size is what the header says; bytes behind it are padding. */
    Bytes given = {p, n}, profile = {p, be32(p)}, readable = {p, n < profile.n ? n : profile.n};
    if (table_fits(readable))
        out->description = description(a, readable);
    out->fault = find_fault(out, given, profile, major);
    out->valid = !*out->fault.zh;
}
