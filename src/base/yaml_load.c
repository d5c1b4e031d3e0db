#include "base/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_FILE = 4 * 1024 * 1024 };

static Result read_failed(Arena *a, const char *path, int error) {
    return result_fail(a, ERR_FILE, (Where){.file = arena_strdup(a, path)}, "读不了这个文件：%s。",
                       "this file cannot be read: %s", strerror(error));
}

static Result read_open(Str *out, Arena *a, const char *path, int fd) {
    struct stat info;
    if (fstat(fd, &info) < 0)
        return read_failed(a, path, errno);
    if (!S_ISREG(info.st_mode))
        return read_failed(a, path, S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
    if (info.st_size > LARGEST_FILE)
        return result_fail(a, ERR_LIMIT, (Where){.file = arena_strdup(a, path)},
                           "文件超过 %d MB，不像是设置文件。",
                           "the file is larger than %d MB; that is no settings file",
                           LARGEST_FILE / (1024 * 1024));
    size_t size = (size_t)info.st_size, count = 0;
    char *bytes = arena_alloc(a, size + 1);
    while (count < size) {
        ssize_t n = read(fd, bytes + count, size - count);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return read_failed(a, path, errno);
        if (n == 0)
            break;
        count += (size_t)n;
    }
    *out = (Str){bytes, count};
    return OK;
}

static Result read_whole(Str *out, Arena *a, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return read_failed(a, path, errno);
    Result r = read_open(out, a, path, fd);
    close(fd);
    return r;
}

/* Windows Notepad's "Unicode" is UTF-16 with a byte order mark. */
static bool from_utf16(Str *text, Arena *a) {
    const uint8_t *p = (const uint8_t *)text->p;
    bool little = text->n >= 2 && p[0] == 0xFF && p[1] == 0xFE;
    bool big = text->n >= 2 && p[0] == 0xFE && p[1] == 0xFF;
    if (!little && !big)
        return false;
    uint8_t *units = arena_alloc(a, text->n + 1);
    for (size_t i = 0; i + 1 < text->n; i += 2) {
        units[i] = p[little ? i + 1 : i];
        units[i + 1] = p[little ? i : i + 1];
    }
    *text = str_of(text_from_utf16be(a, units, text->n));
    return true;
}

Result yaml_load(YamlText *out, Arena *a, const char *path) {
    *out = (YamlText){.file = arena_strdup(a, path)};
    Str text = {0};
    TRY(read_whole(&text, a, path));
    if (str_starts(text, "\xEF\xBB\xBF"))
        text = (Str){text.p + 3, text.n - 3};
    if (!from_utf16(&text, a) && !text_valid(text.p, text.n)) {
        const char *converted = text_from_gbk(a, text.p, text.n);
        if (!converted)
            return result_fail(a, ERR_USAGE, (Where){.file = out->file},
                               "文件的文字编码既不是 UTF-8 也不是 GBK，请另存为 UTF-8。",
                               "the text is neither UTF-8 nor GBK; save the file as UTF-8");
        text = str_of(converted);
        out->was_gbk = true;
    }
    out->text = text;
    return OK;
}
