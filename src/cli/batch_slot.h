/* A file of a batch that is at hand: its job, its worker, its result. Internal to batch. */
#ifndef CHUPIN_CLI_BATCH_SLOT_H
#define CHUPIN_CLI_BATCH_SLOT_H

#include "cli/batch.h"
#include "run/checking.h"

#include <sys/stat.h>

struct BatchSlot {
    BatchRun *run;
    bool busy;
    bool alone; /* it is not shared out: that went wrong */
    size_t item;
    int tries;
    double begun;
    Artwork art;
    CheckInput input;
    WorkerLimits limits;
    struct stat at;
    char job[SHA256_HEX], sha256[SHA256_HEX]; /* sha256: "" until it was told */
    char live[SHA256_HEX];                    /* of the live-text twin; "" none */
    char look[SHA256_HEX];                    /* of the result (report/batch.h) */
    Str known;                                /* the result, out of the cache */
    Report *report;
    Checking *checking; /* NULL: not begun, or to be tried once more */
};

/* batch_check.c. False: it cannot be read. */
bool batch_hash(const char *path, char hex[SHA256_HEX]);

/* batch_file.c. False: there is nothing to check, it is settled. */
bool slot_open(BatchSlot *slot);
/* It was finished before the run was interrupted, and nothing has changed. */
bool slot_goes_on(BatchSlot *slot);
/* The result of these bytes out of the cache; NULL bytes: none. */
Str slot_known(const BatchSlot *slot, const char *sha256, bool unfinished);
bool slot_take_known(BatchSlot *slot, Str kept);
void slot_keep(BatchSlot *slot, bool unfinished); /* what was found just now */
/* It is told, in its place. `code`: 0, or the exit code when it is not the report's to say. */
void slot_settle(BatchSlot *slot, int code);
void slot_refuse(BatchSlot *slot, Text why, int code); /* settled without a result */

#endif
