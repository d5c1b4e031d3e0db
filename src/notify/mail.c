#include "notify/mail.h"

#include "base/sink.h"

#include <curl/curl.h>
#include <nettle/base64.h>
#include <string.h>
#include <time.h>

enum { CONNECT_SECONDS = 10, SEND_SECONDS = 60, MOST_ADDRESSES = 50 };

static const char *base64(Arena *a, const char *text, size_t n) {
    char *out = arena_alloc(a, BASE64_ENCODE_RAW_LENGTH(n) + 1);
    base64_encode_raw(out, n, (const uint8_t *)text);
    return out;
}

/* Lines of 76 characters, RFC 2045; 57 bytes each. */
static void write_base64(Sink *to, const char *text) {
    enum { LINE = 57 };
    for (size_t n = strlen(text), i = 0; i < n; i += LINE) {
        Arena *a = to->arena;
        sink_format(to, "%s\r\n", base64(a, text + i, n - i < LINE ? n - i : LINE));
    }
}

/* An address is never more than one: no line ends, brackets or blanks. */
static bool is_address(const char *s) {
    const char *at = strchr(s, '@');
    if (!at || at == s || !at[1] || strchr(at + 1, '@'))
        return false;
    for (const unsigned char *p = (const unsigned char *)s; *p; p++)
        if (*p <= ' ' || *p == 127 || strchr("<>,;\"", *p))
            return false;
    return true;
}

static Result addresses(struct curl_slist **out, Arena *a, const char *list) {
    for (size_t count = 0; *list && count < MOST_ADDRESSES; count++) {
        size_t n = strcspn(list, ",;");
        Str one = str_trim((Str){list, n});
        const char *address = arena_copy(a, one.p, one.n);
        if (one.n && !is_address(address))
            return result_fail(a, ERR_USAGE, (Where){0}, "“%s”不是邮件地址",
                               "“%s” is no e-mail address",
                               text_printable(a, address, strlen(address)));
        if (one.n)
            *out = curl_slist_append(*out, address);
        list += n + (list[n] != 0);
    }
    return OK;
}

static const char *letter(Arena *a, const char *from, const struct curl_slist *to,
                          const char *subject, const char *text) {
    Sink sink = sink_memory(a);
    char date[64] = "";
    time_t now = time(NULL);
    struct tm local;
    if (gmtime_r(&now, &local))
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &local);
    sink_format(&sink, "Date: %s\r\nFrom: chupin <%s>\r\n", date, from);
    for (const struct curl_slist *one = to; one; one = one->next)
        sink_format(&sink, "%s%s%s", one == to ? "To: " : ",\r\n ", one->data,
                    one->next ? "" : "\r\n");
    sink_format(&sink,
                "Subject: =?UTF-8?B?%s?=\r\nMIME-Version: 1.0\r\n"
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
                "Auto-Submitted: auto-generated\r\n\r\n",
                base64(a, subject, strlen(subject)));
    write_base64(&sink, text);
    Str all = sink_text(&sink);
    return arena_copy(a, all.p, all.n);
}

static size_t give(char *to, size_t size, size_t n, void *self) {
    Str *left = self;
    size_t take = size * n < left->n ? size * n : left->n;
    memcpy(to, left->p, take);
    *left = (Str){left->p + take, left->n - take};
    return take;
}

typedef struct Server {
    const char *url, *from, *user, *password;
} Server;

static Result server_of(Server *s, Arena *a, const NotifyPlan *plan) {
    TRY(notify_value(&s->url, a, plan, NOTIFY_SMTP));
    TRY(notify_value(&s->from, a, plan, NOTIFY_SMTP_FROM));
    TRY(notify_value(&s->user, a, plan, NOTIFY_SMTP_USER));
    TRY(notify_value(&s->password, a, plan, NOTIFY_SMTP_PASSWORD));
    if (s->url && s->from && is_address(s->from))
        return OK;
    return result_fail(a, ERR_USAGE, (Where){0},
                       "要发邮件，/etc/chupin/chupin.yaml 的 notify 里要有 smtp（如 "
                       "smtps://smtp.example.com）和 smtp_from（发件地址）",
                       "for e-mail notify in /etc/chupin/chupin.yaml needs smtp, such as "
                       "smtps://smtp.example.com, and smtp_from, an address");
}

static CURLcode send_letter(const Server *s, struct curl_slist *to, Str letter_text) {
    CURL *curl = curl_easy_init();
    if (!curl)
        return CURLE_OUT_OF_MEMORY;
    curl_easy_setopt(curl, CURLOPT_URL, s->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    /* A password is sent over an encrypted line only. */
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     s->password ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_USERNAME, s->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, s->password);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, s->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &letter_text);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
    CURLcode sent = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    return sent;
}

Result mail_send(Arena *a, const NotifyPlan *plan, const char *to, const char *subject,
                 const char *text) {
    struct curl_slist *list = NULL;
    Server s;
    TRY(server_of(&s, a, plan));
    Result r = addresses(&list, a, to);
    if (!r.kind) {
        CURLcode sent = send_letter(&s, list, str_of(letter(a, s.from, list, subject, text)));
        if (sent != CURLE_OK)
            r = result_fail(a, ERR_OUTPUT, (Where){0}, "邮件发不出去：%s",
                            "the mail cannot be sent: %s", curl_easy_strerror(sent));
    }
    curl_slist_free_all(list);
    return r;
}
