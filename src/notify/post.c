#include "notify/post.h"
#include "notify/mail.h"
#include "notify/sign.h"

#include "base/json.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include <time.h>

/* WeCom takes 4096 bytes of Markdown, DingTalk and Feishu some 20 000.
 * https://developer.work.weixin.qq.com/document/path/91770 */
enum { WECOM_BYTES = 4000, GROUP_BYTES = 15000, ANSWER_BYTES = 1 << 16 };
enum { CONNECT_SECONDS = 10, SEND_SECONDS = 30 };

#define WECOM_URL    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
#define DINGTALK_URL "https://oapi.dingtalk.com/robot/send?access_token="
#define FEISHU_URL   "https://open.feishu.cn/open-apis/bot/v2/hook/"

typedef struct Posting {
    Arena *arena;
    const NotifyPlan *plan;
    const Digest *digest;
    const char *link;
    Lang lang;
} Posting;

static bool is_address(const char *value) {
    return str_starts(str_of(value), "https://") || str_starts(str_of(value), "http://");
}

/* A whole address, or the key at the end of the usual one. */
static const char *address(Arena *a, const char *value, const char *usual) {
    return is_address(value) ? value : arena_printf(a, "%s%s", usual, url_escaped(a, value));
}

static const char *body_of(Sink *sink) {
    Str all = sink_text(sink);
    return arena_copy(sink->arena, all.p, all.n);
}

static const char *wecom_body(const Posting *p) {
    Sink to = sink_memory(p->arena);
    Json j = json_to(&to, 0);
    json_open(&j, '{');
    json_key(&j, "msgtype"), json_str(&j, "markdown");
    json_key(&j, "markdown"), json_open(&j, '{');
    json_key(&j, "content");
    json_str(&j, digest_markdown(p->arena, p->digest, p->link, p->lang, WECOM_BYTES));
    json_close(&j);
    json_close(&j);
    return body_of(&to);
}

static const char *dingtalk_body(const Posting *p) {
    Sink to = sink_memory(p->arena);
    Json j = json_to(&to, 0);
    json_open(&j, '{');
    json_key(&j, "msgtype"), json_str(&j, "markdown");
    json_key(&j, "markdown"), json_open(&j, '{');
    json_key(&j, "title"), json_str(&j, digest_title(p->arena, p->digest, p->lang));
    json_key(&j, "text");
    json_str(&j, digest_markdown(p->arena, p->digest, p->link, p->lang, GROUP_BYTES));
    json_close(&j);
    json_close(&j);
    return body_of(&to);
}

static const char *feishu_body(const Posting *p, const char *secret) {
    Sink to = sink_memory(p->arena);
    Json j = json_to(&to, 0);
    int64_t now = (int64_t)time(NULL);
    json_open(&j, '{');
    if (secret) {
        json_key(&j, "timestamp"), json_str(&j, arena_printf(p->arena, "%" PRId64, now));
        json_key(&j, "sign"), json_str(&j, sign_feishu(p->arena, now, secret));
    }
    json_key(&j, "msg_type"), json_str(&j, "text");
    json_key(&j, "content"), json_open(&j, '{');
    json_key(&j, "text");
    json_str(&j, digest_plain(p->arena, p->digest, p->link, p->lang));
    json_close(&j);
    json_close(&j);
    return body_of(&to);
}

static const char *signed_dingtalk(Arena *a, const char *url, const char *secret) {
    if (!secret)
        return url;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    int64_t now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    return arena_printf(a, "%s%ctimestamp=%" PRId64 "&sign=%s", url, strchr(url, '?') ? '&' : '?',
                        now, url_escaped(a, sign_dingtalk(a, now, secret)));
}

/* ---- sending ---- */

typedef struct Answer {
    char bytes[ANSWER_BYTES];
    size_t count;
} Answer;

static size_t take_answer(char *p, size_t size, size_t n, void *self) {
    Answer *to = self;
    size_t room = sizeof to->bytes - to->count, take = size * n < room ? size * n : room;
    memcpy(to->bytes + to->count, p, take);
    to->count += take;
    return size * n;
}

/* Robots answer 200 and say in the body that they refused. */
static int refusal(const Answer *answer) {
    json_t *body = json_loadb(answer->bytes, answer->count, 0, NULL);
    json_int_t code = 0;
    static const char *const keys[] = {"errcode", "code", "StatusCode"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !code; i++)
        code = json_integer_value(json_object_get(body, keys[i]));
    json_decref(body);
    return (int)code;
}

static Result outcome(Arena *a, CURL *curl, CURLcode sent, const Answer *answer, bool robot) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (sent != CURLE_OK)
        return result_fail(a, ERR_OUTPUT, (Where){0}, "连不上：%s", "no connection: %s",
                           curl_easy_strerror(sent));
    if (status < 200 || status >= 300)
        return result_fail(a, ERR_OUTPUT, (Where){0}, "对方回答 HTTP %ld", "answered HTTP %ld",
                           status);
    int code = robot ? refusal(answer) : 0;
    if (code)
        return result_fail(a, ERR_OUTPUT, (Where){0}, "对方没有收（错误 %d）", "refused (error %d)",
                           code);
    return OK;
}

static Result send_json(Arena *a, const char *url, const char *body, bool robot) {
    CURL *curl = curl_easy_init();
    struct curl_slist *head =
        curl_slist_append(NULL, "Content-Type: application/json; charset=utf-8");
    Answer *answer = ARENA_NEW(a, Answer);
    CURLcode sent = CURLE_OUT_OF_MEMORY;
    if (curl && head) {
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, head);
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "chupin/" CHUPIN_VERSION);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
        sent = curl_easy_perform(curl);
    }
    Result r = outcome(a, curl, sent, answer, robot);
    curl_slist_free_all(head);
    curl_easy_cleanup(curl);
    return r;
}

/* Anything else would be looked up as the name of a host, and might be a secret that a sheet names
 * by mistake, or on purpose. */
static Result want_address(Arena *a, const char *value) {
    if (is_address(value))
        return OK;
    return result_fail(a, ERR_USAGE, (Where){0}, "回调的内容不是地址；要写 https:// 开头的整个地址",
                       "what webhook names is no address; it begins with https://");
}

static Result post_webhook(const Posting *p, const char *url) {
    TRY(want_address(p->arena, url));
    Sink to = sink_memory(p->arena);
    digest_json(&to, p->digest, p->link, p->lang);
    return send_json(p->arena, url, body_of(&to), false);
}

static Result post_group(const Posting *p, NotifyKey channel, const char *value) {
    const char *secret = NULL;
    Arena *a = p->arena;
    if (channel == NOTIFY_WECOM)
        return send_json(a, address(a, value, WECOM_URL), wecom_body(p), true);
    if (channel == NOTIFY_DINGTALK) {
        TRY(notify_value(&secret, a, p->plan, NOTIFY_DINGTALK_SECRET));
        const char *url = address(a, value, DINGTALK_URL);
        return send_json(a, signed_dingtalk(a, url, secret), dingtalk_body(p), true);
    }
    TRY(notify_value(&secret, a, p->plan, NOTIFY_FEISHU_SECRET));
    return send_json(a, address(a, value, FEISHU_URL), feishu_body(p, secret), true);
}

Result notify_post(Arena *a, const NotifyPlan *plan, NotifyKey channel, const Digest *d,
                   Lang lang) {
    Posting p = {.arena = a, .plan = plan, .digest = d, .lang = lang};
    const char *value;
    TRY(notify_value(&value, a, plan, channel));
    TRY(notify_value(&p.link, a, plan, NOTIFY_LINK));
    if (channel == NOTIFY_WEBHOOK)
        return post_webhook(&p, value);
    if (channel == NOTIFY_EMAIL)
        return mail_send(a, plan, value, digest_title(a, d, lang),
                         digest_plain(a, d, p.link, lang));
    return post_group(&p, channel, value);
}

/* ---- looking whether it would go ---- */

static Result connects(Arena *a, const char *url) {
    CURL *curl = curl_easy_init();
    CURLcode met = CURLE_OUT_OF_MEMORY;
    if (curl) {
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)CONNECT_SECONDS);
        curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
        met = curl_easy_perform(curl);
    }
    curl_easy_cleanup(curl);
    if (met == CURLE_OK)
        return OK;
    return result_fail(a, ERR_OUTPUT, (Where){0}, "连不上：%s", "no connection: %s",
                       curl_easy_strerror(met));
}

static const char *usual_address(NotifyKey channel) {
    return channel == NOTIFY_WECOM      ? WECOM_URL
           : channel == NOTIFY_DINGTALK ? DINGTALK_URL
           : channel == NOTIFY_FEISHU   ? FEISHU_URL
                                        : "";
}

Result notify_reach(Arena *a, const NotifyPlan *plan, NotifyKey channel) {
    const char *value, *secret;
    TRY(notify_value(&value, a, plan, channel));
    if (channel == NOTIFY_DINGTALK)
        TRY(notify_value(&secret, a, plan, NOTIFY_DINGTALK_SECRET));
    if (channel == NOTIFY_FEISHU)
        TRY(notify_value(&secret, a, plan, NOTIFY_FEISHU_SECRET));
    if (channel == NOTIFY_WEBHOOK)
        TRY(want_address(a, value));
    if (channel != NOTIFY_EMAIL)
        return connects(a, address(a, value, usual_address(channel)));
    TRY(notify_value(&secret, a, plan, NOTIFY_SMTP_PASSWORD));
    TRY(notify_value(&value, a, plan, NOTIFY_SMTP));
    if (value)
        return connects(a, value);
    return result_fail(a, ERR_USAGE, (Where){0}, "要发邮件，但没有写 smtp: 邮件服务器",
                       "e-mail is wanted, but smtp: names no server");
}
