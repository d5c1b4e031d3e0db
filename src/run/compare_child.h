/* The worker's side of a comparison. Internal to compare_run.
 *
 * A line is a letter, then a record as wire.h writes it. Of a page first what differs is told, then
 * how it came out. */
#ifndef CHUPIN_RUN_COMPARE_CHILD_H
#define CHUPIN_RUN_COMPARE_CHILD_H

#include "ink/compare/compare.h"
#include "run/compare_run.h"
#include "run/page_reader.h"

enum {
    TOLD_SIDE = 'f',       /* a ToldFile: the file at hand, then the other */
    TOLD_DIFFERENCE = 'd', /* a ToldLoss: where, and what differs */
    TOLD_SAME = 's',       /* a ToldPage */
    TOLD_DIFFERS = 'x',    /* a ToldPage */
    TOLD_UNKNOWN = 'u',    /* a ToldLoss: why */
    TOLD_COMPARED = 'z',   /* a WireResult: the worker has come to its end */
};

void compare_child(const CompareInput *in, Sink *lines);

/* One of the two files while it is read. */
typedef struct CompareFile {
    PageReader *reader;
    const PageAtHand *page;
    PlateMaker *maker;
    Text no_maker;
    struct PageText *text; /* of the page at hand */
} CompareFile;

/* A page of both files. Sides are [0] now, [1] then. */
typedef struct Pair {
    Arena *arena; /* of the page */
    Sink *lines;
    CompareFile *files;
    const Limit *limit;
    int number;
    double speck; /* pt² of full ink: less is rounding; pixels are not rounded */
    bool differs; /* something was told */
} Pair;
/* `box` is in page space of the file at hand; unknown: the whole page. */
void pair_differs(Pair *p, Box box, Text what);
/* Both formats take the same arguments. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) Text pair_text(const Pair *p,
                                                                           const char *zh,
                                                                           const char *en, ...);

void compare_boxes(Pair *p);
Box compare_region(const Pair *p, int side); /* what is laid on the other's */
/* Tells what differs; why it is not known whether anything does, else NULLs. */
Text compare_pictures(Pair *p);

/* compare_text.c */
typedef struct PageText PageText;
PageText *page_text_new(Arena *a);
void page_text_add(PageText *t, const GlyphRun *run);
void page_text_clear(PageText *t);
void page_text_free(PageText *t);
void compare_texts(Pair *p);

#endif
