#include "watch/hands.h"

#include "base/json.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- in the child ---- */

static void text(Json *j, const char *key, const char *value) {
    json_key(j, key), json_str(j, value ? value : "");
}

static void tell(int to, Arena *a, const WatchFound *f) {
    Sink sink = sink_fd(a, to);
    Json j = json_to(&sink, 0);
    json_open(&j, '{');
    json_key(&j, "end"), json_int(&j, f->end);
    json_key(&j, "stage"), json_int(&j, f->stage);
    text(&j, "line", f->line);
    text(&j, "note", f->note);
    text(&j, "key", f->key);
    text(&j, "sheet", f->sheet);
    if (f->notify)
        text(&j, "notify", f->notify);
    json_key(&j, "worst"), json_open(&j, '[');
    for (size_t i = 0; i < f->worst_count; i++)
        json_str(&j, f->worst[i]);
    json_close(&j);
    json_close(&j);
    sink_flush(&sink);
}

/* Signals go to the watch alone, which says to its children what to do: Ctrl-C reaches every
 * process in the foreground, so the child leaves it. Killed with its parent, it leaves nothing that
 * a later check would not replace. */
static void become_child(pid_t parent) {
    sigset_t none;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void child(Hand *h, const Watch *w, const Memory *memory) {
    Arena *a = arena_new();
    WatchFound found = {0};
    w->check(w->self, &found, a, h->file, memory_knows, memory);
    tell(h->told, a, &found);
    _exit(0);
}

int hand_start(Hand *h, const Watch *w, const Memory *memory) {
    pid_t parent = getpid();
    if (h->told >= 0)
        close(h->told);
    h->told = memfd_create("chupin-watch", MFD_CLOEXEC);
    if (h->told < 0)
        return errno;
    h->pid = fork();
    if (h->pid < 0)
        return errno;
    if (h->pid == 0) {
        become_child(parent);
        child(h, w, memory);
    }
    setpgid(h->pid, h->pid); /* whoever of the two is first */
    h->state = HAND_CHECKING;
    h->began = steady_clock();
    return 0;
}

/* ---- in the parent ---- */

static const char *taken(Arena *a, const json_t *from, const char *key) {
    const char *value = json_string_value(json_object_get(from, key));
    return arena_strdup(a, value ? value : "");
}

static bool read_found(WatchFound *f, Arena *a, const json_t *from) {
    json_int_t end = json_integer_value(json_object_get(from, "end"));
    json_int_t stage = json_integer_value(json_object_get(from, "stage"));
    const json_t *worst = json_object_get(from, "worst"), *notify = json_object_get(from, "notify");
    if (end < 0 || end > WATCH_KNOWN || stage < 0 || stage >= HOT_STAGES)
        return false;
    *f = (WatchFound){.end = (WatchEnd)end,
                      .stage = (HotStage)stage,
                      .line = taken(a, from, "line"),
                      .note = taken(a, from, "note"),
                      .key = taken(a, from, "key"),
                      .sheet = taken(a, from, "sheet"),
                      .notify = notify ? taken(a, from, "notify") : NULL};
    for (size_t i = 0; i < json_array_size(worst) && i < WATCH_WORST; i++) {
        const char *line = json_string_value(json_array_get(worst, i));
        f->worst[f->worst_count++] = arena_strdup(a, line ? line : "");
    }
    return true;
}

bool hand_read(Hand *h, int status) {
    h->pid = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) || lseek(h->told, 0, SEEK_SET) != 0)
        return false;
    json_t *told = json_loadfd(h->told, 0, NULL);
    bool fine = json_is_object(told) && read_found(&h->found, h->arena, told);
    json_decref(told);
    return fine;
}

void hand_free(Hand *h) {
    if (h->told >= 0)
        close(h->told);
    arena_free(h->arena);
    *h = (Hand){.told = -1};
}
