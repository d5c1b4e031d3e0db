/* One line of the text report for the same finding on many pages. */
#ifndef CHUPIN_REPORT_GATHER_H
#define CHUPIN_REPORT_GATHER_H

#include "check/report.h"

typedef struct Line {
    const Finding
        *worst; /* the one whose words are shown: farthest from what is required, else the first */
    bool alike; /* every page says the same words */
    int hits;   /* over all pages */
    int waived; /* of them; what is waived as a whole is not among the lines */
    Progress progress; /* of all of them; none: they differ, or there was no run before */
    int *new_pages;    /* on which it is new */
    size_t new_count, new_capacity;
    int *pages; /* ascending, each once; 0 (the document) is never among numbers */
    size_t page_count, page_capacity;
} Line;

/* Groups the findings of one outcome and severity that are not waived by rule, in the order in
 * which the rules first appear. */
Line *gather_lines(Arena *a, const Report *r, Outcome outcome, Severity severity, size_t *count);
/* "3、9–12" */
char *page_list(Arena *a, const int *pages, size_t count, const char *comma);

#endif
