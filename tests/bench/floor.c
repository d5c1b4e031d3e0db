/* F, the least work that any reader of a PDF's content has to do: inflate every stream that is
 * neither image nor font, and split its bytes into tokens with one table. No numbers, no matrices,
 * no state, no rules. Streams without a filter are only split. Prints the CPU milliseconds of this
 * work alone (median of five), the bytes and the tokens.
 *
 *     bench-floor FILE */
#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define RUNS 5

typedef struct {
    const unsigned char *at, *end;
} Bytes;

typedef struct {
    size_t bytes, tokens;
} Work;

enum { SPACE, REGULAR, LETTER, DELIMITER };

static double cpu_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void fill_classes(unsigned char classes[256]) {
    for (int c = 0; c < 256; c++) {
        if (isalpha(c) || c == '\'' || c == '"' || c == '*')
            classes[c] = LETTER;
        else if (c && strchr("()<>[]{}/%", c))
            classes[c] = DELIMITER;
        else
            classes[c] = c > ' ' ? REGULAR : SPACE;
    }
}

static void split(Work *w, const unsigned char classes[256], const unsigned char *data,
                  size_t size) {
    unsigned before = SPACE;
    size_t tokens = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned now = classes[data[i]];
        tokens += now != SPACE && now != before;
        before = now;
    }
    w->tokens += tokens;
    w->bytes += size;
}

static void inflate_and_split(Work *w, const unsigned char classes[256], Bytes in) {
    static unsigned char out[65536];
    z_stream z = {.next_in = (unsigned char *)in.at, .avail_in = (uInt)(in.end - in.at)};
    if (inflateInit(&z) != Z_OK)
        return;
    int state;
    do {
        z.next_out = out;
        z.avail_out = sizeof out;
        state = inflate(&z, Z_NO_FLUSH);
        split(w, classes, out, sizeof out - z.avail_out);
    } while (state == Z_OK);
    inflateEnd(&z);
}

static const unsigned char *find(Bytes in, const char *word) {
    return memmem(in.at, (size_t)(in.end - in.at), word, strlen(word));
}

/* The value of a direct /Length, or 0. */
static size_t direct_length(Bytes dict) {
    const unsigned char *at = find(dict, "/Length ");
    return at ? (size_t)strtoul((const char *)at + 8, NULL, 10) : 0;
}

/* Stream dictionaries are recognised by their keys; nothing is resolved. Data is jumped over by its
 * length, so that a large image costs nothing here. */
static Work walk(Bytes file, const unsigned char classes[256]) {
    Work w = {0};
    const unsigned char *word;
    while ((word = find(file, "stream"))) {
        Bytes dict = {file.at, word};
        const unsigned char *data = word + 6;
        data += data < file.end && *data == '\r';
        data += data < file.end && *data == '\n';
        size_t size = direct_length(dict);
        if (size == 0 || size > (size_t)(file.end - data)) {
            const unsigned char *end = find((Bytes){data, file.end}, "endstream");
            size = end ? (size_t)(end - data) : (size_t)(file.end - data);
        }
        for (const unsigned char *object; (object = find(dict, " obj"));)
            dict.at = object + 4;
        bool other = find(dict, "/Image") || find(dict, "/Length1") || find(dict, "/FontFile") ||
                     find(dict, "Type1C") || find(dict, "/OpenType") || find(dict, "/Metadata");
        Bytes body = {data, data + size};
        if (!other && find(dict, "/FlateDecode"))
            inflate_and_split(&w, classes, body);
        else if (!other && !find(dict, "/Filter"))
            split(&w, classes, data, size);
        const unsigned char *end = find((Bytes){data + size, file.end}, "endstream");
        file.at = end ? end + 9 : file.end;
    }
    return w;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    struct stat info;
    int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    if (fd < 0 || fstat(fd, &info) != 0 || info.st_size == 0) {
        fputs("usage: bench-floor FILE\n", stderr);
        return 2;
    }
    const unsigned char *data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED)
        return 2;
    unsigned char classes[256];
    fill_classes(classes);
    double times[RUNS];
    Work w = {0};
    for (int run = 0; run < RUNS; run++) {
        double start = cpu_ms();
        w = walk((Bytes){data, data + info.st_size}, classes);
        times[run] = cpu_ms() - start;
    }
    qsort(times, RUNS, sizeof *times, by_value);
    printf("%.3f ms %zu bytes %zu tokens\n", times[RUNS / 2], w.bytes, w.tokens);
    return 0;
}
