/* Font programs small enough to read: glyph n is a rectangle from the origin, (n + 1) tenths of an
 * em wide and half an em high, so that its width tells which glyph it is. The last glyph of a
 * TrueType program has no corner but curves that touch the sides of its rectangle. */
#ifndef CHUPIN_TESTS_FONT_PROGRAMS_H
#define CHUPIN_TESTS_FONT_PROGRAMS_H

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { PROGRAM_ROOM = 8192, GLYPHS = 8, RECTANGLE_HEIGHT = 500 };

typedef struct Draft {
    uint8_t bytes[PROGRAM_ROOM];
    size_t count;
} Draft;

static inline void put(Draft *d, const void *p, size_t n) {
    assert_true(n <= PROGRAM_ROOM - d->count);
    if (n)
        memcpy(d->bytes + d->count, p, n);
    d->count += n;
}

static inline void put_text(Draft *d, const char *text) {
    put(d, text, strlen(text));
}

static inline void put_draft(Draft *d, const Draft *part) {
    put(d, part->bytes, part->count);
}

static inline void put_number(Draft *d, uint32_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        put(d, &(uint8_t){(uint8_t)(value >> shift)}, 1);
}

static inline void put_words(Draft *d, const int *words, int count) {
    for (int i = 0; i < count; i++)
        put_number(d, (uint32_t)words[i], 2);
}
#define PUT_WORDS(d, ...)                                                                          \
    put_words((d), (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

typedef struct CodeMap { /* one code of one cmap table */
    int platform, encoding, code, glyph;
} CodeMap;

/* Format 6 with the one code. */
static inline void put_cmap(Draft *d, const CodeMap *maps, int count) {
    PUT_WORDS(d, 0, count);
    for (int i = 0; i < count; i++) {
        PUT_WORDS(d, maps[i].platform, maps[i].encoding);
        put_number(d, (uint32_t)(4 + 8 * count + 12 * i), 4);
    }
    for (int i = 0; i < count; i++)
        PUT_WORDS(d, 6, 12, 0, maps[i].code, 1, maps[i].glyph);
}

/* Format 2: the last glyph has `name`, others are .notdef. */
static inline void put_post(Draft *d, const char *name) {
    put_number(d, name ? 0x20000 : 0x30000, 4);
    for (int i = 0; i < 7; i++)
        put_number(d, 0, 4);
    if (!name)
        return;
    PUT_WORDS(d, GLYPHS);
    for (int i = 0; i < GLYPHS; i++)
        PUT_WORDS(d, i == GLYPHS - 1 ? 258 : 0);
    put_number(d, (uint32_t)strlen(name), 1);
    put_text(d, name);
}

static inline void put_rectangle(Draft *d, int glyph) {
    int width = 100 * (glyph + 1);
    PUT_WORDS(d, 1, 0, 0, width, RECTANGLE_HEIGHT, 3, 0);
    put(d, glyph == GLYPHS - 1 ? "\0\0\0\0" : "\1\1\1\1", 4);
    PUT_WORDS(d, 0, width, 0, -width, 0, 0, RECTANGLE_HEIGHT, 0);
}

/* `name`: of the last glyph in the post table; NULL: none has a name. */
static inline void true_type_program(Draft *out, const CodeMap *maps, int count, const char *name) {
    static const char *const tags[] = {"cmap", "glyf", "head", "hhea",
                                       "hmtx", "loca", "maxp", "post"};
    enum { CMAP, GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, POST, TABLES };
    Draft t[TABLES] = {0};
    put_cmap(&t[CMAP], maps, count);
    for (int i = 0; i < GLYPHS; i++) {
        put_number(&t[LOCA], (uint32_t)t[GLYF].count, 4);
        put_rectangle(&t[GLYF], i);
        PUT_WORDS(&t[HMTX], 1000, 0);
    }
    put_number(&t[LOCA], (uint32_t)t[GLYF].count, 4);
    PUT_WORDS(&t[HEAD], 1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000);
    PUT_WORDS(&t[HEAD], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 1000, 0, 8, 2, 1, 0);
    PUT_WORDS(&t[HHEA], 1, 0, 800, -200, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS);
    PUT_WORDS(&t[MAXP], 1, 0, GLYPHS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    put_post(&t[POST], name);
    put_number(out, 0x10000, 4);
    PUT_WORDS(out, TABLES, 128, 3, 0);
    size_t at = 12 + 16 * TABLES;
    for (int i = 0; i < TABLES; i++) {
        put(out, tags[i], 4);
        put_number(out, 0, 4);
        put_number(out, (uint32_t)at, 4);
        put_number(out, (uint32_t)t[i].count, 4);
        at += t[i].count;
    }
    for (int i = 0; i < TABLES; i++)
        put_draft(out, &t[i]);
}

static inline void put_encrypted(Draft *d, const Draft *clear, unsigned r) {
    for (size_t i = 0; i < clear->count; i++) {
        uint8_t c = (uint8_t)(clear->bytes[i] ^ r >> 8);
        put(d, &c, 1);
        r = ((c + r) * 52845 + 22719) & 0xFFFF;
    }
}

/* A charstring number in five bytes: 255 in Type 1; Type 2 has three of its own. */
static inline void put_operand(Draft *d, int value, bool type2) {
    put_number(d, type2 ? 28 : 255, 1);
    put_number(d, (uint32_t)value, type2 ? 2 : 4);
}

static inline void put_charstring(Draft *d, int glyph, bool type2) {
    enum { HLINETO = 6, VLINETO = 7, CLOSEPATH = 9, HSBW = 13, ENDCHAR = 14, HMOVETO = 22 };
    int width = 100 * (glyph + 1);
    put_operand(d, 0, type2);
    if (!type2) {
        put_operand(d, 1000, type2);
        put_number(d, HSBW, 1);
        put_operand(d, 0, type2);
    }
    put_number(d, HMOVETO, 1);
    put_operand(d, width, type2);
    put_number(d, HLINETO, 1);
    put_operand(d, RECTANGLE_HEIGHT, type2);
    put_number(d, VLINETO, 1);
    put_operand(d, -width, type2);
    put_number(d, HLINETO, 1);
    if (!type2)
        put_number(d, CLOSEPATH, 1);
    put_number(d, ENDCHAR, 1);
}

/* Glyph n is called names[n]; `matrix` e.g. ".001 0 0 .001 0 0". Code 65 is names[1]. */
static inline void type1_program(Draft *out, const char *const *names, int count,
                                 const char *matrix) {
    char line[128];
    put_text(out, "%!PS-AdobeFont-1.0: Draft\n11 dict begin\n/FontName /Draft def\n/PaintType 0 "
                  "def\n/FontType 1 def\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} "
                  "for\ndup 65 /");
    put_text(out, names[1]);
    snprintf(line, sizeof line, " put\nreadonly def\n/FontMatrix [%s] readonly def\n", matrix);
    put_text(out, line);
    put_text(out, "/FontBBox {0 0 1000 1000} readonly def\ncurrentdict end\ncurrentfile eexec\n");
    Draft secret = {0};
    put_text(&secret, "pad.dup /Private 5 dict dup begin\n/RD {string currentfile exch readstring "
                      "pop} executeonly def\n/ND {def} def\n/NP {put} def\n/password 5839 def\n");
    snprintf(line, sizeof line, "2 index /CharStrings %d dict dup begin\n", count);
    put_text(&secret, line);
    for (int i = 0; i < count; i++) {
        Draft clear = {0};
        put_text(&clear, "pad.");
        put_charstring(&clear, i, false);
        snprintf(line, sizeof line, "/%s %zu RD ", names[i], clear.count);
        put_text(&secret, line);
        put_encrypted(&secret, &clear, 4330);
        put_text(&secret, " ND\n");
    }
    put_text(&secret, "end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont "
                      "pop\nmark currentfile closefile\n");
    put_encrypted(out, &secret, 55665);
    put_text(out, "\ncleartomark\n");
}

static inline void put_index(Draft *d, const Draft *items, int count) {
    PUT_WORDS(d, count);
    if (!count)
        return;
    put_number(d, 2, 1);
    size_t at = 1;
    PUT_WORDS(d, (int)at);
    for (int i = 0; i < count; i++)
        PUT_WORDS(d, (int)(at += items[i].count));
    for (int i = 0; i < count; i++)
        put_draft(d, &items[i]);
}

/* A number of a DICT in five bytes, so that offsets do not change its length. */
static inline void put_entry(Draft *d, const size_t *values, int count, int operator) {
    for (int i = 0; i < count; i++) {
        put_number(d, 29, 1);
        put_number(d, (uint32_t)values[i], 4);
    }
    if (operator>= 0x100)
        put_number(d, 12, 1);
    put_number(d, (uint32_t) operator& 0xFF, 1);
}
#define PUT_ENTRY(d, operator, ...)                                                                \
    put_entry((d), (const size_t[]){__VA_ARGS__},                                                  \
              sizeof((const size_t[]){__VA_ARGS__}) / sizeof(size_t), (operator))

typedef struct CffOffsets {
    size_t charset, fd_select, strings, private, fonts;
} CffOffsets;

/* SIDs of ROS and of glyph names are 391 and on: names, or the registry, the ordering. */
static inline void put_top(Draft *d, const CffOffsets *at, bool cid_keyed) {
    enum {
        CHARSET = 15,
        CHARSTRINGS = 17,
        PRIVATE = 18,
        ROS = 0x11E,
        FDARRAY = 0x124,
        FDSELECT = 0x125
    };
    if (cid_keyed)
        PUT_ENTRY(d, ROS, 391, 392, 0);
    PUT_ENTRY(d, CHARSET, at->charset);
    PUT_ENTRY(d, CHARSTRINGS, at->strings);
    if (!cid_keyed) {
        PUT_ENTRY(d, PRIVATE, 0, at->private);
        return;
    }
    PUT_ENTRY(d, FDARRAY, at->fonts);
    PUT_ENTRY(d, FDSELECT, at->fd_select);
}

static inline void put_cff(Draft *d, CffOffsets *at, bool cid_keyed, const Draft *strings,
                           int string_count, const int *charset, int count) {
    Draft name = {0}, top = {0}, font = {0}, chars[GLYPHS] = {0};
    put_text(&name, "Draft");
    put_top(&top, at, cid_keyed);
    put(d, "\1\0\4\2", 4);
    put_index(d, &name, 1);
    put_index(d, &top, 1);
    put_index(d, strings, string_count);
    put_index(d, NULL, 0);
    at->charset = d->count;
    put_number(d, 0, 1);
    for (int i = 1; i < count; i++)
        PUT_WORDS(d, charset[i]);
    at->fd_select = d->count;
    for (int i = 0; i <= count; i++)
        put_number(d, 0, 1);
    at->strings = d->count;
    for (int i = 0; i < count; i++)
        put_charstring(&chars[i], i, true);
    put_index(d, chars, count);
    at->private = d->count;
    at->fonts = d->count;
    PUT_ENTRY(&font, 18, 0, at->private);
    put_index(d, &font, 1);
}

/* Keyed by name: glyph n is called names[n]; names[0] is .notdef. */
static inline void cff_program(Draft *out, const char *const *names, int count) {
    Draft strings[GLYPHS] = {0};
    int charset[GLYPHS] = {0};
    for (int i = 1; i < count; i++) {
        put_text(&strings[i - 1], names[i]);
        charset[i] = 390 + i;
    }
    CffOffsets at = {0};
    Draft first = {0}; /* once for the offsets */
    put_cff(&first, &at, false, strings, count - 1, charset, count);
    put_cff(out, &at, false, strings, count - 1, charset, count);
}

/* Keyed by CID: glyph n has CID cids[n]; cids[0] is 0. */
static inline void cid_program(Draft *out, const int *cids, int count) {
    Draft strings[2] = {0};
    put_text(&strings[0], "Adobe");
    put_text(&strings[1], "Identity");
    CffOffsets at = {0};
    Draft first = {0};
    put_cff(&first, &at, true, strings, 2, cids, count);
    put_cff(out, &at, true, strings, 2, cids, count);
}

#endif
