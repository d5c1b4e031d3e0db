#include "watch/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_DIGITS = 64, BITS_DIGITS = 16, FIRST_SIZE = 1024 };

static uint64_t bits_of(const char *key) {
    char first[BITS_DIGITS + 1];
    if (strspn(key, "0123456789abcdef") != KEY_DIGITS)
        return 0;
    memcpy(first, key, BITS_DIGITS);
    first[BITS_DIGITS] = 0;
    uint64_t bits = strtoull(first, NULL, 16);
    return bits ? bits : 1;
}

static size_t slot(const Memory *m, uint64_t bits) {
    size_t i = bits & (m->size - 1);
    while (m->keys[i] && m->keys[i] != bits)
        i = (i + 1) & (m->size - 1);
    return i;
}

static void grow(Memory *m) {
    Memory larger = {.arena = arena_new(), .path = m->path, .size = 2 * m->size};
    larger.keys = ARENA_ARRAY(larger.arena, uint64_t, larger.size);
    for (size_t i = 0; i < m->size; i++)
        if (m->keys[i])
            larger.keys[slot(&larger, m->keys[i])] = m->keys[i];
    larger.count = m->count;
    arena_free(m->arena);
    *m = larger;
}

static bool learn(Memory *m, uint64_t bits) {
    if (!bits || m->keys[slot(m, bits)])
        return false;
    m->keys[slot(m, bits)] = bits;
    if (++m->count > m->size / 2)
        grow(m);
    return true;
}

void memory_open(Memory *m, const char *path) {
    *m = (Memory){.arena = arena_new(), .path = path, .size = FIRST_SIZE};
    m->keys = ARENA_ARRAY(m->arena, uint64_t, m->size);
    FILE *f = fopen(path, "re");
    char line[2 * KEY_DIGITS];
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        learn(m, bits_of(line));
    }
    if (f)
        fclose(f);
}

bool memory_knows(const void *memory, const char *key) {
    const Memory *m = memory;
    uint64_t bits = m->keys ? bits_of(key) : 0;
    return bits && m->keys[slot(m, bits)];
}

/* With a line end before it as well, so that half a line of a killed writer spoils no other. */
int memory_add(Memory *m, const char *key) {
    char line[KEY_DIGITS + 3];
    if (!learn(m, bits_of(key)))
        return 0;
    int n = snprintf(line, sizeof line, "\n%s\n", key);
    int fd = open(m->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return errno;
    int error = write(fd, line, (size_t)n) == n ? 0 : errno ? errno : ENOSPC;
    return close(fd) == 0 ? error : errno;
}

void memory_close(Memory *m) {
    arena_free(m->arena);
    *m = (Memory){0};
}
