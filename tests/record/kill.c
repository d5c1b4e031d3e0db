/* Kills a writer at random points, many times over the same record: each time the record must open,
 * verify, and hold at least everything whose writing had been reported as done; at most what was in
 * hand may be missing. The sidecar must be whole or not there.
 *
 *     record_kill [rounds] [seed]
 */
#include "record_room.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { LONGEST_US = 120000 };

static const char *artwork(Room *room) {
    return arena_printf(room->arena, "%s/画册.pdf", room->folder);
}

/* One thing after another; each is reported once it is done. */
static void write_until_killed(Room *room, int report_to) {
    Record *r = room_open(room, RECORD_CREATE);
    RecordSubject a = room_subject(room, 'a');
    for (int i = 0;; i++) {
        RecordHead head;
        RecordRun run = room_run(room, 'a');
        bool added;
        run.identity.tool = arena_printf(room->arena, "build %d of %d", i, (int)getpid());
        assert_fine(record_add_run(r, &stamp_of_wang, &run, &room_job, &added));
        assert_fine(record_begin(r));
        room_answer(room, r, 'a', i % 15, HUMAN_YES);
        room_answer(room, r, 'a', (i + 1) % 15, HUMAN_NA);
        assert_fine(record_commit(r));
        assert_fine(record_head(&head, r));
        if (write(report_to, &head.seq, sizeof head.seq) != sizeof head.seq)
            _exit(1);
        assert_fine(sidecar_write(r, room->arena, artwork(room), &a, NULL));
    }
}

static int64_t last_reported(int from) {
    int64_t seq, last = 0;
    while (read(from, &seq, sizeof seq) == sizeof seq)
        last = seq;
    return last;
}

static void kill_after(pid_t child, unsigned microseconds) {
    struct timespec wait = {0, (long)microseconds * 1000};
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    int status;
    if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status)) {
        fprintf(stderr, "the writer ended by itself\n");
        exit(1);
    }
}

static bool sidecar_is_whole(Room *room) {
    const char *path =
        sidecar_path(room->arena, artwork(room), room_sha256(room, 'a'), ".chupin.json");
    if (access(path, F_OK) != 0)
        return true;
    json_t *root = json_load_file(path, 0, NULL);
    bool whole = root && json_object_get(root, "report");
    json_decref(root);
    return whole;
}

/* False: something is lost. A writer that was killed while it made the record may leave none. */
static bool still_there(Room *room, int64_t reported) {
    Record *r;
    RecordVerdict verdict = {0};
    Result result = record_open(&r, room->arena, room->place, RECORD_READ, NULL);
    if (result.kind)
        return reported == 0;
    result = record_verify(&verdict, r, room->arena, NULL);
    record_close(r);
    if (result.kind || !verdict.intact || verdict.head.seq < reported)
        fprintf(stderr, "%s; head %lld, reported %lld\n",
                result.kind       ? result.text.en
                : !verdict.intact ? verdict.what.en
                                  : "events are missing",
                (long long)verdict.head.seq, (long long)reported);
    return !result.kind && verdict.intact && verdict.head.seq >= reported && sidecar_is_whole(room);
}

static bool kill_once(Room *room, unsigned *seed, int64_t *reported) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        close(ends[0]);
        write_until_killed(room, ends[1]);
    }
    close(ends[1]);
    kill_after(child, (unsigned)rand_r(seed) % LONGEST_US);
    int64_t last = last_reported(ends[0]);
    close(ends[0]);
    *reported = last > *reported ? last : *reported;
    return still_there(room, *reported);
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 60, killed = 0;
    unsigned seed = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : (unsigned)time(NULL);
    int64_t reported = 0;
    void *state;
    room_kind = store_kind(0);
    room_setup(&state);
    printf("seed %u\n", seed);
    bool fine = true;
    while (fine && killed < rounds) {
        fine = kill_once(state, &seed, &reported);
        killed++;
    }
    printf("%d writers killed, %lld events reported as written\n", killed, (long long)reported);
    room_teardown(&state);
    printf("%d passed, %d failed\n", fine ? 1 : 0, fine ? 0 : 1);
    return fine ? 0 : 1;
}
