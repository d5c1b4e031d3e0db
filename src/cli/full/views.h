/* A result as any of views.def. */
#ifndef CHUPIN_CLI_FULL_VIEWS_H
#define CHUPIN_CLI_FULL_VIEWS_H

#include "cli/full/desk.h"
#include "report/write.h"

typedef struct View {
    const char *name, *ending;
    void (*write)(const Report *r, const ReportStyle *style, Sink *to);
    bool binary; /* not for a terminal */
} View;

/* By a name that the command line has let through. */
View view_find(Arena *a, Str name);
/* Everything that the view needs is installed. */
Result view_ready(const View *v, Arena *a);
/* "json" gives the stored bytes as they are. ERR_OUTPUT when it cannot be made or written. */
Result view_write(const View *v, Arena *a, const Report *r, const ReportStyle *style, Str stored,
                  Sink *to);
/* Each view of --report into 检查结果/. */
int views_write(const Desk *d, const CheckAsk *ask, Words *written);
/* What these need is installed: asked before anything is checked. */
int views_ready(const Cli *cli, const Words *lists);

#endif
