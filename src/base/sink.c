#include "base/sink.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024 };

Sink sink_memory(Arena *a) {
    return (Sink){.arena = a, .fd = -1};
}

Sink sink_fd(Arena *a, int fd) {
    return (Sink){.arena = a, .fd = fd, .bytes = arena_alloc(a, BUFFER), .capacity = BUFFER};
}

static void write_out(Sink *s, const char *p, size_t n) {
    while (n && !s->error) {
        ssize_t done = write(s->fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            s->error = errno;
            return;
        }
        p += done;
        n -= (size_t)done;
    }
}

void sink_flush(Sink *s) {
    if (s->fd < 0)
        return;
    write_out(s, s->bytes, s->count);
    s->count = 0;
}

/* Memory sinks keep one zero byte after the text, so that it is also a C string. */
static void grow(Sink *s, size_t n) {
    size_t wanted = s->count + n + 1;
    if (wanted <= s->capacity)
        return;
    size_t capacity = s->capacity ? s->capacity * 2 : 256;
    if (capacity < wanted)
        capacity = wanted;
    s->bytes = arena_grow(s->arena, s->bytes, s->capacity, capacity);
    s->capacity = capacity;
}

void sink_write(Sink *s, const char *p, size_t n) {
    if (!n)
        return;
    if (s->fd < 0) {
        grow(s, n);
    } else if (n > s->capacity - s->count) {
        sink_flush(s);
        if (n > s->capacity) {
            write_out(s, p, n);
            return;
        }
    }
    memcpy(s->bytes + s->count, p, n);
    s->count += n;
}

void sink_str(Sink *s, const char *text) {
    if (text)
        sink_write(s, text, strlen(text));
}

void sink_char(Sink *s, char c) {
    if (s->count + 1 < s->capacity) {
        s->bytes[s->count++] = c;
        return;
    }
    sink_write(s, &c, 1);
}

void sink_format(Sink *s, const char *format, ...) {
    char text[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(text, sizeof text, format, args);
    if (n >= (int)sizeof text)
        sink_str(s, arena_vprintf(s->arena, format, again));
    else if (n > 0)
        sink_write(s, text, (size_t)n);
    va_end(again);
    va_end(args);
}

void sink_pad(Sink *s, int columns) {
    static const char spaces[] = "                                ";
    for (; columns > 0; columns -= (int)sizeof spaces - 1) {
        size_t n = (size_t)columns < sizeof spaces - 1 ? (size_t)columns : sizeof spaces - 1;
        sink_write(s, spaces, n);
    }
}

Result sink_close(Sink *s, Arena *a) {
    sink_flush(s);
    if (!s->error)
        return OK;
    return result_fail(a, ERR_OUTPUT, (Where){0}, "结果写不出去：%s。请检查磁盘空间和权限后再试。",
                       "the result cannot be written: %s; check disk space and permissions",
                       strerror(s->error));
}

Str sink_text(const Sink *s) {
    return s->bytes ? (Str){s->bytes, s->count} : STR("");
}
