#include "read/pdf/repair.h"

#include <stdio.h>
#include <string.h>

enum {
    HEADER_REACH = 1024,
    TAIL_REACH = 1024,
    DICT_REACH = 8192,
    TRAILER_REACH = 65536,
    MAX_TRIES = 64
};

static bool is_space(uint8_t c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_digit(uint8_t c) {
    return c >= '0' && c <= '9';
}

static size_t skip_spaces(const uint8_t *p, size_t n, size_t at) {
    while (at < n && is_space(p[at]))
        at++;
    return at;
}

static size_t find_forward(const uint8_t *p, size_t from, size_t to, const char *word) {
    const uint8_t *hit = from < to ? memmem(p + from, to - from, word, strlen(word)) : NULL;
    return hit ? (size_t)(hit - p) : REPAIR_NONE;
}

/* The last place where `word` stands wholly before `to`. */
static size_t find_backward(const uint8_t *p, size_t to, const char *word) {
    size_t length = strlen(word);
    size_t starts = to < length ? 0 : to - length + 1;
    while (starts) {
        const uint8_t *hit = memrchr(p, word[0], starts);
        if (!hit)
            break;
        if (!memcmp(hit, word, length))
            return (size_t)(hit - p);
        starts = (size_t)(hit - p);
    }
    return REPAIR_NONE;
}

/* Where an unsigned number that ends before `end` begins; REPAIR_NONE if there is none. */
static size_t number_before(const uint8_t *p, size_t end) {
    size_t at = end;
    while (at && is_digit(p[at - 1]))
        at--;
    return at < end ? at : REPAIR_NONE;
}

static size_t spaces_before(const uint8_t *p, size_t end) {
    while (end && is_space(p[end - 1]))
        end--;
    return end;
}

/* The start of "12 0 obj" whose keyword stands at `keyword`; REPAIR_NONE if that is something else,
 * as in endobj. */
static size_t object_at_keyword(const uint8_t *p, size_t keyword) {
    size_t end = spaces_before(p, keyword);
    if (end == keyword)
        return REPAIR_NONE;
    size_t generation = number_before(p, end);
    if (generation == REPAIR_NONE)
        return REPAIR_NONE;
    end = spaces_before(p, generation);
    return end == generation ? REPAIR_NONE : number_before(p, end);
}

/* Does an object header stand in [from, to)? */
static bool object_between(const uint8_t *p, size_t from, size_t to) {
    for (size_t at = from; (at = find_forward(p, at, to, "obj")) != REPAIR_NONE; at += 3) {
        size_t begin = object_at_keyword(p, at);
        if (begin != REPAIR_NONE && begin >= from)
            return true;
    }
    return false;
}

/* number = digit+ ; object = number space+ number space+ "obj". Returns the place behind "obj". */
static size_t object_header(const uint8_t *p, size_t n, size_t at) {
    for (int i = 0; i < 2; i++) {
        size_t begin = at;
        while (at < n && is_digit(p[at]))
            at++;
        if (at == begin)
            return REPAIR_NONE;
        at = skip_spaces(p, n, at);
    }
    return n - at >= 3 && !memcmp(p + at, "obj", 3) ? at + 3 : REPAIR_NONE;
}

/* The end of the dictionary of an xref stream that begins at `at`; REPAIR_NONE if none does. */
static size_t stream_section(const uint8_t *p, size_t n, size_t at) {
    size_t body = object_header(p, n, at);
    if (body == REPAIR_NONE)
        return REPAIR_NONE;
    size_t reach = n - body > DICT_REACH ? body + DICT_REACH : n;
    size_t end = find_forward(p, body, reach, "stream");
    if (end == REPAIR_NONE || find_forward(p, body, end, "/XRef") == REPAIR_NONE)
        return REPAIR_NONE;
    return end;
}

static bool table_section(const uint8_t *p, size_t n, size_t at) {
    return n - at >= 4 && !memcmp(p + at, "xref", 4);
}

static bool is_section(const uint8_t *p, size_t n, size_t at) {
    if (at >= n)
        return false;
    at = skip_spaces(p, n, at);
    return at < n && (table_section(p, n, at) || stream_section(p, n, at) != REPAIR_NONE);
}

static size_t header_of(const uint8_t *p, size_t n) {
    return find_forward(p, 0, n < HEADER_REACH ? n : HEADER_REACH, "%PDF-");
}

static size_t number_at(const uint8_t *p, size_t n, size_t at) {
    size_t value = 0, begin = at = skip_spaces(p, n, at);
    for (; at < n && is_digit(p[at]); at++) {
        if (value > n)
            return REPAIR_NONE;
        value = value * 10 + (size_t)(p[at] - '0');
    }
    return at > begin ? value : REPAIR_NONE;
}

static bool names_catalog(const uint8_t *p, size_t n, size_t trailer) {
    size_t reach = n - trailer > TRAILER_REACH ? trailer + TRAILER_REACH : n;
    size_t end = find_forward(p, trailer, reach, "startxref");
    return find_forward(p, trailer, end == REPAIR_NONE ? reach : end, "/Root") != REPAIR_NONE;
}

/* The table that belongs to the trailer at `trailer`, if that names a catalog. */
static size_t usable_table(const uint8_t *p, size_t n, size_t trailer) {
    if (!names_catalog(p, n, trailer))
        return REPAIR_NONE;
    size_t at = trailer;
    do
        at = find_backward(p, at, "xref");
    while (at != REPAIR_NONE && at >= 5 && !memcmp(p + at - 5, "start", 5));
    return at;
}

/* The xref stream whose dictionary has its /XRef at `type`, if all of it is there. */
static size_t whole_stream(const uint8_t *p, size_t n, size_t type) {
    size_t keyword = find_backward(p, type, "obj");
    if (keyword == REPAIR_NONE || type - keyword > DICT_REACH)
        return REPAIR_NONE;
    size_t begin = object_at_keyword(p, keyword);
    size_t end = begin == REPAIR_NONE ? REPAIR_NONE : stream_section(p, n, begin);
    bool whole = end != REPAIR_NONE && find_forward(p, end, n, "endstream") != REPAIR_NONE;
    return whole ? begin : REPAIR_NONE;
}

static size_t usable_stream(const uint8_t *p, size_t n, size_t type) {
    size_t begin = whole_stream(p, n, type);
    if (begin == REPAIR_NONE)
        return REPAIR_NONE;
    size_t end = stream_section(p, n, begin);
    return find_forward(p, begin, end, "/Root") == REPAIR_NONE ? REPAIR_NONE : begin;
}

size_t repair_sections(size_t *at, size_t max, const uint8_t *p, size_t n) {
    size_t count = 0;
    size_t trailer = find_backward(p, n, "trailer"), stream = find_backward(p, n, "/XRef");
    for (int tries = 0; tries < MAX_TRIES && count < max; tries++) {
        if (trailer == REPAIR_NONE && stream == REPAIR_NONE)
            break;
        bool table = stream == REPAIR_NONE || (trailer != REPAIR_NONE && trailer > stream);
        size_t found = table ? usable_table(p, n, trailer) : usable_stream(p, n, stream);
        if (found != REPAIR_NONE)
            at[count++] = found;
        if (table)
            trailer = find_backward(p, trailer, "trailer");
        else
            stream = find_backward(p, stream, "/XRef");
    }
    return count;
}

/* Where the last word on objects is spoken: a trailer, with or without its table, or the body of an
 * xref stream. In a linearized file it names no catalog. */
static size_t last_trailer(const uint8_t *p, size_t n) {
    size_t trailer = find_backward(p, n, "trailer"), stream = find_backward(p, n, "/XRef");
    if (trailer != REPAIR_NONE && find_forward(p, trailer, n, ">>") == REPAIR_NONE)
        trailer = REPAIR_NONE;
    if (stream == REPAIR_NONE || (trailer != REPAIR_NONE && trailer > stream))
        return trailer;
    return whole_stream(p, n, stream) == REPAIR_NONE ? trailer : stream;
}

RepairLook repair_look(const uint8_t *p, size_t n) {
    RepairLook look = {.header = header_of(p, n), .section = REPAIR_NONE};
    size_t shift = look.header == REPAIR_NONE ? 0 : look.header;
    size_t keyword = find_backward(p, n, "startxref");
    size_t last = keyword == REPAIR_NONE ? 0 : keyword;
    if (keyword != REPAIR_NONE) {
        look.near_end = n - keyword <= TAIL_REACH;
        size_t written = number_at(p, n, keyword + 9);
        if (written != REPAIR_NONE && is_section(p, n, written + shift)) {
            look.section = written + shift;
        } else if (shift && written != REPAIR_NONE && is_section(p, n, written)) {
            look.section = written;
            look.from_first_byte = true;
        }
    }
    look.has_objects = object_between(p, last, n);
    look.cut_off = look.has_objects || keyword == REPAIR_NONE;
    /* The words behind the last object may be gone while its trailer is there. */
    size_t trailer = look.cut_off ? last_trailer(p, n) : REPAIR_NONE;
    if (trailer != REPAIR_NONE)
        look.cut_off = object_between(p, trailer, n);
    look.has_objects = look.has_objects || object_between(p, 0, n);
    return look;
}

size_t repair_tail(char out[REPAIR_TAIL], size_t startxref) {
    int n = snprintf(out, REPAIR_TAIL, "\nstartxref\n%zu\n%%%%EOF\n", startxref);
    return n > 0 && n < REPAIR_TAIL ? (size_t)n : 0;
}
