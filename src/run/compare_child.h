/* The worker's side of a comparison. Internal to compare_run.
 *
 * A line is a letter, then a record as wire.h writes it. Which page is held against which is told
 * before anything of it; told again with another one, what was said before is void. Of a page first
 * what differs is told, then how it came out. */
#ifndef CHUPIN_RUN_COMPARE_CHILD_H
#define CHUPIN_RUN_COMPARE_CHILD_H

#include "ink/compare/compare_seen.h"
#include "run/compare_run.h"
#include "run/compare_told.h"
#include "run/page_reader.h"
#include "run/wire.h"

enum {
    TOLD_SIDE = 'f',       /* a ToldFile: the file at hand, then the other */
    TOLD_PAIR = 'n',       /* a ToldPair */
    TOLD_DIFFERENCE = 'd', /* a ToldLoss: where, and what differs */
    TOLD_SAME = 's',       /* a ToldPage */
    TOLD_DIFFERS = 'x',    /* a ToldPage */
    TOLD_UNKNOWN = 'u',    /* a ToldLoss: why */
    TOLD_COMPARED = 'z',   /* a WireResult: the worker has come to its end */
};

void compare_child(const CompareInput *in, Sink *lines);

/* compare_conclude.c, in the parent: what it comes to. */
typedef struct ComparedTold {
    Arena *arena;
    Text other; /* what the other file is called */
    int pages[2];
    bool readable[2];
    Text unreadable[2];
    bool whole;                /* it is known of all pages which is which */
    const ComparedPair *pairs; /* one a page of the file at hand */
    size_t pair_count;
    const PageDifference *differences; /* by page */
    size_t difference_count;
} ComparedTold;
void compare_conclude(ComparedFiles *out, const ComparedTold *told);

/* One of the two files while it is read. */
typedef struct CompareFile {
    PageReader *reader;
    const PageAtHand *page;
    PlateMaker *maker;
    Press *press; /* of pixels */
    PressProfile profile;
    Text no_maker;         /* why there is neither */
    struct PageText *text; /* of the page at hand */
} CompareFile;

/* Both files. Sides are [0] now, [1] then. */
typedef struct Versions {
    const CompareInput *in;
    Arena *arena;
    Sink *lines;
    ReadPlan plans[2];
    CompareFile files[2];
    bool open[2];
    int pages[2];
    Result trouble; /* the first */
} Versions;

/* compare_files.c: their pages come one after another, so that each going back is another reading.
 */
Versions versions_of(const CompareInput *in, Arena *a, Sink *lines);
void version_open(Versions *v, int side, int first_page, int last_page); /* 0, 0: all */
void version_close(Versions *v, int side);
/* To that page, whose number has to rise. False: it does not come. */
bool version_turn_to(Versions *v, int side, int page);

void told_line(Sink *lines, char letter, WireKind kind, const void *record);
void tell_pair(const Versions *v, int page, int other);
void tell_unknown(Sink *lines, int page, Text why);
/* Holds pages against each other, `others` being what each of `pages` is held against. `same`, if
 * not NULL, gets for each whether they look the same. */
void compare_all(Versions *v, const int *pages, const int *others, size_t count, bool *same);
/* compare_order.c: of the pages that are `open` (by number less 1) finds by their looks which is
 * which, tells it and compares what was not compared by number. Both files were just opened. */
void pair_by_looks(Versions *v, const bool *open[2]);

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
PlateMaker *compare_maker(CompareFile *f);   /* NULL: f->no_maker */
/* Tells what differs; why it is not known whether anything does, else NULLs. */
Text compare_pictures(Pair *p);
Text pair_tell(Pair *p, const Comparison *c);

/* compare_mixed.c */
bool pair_is_mixed(const Pair *p); /* a PDF and pixels */
Text compare_mixed(Pair *p, const ComparePlan *plan);
/* The page at hand as it is seen within a region; why it can not be, else NULLs. */
Text seen_page(SeenPage *out, CompareFile *f, Box region);

/* compare_text.c */
typedef struct PageText PageText;
PageText *page_text_new(Arena *a);
void page_text_add(PageText *t, const GlyphRun *run);
void page_text_clear(PageText *t);
double page_text_smallest(const PageText *t); /* visible type, pt; 0: there is none */
void page_text_free(PageText *t);
void compare_texts(Pair *p);

#endif
