#include "read/read.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "read/pdf/wall.h"

#define READER(id, format, magic, within, name) bool id##_read(Facts *facts, const ReaderInput *in);
#include "read/readers.def"
#undef READER

typedef struct Reader {
    FileFormat format;
    const char *magic;
    size_t magic_bytes, within; /* the magic starts before this offset */
    bool (*read)(Facts *facts, const ReaderInput *in);
} Reader;
static const Reader readers[] = {
#define READER(id, format, magic, within, name)                                                    \
    {format, magic, sizeof(magic) - 1, within, id##_read},
#include "read/readers.def"
#undef READER
};

typedef enum Recognition { BY_BYTES, BY_TEXT, BY_NAME } Recognition;
typedef struct Foreign {
    Recognition how;
    const char *magic;
    size_t magic_bytes, at;
    const char *extension;
    FileFormat format;
    Text why;
} Foreign;
static const Foreign foreign[] = {
#define FOREIGN(how, magic, at, extension, format, zh, en)                                         \
    {BY_##how, magic, sizeof(magic) - 1, at, extension, FORMAT_##format, {zh, en}},
#include "read/formats.def"
#undef FOREIGN
};

typedef struct Mapping {
    const uint8_t *bytes;
    size_t count;
} Mapping;

static Result path_trouble(Arena *a, const char *path, int error) {
    const char *shown = text_printable(a, path, strlen(path));
    Where nowhere = {0};
    if (error == ENOENT || error == ENOTDIR)
        return result_fail(a, ERR_FILE, nowhere, "找不到文件“%s”：请核对路径和文件名",
                           "there is no file \"%s\": check the path and the name", shown);
    if (error == EISDIR)
        return result_fail(a, ERR_FILE, nowhere, "“%s”是文件夹：请给出里面的文件",
                           "\"%s\" is a folder: name the files in it", shown);
    if (error == EACCES || error == EPERM)
        return result_fail(a, ERR_FILE, nowhere, "没有权限读“%s”：请让文件的主人开放读取权限",
                           "no permission to read \"%s\": ask its owner for read access", shown);
    if (error == EINVAL)
        return result_fail(
            a, ERR_FILE, nowhere, "“%s”不是普通文件：请给出 PDF、TIFF、PNG 或 JPEG 文件",
            "\"%s\" is not a regular file: name a PDF, TIFF, PNG or JPEG file", shown);
    return result_fail(
        a, ERR_FILE, nowhere, "读不了“%s”（系统错误 %d）：请检查磁盘或共享文件夹的连接",
        "cannot read \"%s\" (system error %d): check the disk or the network folder", shown, error);
}

static Result map_file(Mapping *out, Arena *a, const char *path) {
    *out = (Mapping){.bytes = (const uint8_t *)""};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return path_trouble(a, path, errno);
    struct stat st;
    int error = fstat(fd, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
    if (!error && !S_ISREG(st.st_mode))
        error = EINVAL;
    if (!error && st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED)
            error = errno;
        else
            *out = (Mapping){p, (size_t)st.st_size};
    }
    close(fd);
    return error ? path_trouble(a, path, error) : OK;
}

/* Pages already hashed are given back at once: a file of any size adds nothing to peak memory. */
static const char *hash_file(Arena *a, const Mapping *m) {
    enum { STEP_BYTES = 1 << 20 };
    char hex[SHA256_HEX];
    Sha256 h;
    sha256_start(&h);
    for (size_t at = 0; at < m->count; at += STEP_BYTES) {
        size_t n = m->count - at < STEP_BYTES ? m->count - at : STEP_BYTES;
        sha256_add(&h, m->bytes + at, n);
        if (m->count > STEP_BYTES)
            madvise((void *)(uintptr_t)(m->bytes + at), n, MADV_DONTNEED);
    }
    sha256_end(&h, hex);
    return arena_strdup(a, hex);
}

static const Reader *reader_for(const Mapping *m) {
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const Reader *r = &readers[i];
        size_t most = r->within + r->magic_bytes;
        if (memmem(m->bytes, m->count < most ? m->count : most, r->magic, r->magic_bytes))
            return r;
    }
    return NULL;
}

bool read_recognises(const void *head, size_t n) {
    return reader_for(&(Mapping){head, n});
}

static bool text_begins(const Mapping *m, const char *word, size_t n) {
    size_t at = m->count >= 3 && memcmp(m->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < m->count && isspace(m->bytes[at]))
        at++;
    return m->count - at >= n && strncasecmp((const char *)m->bytes + at, word, n) == 0;
}

static bool foreign_fits(const Foreign *f, const Mapping *m, const char *extension) {
    if (*f->extension && !streq(f->extension, extension))
        return false;
    switch (f->how) {
    case BY_BYTES:
        return m->count >= f->at + f->magic_bytes &&
               memcmp(m->bytes + f->at, f->magic, f->magic_bytes) == 0;
    case BY_TEXT:
        return text_begins(m, f->magic, f->magic_bytes);
    case BY_NAME:
        return true;
    }
    return false;
}

static void say_foreign(File *file, const Mapping *m) {
    file->readable = 0;
    file->format = FORMAT_OTHER;
    if (m->count == 0) {
        file->unreadable_why = "文件是空的：多半没有传完，请重新发送";
        file->unreadable_why_en =
            "the file is empty: most likely it was not sent whole; send it again";
        return;
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (foreign_fits(&foreign[i], m, file->extension)) {
            file->format = foreign[i].format;
            file->unreadable_why = foreign[i].why.zh;
            file->unreadable_why_en = foreign[i].why.en;
            return;
        }
    file->unreadable_why =
        "这不是 PDF、TIFF、PNG、JPEG，也认不出是什么文件：请从原来的软件导出其中一种再检查";
    file->unreadable_why_en = "this is neither PDF, TIFF, PNG nor JPEG, nor any format known here: "
                              "export one of these from the program it was made in";
}

static void read_bytes(Facts *out, File *file, const Mapping *m, const ReadPlan *plan,
                       const ReadListener *listener) {
    const Reader *r = reader_for(m);
    if (r) {
        file->format = (uint8_t)r->format;
        ReaderInput in = {m->bytes, m->count, plan, listener, file};
        if (r->read(out, &in))
            return;
        file->readable = 0;
    } else {
        say_foreign(file, m);
    }
    file->all_pages_read = 0;
    if (listener->open)
        listener->open(listener->self, out);
    if (listener->close)
        listener->close(listener->self, out);
}

Result read_file(Facts *out, const char *path, const char *name, const ReadPlan *plan,
                 const ReadListener *listener) {
    Mapping m;
    TRY(map_file(&m, out->document, path));
    File *file = facts_add(out, FACT_file);
    file_name_facts(file, out->document, name);
    file->bytes = (double)m.count;
    file->sha256 = hash_file(out->document, &m);
    read_bytes(out, file, &m, plan, listener);
    if (m.count)
        munmap((void *)(uintptr_t)m.bytes, m.count);
    return OK;
}

const char *reader_versions(void) {
    return poppler_version();
}
