#include "cli/batch.h"

#include <math.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR_COLUMNS = 20, NAME_COLUMNS = 28, TEXT_BYTES = 512 };

double progress_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void say(const char *text) {
    size_t n = strlen(text);
    if (write(STDERR_FILENO, text, n) < 0)
        return; /* nobody looks */
}

/* "1:05"; "—" as long as nothing can be said. */
static const char *span(Arena *a, double seconds) {
    int s = (int)ceil(seconds);
    if (s >= 3600)
        return arena_printf(a, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    return arena_printf(a, "%d:%02d", s / 60, s % 60);
}

static const char *line(const BatchRun *run, Arena *a) {
    const Batch *b = &run->batch;
    bool zh = run->cli->lang == LANG_ZH;
    double took = progress_clock() - run->begun, slow;
    double rate = took > 0 ? (double)b->settled / took : 0;
    const char *name = batch_slowest(run, &slow), *left = zh ? "剩余时间未知" : "time left unknown";
    if (rate > 0)
        left = arena_printf(a, zh ? "剩 %s" : "%s left",
                            span(a, (double)(b->count - b->settled) / rate));
    const char *text = arena_printf(a, zh ? "%d/%d  每秒 %.1f 个  %s" : "%d/%d  %.1f/s  %s",
                                    (int)b->settled, (int)b->count, rate, left);
    if (!name || slow < 1)
        return text;
    name = text_printable(a, name, strlen(name));
    return arena_printf(a, zh ? "%s  最慢 %.0f 秒 %.*s" : "%s  slowest %.0f s %.*s", text, slow,
                        (int)text_clip(name, NAME_COLUMNS), name);
}

static const char *bar(const BatchRun *run, Arena *a) {
    size_t done = run->batch.count ? BAR_COLUMNS * run->batch.settled / run->batch.count : 0;
    char *marks = arena_alloc(a, BAR_COLUMNS + 1);
    for (size_t i = 0; i < BAR_COLUMNS; i++)
        marks[i] = i < done ? '#' : '.';
    return marks;
}

void progress_clear(BatchRun *run) {
    if (run->drawn)
        say("\r\x1b[K");
    run->drawn = 0;
}

void progress_tick(BatchRun *run) {
    const double between = run->bar ? 0.1 : 10;
    double now = progress_clock();
    if (!run->shows || now - run->told < between)
        return;
    Arena *a = arena_new();
    run->told = now;
    if (run->bar) {
        const char *text = arena_printf(a, "[%s] %s", bar(run, a), line(run, a));
        say(arena_printf(a, "\r%.*s\x1b[K", (int)text_clip(text, run->style.width - 1), text));
        run->drawn = 1;
    } else {
        say(arena_printf(a, "%s\n", line(run, a)));
    }
    arena_free(a);
}
