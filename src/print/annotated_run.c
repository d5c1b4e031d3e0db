/* The annotated copy is made in a worker, as all that is read of artwork: what comes of it is told
 * in pieces. Letters and pictures are ready before: no font and no other file is opened there. */
#include "print/annotated_parts.h"

#include <errno.h>
#include <nettle/base64.h>
#include <string.h>
#include <sys/stat.h>

#include "run/wire.h"
#include "run/worker.h"

/* A line is a letter: a piece of the copy in base64, or how it ended as a WireResult. */
enum { TOLD_PIECE = 'p', TOLD_END = 'z', PIECE_BYTES = 3 << 18 };

typedef struct Making {
    Copy *copy;
    Arena *arena;
    Sink *to;
    uint8_t *piece; /* at hand */
    bool ended;
    Result result;
} Making;

/* ---- in the worker ---- */

static void tell_copy(Arena *a, Sink *lines, Str bytes) {
    char *text = arena_alloc(a, BASE64_ENCODE_RAW_LENGTH(PIECE_BYTES) + 1);
    for (size_t at = 0; at < bytes.n; at += PIECE_BYTES) {
        size_t n = bytes.n - at < PIECE_BYTES ? bytes.n - at : PIECE_BYTES;
        base64_encode_raw(text, n, (const uint8_t *)bytes.p + at);
        sink_char(lines, TOLD_PIECE);
        sink_write(lines, text, BASE64_ENCODE_RAW_LENGTH(n));
        sink_char(lines, '\n');
    }
}

static void work(void *self, Sink *lines) {
    Making *m = self;
    Str bytes = {"", 0};
    Result r = copy_make(m->copy, &bytes);
    if (!r.kind)
        tell_copy(m->arena, lines, bytes);
    sink_char(lines, TOLD_END);
    wire_write(lines, WIRE_result, &(WireResult){r.kind, r.text});
    sink_char(lines, '\n');
}

/* ---- outside ---- */

static bool take_piece(const Making *m, const char *text, size_t n) {
    struct base64_decode_ctx state;
    size_t count = PIECE_BYTES;
    if (n > BASE64_ENCODE_RAW_LENGTH(PIECE_BYTES))
        return false;
    base64_decode_init(&state);
    if (!base64_decode_update(&state, &count, m->piece, n, text) || !base64_decode_final(&state))
        return false;
    sink_write(m->to, (const char *)m->piece, count);
    return true;
}

static bool take_end(Making *m, const char *text, size_t n) {
    WireReader in = {.arena = m->arena, .p = text, .end = text + n};
    WireResult told;
    if (!wire_read(&in, WIRE_result, &told) || !wire_at_end(&in) || (told.kind && !told.text.zh))
        return false;
    m->ended = true;
    m->result = (Result){.kind = told.kind, .text = told.text};
    return true;
}

static bool take(void *self, const char *line, size_t n) {
    Making *m = self;
    if (!n || m->ended)
        return false;
    if (line[0] == TOLD_PIECE)
        return take_piece(m, line + 1, n - 1);
    return line[0] == TOLD_END && take_end(m, line + 1, n - 1);
}

/* Pictures as they were drawn before. */
typedef struct Album {
    PictureWish *wishes;
    ReportPicture *pictures;
    Text *whys;
    bool *drawn;
    size_t count;
} Album;

static bool look_up(void *self, Arena *a, const PictureWish *wish, ReportPicture *out, Text *why) {
    static const Text none = {"没有它的画面", "there is no picture of it"};
    const Album *album = self;
    (void)a;
    *why = none;
    for (size_t i = 0; i < album->count; i++) {
        if (album->wishes[i].page != wish->page)
            continue;
        *out = album->pictures[i];
        *why = album->whys[i];
        return album->drawn[i];
    }
    return false;
}

static Album draw_album(const Copy *c) {
    const ReportPictures *from = c->style->pictures;
    Album album = {.wishes = copy_wishes(c, &album.count)};
    album.pictures = ARENA_ARRAY(c->arena, ReportPicture, album.count + 1);
    album.whys = ARENA_ARRAY(c->arena, Text, album.count + 1);
    album.drawn = ARENA_ARRAY(c->arena, bool, album.count + 1);
    if (!from)
        album.count = 0;
    else if (from->expect && album.count)
        from->expect(from->self, album.wishes, album.count);
    for (size_t i = 0; i < album.count; i++)
        album.drawn[i] =
            from->draw(from->self, c->arena, &album.wishes[i], &album.pictures[i], &album.whys[i]);
    return album;
}

static Result outcome(const Making *m, const WorkerEnd *end, const WorkerLimits *limits) {
    if (end->kind == WORKER_DONE && m->ended)
        return m->result;
    WorkerEnd how = *end;
    how.kind = how.kind == WORKER_DONE ? WORKER_GARBLED : how.kind;
    Text why = worker_reason(m->arena, &how, limits);
    return copy_trouble(m->copy, why.zh, why.en);
}

Result copy_run(Copy *c, Sink *to) {
    struct stat s;
    Album album = draw_album(c);
    ReportPictures pictures = {.self = &album, .draw = look_up};
    ReportStyle style = *c->style;
    const ReportStyle *given = c->style;
    const char *reads[] = {style.artwork, NULL};
    Making m = {.copy = c, .arena = c->arena, .to = to};
    m.piece = arena_alloc(c->arena, PIECE_BYTES);
    WorkerTask task = {.self = &m, .work = work, .line = take, .box = {.reads = reads}};
    WorkerLimits limits =
        worker_limits(0, stat(style.artwork, &s) == 0 ? 4 * (double)s.st_size : 0);
    style.pictures = &pictures;
    c->style = &style;
    letters_ready(c);
    WorkerEnd end = worker_run(c->arena, &task, &limits);
    c->style = given;
    return outcome(&m, &end, &limits);
}
