/* Where output goes: a file descriptor or memory. Writers keep the first failure and go on quietly;
 * `sink_close` says it once. */
#ifndef CHUPIN_BASE_SINK_H
#define CHUPIN_BASE_SINK_H

#include "base/result.h"

typedef struct Sink {
    Arena *arena; /* memory sink: the text grows here */
    int fd;       /* -1: memory sink */
    char *bytes;
    size_t count, capacity;
    int error; /* errno of the first failed write */
} Sink;

Sink sink_memory(Arena *a);
Sink sink_fd(Arena *a, int fd); /* buffered; the descriptor stays the caller's */
void sink_write(Sink *s, const char *p, size_t n);
void sink_str(Sink *s, const char *text); /* NULL writes nothing */
void sink_char(Sink *s, char c);
__attribute__((format(printf, 2, 3))) void sink_format(Sink *s, const char *format, ...);
void sink_pad(Sink *s, int columns); /* that many spaces */
void sink_flush(Sink *s);
Result sink_close(Sink *s, Arena *a);
Str sink_text(const Sink *s); /* memory sink: what was written so far */

#endif
