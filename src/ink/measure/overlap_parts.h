/* What the files of overlaps.c share; nobody else includes this. */
#ifndef CHUPIN_INK_MEASURE_OVERLAP_PARTS_H
#define CHUPIN_INK_MEASURE_OVERLAP_PARTS_H

#include "ink/measure/measure.h"

/* overlap_ground.c: what lies beneath one mark, in pixels. */
typedef struct Met {
    uint64_t any;   /* coverage × 1 / 255 pixel */
    uint64_t whole; /* pixels that the mark covers wholly */
} Met;
typedef struct PlaneMet {
    int plane;
    uint64_t ink; /* coverage × tint */
} PlaneMet;
/* A strip of a row, as it was before the mark came there, and what the mark covers of it. */
enum { STRIPS = 32, MOST_UNDER = 24 }; /* more inks at one place decide nothing any more */
typedef struct UnderRow {
    int plane;
    uint8_t ink[TILE];
} UnderRow;
typedef struct Strip {
    int column, y;         /* pixels TILE × column … */
    bool open, met, stays; /* ink met; some of it stays */
    uint8_t coverage[TILE];
    int16_t ground[TILE], left[TILE], own[TILE]; /* sums of tints; right only when `met` */
    UnderRow under[MOST_UNDER];
    int count;
} Strip;
typedef struct Ground {
    const MeasuredPage *page;
    Area art;        /* the effective bleed box; beyond it nothing counts */
    int16_t least;   /* tint from which on a pixel counts as inked */
    uint8_t *prints; /* by plane: 0 not asked yet, 1 it does, 2 a finish, a die, white ink */
    size_t prints_room;
    /* Of the mark under way. */
    const Paint *paint;
    uint8_t parts[64]; /* what it does to the first planes; 0: not looked at yet */
    bool wants_own;    /* ink that it has itself matters too */
    bool ignored;      /* a finish, or nothing that can be told in inks */
    Strip *strips;     /* STRIPS of them; a word is many rows of few pixels */
    Area seen;
    uint64_t painted, ink; /* coverage; coverage × sum of tints beneath */
    Met inked, gone, left; /* where there is ink beneath; where it is lost; where it stays */
    Met under;             /* where there is any ink, its own inks too */
    uint64_t under_ink;
    PlaneMet *planes;
    size_t plane_count, plane_room;
} Ground;
void ground_start(Ground *g, const MeasuredPage *p);
/* False: there is nothing beneath that the mark could change, and its rows need not be looked at;
 * `own`: ink that it has itself matters too. */
bool ground_begins(Ground *g, const WatchedMark *mark, bool own);
void ground_row(Ground *g, const Surface *beneath, int y, int x0, int x1, const uint8_t *coverage);
void ground_ends(Ground *g);                   /* before anything is asked */
int ground_inks(const Ground *g, double tint); /* how many there are on the mean at this or more */

/* overlap_clusters.c: the outlined text of a page, by place. */
typedef struct ClusterPlaces ClusterPlaces;
ClusterPlaces *cluster_places_new(Arena *a, const Facts *facts);
size_t cluster_places_count(const ClusterPlaces *c);
/* The row of the cluster that a filled path in this box, colour space and overprint belongs to; -1:
 * none. */
int cluster_at(const ClusterPlaces *c, Box box, Space space, bool overprint);

/* overlap_cover.c: which places were covered by opaque marks, and when. */
typedef struct CoverMap CoverMap;
CoverMap *cover_map_new(const MeasuredPage *p);
bool cover_map_begin(CoverMap *c, const WatchedMark *mark); /* false: it can not cover anything */
void cover_map_row(CoverMap *c, int y, int x0, int x1, const uint8_t *coverage);
void cover_map_end(CoverMap *c, uint32_t serial);
/* Is all of the box, page space, covered by marks later than this one? */
bool cover_map_hide(const CoverMap *c, Box box, uint32_t serial);

/* overlap_rows.c: rows of marks that are joined when they are alike and near. There are not more
 * than so many places; after that marks of a kind are joined wherever they lie. */
typedef struct OverlapRow {
    Overlap fact;
    uint32_t last; /* the latest of its marks */
} OverlapRow;
typedef struct OverlapRows OverlapRows;
OverlapRows *overlap_rows_new(Arena *a, size_t clusters);
void overlap_rows_add(OverlapRows *r, const Overlap *one, uint32_t serial, int cluster);
void overlap_rows_keep(OverlapRows *r);   /* what was added so far will not be taken back */
void overlap_rows_revert(OverlapRows *r); /* to how they were when they were last kept */
const OverlapRow *overlap_rows_list(const OverlapRows *r, size_t *count);

#endif
