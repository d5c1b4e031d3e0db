#include "base/arena.h"

#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void memory_is_zeroed_and_aligned(void **state) {
    (void)state;
    Arena *a = arena_new();
    for (size_t size = 1; size < 100; size++) {
        unsigned char *p = arena_alloc(a, size);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    arena_free(a);
}

static void memory_after_a_rewind_is_zeroed_again(void **state) {
    (void)state;
    Arena *a = arena_new();
    arena_alloc(a, 16);
    ArenaMark mark = arena_mark(a);
    memset(arena_alloc(a, 64), 0xAA, 64);
    arena_rewind(a, mark);
    const unsigned char *p = arena_alloc(a, 64);
    for (size_t i = 0; i < 64; i++)
        assert_int_equal(p[i], 0);
    arena_free(a);
}

static void rewinding_to_an_empty_mark_gives_everything_back(void **state) {
    (void)state;
    Arena *a = arena_new();
    ArenaMark mark = arena_mark(a);
    for (int i = 0; i < 1000; i++)
        arena_alloc(a, 1000);
    assert_true(arena_bytes(a) >= 1000 * 1000);
    arena_rewind(a, mark);
    assert_int_equal(arena_bytes(a), 0);
    assert_non_null(arena_alloc(a, 10));
    arena_free(a);
}

static void what_stands_before_a_mark_survives_the_rewind(void **state) {
    (void)state;
    Arena *a = arena_new();
    char *kept = arena_strdup(a, "出品");
    ArenaMark mark = arena_mark(a);
    for (int i = 0; i < 100; i++)
        arena_printf(a, "%d", i);
    arena_rewind(a, mark);
    arena_strdup(a, "other");
    assert_string_equal(kept, "出品");
    arena_free(a);
}

static void a_grown_array_keeps_its_items_and_zeroes_its_tail(void **state) {
    (void)state;
    Arena *a = arena_new();
    unsigned char *p = arena_grow(a, NULL, 0, 20);
    memset(p, 7, 20);
    p = arena_grow(a, p, 20, 5000);
    assert_int_equal(p[19], 7);
    for (size_t i = 20; i < 5000; i++)
        assert_int_equal(p[i], 0);
    arena_free(a);
}

static void growing_does_not_touch_a_younger_item(void **state) {
    (void)state;
    Arena *a = arena_new();
    char *old = arena_copy(a, "old", 3);
    char *young = arena_copy(a, "young", 5);
    char *grown = arena_grow(a, old, 4, 64);
    memset(grown + 4, 'x', 60);
    assert_string_equal(young, "young");
    arena_free(a);
}

static void pushing_keeps_every_item_in_order(void **state) {
    (void)state;
    Arena *a = arena_new();
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++)
        *ARENA_PUSH(a, items, count, capacity) = i;
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    arena_free(a);
}

static void one_large_item_gets_a_block_of_its_own(void **state) {
    (void)state;
    Arena *a = arena_new();
    size_t size = 5 * 1024 * 1024;
    char *p = arena_alloc(a, size);
    p[size - 1] = 1;
    assert_true(arena_bytes(a) >= size);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(memory_after_a_rewind_is_zeroed_again),
        cmocka_unit_test(rewinding_to_an_empty_mark_gives_everything_back),
        cmocka_unit_test(what_stands_before_a_mark_survives_the_rewind),
        cmocka_unit_test(a_grown_array_keeps_its_items_and_zeroes_its_tail),
        cmocka_unit_test(growing_does_not_touch_a_younger_item),
        cmocka_unit_test(pushing_keeps_every_item_in_order),
        cmocka_unit_test(one_large_item_gets_a_block_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
