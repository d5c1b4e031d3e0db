/* Draws all pages of a PDF and measures their plates, without writing anything: the work that the
 * rules of ink ask for. With a folder it writes the plates too.
 *
 *     bench-plates PPI FILE [FOLDER [PAGES]]
 *
 * Prints the peak of its memory in MB, pages of mapped files not counted, then how many pages and
 * plates there were, what was left out, and the highest sum of inks. */
#include "facts/facts.h"
#include "ink/measure/ink_sums.h"
#include "ink/plates/plate_files.h"
#include "read/read.h"
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Run {
    double ppi;
    const char *folder;
    Arena *document, *page; /* the page's is our own: the walk takes back what it put in its own */
    PlateMaker *maker;
    int pages;
    size_t plates, omissions;
    double peak, mean;
} Run;

typedef struct Sinks {
    InkSums *sums;
    PlateFiles *files;
} Sinks;

static void take_band(void *self, const Band *band) {
    Sinks *s = self;
    ink_sums_add(s->sums, band, NULL);
    if (s->files)
        plate_files_band(s->files, band);
}

static void draw_page(void *self, Facts *facts, Page *page, const PageContent *content) {
    (void)facts;
    Run *run = self;
    Text why = {0};
    if (!run->maker)
        run->maker = plate_maker_new(run->document, content->file, &(PlateMakerPlan){0}, &why);
    if (!run->maker) {
        fprintf(stderr, "bench-plates: %s\n", why.en);
        exit(1);
    }
    Sinks sinks = {.sums = ink_sums_new(run->page, run->ppi, 15, (Area){0, 0, INT_MAX, INT_MAX})};
    ink_sums_limit(sinks.sums, 3.2);
    if (run->folder)
        sinks.files =
            plate_files_new(run->page, &(PlateFilesPlan){.dir = run->folder,
                                                         .temporary = run->folder,
                                                         .page = page->number,
                                                         .press = plate_maker_press(run->maker)});
    PlatesPlan plan = {.ppi = run->ppi, .region = {NAN, NAN, NAN, NAN}};
    Plates plates = plates_draw(run->maker, run->page, content, &plan, take_band, &sinks);
    InkSumsResult sums = ink_sums_finish(sinks.sums);
    for (size_t i = 0; i < plates.omission_count; i++)
        fprintf(stderr, "page %d: %s\n", page->number, plates.omissions[i].what.en);
    if (sinks.files)
        (void)plate_files_end(sinks.files);
    run->pages++;
    run->plates += sums.plane_count;
    run->omissions += plates.omission_count;
    run->peak = fmax(run->peak, sums.peak);
    run->mean = fmax(run->mean, sums.max_mean);
    arena_rewind(run->page, (ArenaMark){0});
}

/* A line of /proc/self/status, in MB. */
static double status_mb(const char *key) {
    char line[256];
    double kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, key, strlen(key)) == 0)
            kb = atof(line + strlen(key));
    if (f)
        fclose(f);
    return kb / 1024;
}

static const Job *job_of(const void *jobs, int page) {
    (void)page;
    return jobs;
}

static const Limit *limit_of(const void *jobs, int page) {
    (void)jobs, (void)page;
    static const Limit none;
    return &none;
}

int main(int argc, char **argv) {
    if (argc < 3 || argc > 5 || atof(argv[1]) <= 0) {
        fputs("usage: bench-plates PPI FILE [FOLDER [PAGES]]\n", stderr);
        return 2;
    }
    Run run = {.ppi = atof(argv[1]),
               .folder = argc > 3 ? argv[3] : NULL,
               .document = arena_new(),
               .page = arena_new()};
    static const Job job;
    if (run.folder)
        mkdir(run.folder, 0777);
    ReadListener listener = {.self = &run, .draw = draw_page};
    ReadPlan plan = {.cost = COST_HEADER,
                     .jobs = &job,
                     .job_of = job_of,
                     .limit_of = limit_of,
                     .last_page = argc > 4 ? atoi(argv[4]) : 0};
    Facts *facts = facts_new();
    Result done = read_file(facts, argv[2], argv[2], &plan, &listener);
    if (run.maker)
        plate_maker_free(run.maker);
    printf("%.1f MB, %d pages, %zu plates, %zu left out, sum at most %.1f %%, square %.1f %%\n",
           status_mb("VmHWM:") - status_mb("RssFile:"), run.pages, run.plates, run.omissions,
           run.peak * 100, run.mean * 100);
    facts_free(facts);
    arena_free(run.page);
    arena_free(run.document);
    return done.kind ? 1 : 0;
}
