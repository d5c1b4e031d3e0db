#include "run/pictures_child.h"

#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

#include "run/wire.h"

enum { MOST_ROUNDS = 20 };

typedef struct Shot { /* what became of a wish */
    bool settled, drawn;
    ReportPicture picture;
    Text why;
} Shot;

typedef struct Album {
    ReportPictures shown;
    Arena *arena;
    PicturesInput in;
    PictureWish *wishes;
    size_t count, capacity;
    Shot *shots; /* one a wish */
    size_t shot_count, shot_capacity;
} Album;

/* One worker as the parent sees it. */
typedef struct Member {
    Album *album;
    PicturesShare share;
    int page; /* begun last */
    bool ended;
    Text trouble; /* of the operator's */
} Member;

static bool take_end(Member *m, WireReader *in) {
    WireResult told;
    if (!wire_read(in, WIRE_result, &told) || (told.kind && !told.text.zh))
        return false;
    m->ended = true;
    m->trouble = told.text;
    return true;
}

static const uint8_t *decode(Arena *a, const char *text, size_t *count) {
    struct base64_decode_ctx state;
    size_t n = strlen(text);
    uint8_t *bytes = arena_alloc(a, BASE64_DECODE_LENGTH(n) + 1);
    base64_decode_init(&state);
    bool good = base64_decode_update(&state, count, bytes, n, text) && base64_decode_final(&state);
    return good ? bytes : NULL;
}

static bool is_mine(const Member *m, int wish) {
    for (size_t i = 0; i < m->share.count; i++)
        if (m->share.mine[i] == (size_t)wish)
            return true;
    return false;
}

static bool take_picture(Member *m, WireReader *in) {
    ToldPicture told;
    if (!wire_read(in, WIRE_told_picture, &told) || !is_mine(m, told.wish))
        return false;
    Shot *shot = &m->album->shots[told.wish];
    if (shot->settled || (told.image && !(told.width > 0 && told.height > 0)))
        return false;
    *shot = (Shot){.settled = true, .drawn = told.image};
    shot->why = (Text){arena_strdup(m->album->arena, told.why.zh),
                       arena_strdup(m->album->arena, told.why.en)};
    shot->picture = (ReportPicture){.jpeg = told.jpeg,
                                    .width = told.width,
                                    .height = told.height,
                                    .mm = told.mm,
                                    .origin_is_trim = told.from_trim,
                                    .whole = told.whole};
    if (told.image)
        shot->picture.image = decode(m->album->arena, told.image, &shot->picture.bytes);
    return told.image ? shot->picture.image != NULL : told.why.zh != NULL;
}

static bool take(void *self, const char *line, size_t n) {
    Member *m = self;
    Arena *scratch = arena_new();
    WireReader in = {.arena = m->album->arena, .p = line + 1, .end = line + n};
    ToldPage begun;
    bool good = false;
    if (n && line[0] == TOLD_PICTURE)
        in.arena = scratch; /* the text of a picture is a third longer than what is kept of it */
    if (n && !m->ended && line[0] == TOLD_PICTURE) {
        good = take_picture(m, &in);
    } else if (n && !m->ended && line[0] == TOLD_PICTURE_PAGE) {
        good = wire_read(&in, WIRE_told_page, &begun);
        m->page = good ? begun.page : m->page;
    } else if (n && !m->ended && line[0] == TOLD_PICTURES_END) {
        good = take_end(m, &in);
    }
    good = good && wire_at_end(&in);
    arena_free(scratch);
    return good;
}

static void work(void *self, Sink *lines) {
    pictures_child_draw(&((const Member *)self)->share, lines);
}

static void refuse(Shot *shot, Text why) {
    *shot = (Shot){.settled = true, .why = why};
}

typedef struct Turn { /* a wish that is to be drawn */
    int page;
    size_t wish;
} Turn;

static int by_page(const void *a, const void *b) {
    const Turn *x = a, *y = b;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    return x->wish < y->wish ? -1 : x->wish > y->wish;
}

static Turn *turns_of(const Album *album, Arena *scratch, size_t *count) {
    Turn *turns = ARENA_ARRAY(scratch, Turn, album->count + 1);
    *count = 0;
    for (size_t i = 0; i < album->count; i++)
        if (!album->shots[i].settled)
            turns[(*count)++] = (Turn){album->wishes[i].page, i};
    qsort(turns, *count, sizeof *turns, by_page);
    return turns;
}

/* Pages go round; all pictures of one are drawn by the same worker. Returns how many have any. */
static size_t share_out(Album *album, Arena *scratch, Member *members, const Turn *turns,
                        size_t count) {
    size_t jobs = (size_t)album->in.jobs, used = 0, page = 0;
    for (size_t i = 0; i < jobs; i++) {
        size_t *mine = ARENA_ARRAY(scratch, size_t, count), n = 0;
        page = 0;
        for (size_t k = 0; k < count; k++) {
            page += k && turns[k].page != turns[k - 1].page;
            if (page % jobs == i)
                mine[n++] = turns[k].wish;
        }
        if (n)
            members[used++] = (Member){
                .album = album,
                .share = {.in = &album->in, .wishes = album->wishes, .mine = mine, .count = n}};
    }
    return used;
}

/* Why a worker that broke down did, goes to what it was drawing. True: its other pictures may be
 * tried again. */
static bool judge(Album *album, Member *m, WorkerEnd *end) {
    if (end->kind == WORKER_DONE && !m->ended)
        end->kind = WORKER_GARBLED;
    bool broken = end->kind != WORKER_DONE;
    bool again =
        broken && m->page && end->kind != WORKER_TIMEOUT && end->kind != WORKER_INTERRUPTED;
    Text why = broken ? worker_reason(album->arena, end, album->in.limits) : m->trouble;
    for (size_t i = 0; why.zh && i < m->share.count; i++) {
        Shot *shot = &album->shots[m->share.mine[i]];
        bool begun = album->wishes[m->share.mine[i]].page == m->page;
        if (!shot->settled && (begun || !again))
            refuse(shot, why);
    }
    return again;
}

static bool draw_round(Album *album, Arena *scratch) {
    size_t count, jobs = (size_t)album->in.jobs;
    const Turn *turns = turns_of(album, scratch, &count);
    if (!count)
        return false;
    Member *members = ARENA_ARRAY(scratch, Member, jobs);
    WorkerTask *tasks = ARENA_ARRAY(scratch, WorkerTask, jobs);
    WorkerEnd *ends = ARENA_ARRAY(scratch, WorkerEnd, jobs);
    size_t used = share_out(album, scratch, members, turns, count);
    const char *reads[] = {album->in.path, NULL};
    bool again = false;
    for (size_t i = 0; i < used; i++)
        tasks[i] =
            (WorkerTask){.self = &members[i], .work = work, .line = take, .box = {.reads = reads}};
    worker_run_all(ends, scratch, tasks, used, album->in.limits);
    for (size_t i = 0; i < used; i++)
        again |= judge(album, &members[i], &ends[i]);
    return again;
}

static void draw_all(Album *album) {
    static const Text missing = {"没有画成", "it could not be drawn"};
    Arena *scratch = arena_new();
    for (int i = 0; i < MOST_ROUNDS && draw_round(album, scratch); i++)
        ;
    for (size_t i = 0; i < album->count; i++)
        if (!album->shots[i].settled)
            refuse(&album->shots[i], missing);
    arena_free(scratch);
}

static bool same_wish(const PictureWish *a, const PictureWish *b) {
    return a->page == b->page && a->most == b->most && a->part == b->part &&
           a->compact == b->compact && (!a->part || memcmp(&a->mm, &b->mm, sizeof a->mm) == 0);
}

static size_t wish_place(Album *album, const PictureWish *wish) {
    size_t i = 0;
    while (i < album->count && !same_wish(&album->wishes[i], wish))
        i++;
    if (i == album->count) {
        *ARENA_PUSH(album->arena, album->wishes, album->count, album->capacity) = *wish;
        (void)ARENA_PUSH(album->arena, album->shots, album->shot_count, album->shot_capacity);
    }
    return i;
}

static void expect(void *self, const PictureWish *wishes, size_t count) {
    for (size_t i = 0; i < count; i++)
        (void)wish_place(self, &wishes[i]);
}

static bool draw(void *self, Arena *a, const PictureWish *wish, ReportPicture *out, Text *why) {
    Album *album = self;
    (void)a; /* kept for whoever asks again */
    size_t i = wish_place(album, wish);
    if (!album->shots[i].settled)
        draw_all(album);
    *out = album->shots[i].picture;
    *why = album->shots[i].why;
    return album->shots[i].drawn;
}

const ReportPictures *pictures_of_artwork(Arena *a, const PicturesInput *in) {
    Album *album = ARENA_NEW(a, Album);
    album->shown = (ReportPictures){album, draw, expect};
    album->arena = a;
    album->in = *in;
    if (album->in.jobs < 1)
        album->in.jobs = 1;
    return &album->shown;
}
