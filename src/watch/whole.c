/* Is the end of a file there? A copy that is under way may have its full length from the start, so
 * the format itself is asked. */
#include "watch/names.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 1024, TAIL = 2048 };

typedef struct Ends {
    int fd;
    off_t size;
    unsigned char head[HEAD], tail[TAIL];
    size_t head_bytes, tail_bytes;
} Ends;

static bool read_ends(Ends *e) {
    off_t from = e->size > TAIL ? e->size - TAIL : 0;
    ssize_t head = pread(e->fd, e->head, HEAD, 0), tail = pread(e->fd, e->tail, TAIL, from);
    e->head_bytes = head > 0 ? (size_t)head : 0;
    e->tail_bytes = tail > 0 ? (size_t)tail : 0;
    return head > 0 && tail > 0;
}

static bool begins(const Ends *e, const char *magic, size_t n) {
    return e->head_bytes >= n && memcmp(e->head, magic, n) == 0;
}

static bool at_end(const Ends *e, const char *mark, size_t n) {
    return memmem(e->tail, e->tail_bytes, mark, n) != NULL;
}

static uint64_t number(const unsigned char *p, size_t n, bool big) {
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++)
        value |= (uint64_t)p[i] << 8 * (big ? n - 1 - i : i);
    return value;
}

/* TIFF 6.0, section 2, and BigTIFF: the first directory, which most programs write last, lies
 * inside the file with all its entries. */
static bool tiff_is_whole(const Ends *e, bool big, bool wide) {
    size_t offset_bytes = wide ? 8 : 4, count_bytes = wide ? 8 : 2, entry = wide ? 20 : 12;
    unsigned char raw[8];
    uint64_t size = (uint64_t)e->size, at = number(e->head + (wide ? 8 : 4), offset_bytes, big);
    if (e->head_bytes < 16 || at < 8 || at >= size || size - at < count_bytes ||
        pread(e->fd, raw, count_bytes, (off_t)at) != (ssize_t)count_bytes)
        return false;
    uint64_t count = number(raw, count_bytes, big);
    return count > 0 && count <= (size - at - count_bytes) / entry;
}

static bool is_whole(const Ends *e) {
    if (memmem(e->head, e->head_bytes, "%PDF-", 5))
        return at_end(e, "%%EOF", 5);
    if (begins(e, "\x89PNG", 4))
        return at_end(e, "IEND", 4);
    if (begins(e, "\xff\xd8\xff", 3))
        return at_end(e, "\xff\xd9", 2);
    if (begins(e, "II*\0", 4) || begins(e, "MM\0*", 4))
        return tiff_is_whole(e, *e->head == 'M', false);
    if (begins(e, "II+\0", 4) || begins(e, "MM\0+", 4))
        return tiff_is_whole(e, *e->head == 'M', true);
    return true;
}

bool file_is_whole(const char *path) {
    struct stat s;
    Ends e = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)};
    if (e.fd < 0)
        return false;
    bool whole = fstat(e.fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0;
    e.size = whole ? s.st_size : 0;
    whole = whole && read_ends(&e) && is_whole(&e);
    close(e.fd);
    return whole;
}
