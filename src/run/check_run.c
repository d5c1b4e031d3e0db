#include "run/check_run.h"
#include "run/transport.h"

typedef struct CheckTask {
    const CheckInput *input;
    Receiver receiver;
} CheckTask;

static void work(void *self, Sink *lines) {
    const CheckTask *task = self;
    Arena *a = arena_new();
    CheckTeller to = transport_teller(lines);
    transport_end(lines, check_file(a, task->input, &to));
    arena_free(a);
}

static bool take(void *self, const char *line, size_t n) {
    return transport_take(&((CheckTask *)self)->receiver, line, n);
}

Result check_run(Report *r, WorkerEnd *end, const CheckInput *input, const WorkerLimits *limits) {
    CheckTask task = {.input = input, .receiver = {.arena = r->arena, .to = report_teller(r)}};
    const char *reads[] = {input->path, NULL};
    *end = worker_run(
        r->arena, &(WorkerTask){.self = &task, .work = work, .line = take, .box = {.reads = reads}},
        limits);
    if (end->kind == WORKER_DONE && !task.receiver.ended)
        end->kind = WORKER_GARBLED;
    if (end->kind != WORKER_DONE)
        r->file.unreadable = worker_reason(r->arena, end, limits);
    else if (task.receiver.result.kind)
        return task.receiver.result;
    report_finish(r, rule_data_checklist(input->data));
    return OK;
}
