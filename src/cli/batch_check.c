#include "cli/batch_slot.h"
#include "cli/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TRIES = 2, HASH_BYTES = 1 << 18 };

int batch_worse(int a, int b) {
    static const int order[] = {EXIT_OK, 4, EXIT_FOUND, EXIT_NOT_CHECKED, EXIT_REFUSED};
    size_t rank_a = 0, rank_b = 0;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        rank_a = order[i] == a ? i : rank_a;
        rank_b = order[i] == b ? i : rank_b;
    }
    return rank_a > rank_b ? a : b;
}

const char *batch_slowest(const BatchRun *run, double *seconds) {
    const BatchSlot *slowest = NULL;
    for (int i = 0; i < run->jobs; i++)
        if (run->slots[i].busy && (!slowest || run->slots[i].begun < slowest->begun))
            slowest = &run->slots[i];
    *seconds = slowest ? progress_clock() - slowest->begun : 0;
    return slowest ? run->batch.files[slowest->item].shown : NULL;
}

/* ---- in the worker ---- */

bool batch_hash(const char *path, char hex[SHA256_HEX]) {
    static char buffer[HASH_BYTES];
    Sha256 h;
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    sha256_start(&h);
    while ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
        sha256_add(&h, buffer, n > 0 ? (size_t)n : 0);
    close(fd);
    sha256_end(&h, hex);
    return n == 0;
}

/* The worker tells the hash of the file before it begins to read what is in it: no result comes
 * under the name of other bytes. */
static void tell_hash(void *self, Sink *line) {
    const BatchSlot *slot = self;
    char hex[SHA256_HEX];
    if (batch_hash(slot->input.path, hex))
        sink_str(line, hex);
}

/* What is known already needs no check: the worker ends here. */
static bool take_hash(void *self, const char *hex, size_t n) {
    BatchSlot *slot = self;
    if (!n)
        return true;
    if (n != SHA256_HEX - 1)
        return false;
    memcpy(slot->sha256, hex, n);
    slot->known = slot_known(slot, slot->sha256, false);
    return !slot->known.p;
}

/* As many as would be idle otherwise: as long as there are files enough, each has one worker. */
static size_t workers_for(const BatchSlot *slot) {
    const BatchRun *run = slot->run;
    bool files_enough = run->batch.count - run->next >= (size_t)run->jobs;
    return slot->alone || files_enough ? 1 : (size_t)run->jobs;
}

static const WorkerTask *try_slot(BatchSlot *slot, const WorkerLimits **limits) {
    slot->tries++;
    *slot->sha256 = '\0';
    slot->known = (Str){NULL, 0};
    slot->report = artwork_report(&slot->art);
    slot->checking = checking_new(&(CheckingPlan){.input = &slot->input,
                                                  .limits = &slot->limits,
                                                  .report = slot->report,
                                                  .workers = workers_for(slot),
                                                  .self = slot,
                                                  .before = tell_hash,
                                                  .told = take_hash});
    *limits = &slot->limits;
    return checking_next(slot->checking);
}

static const WorkerTask *begin(BatchSlot *slot, const WorkerLimits **limits) {
    BatchRun *run = slot->run;
    if (!slot_open(slot) || slot_goes_on(slot))
        return NULL;
    slot->input = (CheckInput){.rules = &run->book.rules,
                               .data = run->book.data,
                               .jobs = slot->art.jobs,
                               .path = slot->art.path,
                               .name = slot->art.name,
                               .password = args_value(run->cli->args, OPTION_PASSWORD),
                               .part = slot->art.live ? CHECK_BESIDE_TWIN : CHECK_ALONE};
    slot->limits = worker_limits(run->seconds, slot->art.bytes);
    return try_slot(slot, limits);
}

/* One that is to be tried once more. */
static BatchSlot *broken_slot(const BatchRun *run) {
    for (int i = 0; i < run->jobs; i++)
        if (run->slots[i].busy && !run->slots[i].checking)
            return &run->slots[i];
    return NULL;
}

static BatchSlot *free_slot(const BatchRun *run) {
    for (int i = 0; i < run->jobs; i++)
        if (!run->slots[i].busy)
            return &run->slots[i];
    return NULL;
}

/* Another worker for a large document that is being checked. */
static const WorkerTask *help(const BatchRun *run, const WorkerLimits **limits) {
    for (int i = 0; i < run->jobs; i++) {
        BatchSlot *slot = &run->slots[i];
        const WorkerTask *task = slot->checking ? checking_next(slot->checking) : NULL;
        *limits = &slot->limits;
        if (task)
            return task;
    }
    return NULL;
}

static const WorkerTask *next(void *self, const WorkerLimits **limits) {
    BatchRun *run = self;
    BatchSlot *slot = broken_slot(run);
    if (slot)
        return try_slot(slot, limits);
    while ((slot = free_slot(run)) && run->next < run->batch.count) {
        *slot =
            (BatchSlot){.run = run, .busy = true, .item = run->next++, .begun = progress_clock()};
        const WorkerTask *task = begin(slot, limits);
        if (task)
            return task;
        progress_tick(run);
    }
    return help(run, limits);
}

/* ---- a worker has ended ---- */

/* Whoever wants to stop meanwhile tells the pool as well. */
static bool read_twin(BatchSlot *slot) {
    int signal = artwork_read_twin(&slot->art, slot->run->seconds, &slot->input, slot->report);
    if (signal)
        raise(signal);
    return !signal;
}

static void drop(BatchSlot *slot) {
    artwork_close(&slot->art);
    slot->busy = false;
}

static void finish(BatchSlot *slot, const WorkerEnd *end) {
    bool done = end->kind == WORKER_DONE;
    if (!done)
        slot->report->file.unreadable = worker_reason(slot->art.arena, end, &slot->limits);
    report_finish(slot->report, rule_data_checklist(slot->run->book.data));
    if (slot->art.live && !read_twin(slot)) {
        drop(slot);
        return;
    }
    slot_keep(slot, !done);
    if (*slot->sha256)
        journal_add(&slot->run->journal, slot->art.path, &slot->at, slot->sha256, !done);
    slot_settle(slot, EXIT_OK);
}

static void conclude_slot(BatchSlot *slot) {
    WorkerEnd end;
    Result result;
    CheckingEnd outcome = checking_end(slot->checking, &end, &result);
    checking_free(slot->checking);
    slot->checking = NULL;
    if (slot->known.p && slot_take_known(slot, slot->known)) {
        journal_add(&slot->run->journal, slot->art.path, &slot->at, slot->sha256, false);
        slot_settle(slot, EXIT_OK);
    } else if (end.kind == WORKER_INTERRUPTED) {
        drop(slot);
    } else if (outcome == CHECKING_ALONE) {
        slot->alone = true;
    } else if (end.kind != WORKER_DONE && slot->tries < MOST_TRIES) {
        slot->alone = true;
    } else if (end.kind == WORKER_DONE && result.kind) {
        slot_refuse(slot, result.text, EXIT_NOT_CHECKED);
    } else {
        finish(slot, &end);
    }
}

static void ended(void *self, const WorkerTask *task, const WorkerEnd *end) {
    (void)self;
    Checking *checking = checking_of(task);
    if (checking_ended(checking, task, end))
        conclude_slot(checking_self(checking));
}

static void tick(void *self) {
    BatchRun *run = self;
    progress_tick(run);
    journal_sync(&run->journal, &run->cache, false);
}

int batch_check(BatchRun *run) {
    run->slots = ARENA_ARRAY(run->cli->arena, BatchSlot, run->jobs);
    run->begun = run->told = progress_clock();
    int signal = worker_pool(&(WorkerFeed){run, next, ended, tick}, (size_t)run->jobs);
    for (int i = 0; i < run->jobs; i++)
        if (run->slots[i].busy)
            drop(&run->slots[i]);
    progress_clear(run);
    return signal;
}
