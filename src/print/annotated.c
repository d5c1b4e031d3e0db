#include "print/annotated.h"
#include "print/annotated_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"

/* The whole artwork, mapped to be read. */
typedef struct Bytes {
    const char *p;
    size_t n;
} Bytes;

Result copy_trouble(const Copy *c, const char *zh, const char *en) {
    return (Result){.kind = ERR_OUTPUT,
                    .text = {arena_printf(c->arena, "批注稿没有做：%s", zh),
                             arena_printf(c->arena, "no annotated copy: %s", en)}};
}

static Result map(Bytes *out, const Copy *c) {
    struct stat s;
    int fd = open(c->style->artwork, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool sound = fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0;
    void *p = sound ? mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    if (p == MAP_FAILED)
        return copy_trouble(c, "稿件读不出来", "the artwork cannot be read");
    *out = (Bytes){p, (size_t)s.st_size};
    return OK;
}

static bool as_checked(const Bytes *b, const Report *r) {
    char hex[SHA256_HEX];
    Sha256 h;
    sha256_start(&h);
    sha256_add(&h, b->p, b->n);
    sha256_end(&h, hex);
    return streq(hex, r->file.sha256);
}

static Result open_pdf(Copy *c, const Bytes *b) {
    /* With a password of the owner's alone it could be read, but then its locks would be gone. */
    bool read = !(qpdf_read_memory(c->q, "artwork", b->p, b->n, "") & QPDF_ERRORS);
    bool locked = read ? qpdf_is_encrypted(c->q)
                       : qpdf_has_error(c->q) &&
                             qpdf_get_error_code(c->q, qpdf_get_error(c->q)) == qpdf_e_password;
    if (locked)
        return copy_trouble(c, "文件加了密；请另存一份不加密的再做",
                            "the file is encrypted; save it without and try again");
    if (!read || qpdf_get_num_pages(c->q) < 1 || qpdf_has_error(c->q))
        return copy_trouble(c, "文件有损坏，改不成批注稿；请重新导出",
                            "the file is damaged and cannot be annotated; export it again");
    (void)qpdf_push_inherited_attributes_to_page(c->q);
    return OK;
}

static Result write_out(const Copy *c, Str *out) {
    bool done = !qpdf_has_error(c->q) && !(qpdf_init_write_memory(c->q) & QPDF_ERRORS);
    if (done) {
        qpdf_set_deterministic_ID(c->q, QPDF_TRUE);
        qpdf_set_object_stream_mode(c->q, qpdf_o_generate);
        done = !(qpdf_write(c->q) & QPDF_ERRORS);
    }
    if (!done)
        return copy_trouble(c, "文件有损坏，写不出批注稿；请重新导出",
                            "the file is damaged and cannot be written again; export it again");
    *out = (Str){(const char *)qpdf_get_buffer(c->q), qpdf_get_buffer_length(c->q)};
    return OK;
}

static Result annotate(Copy *c, const Bytes *b, Str *out) {
    if (!as_checked(b, c->r))
        return copy_trouble(c, "这已经不是当时查的那个文件；请重新检查",
                            "this is not the file that was checked; check it again");
    bool pdf = streq(c->r->file.format, "pdf");
    TRY(pdf ? open_pdf(c, b) : raster_pages(c));
    frames_read(c);
    marks_add(c);
    outline_add(c);
    pages_stamp(c);
    claims_remove(c);
    return write_out(c, out);
}

/* The worker ends with this: the document and the mapping go with it. */
Result copy_make(Copy *c, Str *out) {
    Bytes bytes;
    TRY(map(&bytes, c));
    c->q = qpdf_init();
    qpdf_silence_errors(c->q);
    qpdf_set_suppress_warnings(c->q, QPDF_TRUE);
    return annotate(c, &bytes, out);
}

static bool has_place(const Report *r, int page) {
    for (size_t i = 0; i < r->finding_count; i++)
        for (size_t k = 0; k < r->findings[i].place_count; k++)
            if (r->findings[i].origin_is_trim && r->findings[i].places[k].page == page)
                return true;
    return false;
}

/* Raster artwork is shown; of a PDF only where a trim lies that no box says (set_trim). */
PictureWish *copy_wishes(const Copy *c, size_t *count) {
    enum { SHOWN = 2000, GLIMPSE = 32 }; /* pixels */
    const Report *r = c->r;
    size_t pages = r->file.pages > 0 ? (size_t)r->file.pages : 0;
    bool pdf = streq(r->file.format, "pdf");
    PictureWish *wishes = ARENA_ARRAY(c->arena, PictureWish, pages + r->page_count + 1);
    *count = 0;
    for (size_t i = 0; !pdf && i < pages; i++)
        wishes[(*count)++] = (PictureWish){.page = (int)i + 1, .most = SHOWN, .compact = true};
    for (size_t i = 0; pdf && i < r->page_count; i++) {
        const PageSummary *p = &r->pages[i];
        bool boxed = p->trim_source == TRIM_ARTBOX || p->trim_source == TRIM_TRIMBOX;
        if (!boxed && has_place(r, p->number))
            wishes[(*count)++] = (PictureWish){.page = p->number, .most = GLIMPSE};
    }
    return wishes;
}

static Result copy(Copy *c, Sink *to) {
    if (!c->style->artwork)
        return copy_trouble(c, "稿件不在手边", "the artwork is not at hand");
    if (c->r->file.unreadable.zh)
        return copy_trouble(c, "文件没法读", "the file cannot be read");
    return copy_run(c, to);
}

Result annotated_write(Arena *a, const Report *r, const ReportStyle *style, Sink *to) {
    Copy c = {.arena = arena_new(), .r = r, .style = style};
    c.numbers = numbers_of(c.arena, r);
    Result result = copy(&c, to);
    result.text = (Text){arena_strdup(a, result.text.zh), arena_strdup(a, result.text.en)};
    result.at.file = style->artwork;
    arena_free(c.arena);
    return result;
}

void report_annotated(const Report *r, const ReportStyle *style, Sink *to) {
    Arena *scratch = arena_new();
    Result result = annotated_write(scratch, r, style, to);
    if (result.kind && !to->error)
        to->error = EIO;
    arena_free(scratch);
}
