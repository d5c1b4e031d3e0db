/* Other threads of this process, before it forks. Libraries start some of their own (pango looks
 * for fonts in one). What such a thread has locked when the process forks stays locked in the child
 * for ever. */
#ifndef CHUPIN_RUN_THREADS_H
#define CHUPIN_RUN_THREADS_H

/* Waits until each of them waits for work: at most a tenth of a second, and not at all where there
 * is none. */
void threads_rest(void);

#endif
