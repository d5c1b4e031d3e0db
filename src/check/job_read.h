/* What the readers of a job sheet's values share. Internal to check. */
#ifndef CHUPIN_CHECK_JOB_READ_H
#define CHUPIN_CHECK_JOB_READ_H

#include "check/job_sheet.h"

const char *read_scalar(SheetReader *r, const YamlNode *n); /* NULL after an error */
const char *read_text(SheetReader *r, const YamlNode *n);   /* trimmed; NULL after an error */
bool reads_nothing(SheetReader *r, const YamlNode *n);      /* 无, none */
/* "cannot read …": says what to write instead. */
void read_refused(SheetReader *r, const YamlNode *n, const char *zh, const char *en);

/* job_read_shapes.c */
void read_edges(SheetReader *r, SheetEdges *out, const YamlNode *n);
void read_paper(SheetReader *r, SheetPaper *out, const YamlNode *n);
void read_limit(SheetReader *r, const FieldDesc *f, const YamlNode *n);
void read_limits(SheetReader *r, const YamlNode *n);
void read_list(SheetReader *r, const KeyDesc *k, void *value, const YamlNode *n);
void read_entries(SheetReader *r, SheetEntries *out, const YamlNode *n);

#endif
