#include "run/ordered.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COPY_BYTES = 65536 };

Ordered ordered_open(Arena *a, Sink *to, size_t count) {
    Ordered o = {.to = to, .pieces = ARENA_ARRAY(a, OrderedPiece, count), .count = count, .fd = -1};
    for (size_t i = 0; i < count; i++)
        o.pieces[i].offset = -1;
    return o;
}

static bool has_file(Ordered *o) {
    if (o->fd >= 0)
        return true;
    const char *folder = getenv("TMPDIR");
    char name[4096];
    folder = folder && *folder ? folder : "/tmp";
    if (!(snprintf(name, sizeof name, "%s/chupin.XXXXXX", folder) < (int)sizeof name))
        return false;
    o->fd = mkostemp(name, O_CLOEXEC);
    if (o->fd >= 0)
        unlink(name);
    else
        o->error = errno;
    return o->fd >= 0;
}

static void keep(Ordered *o, OrderedPiece *piece, Str bytes) {
    piece->offset = o->end;
    piece->bytes = bytes.n;
    for (size_t done = 0; bytes.n > done && !o->error && has_file(o);) {
        ssize_t n = pwrite(o->fd, bytes.p + done, bytes.n - done, o->end);
        if (n < 0 && errno != EINTR)
            o->error = errno;
        done += n > 0 ? (size_t)n : 0;
        o->end += n > 0 ? n : 0;
    }
}

static void part(Ordered *o) {
    if (o->some)
        sink_str(o->to, o->between);
    o->some = true;
}

static void leave(Ordered *o, const OrderedPiece *piece) {
    char buffer[COPY_BYTES];
    part(o);
    for (size_t done = 0; done < piece->bytes && !o->error;) {
        size_t want = piece->bytes - done < sizeof buffer ? piece->bytes - done : sizeof buffer;
        ssize_t n = pread(o->fd, buffer, want, piece->offset + (int64_t)done);
        if (n == 0 || (n < 0 && errno != EINTR))
            o->error = n ? errno : EIO;
        if (n > 0)
            sink_write(o->to, buffer, (size_t)n), done += (size_t)n;
    }
}

/* Nothing waits any more: the file begins anew. */
static void rewind_file(Ordered *o) {
    if (o->fd >= 0 && o->end && ftruncate(o->fd, 0) == 0)
        o->end = 0;
}

void ordered_put(Ordered *o, size_t i, Str bytes) {
    if (i != o->next || o->holds) {
        keep(o, &o->pieces[i], bytes);
        o->waiting++;
        return;
    }
    part(o);
    sink_write(o->to, bytes.p, bytes.n);
    for (o->next++; o->next < o->count && o->pieces[o->next].offset >= 0; o->next++) {
        leave(o, &o->pieces[o->next]);
        o->pieces[o->next].offset = -1;
        o->waiting--;
    }
    if (!o->waiting)
        rewind_file(o);
    sink_flush(o->to);
}

void ordered_close(Ordered *o, bool rest) {
    for (; rest && o->next < o->count; o->next++)
        if (o->pieces[o->next].offset >= 0)
            leave(o, &o->pieces[o->next]);
    if (o->fd >= 0)
        close(o->fd);
    o->fd = -1;
    sink_flush(o->to);
}
