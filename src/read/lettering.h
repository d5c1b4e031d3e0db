/* Type as a reader sees it: live strings that stand on one line in one style become one piece, and
 * so does a cluster of outlined paths. Rules over type then need not know how it is drawn. */
#ifndef CHUPIN_READ_LETTERING_H
#define CHUPIN_READ_LETTERING_H

#include "read/derive.h"

typedef struct TypeLine {
    const Style *style;
    Box box;                  /* of what shows */
    double size, x, y, angle; /* as in GlyphRun, of the first string */
    const char *text;
    int32_t seq, last_seq;
    bool outlined, in_pattern;
} TypeLine;

typedef struct TypeLines { /* of one page, in paint order */
    Arena *arena;
    TypeLine *items;
    size_t count, capacity;
} TypeLines;

/* Strings come in paint order; one that goes on where the one before ended joins it. `in_pattern`:
 * the clip is what the pattern fills, and the box is that of its cell. */
void type_lines_string(TypeLines *lines, const GlyphRun *run, bool in_pattern);
void type_lines_cluster(TypeLines *lines, const Cluster *cluster, bool in_pattern);
/* Adds a Lettering row for each, in paint order. `knife` is where the page is cut; unknown when
 * nobody knows. */
void derive_lettering(Facts *facts, const Page *page, Box knife, TypeLines *lines);

#endif
