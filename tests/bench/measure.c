/* Runs commands in turn, round after round, so that whatever else the machine does falls on all of
 * them alike, and prints for each: name, median CPU milliseconds (user + system, children
 * included), peak memory in KB of its largest process, exit status.
 *
 *     bench-measure ROUNDS < commands
 *
 * A line of input is a name and the words of a command, separated by tabs. When the name begins
 * with `=`, the value is the number that the command itself prints first. The first round warms
 * caches and is not counted. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_COMMANDS = 32, MOST_WORDS = 32, MOST_ROUNDS = 99 };

typedef struct {
    char *line, *words[MOST_WORDS + 1];
    double values[MOST_ROUNDS];
    long peak_kb;
    int status;
} Command;

static double milliseconds(struct timeval t) {
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* In the child: output to `out`, errors nowhere. */
static void become(const Command *c, int out) {
    int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, 0);
    dup2(out < 0 ? nowhere : out, 1);
    dup2(nowhere, 2);
    execvp(c->words[1], c->words + 1);
    _exit(127);
}

static double printed_number(int fd) {
    char text[256];
    ssize_t size = read(fd, text, sizeof text - 1);
    text[size > 0 ? size : 0] = 0;
    return strtod(text, NULL);
}

static double run(Command *c) {
    bool prints = c->words[0][0] == '=';
    int ends[2] = {-1, -1};
    if (prints && pipe(ends) != 0)
        exit(2);
    pid_t child = fork();
    if (child == 0)
        become(c, ends[1]);
    struct rusage used;
    int status;
    while (wait4(child, &status, 0, &used) < 0 && errno == EINTR)
        continue;
    c->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (used.ru_maxrss > c->peak_kb)
        c->peak_kb = used.ru_maxrss;
    double value = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
    if (prints) {
        value = printed_number(ends[0]);
        close(ends[0]);
        close(ends[1]);
    }
    return value;
}

static bool read_command(Command *c) {
    size_t room = 0;
    ssize_t size = getline(&c->line, &room, stdin);
    if (size <= 0)
        return false;
    c->line[strcspn(c->line, "\n")] = 0;
    int count = 0;
    for (char *rest = c->line, *word; count < MOST_WORDS && (word = strsep(&rest, "\t"));)
        c->words[count++] = word;
    return count >= 2;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    static Command commands[MOST_COMMANDS];
    int rounds = argc == 2 ? atoi(argv[1]) : 0, count = 0;
    if (rounds < 1 || rounds > MOST_ROUNDS) {
        fputs("usage: bench-measure ROUNDS < commands\n", stderr);
        return 2;
    }
    while (count < MOST_COMMANDS && read_command(&commands[count]))
        count++;
    for (int round = -1; round < rounds; round++) {
        for (int i = 0; i < count; i++) {
            double value = run(&commands[i]);
            if (round >= 0)
                commands[i].values[round] = value;
        }
    }
    for (int i = 0; i < count; i++) {
        Command *c = &commands[i];
        qsort(c->values, (size_t)rounds, sizeof *c->values, by_value);
        printf("%s\t%.3f\t%ld\t%d\n", c->words[0] + (c->words[0][0] == '='), c->values[rounds / 2],
               c->peak_kb, c->status);
        free(c->line);
    }
    return 0;
}
