/* Where the record of an artwork is, and where it is never put. */
#include "record_room.h"

#include "record/record_place.h"

enum { MAGIC_EXT4 = 0xef53, MAGIC_NFS = 0x6969 };

static const char *tests_home; /* the folder that stands for HOME and XDG_… */

static const char *variable(const char *name) {
    static char path[256];
    const char *sub = streq(name, "XDG_CONFIG_HOME") ? "/config"
                      : streq(name, "XDG_DATA_HOME") ? "/data"
                                                     : "/home";
    snprintf(path, sizeof path, "%s%s", tests_home, sub);
    return path;
}

static const char *nothing(const char *name) {
    (void)name;
    return NULL;
}

static long local_disk(const char *path) {
    (void)path;
    return MAGIC_EXT4;
}

/* What lies in `share` is on another machine. */
static long network_share(const char *path) {
    return strstr(path, "/share") ? MAGIC_NFS : MAGIC_EXT4;
}

static RecordAsk ask_of(Room *room, const char *folder) {
    tests_home = room->folder;
    char *where = arena_printf(room->arena, "%s/%s", room->folder, folder);
    mkdir(where, 0777);
    return (RecordAsk){.artwork = arena_printf(room->arena, "%s/a.pdf", where),
                       .sheet_path = arena_printf(room->arena, "%s/chupin.yaml", where),
                       .variable = variable,
                       .system_config = arena_printf(room->arena, "%s/etc.yaml", room->folder),
                       .file_system = network_share};
}

static void write_text(const char *path, const char *text) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void write_config(Room *room, const char *text) {
    mkdir(arena_printf(room->arena, "%s/config", room->folder), 0777);
    mkdir(arena_printf(room->arena, "%s/config/chupin", room->folder), 0777);
    write_text(arena_printf(room->arena, "%s/config/chupin/chupin.yaml", room->folder), text);
}

static RecordPlace place_of(Room *room, const RecordAsk *ask) {
    RecordPlace place;
    assert_fine(record_place(&place, room->arena, ask));
    return place;
}

static void assert_ends(const char *text, const char *end) {
    assert_non_null(text);
    if (strlen(text) < strlen(end) || !streq(text + strlen(text) - strlen(end), end))
        fail_msg("%s does not end in %s", text, end);
}

static void beside_the_sheet_by_default(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "job");
    RecordPlace p = place_of(room, &ask);
    assert_int_equal(p.source, RECORD_BESIDE);
    assert_ends(p.record, "/job/chupin.sqlite");
    assert_false(p.configured);
    assert_false(p.exists);
    ask.sheet_path = NULL;
    assert_ends(place_of(room, &ask).record, "/job/chupin.sqlite");
    write_text(p.record, "something");
    assert_true(place_of(room, &ask).exists);
}

static void beside_artwork_that_is_named_without_a_folder(void **state) {
    Room *room = *state;
    RecordAsk ask = {.artwork = "a.pdf", .variable = nothing, .file_system = local_disk};
    assert_string_equal(place_of(room, &ask).record, "./chupin.sqlite");
}

static void the_sheet_says_where(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "job");
    ask.sheet_record = "../all.sqlite";
    RecordPlace p = place_of(room, &ask);
    assert_int_equal(p.source, RECORD_SHEET);
    assert_ends(p.record, "/job/../all.sqlite");
    ask.sheet_record = "/var/lib/chupin/a.sqlite";
    assert_string_equal(place_of(room, &ask).record, "/var/lib/chupin/a.sqlite");
    ask.option = "/tmp/other.sqlite";
    p = place_of(room, &ask);
    assert_int_equal(p.source, RECORD_OPTION);
    assert_string_equal(p.record, "/tmp/other.sqlite");
}

static void the_site_says_where_when_the_sheet_does_not(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "job");
    write_text(ask.system_config, "record: /srv/all.sqlite\n");
    assert_string_equal(place_of(room, &ask).record, "/srv/all.sqlite");
    write_config(room, "记录: own.sqlite\n");
    RecordPlace p = place_of(room, &ask);
    assert_int_equal(p.source, RECORD_SITE);
    assert_ends(p.record, "/config/chupin/own.sqlite");
    ask.sheet_record = "here.sqlite";
    assert_int_equal(place_of(room, &ask).source, RECORD_SHEET);
}

static void a_site_configuration_that_is_wrong_is_told(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "job");
    RecordPlace p;
    write_config(room, "recrod: own.sqlite\n");
    assert_int_equal(record_place(&p, room->arena, &ask).kind, ERR_USAGE);
    write_config(room, "record: [a, b]\n");
    assert_int_equal(record_place(&p, room->arena, &ask).kind, ERR_USAGE);
}

static void a_share_has_no_record_of_its_own(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "share");
    RecordPlace p = place_of(room, &ask);
    assert_int_equal(p.source, RECORD_NOWHERE);
    assert_null(p.record);
    assert_trouble(p.refusal, ERR_USAGE, "record: /var/lib/chupin/chupin.sqlite");
    ask.sheet_record = arena_printf(room->arena, "%s/local.sqlite", room->folder);
    p = place_of(room, &ask);
    assert_true(p.configured);
}

static void a_record_on_a_share_is_refused(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "share");
    RecordPlace p;
    ask.sheet_record = "new/chupin.sqlite";
    assert_trouble(record_place(&p, room->arena, &ask), ERR_USAGE, "网络盘");
    ask.option = arena_printf(room->arena, "%s/share/x.sqlite", room->folder);
    assert_trouble(record_place(&p, room->arena, &ask), ERR_USAGE, "网络盘");
}

static void a_folder_that_may_not_be_written_gives_it_to_the_user(void **state) {
    Room *room = *state;
    RecordAsk ask = ask_of(room, "gone");
    rmdir(arena_printf(room->arena, "%s/gone", room->folder));
    RecordPlace p = place_of(room, &ask);
    assert_int_equal(p.source, RECORD_USER);
    assert_ends(p.record, "/data/chupin/chupin.sqlite");
    /* Its folders are made with it. */
    Record *r;
    assert_fine(record_open(&r, room->arena, p.record, RECORD_CREATE, &stamp_of_wang));
    record_close(r);
    assert_true(place_of(room, &ask).exists);
    ask.variable = nothing;
    assert_trouble(record_place(&p, room->arena, &ask), ERR_USAGE, "record:");
}

static void network_file_systems_are_known(void **state) {
    (void)state;
    static const unsigned long remote[] = {0x6969, 0xff534d42, 0xfe534d42,
                                           0x517b, 0x65735546, 0x01021997};
    static const long local[] = {0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, -1};
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++) {
        assert_true(file_system_is_remote((long)remote[i]));
        assert_true(
            file_system_is_remote((long)(int32_t)(uint32_t)remote[i])); /* f_type of 32 bits */
    }
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        assert_false(file_system_is_remote(local[i]));
}

static const struct CMUnitTest tests[] = {
    room_test(beside_the_sheet_by_default),
    room_test(beside_artwork_that_is_named_without_a_folder),
    room_test(the_sheet_says_where),
    room_test(the_site_says_where_when_the_sheet_does_not),
    room_test(a_site_configuration_that_is_wrong_is_told),
    room_test(a_share_has_no_record_of_its_own),
    room_test(a_record_on_a_share_is_refused),
    room_test(a_folder_that_may_not_be_written_gives_it_to_the_user),
    room_test(network_file_systems_are_known),
};

int main(void) {
    return room_run_tests(tests);
}
