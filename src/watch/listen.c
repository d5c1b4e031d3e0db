#include "watch/listen.h"
#include "record/record_place.h"

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

int listen_open(const char *folder) {
    struct statfs info;
    if (statfs(folder, &info) || file_system_is_remote((long)info.f_type))
        return -1;
    return inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
}

/* Once more for a folder that is listened to already changes nothing. */
void listen_to(int fd, const char *folder) {
    if (fd >= 0)
        (void)inotify_add_watch(fd, folder, IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR);
}

void listen_clear(int fd) {
    char events[4096];
    while (fd >= 0 && read(fd, events, sizeof events) > 0)
        ;
}
