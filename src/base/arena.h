/* Arenas: memory that is given back all at once.
 *
 * Whoever makes an arena frees it; what is allocated in it lives exactly as long as it does, or until the arena is
 * rewound to a mark taken before. A function that takes an `Arena *` allocates its result there. Memory is zeroed and
 * aligned to 16 bytes. Running out of memory ends the process with one line: nothing in chupin unwinds from that.
 * With CHUPIN_ARENA_DEBUG each item is its own malloc, so that ASan and valgrind see every overrun.
 *
 *     Arena *a = arena_new();
 *     Page *p = ARENA_NEW(a, Page);
 *     arena_free(a);
 */
#ifndef CHUPIN_BASE_ARENA_H
#define CHUPIN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;
typedef struct ArenaMark {
    void *block;
    size_t used;
} ArenaMark;

Arena *arena_new(void);
void arena_free(Arena *a); /* NULL is allowed */
void *arena_alloc(Arena *a, size_t size);
/* Makes an array of `old_size` bytes at `p` (NULL: none) at least `size` bytes large; the tail is zeroed. */
void *arena_grow(Arena *a, void *p, size_t old_size, size_t size);
char *arena_copy(Arena *a, const char *s, size_t n); /* NUL-terminated copy */
char *arena_strdup(Arena *a, const char *s);         /* NULL stays NULL */
__attribute__((format(printf, 2, 3))) char *arena_printf(Arena *a, const char *format, ...);
char *arena_vprintf(Arena *a, const char *format, va_list args);
ArenaMark arena_mark(const Arena *a);
void arena_rewind(Arena *a, ArenaMark mark); /* everything allocated since the mark is gone */
size_t arena_bytes(const Arena *a);          /* bytes held from the system */

#define ARENA_NEW(a, T)      ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (size_t)(n)))

/* Appends one zeroed item to an arena array kept as (pointer, count, capacity) and points to it. */
#define ARENA_PUSH(a, items, count, capacity)                                                                          \
    (((count) == (capacity)                                                                                            \
          ? ((items) = arena_grow((a), (items), (count) * sizeof *(items),                                             \
                                  ((capacity) ? (capacity)*2 : 8) * sizeof *(items)),                                  \
             (void)((capacity) = (capacity) ? (capacity)*2 : 8))                                                       \
          : (void)0),                                                                                                  \
     &(items)[(count)++])

#endif
