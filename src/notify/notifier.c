#include "notify/notifier.h"
#include "notify/sender.h"

#include "base/json.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

Result notifier_start(Notifier *n, Arena *a, Lang lang) {
    int ends[2];
    *n = (Notifier){.to = -1, .lang = lang};
    bool paired = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0;
    n->pid = paired ? fork() : -1;
    if (n->pid < 0) {
        if (paired)
            close(ends[0]), close(ends[1]);
        return result_fail(a, ERR_LIMIT, (Where){0}, "开不了发通知的进程",
                           "no process for notifications can be started");
    }
    if (n->pid == 0) {
        close(ends[0]);
        setpgid(0, 0); /* Ctrl-C is for the watch; this one ends when the watch has */
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        sender_run(ends[1], lang);
        _exit(0);
    }
    close(ends[1]);
    n->to = ends[0];
    return OK;
}

void notifier_tell(const Notifier *n, Arena *a, const char *plan, const ToldFile *file) {
    if (n->to < 0 || !*plan)
        return;
    Sink to = sink_memory(a);
    Json j = json_to(&to, 0);
    json_open(&j, '{');
    json_key(&j, "plan"), json_str(&j, plan);
    json_key(&j, "name"), json_str(&j, file->name);
    json_key(&j, "place"), json_str(&j, file->place);
    json_key(&j, "stage"), json_str(&j, file->stage);
    json_key(&j, "line"), json_str(&j, file->line);
    json_key(&j, "folder"), json_str(&j, file->folder);
    json_key(&j, "worst"), json_open(&j, '[');
    for (size_t i = 0; i < file->worst_count && i < DIGEST_WORST; i++)
        json_str(&j, file->worst[i]);
    json_close(&j);
    json_close(&j);
    Str all = sink_text(&to);
    (void)!send(n->to, all.p, all.n, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void notifier_stop(Notifier *n) {
    enum { PATIENCE_TENTHS = 300 };
    if (n->to < 0)
        return;
    close(n->to);
    n->to = -1;
    const struct timespec tenth = {.tv_nsec = 100000000};
    for (int i = 0; i < PATIENCE_TENTHS; i++) {
        if (waitpid(n->pid, NULL, WNOHANG) != 0)
            return;
        nanosleep(&tenth, NULL);
    }
    kill(n->pid, SIGKILL);
    waitpid(n->pid, NULL, 0);
}
