#include "run/worker.h"
#include "run/worker_child.h"

#include <signal.h>
#include <string.h>

Text worker_reason(Arena *a, const WorkerEnd *end, const WorkerLimits *limits) {
    char seconds[32];
    number_format(seconds, sizeof seconds, limits->seconds, 1);
    switch (end->kind) {
    case WORKER_DONE:
        break;
    case WORKER_CRASHED:
        if (end->signal == SIGSYS)
            return (Text){
                "这个文件让检查程序去做不许做的事（联网、启动程序之类），已经拦下；先弄清文件的来"
                "路",
                "the file made the checker do what it may not do (connect, start a program "
                "or the like), and it was stopped; find out where the file comes from"};
        if (end->status == WORKER_NOT_WALLED)
            return (Text){"检查进程隔离不起来，所以没有查；chupin doctor 说明原因",
                          "the worker could not be isolated, so nothing was checked; chupin doctor "
                          "says why"};
        return (Text){
            arena_printf(
                a, "查到一半程序出错停了（%s）；文件可能有毛病，请重新导出，也请把文件发给我们",
                end->signal ? strsignal(end->signal) : "内存不够或自己退出"),
            arena_printf(a,
                         "the check broke down on it (%s); the file may be faulty: export it "
                         "again, and please send it to us",
                         end->signal ? strsignal(end->signal) : "out of memory, or it gave up")};
    case WORKER_TIMEOUT:
        return (Text){
            arena_printf(a, "超过 %s 秒还没有查完；文件太复杂，可用 --timeout 放宽", seconds),
            arena_printf(a,
                         "not done after %s s; the file is very complex, --timeout gives it longer",
                         seconds)};
    case WORKER_OVERFLOW:
        return (Text){"结果多得收不下，停了；文件可能有毛病",
                      "it gave more results than can be taken; the file may be faulty"};
    case WORKER_GARBLED:
        return (Text){"查的过程送回了看不懂的结果，不能相信；请把文件发给我们",
                      "the check sent back results that make no sense and cannot be believed; "
                      "please send us the file"};
    case WORKER_NOT_STARTED:
        return (Text){"这台机器现在开不了新的进程，稍后再查",
                      "no process can be started on this machine now; try again later"};
    case WORKER_INTERRUPTED:
        return (Text){"被中断了", "interrupted"};
    }
    return (Text){NULL, NULL};
}
