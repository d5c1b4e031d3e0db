#include "read/pdf/table.h"

#include <string.h>

/* Keys that are 0 would look like free slots. */
static uint64_t spread(uint64_t key) {
    key ^= key >> 31;
    key *= 0x9e3779b97f4a7c15u;
    key ^= key >> 29;
    return key ? key : 1;
}

static size_t find(const uint64_t *keys, size_t capacity, uint64_t key) {
    size_t i = key & (capacity - 1);
    while (keys[i] && keys[i] != key)
        i = (i + 1) & (capacity - 1);
    return i;
}

static void enlarge(Table *t, Arena *a) {
    size_t capacity = t->capacity ? t->capacity * 4 : 16;
    uint64_t *keys = ARENA_ARRAY(a, uint64_t, capacity);
    void **values = ARENA_ARRAY(a, void *, capacity);
    for (size_t i = 0; i < t->capacity; i++) {
        if (!t->keys[i])
            continue;
        size_t at = find(keys, capacity, t->keys[i]);
        keys[at] = t->keys[i];
        values[at] = t->values[i];
    }
    *t = (Table){keys, values, t->count, capacity};
}

void **table_slot(Table *t, Arena *a, uint64_t key) {
    if (t->count * 2 >= t->capacity)
        enlarge(t, a);
    key = spread(key);
    size_t at = find(t->keys, t->capacity, key);
    if (!t->keys[at]) {
        t->keys[at] = key;
        t->count++;
    }
    return &t->values[at];
}

void *table_find(const Table *t, uint64_t key) {
    return t->capacity ? t->values[find(t->keys, t->capacity, spread(key))] : NULL;
}

uint64_t hash_number(uint64_t h, uint64_t v) {
    h ^= v;
    h *= 0xff51afd7ed558ccdu;
    return h ^ (h >> 32);
}

uint64_t hash_bytes(uint64_t h, const void *p, size_t n) {
    const uint8_t *s = p;
    for (; n >= 8; s += 8, n -= 8) {
        uint64_t word;
        memcpy(&word, s, 8);
        h = hash_number(h, word);
    }
    uint64_t tail = n;
    for (size_t i = 0; i < n; i++)
        tail = tail << 8 | s[i];
    return hash_number(h, tail);
}
