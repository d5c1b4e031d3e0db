#include "run/checking.h"
#include "check/page_shares.h"
#include "run/checking_parts.h"
#include "run/transport.h"

#include <string.h>

static const char before_line[] = "before ", closing_line[] = "closing", unsure_line[] = "unsure";

typedef struct Member { /* one worker */
    Checking *checking;
    WorkerTask task;
    Receiver receiver;
    ToldShare told;
    bool begun, running;
    bool heard; /* it has told anything */
    WorkerEnd end;
} Member;

struct Checking {
    CheckingPlan plan;
    Arena *arena;
    const char *reads[2];
    PageShares *shares; /* NULL: one worker alone */
    size_t begun, running;
    bool fits; /* more workers may begin */
    Member *members;
};

/* ---- in the worker ---- */

static void say(Sink *lines, const char *line) {
    sink_format(lines, "%s\n", line);
}

static void closing(void *self) {
    say(self, closing_line);
}

static void check(Arena *a, const Checking *c, CheckShare *share, Sink *lines) {
    CheckInput input = *c->plan.input;
    CheckTeller to = transport_teller(lines);
    input.share = share;
    Result r = check_file(a, &input, &to);
    if (share && share->unsure)
        say(lines, unsure_line);
    transport_end(lines, r);
}

static void work(void *self, Sink *lines) {
    const Member *m = self;
    const Checking *c = m->checking;
    bool first = m == c->members;
    if (first && c->plan.before) {
        sink_str(lines, before_line);
        c->plan.before(c->plan.self, lines);
        sink_char(lines, '\n');
        sink_flush(lines);
    }
    Arena *a = arena_new();
    CheckShare share = {.all = c->shares, .first = first, .self = lines, .closing = closing};
    if (!c->shares)
        check(a, c, NULL, lines);
    else if (page_share_begin(&share))
        check(a, c, &share, lines);
    arena_free(a);
}

/* ---- in the parent ---- */

static Cost cost_of(const CheckInput *input) {
    Arena *a = arena_new();
    ReadPlan plan;
    (void)check_listener(a, input, &(CheckTeller){0}, &plan);
    Cost cost = plan.cost;
    arena_free(a);
    return cost;
}

Checking *checking_new(const CheckingPlan *plan) {
    Arena *a = arena_new();
    Checking *c = ARENA_NEW(a, Checking);
    *c = (Checking){.plan = *plan, .arena = a, .reads = {plan->input->path, NULL}};
    if (plan->workers > 1 && cost_of(plan->input) >= COST_PLATES)
        c->shares = page_shares_new();
    c->plan.workers = c->shares ? plan->workers : 1;
    c->members = ARENA_ARRAY(a, Member, c->plan.workers);
    c->members[0].end = (WorkerEnd){.kind = WORKER_INTERRUPTED, .said = ""};
    return c;
}

void checking_free(Checking *c) {
    if (!c)
        return;
    page_shares_free(c->shares);
    arena_free(c->arena);
}

Checking *checking_of(const WorkerTask *task) {
    return ((Member *)task->self)->checking;
}

void *checking_self(const Checking *c) {
    return c->plan.self;
}

static bool is_line(const char *line, size_t n, const char *what) {
    return n == strlen(what) && !memcmp(line, what, n);
}

/* Of the first worker alone, and its first line. */
static bool take_before(Member *m, const char *line, size_t n) {
    const Checking *c = m->checking;
    size_t head = sizeof before_line - 1;
    return m == c->members && !m->heard && c->plan.told &&
           c->plan.told(c->plan.self, line + head, n - head);
}

static bool take(void *self, const char *line, size_t n) {
    Member *m = self;
    Checking *c = m->checking;
    size_t head = sizeof before_line - 1;
    bool before = n >= head && !memcmp(line, before_line, head);
    bool believed = true;
    if (before)
        believed = take_before(m, line, n);
    else if (c->shares && is_line(line, n, closing_line) && !m->told.closed)
        m->told.closed = true;
    else if (c->shares && is_line(line, n, unsure_line))
        m->told.unsure = true;
    else
        believed = transport_take(&m->receiver, line, n);
    m->heard = true;
    if (m == c->members && m->told.file && c->shares)
        c->fits = page_shares_fit(m->told.file, m->told.document);
    return believed;
}

static const WorkerTask *begin(Checking *c) {
    Member *m = &c->members[c->begun++];
    Arena *keeps = c->shares ? c->arena : c->plan.report->arena;
    *m = (Member){.checking = c, .begun = true, .running = true, .told = {.arena = keeps}};
    m->receiver = (Receiver){
        .arena = keeps, .to = c->shares ? told_teller(&m->told) : report_teller(c->plan.report)};
    m->task = (WorkerTask){.self = m, .work = work, .line = take, .box = {.reads = c->reads}};
    if (c->shares)
        m->task.memory.at = c->shares, m->task.memory.bytes = sizeof *c->shares;
    c->running++;
    return &m->task;
}

/* Once one of them has ended there is nothing left to take. */
const WorkerTask *checking_next(Checking *c) {
    if (!c->begun)
        return begin(c);
    bool more = c->fits && c->begun < c->plan.workers && c->running == c->begun;
    return more ? begin(c) : NULL;
}

bool checking_ended(Checking *c, const WorkerTask *task, const WorkerEnd *end) {
    Member *m = task->self;
    m->end = *end;
    m->end.said = arena_strdup(c->plan.report->arena, end->said);
    m->running = false;
    /* One that came when all was done has nothing to tell. */
    bool late = m != c->members && !m->heard;
    if (m->end.kind == WORKER_DONE && !m->receiver.ended && !late)
        m->end.kind = WORKER_GARBLED;
    return --c->running == 0;
}

/* Those that told something, the first of all in front. */
static size_t gather(const Checking *c, ToldShare *shares, bool *sound) {
    size_t count = 0;
    *sound = true;
    for (size_t i = 0; i < c->begun; i++) {
        const Member *m = &c->members[i];
        *sound = *sound && m->end.kind == WORKER_DONE && !m->receiver.result.kind;
        if (m->heard)
            shares[count++] = m->told;
    }
    return count;
}

static const Member *interrupted(const Checking *c) {
    for (size_t i = 0; i < c->begun || !i; i++)
        if (c->members[i].end.kind == WORKER_INTERRUPTED)
            return &c->members[i];
    return NULL;
}

CheckingEnd checking_end(Checking *c, WorkerEnd *end, Result *result) {
    const Member *first = &c->members[0], *stopped = interrupted(c);
    *end = stopped ? stopped->end : first->end;
    *result = end->kind == WORKER_DONE ? first->receiver.result : OK;
    if (!c->shares || stopped)
        return CHECKING_DONE;
    ToldShare *shares = ARENA_ARRAY(c->arena, ToldShare, c->begun);
    bool sound;
    size_t count = gather(c, shares, &sound);
    if (c->begun > 1 && !(sound && told_whole(shares, count, c->arena)))
        return CHECKING_ALONE;
    Arena *kept = c->plan.report->arena;
    result->text = (Text){arena_strdup(kept, result->text.zh), arena_strdup(kept, result->text.en)};
    CheckTeller to = report_teller(c->plan.report);
    if (!result->kind)
        told_join(shares, count, c->arena, &to);
    return CHECKING_DONE;
}
