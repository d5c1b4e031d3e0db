/* Runs a fuzz target as an ordinary test: every seed file as it is, then changed in ways that a fixed random sequence
 * chooses, so that the same run happens everywhere. With libFuzzer this file is not linked.
 *
 *     fuzz_expr -n 500 seeds/expr/... */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LARGEST_SEED = 4 << 20, PATH_BYTES = 4096 };

static uint32_t random_state = 20060502;

static uint32_t next_random(void) {
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

/* One small change: a byte, a bit, a piece removed, a piece repeated, or the end cut off. Returns the new size. */
static size_t mutate(uint8_t *p, size_t n) {
    if (n == 0)
        return 0;
    size_t at = next_random() % n, length = 1 + next_random() % 16;
    if (length > n - at)
        length = n - at;
    switch (next_random() % 5) {
    case 0:
        p[at] = (uint8_t)next_random();
        return n;
    case 1:
        p[at] ^= (uint8_t)(1u << next_random() % 8);
        return n;
    case 2:
        memmove(p + at, p + at + length, n - at - length);
        return n - length;
    case 3: {
        size_t from = next_random() % (n - length + 1);
        memmove(p + at, p + from, length);
        return n;
    }
    case 4:
        return next_random() % 8 == 0 ? at : n;
    }
    return n;
}

static void run_seed(const char *path, int mutations) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "cannot read seed %s\n", path);
        exit(2);
    }
    uint8_t *seed = malloc(LARGEST_SEED), *copy = malloc(LARGEST_SEED);
    if (!seed || !copy)
        exit(2);
    size_t n = fread(seed, 1, LARGEST_SEED, f);
    fclose(f);
    LLVMFuzzerTestOneInput(seed, n);
    for (int i = 0; i < mutations; i++) {
        memcpy(copy, seed, n);
        size_t size = n;
        for (uint32_t changes = 1 + next_random() % 6; changes; changes--)
            size = mutate(copy, size);
        LLVMFuzzerTestOneInput(copy, size);
    }
    free(seed);
    free(copy);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int run_path(const char *path, int mutations) {
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
        run_seed(path, mutations);
        return 1;
    }
    struct dirent **names = NULL;
    int count = scandir(path, &names, NULL, by_name), run = 0;
    for (int i = 0; i < count; i++) {
        char inside[PATH_BYTES];
        if (names[i]->d_name[0] != '.' &&
            snprintf(inside, sizeof inside, "%s/%s", path, names[i]->d_name) < (int)sizeof inside)
            run += run_path(inside, mutations);
        free(names[i]);
    }
    free(names);
    return run;
}

int main(int argc, char **argv) {
    int mutations = 100, seeds = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            mutations = atoi(argv[++i]);
        else
            seeds += run_path(argv[i], mutations);
    }
    if (seeds == 0) {
        fprintf(stderr, "no seeds\n");
        return 2;
    }
    printf("%d seeds, %d mutations each\n", seeds, mutations);
    return 0;
}
