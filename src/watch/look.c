#include "check/job_live.h"
#include "watch/inside.h"
#include "watch/listen.h"
#include "watch/names.h"

#include <errno.h>
#include <math.h>
#include <string.h>

enum {
    LOOKS = 3,        /* that find a file unchanged before it is taken */
    CUT_SECONDS = 120 /* nobody writes to it: what is cut short by then is no copy under way */
};

static const char *full_path(const Watching *x, Arena *a, const char *path) {
    return arena_printf(a, "%s/%s", x->folder, path);
}

static void hear(void *self, const char *path) {
    const Watching *x = self;
    listen_to(x->ears, path);
}

static void lose(Watching *x) {
    if (!x->lost)
        watch_say(x->w, "%s 打不开（%s）；等它回来", "%s cannot be opened (%s); waiting for it",
                  path_shown(x->seen.arena ? x->seen.arena : x->arena, x->folder),
                  strerror(x->seen.error));
    x->lost = true;
}

static void find_again(Watching *x) {
    if (x->lost)
        watch_say(x->w, "%s 回来了，接着看", "%s is back", path_shown(x->seen.arena, x->folder));
    x->lost = false;
}

/* Something that changes all the time is told of once; it may be a copy that never ends. */
static void tell_unsettled(const Watching *x, Seen *s) {
    if (s->told || s->done || x->seen.arena == NULL)
        return;
    Arena *a = arena_new();
    const char *line = arena_printf(
        a,
        x->w->lang == LANG_ZH
            ? "一直在变，%.0f 分钟了还没存完：看看是不是拷断了、还开着，重新拷一次"
            : "has been changing for %.0f minutes: is the copy stuck, or the file still open? "
              "Copy it again",
        x->w->patience / 60);
    s->told = true;
    watch_say(x->w, "%s %s", "%s %s", path_shown(a, s->path), line);
    if (x->w->told) {
        const char *place = x->w->in_place
                                ? s->path
                                : arena_printf(a, "%s/%s", hot_stage_folder(HOT_WAITING), s->path);
        WatchFound found = {.end = WATCH_AGAIN, .stage = HOT_WAITING, .line = line};
        x->w->told(x->w->self, &(WatchTold){&found, path_name(s->path), place});
    }
    arena_free(a);
}

static bool is_still(const Watching *x, const Seen *s, double now) {
    return s->looks >= LOOKS && now - s->since >= x->w->settle;
}

static bool is_ready(const Watching *x, Seen *s, double now) {
    if (s->done || now < s->not_before || !is_still(x, s, now))
        return false;
    if (s->whole == WHOLE_UNKNOWN) {
        Arena *a = arena_new();
        s->whole = file_is_whole(full_path(x, a, s->path)) ? WHOLE : CUT_SHORT;
        arena_free(a);
    }
    /* The check says what is damaged; should somebody go on writing, it is put back (carry.c). */
    return s->whole == WHOLE || now - s->since >= fmin(x->w->patience, CUT_SECONDS);
}

static void take_stock(Watching *x, double now) {
    x->unsettled = 0;
    for (size_t i = 0; i < x->seen.count; i++) {
        Seen *s = &x->seen.items[i];
        bool still = is_still(x, s, now);
        s->whole = s->whole == CUT_SHORT ? WHOLE_UNKNOWN : s->whole;
        if (!still && now - s->first >= x->w->patience)
            tell_unsettled(x, s);
        x->unsettled += !s->done && !still && !s->told;
    }
}

/* Other sheets or rules may mean other results for every file in place, and other twins. */
static void look_again_at_all(Watching *x) {
    for (size_t i = 0; i < x->seen.count; i++)
        x->seen.items[i].done = false;
}

void watch_look(Watching *x, bool counted) {
    double now = steady_clock();
    uint64_t sheets = x->seen.sheets;
    x->seen.error = 0;
    seen_look(&x->seen, &(SeenAsk){.folder = x->folder,
                                   .art_only = x->w->in_place,
                                   .counted = counted,
                                   .now = now,
                                   .folder_seen = x->ears >= 0 ? hear : NULL,
                                   .self = x});
    if (x->seen.error) {
        lose(x);
        return;
    }
    find_again(x);
    if (sheets != x->seen.sheets)
        look_again_at_all(x);
    take_stock(x, now);
}

/* ---- taking ---- */

static void say_claim_error(Watching *x, const char *path, int error) {
    if (error != x->claim_error)
        watch_say(x->w, "%s 拿不进 处理中（%s）；过一会儿再试",
                  "%s cannot be moved into 处理中 (%s); trying again",
                  path_shown(x->seen.arena, path), strerror(error));
    x->claim_error = error;
}

/* Into 处理中, if nobody else was first and it is still as it was seen. */
static bool claim(Watching *x, Hand *h, Seen *s) {
    struct stat info;
    const char *file;
    int error = claims_take(&x->claims, h->arena, s->path, &file);
    if (error == EEXIST) /* the one of that name before it is still in hand */
        return false;
    if (error && error != ENOENT) {
        say_claim_error(x, s->path, error);
        s->not_before = steady_clock() + x->w->settle;
        return false;
    }
    x->claim_error = error ? x->claim_error : 0;
    s->done = true;
    h->file = file;
    if (error || lstat(file, &info))
        return false;
    h->look = file_look(&info); /* some shares number files by their path */
    Look as_seen = h->look;
    as_seen.inode = s->look.inode;
    if (file_look_same(&as_seen, &s->look))
        return true;
    hand_give_back(x, h, 0);
    return false;
}

/* It stays where it is: the artwork beside it is held against it. */
static bool leave_twin(const Watching *x, Seen *s) {
    Arena *a = arena_new();
    bool twin = live_is_twin(a, full_path(x, a, s->path));
    if (twin)
        watch_say(x->w, "%s 是工作单写的未转曲稿，留在原处，和正稿一起看",
                  "%s is the live-text twin that a job sheet names; it stays and is read with the "
                  "artwork",
                  path_shown(a, s->path));
    arena_free(a);
    s->done |= twin;
    return twin;
}

static void take(Watching *x, Hand *h, Seen *s) {
    if (leave_twin(x, s))
        return;
    *h = (Hand){.told = -1, .arena = arena_new(), .look = s->look};
    h->path = arena_strdup(h->arena, s->path);
    if (x->w->in_place)
        h->file = full_path(x, h->arena, s->path);
    else if (!claim(x, h, s)) {
        hand_free(h);
        return;
    }
    s->done = true;
    int error = hand_start(h, x->w, &x->memory);
    if (error) {
        watch_say(x->w, "开不了新的进程（%s）；过一会儿再试",
                  "no process can be started (%s); trying again", strerror(error));
        h->state = HAND_WAITING;
        h->at = steady_clock() + x->w->poll;
    }
}

/* The one that is there longest. */
static Seen *next_ready(Watching *x, double now) {
    Seen *next = NULL;
    for (size_t i = 0; i < x->seen.count; i++) {
        Seen *s = &x->seen.items[i];
        if ((!next || s->first < next->first) && is_ready(x, s, now))
            next = s;
    }
    return next;
}

void watch_fill(Watching *x) {
    double now = steady_clock();
    if (x->stop || x->lost || (!x->w->in_place && !x->claims.folder))
        return;
    for (size_t i = 0; i < x->w->jobs; i++) {
        Hand *h = &x->hands[i];
        for (Seen *s; h->state == HAND_FREE && (s = next_ready(x, now));) {
            take(x, h, s);
            if (h->state == HAND_FREE && !s->done)
                s->not_before = now + x->w->poll;
        }
    }
}
