#include "watch/notes.h"

#include "base/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *note_path(Arena *a, const char *artwork) {
    enum { LONGEST = 230 }; /* bytes of a name, so that the ending fits into 255 */
    const char *slash = strrchr(artwork, '/'), *name = slash ? slash + 1 : artwork;
    size_t n = strlen(name);
    while (n > LONGEST || (n < strlen(name) && n > 0 && (name[n] & 0xc0) == 0x80))
        n--;
    return arena_printf(a, "%.*s" NOTE_ENDING, (int)((size_t)(name - artwork) + n), artwork);
}

const char *note_artwork(Arena *a, const char *note) {
    size_t n = strlen(note), e = sizeof NOTE_ENDING - 1;
    if (n <= e || !streq(note + n - e, NOTE_ENDING))
        return NULL;
    return arena_copy(a, note, n - e);
}

int note_write(Arena *a, const char *path, const char *text) {
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    const char *beside = arena_printf(a, "%.*s.chupin-%d.tmp", (int)folder, path, (int)getpid());
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return errno;
    Sink to = sink_fd(a, fd);
    sink_str(&to, "\xEF\xBB\xBF");
    for (const char *p = text; *p; p++) {
        if (*p == '\n')
            sink_char(&to, '\r');
        sink_char(&to, *p);
    }
    sink_flush(&to);
    int error = to.error ? to.error : fsync(fd) ? errno : 0;
    if (close(fd) && !error)
        error = errno;
    if (!error && rename(beside, path))
        error = errno;
    if (error)
        unlink(beside);
    return error;
}
