#include "notify/sender.h"
#include "notify/post.h"

#include <curl/curl.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* DingTalk shuts a robot up for ten minutes after 20 messages in one; a message a minute is far
 * from that. What comes together is gathered for a few seconds. */
enum {
    GATHER_SECONDS = 3,
    BETWEEN_SECONDS = 60,
    FIRST_RETRY = 10,
    LAST_RETRY = 600,
    MOST_TRIES = 8
};

typedef struct Group { /* one channel of one plan */
    const char *id;
    const char *plan;
    NotifyKey channel;
    Arena *arena; /* of the digest; NULL: nothing to tell */
    Digest digest;
    double due, sent;
    int tries;
} Group;

typedef struct Sender {
    Arena *arena;
    Lang lang;
    Group *groups;
    size_t count, capacity;
} Sender;

static const struct {
    NotifyKey key, other; /* other: a key that makes it another group */
    Text name;
} channels[] = {
    {NOTIFY_WECOM, NOTIFY_WECOM, {"企业微信", "WeCom"}},
    {NOTIFY_DINGTALK, NOTIFY_DINGTALK_SECRET, {"钉钉", "DingTalk"}},
    {NOTIFY_FEISHU, NOTIFY_FEISHU_SECRET, {"飞书", "Feishu"}},
    {NOTIFY_WEBHOOK, NOTIFY_WEBHOOK, {"回调", "webhook"}},
    {NOTIFY_EMAIL, NOTIFY_SMTP, {"邮件", "e-mail"}},
};
enum { CHANNELS = sizeof channels / sizeof *channels };

static double clock_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void say(const Sender *s, const Group *g, const char *zh, const char *en, Text why) {
    Arena *a = arena_new();
    Sink out = sink_fd(a, STDOUT_FILENO);
    Text name = {"", ""};
    for (size_t i = 0; i < CHANNELS; i++)
        if (channels[i].key == g->channel)
            name = channels[i].name;
    sink_format(&out, s->lang == LANG_ZH ? zh : en, text_in(name, s->lang), text_in(why, s->lang));
    sink_char(&out, '\n');
    sink_flush(&out);
    arena_free(a);
}

static Group *group_of(Sender *s, const char *plan_text, const NotifyPlan *plan, size_t channel) {
    Arena *a = s->arena;
    const char *other = plan->values[channels[channel].other];
    ArenaMark mark = arena_mark(a);
    const char *id = arena_printf(a, "%zu %s %s", channel, plan->values[channels[channel].key],
                                  other ? other : "");
    for (size_t i = 0; i < s->count; i++)
        if (streq(s->groups[i].id, id)) {
            arena_rewind(a, mark);
            return &s->groups[i];
        }
    Group *g = ARENA_PUSH(a, s->groups, s->count, s->capacity);
    *g = (Group){.id = id,
                 .plan = arena_strdup(a, plan_text),
                 .channel = channels[channel].key,
                 .sent = -BETWEEN_SECONDS};
    return g;
}

static const char *text_at(Arena *a, const json_t *from, const char *key) {
    const char *value = json_string_value(json_object_get(from, key));
    return arena_strdup(a, value ? value : "");
}

static void take(Sender *s, const json_t *told) {
    Arena *a = arena_new();
    NotifyPlan plan;
    const char *plan_text = text_at(a, told, "plan");
    const json_t *worst = json_object_get(told, "worst");
    ToldFile file = {.name = text_at(a, told, "name"),
                     .place = text_at(a, told, "place"),
                     .stage = text_at(a, told, "stage"),
                     .line = text_at(a, told, "line"),
                     .folder = text_at(a, told, "folder")};
    for (size_t i = 0; i < json_array_size(worst) && i < DIGEST_WORST; i++) {
        const char *line = json_string_value(json_array_get(worst, i));
        file.worst[file.worst_count++] = line ? line : "";
    }
    notify_from_text(&plan, a, plan_text);
    for (size_t i = 0; i < CHANNELS; i++) {
        if (!plan.values[channels[i].key])
            continue;
        Group *g = group_of(s, plan_text, &plan, i);
        if (!g->arena) {
            g->arena = arena_new();
            g->tries = 0;
            g->due = fmax(clock_now() + GATHER_SECONDS, g->sent + BETWEEN_SECONDS);
        }
        digest_add(&g->digest, g->arena, &file);
    }
    arena_free(a);
}

static void forget(Group *g) {
    arena_free(g->arena);
    g->arena = NULL;
    g->digest = (Digest){0};
}

static void post(Sender *s, Group *g, bool last) {
    Arena *a = arena_new();
    NotifyPlan plan;
    notify_from_text(&plan, a, g->plan);
    Result r = notify_post(a, &plan, g->channel, &g->digest, s->lang);
    g->sent = clock_now();
    if (!r.kind) {
        forget(g);
    } else if (r.kind == ERR_USAGE || last || ++g->tries >= MOST_TRIES) {
        say(s, g, "通知（%s）没有发出去，不再试了：%s", "notification (%s) given up: %s", r.text);
        forget(g);
    } else {
        say(s, g, "通知（%s）没有发出去，等一会儿再试：%s",
            "notification (%s) not sent, trying again: %s", r.text);
        g->due = g->sent + fmin(FIRST_RETRY * pow(3, g->tries - 1), LAST_RETRY);
    }
    arena_free(a);
}

static int wait_time(const Sender *s) {
    double until = INFINITY, now = clock_now();
    for (size_t i = 0; i < s->count; i++)
        if (s->groups[i].arena)
            until = fmin(until, s->groups[i].due);
    return isinf(until) ? -1 : (int)(fmax(until - now, 0) * 1000) + 1;
}

/* False: the other end is closed. */
static bool receive(Sender *s, int from, char *buffer) {
    ssize_t n = recv(from, buffer, TOLD_BYTES, 0);
    if (n < 0)
        return errno == EINTR;
    json_t *told = json_loadb(buffer, (size_t)n, 0, NULL);
    if (json_is_object(told))
        take(s, told);
    json_decref(told);
    return n > 0;
}

void sender_run(int from, Lang lang) {
    Sender s = {.arena = arena_new(), .lang = lang};
    char *buffer = arena_alloc(s.arena, TOLD_BYTES);
    bool open = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    while (open) {
        struct pollfd polled = {.fd = from, .events = POLLIN};
        if (poll(&polled, 1, wait_time(&s)) > 0)
            open = receive(&s, from, buffer);
        for (size_t i = 0; i < s.count && open; i++)
            if (s.groups[i].arena && clock_now() >= s.groups[i].due)
                post(&s, &s.groups[i], false);
    }
    for (size_t i = 0; i < s.count; i++)
        if (s.groups[i].arena)
            post(&s, &s.groups[i], true);
    curl_global_cleanup();
    arena_free(s.arena);
}
