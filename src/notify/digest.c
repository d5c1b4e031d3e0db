#include "notify/digest.h"

#include "base/json.h"

#include <string.h>

void digest_add(Digest *d, Arena *a, const ToldFile *file) {
    if (d->count++ < DIGEST_FILES)
        d->files[d->count - 1] = (ToldFile){.name = arena_strdup(a, file->name),
                                            .place = arena_strdup(a, file->place),
                                            .stage = arena_strdup(a, file->stage),
                                            .line = arena_strdup(a, file->line),
                                            .folder = arena_strdup(a, file->folder)};
    for (size_t i = 0; i < file->worst_count && d->worst_count < DIGEST_WORST; i++)
        d->worst[d->worst_count++] = arena_printf(a, "%s: %s", file->name, file->worst[i]);
}

const char *digest_title(Arena *a, const Digest *d, Lang lang) {
    return arena_printf(a, lang == LANG_ZH ? "出品检查：%zu 个文件" : "Preflight: %zu files",
                        d->count);
}

static const char *place_of(Arena *a, const ToldFile *f, const char *link) {
    const char *base = link ? link : f->folder;
    size_t n = strlen(base);
    bool backslash = strchr(base, '\\') != NULL;
    bool ends = n && (base[n - 1] == '/' || base[n - 1] == '\\');
    char *path = arena_printf(a, "%s%s%s", base, ends ? "" : "/", f->place);
    for (char *p = path; backslash && *p; p++)
        *p = *p == '/' ? '\\' : *p;
    return text_printable(a, path, strlen(path));
}

/* Names come from anybody: in Markdown they are nothing but text, on one line. */
static const char *as_text(Arena *a, const char *text, bool markdown) {
    const char *printable = text_printable(a, text, strlen(text));
    Sink to = sink_memory(a);
    for (const char *p = printable; *p; p++) {
        if (markdown && strchr("\\`*_[]()<>#~|@!", *p))
            sink_char(&to, *p == '<' || *p == '>' || *p == '@' ? ' ' : '\\');
        if (!(markdown && (*p == '<' || *p == '>' || *p == '@')))
            sink_char(&to, *p);
    }
    Str all = sink_text(&to);
    return arena_copy(a, all.p, all.n);
}

static const char *written(Arena *a, const Digest *d, const char *link, Lang lang, bool markdown) {
    bool zh = lang == LANG_ZH;
    const char *strong = markdown ? "**" : "", *point = markdown ? "> " : "  ";
    Sink to = sink_memory(a);
    sink_format(&to, "%s%s%s\n", strong, digest_title(a, d, lang), strong);
    for (size_t i = 0; i < d->worst_count; i++) {
        if (!i)
            sink_format(&to, "\n%s\n", zh ? "最要紧的：" : "Worst:");
        sink_format(&to, "%zu. %s\n", i + 1, as_text(a, d->worst[i], markdown));
    }
    size_t shown = d->count < DIGEST_FILES ? d->count : DIGEST_FILES;
    for (size_t i = 0; i < shown; i++) {
        const ToldFile *f = &d->files[i];
        sink_format(&to, "\n%s%s%s %s\n%s%s\n%s%s\n", strong, f->stage, strong,
                    as_text(a, f->name, markdown), point, as_text(a, f->line, markdown), point,
                    as_text(a, place_of(a, f, link), markdown));
    }
    if (d->count > shown)
        sink_format(&to, zh ? "\n另有 %zu 个文件\n" : "\n%zu more files\n", d->count - shown);
    Str all = sink_text(&to);
    return arena_copy(a, all.p, all.n);
}

/* Whole lines, so that no mark and no character is cut. */
static const char *at_most(Arena *a, const char *text, size_t most) {
    if (strlen(text) <= most)
        return text;
    static const char more[] = "…\n";
    size_t n = most - sizeof more + 1;
    while (n > 0 && text[n - 1] != '\n')
        n--;
    return arena_printf(a, "%.*s%s", (int)n, text, more);
}

const char *digest_markdown(Arena *a, const Digest *d, const char *link, Lang lang, size_t most) {
    return at_most(a, written(a, d, link, lang, true), most);
}

const char *digest_plain(Arena *a, const Digest *d, const char *link, Lang lang) {
    return written(a, d, link, lang, false);
}

void digest_json(Sink *to, const Digest *d, const char *link, Lang lang) {
    Arena *a = to->arena;
    Json j = json_to(to, 0);
    json_open(&j, '{');
    json_key(&j, "schema"), json_str(&j, "chupin.notify/1");
    json_key(&j, "title"), json_str(&j, digest_title(a, d, lang));
    json_key(&j, "count"), json_int(&j, (int64_t)d->count);
    json_key(&j, "worst"), json_open(&j, '[');
    for (size_t i = 0; i < d->worst_count; i++)
        json_str(&j, d->worst[i]);
    json_close(&j);
    json_key(&j, "files"), json_open(&j, '[');
    for (size_t i = 0; i < d->count && i < DIGEST_FILES; i++) {
        json_open(&j, '{');
        json_key(&j, "name"), json_str(&j, d->files[i].name);
        json_key(&j, "stage"), json_str(&j, d->files[i].stage);
        json_key(&j, "line"), json_str(&j, d->files[i].line);
        json_key(&j, "link"), json_str(&j, place_of(a, &d->files[i], link));
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
}
