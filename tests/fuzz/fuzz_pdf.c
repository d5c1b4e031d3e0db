/* Arbitrary bytes as a PDF: opened, walked and measured with small budgets, never a crash. */
#include "read/read.h"
#include "read/pdf/paint.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static Job job;
static Limit limit;

static const Job *job_of(const void *jobs, int page) {
    (void)jobs, (void)page;
    return &job;
}

static const Limit *limit_of(const void *jobs, int page) {
    (void)jobs, (void)page;
    return &limit;
}

static void on_mark(void *self, Facts *facts, const Page *page, FactKind kind, const void *mark) {
    (void)self, (void)facts, (void)page, (void)kind, (void)mark;
}

static void on_page(void *self, Facts *facts, Page *page) {
    (void)self, (void)facts, (void)page;
}

static void on_document(void *self, Facts *facts) {
    (void)self, (void)facts;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    char path[] = "/tmp/chupin-fuzz-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, p, n) != (ssize_t)n)
        abort();
    close(fd);
    row_clear(entity_of(FACT_job), &job);
    row_clear(entity_of(FACT_limit), &limit);
    ReadPlan plan = {.cost = COST_CONTENT, .want_missing_glyphs = true, .job_of = job_of, .limit_of = limit_of};
    for (int kind = 0; kind < FACT_COUNT; kind++)
        plan.tell[kind] = plan.keep[kind] = kind_is_mark((FactKind)kind);
    ReadListener listener = {.open = on_document, .mark = on_mark, .page = on_page, .close = on_document};
    Facts *facts = facts_new();
    Result r = read_file(facts, path, "fuzz.pdf", &plan, &listener);
    if (r.kind)
        abort();
    facts_free(facts);
    unlink(path);
    return 0;
}
