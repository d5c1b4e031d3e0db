/* Being told by the kernel that something happened in the watched folders. Only ever a help: on a
 * share it hears nothing of what others write, and the folder is looked through all the same.
 * Internal to watch. */
#ifndef CHUPIN_WATCH_LISTEN_H
#define CHUPIN_WATCH_LISTEN_H

/* A descriptor to poll; -1: the folder is on another machine, or there is no such help. */
int listen_open(const char *folder);
void listen_to(int fd, const char *folder);
void listen_clear(int fd); /* what was heard so far */

#endif
