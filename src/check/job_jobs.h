/* A Jobs from inside: sheets applied, parts laid out, limits worked out. Internal to check. */
#ifndef CHUPIN_CHECK_JOB_JOBS_H
#define CHUPIN_CHECK_JOB_JOBS_H

#include "check/job_find.h"
#include "check/job_measure.h"
#include "check/job_sheet.h"
#include "check/rule_data.h"

enum {
    LAYER_NONE,
    LAYER_PROFILE,
    LAYER_PAPER,
    LAYER_FIXED
}; /* then sheets, items, parts, the command line */

typedef struct PageLimits {
    Limit row;
    Text sources[FIELDS_OF_Limit];
} PageLimits;

typedef struct JobVariant { /* the job as it holds for some of the pages */
    Sheet sheet;
    Job job;
    PageLimits limits[2]; /* pages with odd and with even numbers: the spine changes sides */
    const Paper *paper;
    const PaperRow *paper_row; /* NULL: not known */
} JobVariant;

typedef struct VariantRange {
    int first, last;
    size_t variant;
} VariantRange;

struct Jobs {
    Arena *arena;
    const RuleData *data;
    const char *file; /* name of the artwork, without folders */
    File name;        /* facts of that name */
    Errors *errors;
    FoundSheets sheets;
    const JobOptions *options;
    Text *layers; /* names by LayerId */
    size_t layer_count, layer_capacity;
    JobVariant *variants; /* 0: pages that no part names */
    size_t variant_count, variant_capacity;
    VariantRange *ranges;
    size_t range_count, range_capacity;
    DeclaredInk *inks;
    size_t ink_count, ink_capacity;
    JobHead head;
    Text *notes;
    size_t note_count, note_capacity;
    Paper no_paper;
};

LayerId layer_add(Jobs *j, const char *zh, const char *en);
void note_add(Jobs *j, const char *zh, const char *en); /* once, however often it is said */

/* job_parts.c: fills variants[].sheet and ranges from the sheets, the item, the parts and the
 * options. */
void jobs_lay_out(Jobs *j);
/* job_resolve.c: works out job, paper and declared inks of one variant. */
void variant_resolve(Jobs *j, JobVariant *v);
/* job_limits.c: works out the limits of one variant. */
void variant_limits(Jobs *j, JobVariant *v);

#endif
