#include "cli/full/watch_check.h"
#include "check/identity.h"
#include "check/job_sheet.h"
#include "cli/folder.h"
#include "cli/full/desk.h"
#include "cli/inputs.h"
#include "record/sidecar.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What ended in the middle may have been bad luck, once. */
enum { MOST_TRIES = 2 };

/* What commands say goes to standard error, which here is a file in memory. */
static int catch_words(void) {
    int fd = memfd_create("chupin-said", MFD_CLOEXEC);
    if (fd >= 0)
        dup2(fd, STDERR_FILENO);
    return fd;
}

/* Without the name of the program before each line. */
static const char *caught(Arena *a, int fd) {
    enum { MOST = 1 << 14 };
    char *text = arena_alloc(a, MOST + 1);
    ssize_t n = fd < 0 ? 0 : pread(fd, text, MOST, 0);
    Sink to = sink_memory(a);
    text[n > 0 ? n : 0] = 0;
    for (char *line = text, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        if (str_starts(str_of(line), "chupin: "))
            line += strlen("chupin: ");
        sink_format(&to, "%s%s", to.count ? "\n" : "", line);
    }
    Str all = sink_text(&to);
    return arena_copy(a, all.p, all.n);
}

/* Everything the result depends on (design, rule 3) but the day. */
static const char *key_of(Arena *a, const Artwork *art, const char *sha256) {
    char job[SHA256_HEX], rules[SHA256_HEX];
    job_identity(art->jobs, NULL, job);
    rules_identity(&art->book->rules, art->book->data, rules);
    char live[SHA256_HEX] = "";
    if (art->live && file_sha256(live, a, art->live).kind)
        *live = '\0';
    const char *all = arena_printf(a, "%s %s %s %s %s", sha256, live, job, rules, tool_identity(a));
    char *key = arena_alloc(a, SHA256_HEX);
    sha256_of(all, strlen(all), key);
    return key;
}

static void again(WatchFound *out, Arena *a, const char *said) {
    out->end = WATCH_AGAIN;
    out->line = arena_copy(a, said, strcspn(said, "\n"));
}

static size_t views_wanted(const Words *lists) {
    size_t count = 0;
    for (size_t i = 0; i < lists->count; i++, count++)
        for (const char *p = lists->items[i]; (p = strchr(p, ',')); p++)
            count++;
    return count;
}

static int check(const WatchSelf *self, CheckDone *done, const Artwork *art) {
    CheckAsk ask = {.seconds = self->seconds,
                    .record = !self->in_place,
                    .views = self->views,
                    .fail_on = SEVERITY_ERROR};
    Result r = folder_make(art->arena, sidecar_folder(art->arena, art->path));
    return r.kind ? cli_fail(art->cli, r) : desk_check(done, art, &ask);
}

/* As text for the process that sends; a `notify:` that is wrong tells nobody, which is said. */
static const char *whom_to_tell(const WatchSelf *self, const Artwork *art, Arena *a) {
    NotifyPlan plan = self->site;
    const SheetPairs *pairs = &jobs_sheet(art->jobs)->notify;
    for (size_t i = 0; i < pairs->count; i++) {
        Result r = notify_set(&plan, a, pairs->keys[i], pairs->values[i], true, (Where){0});
        if (r.kind) {
            Sink out = sink_fd(a, STDOUT_FILENO);
            sink_format(&out, "%s: %s\n", jobs_head(art->jobs)->sheet_name,
                        text_in(r.text, art->cli->lang));
            sink_flush(&out);
            return "";
        }
    }
    return notify_wanted(&plan) ? notify_text(a, &plan) : "";
}

/* In place: the same bytes for the same job and rules need no other check. */
static bool is_known(const WatchSelf *self, WatchFound *out, const Artwork *art,
                     bool (*known)(const void *memory, const char *key), const void *memory) {
    char sha256[SHA256_HEX];
    Arena *a = art->cli->arena;
    if (!self->in_place || file_sha256(sha256, a, art->path).kind)
        return false;
    out->key = key_of(a, art, sha256);
    if (!known(memory, out->key))
        return false;
    out->end = WATCH_KNOWN;
    return true;
}

static void check_artwork(const WatchSelf *self, WatchFound *out, const Artwork *art, int said) {
    Arena *a = art->cli->arena;
    CheckDone done = {0};
    int code = EXIT_OK;
    for (int tries = 0; tries < MOST_TRIES && !code && !done.done; tries++)
        code = check(self, &done, art);
    if (code || done.unstored || done.written.count < views_wanted(self->views))
        again(out, a, caught(a, said));
    else
        watch_judge(out, art, done.report, &done.written);
    out->notify = whom_to_tell(self, art, a);
}

void watch_check(void *owner, WatchFound *out, Arena *a, const char *path,
                 bool (*known)(const void *memory, const char *key), const void *memory) {
    const WatchSelf *self = owner;
    Cli cli = *self->cli;
    JobOptions options;
    Artwork art;
    int said = catch_words();
    cli.arena = a;
    Result r = input_options(&options, &cli); /* the day is today's, however long we watch */
    if (r.kind) {
        again(out, a, text_in(r.text, cli.lang));
        return;
    }
    int code = artwork_open(&art, &cli, self->book, &options, path);
    if (art.trouble.kind)
        again(out, a, text_in(art.trouble.text, cli.lang));
    else if (code)
        watch_refuse(out, &art, caught(a, said));
    else if (!is_known(self, out, &art, known, memory))
        check_artwork(self, out, &art, said);
    artwork_close(&art);
}
