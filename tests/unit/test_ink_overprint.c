/* Overprint: one test a cell of ISO 32000-1 Table 149, first as the table, then as paint. */
#include "press_room.h"

#include "ink/press/overprint.h"

static const Overprint off = {false, 1}, mode0 = {true, 0}, mode1 = {true, 1};

typedef struct Cell {
    const char *name;
    InkSource source;
    InkPlane plane;
    const Overprint *o;
    InkAction expected;
} Cell;

static Cell cells[] = {
#define THREE(source, plane, a, b, c)                                                              \
    {#source " " #plane " without overprint", INK_OF_##source, PLANE_IS_##plane, &off, PAINT_##a}, \
        {#source " " #plane " in mode 0", INK_OF_##source, PLANE_IS_##plane, &mode0, PAINT_##b},   \
        {#source " " #plane " in mode 1", INK_OF_##source, PLANE_IS_##plane, &mode1, PAINT_##c},
    THREE(CMYK, GIVEN, SOURCE, SOURCE, SOURCE) THREE(CMYK, ZERO, SOURCE, SOURCE,
                                                     LEAVE) THREE(CMYK, OTHER, NO_INK, LEAVE, LEAVE)
        THREE(PROCESS, GIVEN, SOURCE, SOURCE, SOURCE) THREE(PROCESS, ZERO, SOURCE, SOURCE, SOURCE)
            THREE(PROCESS, OTHER, NO_INK, LEAVE, LEAVE) THREE(NAMES, GIVEN, SOURCE, SOURCE, SOURCE)
                THREE(NAMES, ZERO, SOURCE, SOURCE, SOURCE) THREE(NAMES, OTHER, NO_INK, LEAVE, LEAVE)
#undef THREE
};
enum { CELLS = sizeof cells / sizeof *cells };

static void table_cell(void **state) {
    const Cell *c = *state;
    assert_int_equal(overprint_action(c->source, c->plane, *c->o), c->expected);
}

/* The same through the press: a colour, its paint without overprint, in mode 0 and in mode 1. */
typedef struct Case {
    const char *name, *content, *off, *mode0, *mode1;
} Case;

static const char *const more[] = {"<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 .2 .8 .1]>>",
                                   NULL};

static const char spaces[] =
    "/ColorSpace<</Gold[/Separation/Gold/DeviceCMYK 5 0 R]/Black[/Separation/Black/DeviceCMYK 5 0 "
    "R]"
    "/All[/Separation/All/DeviceCMYK 5 0 R]/None[/Separation/None/DeviceCMYK 5 0 R]"
    "/KG[/DeviceN[/Black/Gold]/DeviceCMYK 5 0 R]/CMYK[/DeviceN[/Cyan/Magenta/Yellow/Black]"
    "/DeviceCMYK 5 0 R]/GN[/DeviceN[/None/Gold/None]/DeviceCMYK 5 0 R]"
    "/NN[/DeviceN[/None/None]/DeviceCMYK 5 0 R]/GG[/DeviceN[/Gold/Gold]/DeviceCMYK 5 0 R]"
    "/I[/Indexed/DeviceCMYK 1<00ff0000 00000080>]/IG[/Indexed[/Separation/Gold/DeviceCMYK 5 0 R]"
    " 1<00ff>]>>";

static Case cases[] = {
    {"DeviceCMYK", "0 .5 0 1 k", "M128 K255 knock", "C0 M128 Y0 K255 keep", "M128 K255 keep"},
    {"white DeviceCMYK", "0 0 0 0 k", "knock", "C0 M0 Y0 K0 keep", "keep"},
    {"hardly any ink is ink", ".001 0 0 1 k", "C0 K255 knock", "C0 M0 Y0 K255 keep",
     "C0 K255 keep"},
    {"DeviceGray is black and replaces all process inks", ".9 g", "K26 knock", "C0 M0 Y0 K26 keep",
     "C0 M0 Y0 K26 keep"},
    {"white DeviceRGB replaces all process inks", "1 1 1 rg", "knock", "C0 M0 Y0 K0 keep",
     "C0 M0 Y0 K0 keep"},
    {"a spot touches only its plane", "/Gold cs .5 scn", "Gold128 knock", "Gold128 keep",
     "Gold128 keep"},
    {"a spot without ink erases its plane", "/Gold cs 0 scn", "knock", "Gold0 keep", "Gold0 keep"},
    {"Separation Black is the black plane alone", "/Black cs 1 scn", "K255 knock", "K255 keep",
     "K255 keep"},
    {"DeviceN touches what it names", "/KG cs .5 .25 scn", "K128 Gold64 knock", "K128 Gold64 keep",
     "K128 Gold64 keep"},
    {"mode 1 spares nothing that a DeviceN names", "/CMYK cs 0 0 0 1 scn", "K255 knock",
     "C0 M0 Y0 K255 keep", "C0 M0 Y0 K255 keep"},
    {"None among names is no plane", "/GN cs 1 .5 1 scn", "Gold128 knock", "Gold128 keep",
     "Gold128 keep"},
    {"a name given twice counts once", "/GG cs 1 .5 scn", "Gold255 knock", "Gold255 keep",
     "Gold255 keep"},
    {"None paints nothing", "/None cs 1 scn", "nothing", "nothing", "nothing"},
    {"only None paints nothing", "/NN cs 1 1 scn", "nothing", "nothing", "nothing"},
    {"All is every plane", "/All cs .5 scn", "Rest128 all", "Rest128 all", "Rest128 all"},
    {"a colour out of a table is not given directly", "/I cs 1 scn", "K128 knock",
     "C0 M0 Y0 K128 keep", "C0 M0 Y0 K128 keep"},
    {"a table of a spot", "/IG cs 1 scn", "Gold255 knock", "Gold255 keep", "Gold255 keep"},
};
enum { CASES = sizeof cases / sizeof *cases };

static void painted_case(void **state) {
    const Case *c = *state;
    void *room;
    (void)room_start(&room);
    room_open(room, "", spaces, c->content, more);
    room_press(room, NULL);
    assert_string_equal(painted(room, BLENDS_IN_INKS, off), c->off);
    assert_string_equal(painted(room, BLENDS_IN_INKS, mode0), c->mode0);
    assert_string_equal(painted(room, BLENDS_IN_INKS, mode1), c->mode1);
    (void)room_stop(&room);
}

/* Images and shadings: mode 1 is of no account. */
static void rows_of_cmyk_are_not_given_directly(void **state) {
    Room *r = *state;
    room_open(r, "", "", "0 0 0 1 k", NULL);
    room_press(r, NULL);
    const PressRows *rows = press_rows(r->press, r->colour.space, BLENDS_IN_INKS, &r->why);
    Paint paint = {.flat = true};
    for (MarkClass class = CLASS_IMAGE; class <= CLASS_SHADING; class ++) {
        press_rows_paint(rows, &paint, mode1, class);
        assert_string_equal(paint_text(r, &paint), "C0 M0 Y0 K0 keep");
        assert_false(paint.flat);
        press_rows_paint(rows, &paint, off, class);
        assert_string_equal(paint_text(r, &paint), "C0 M0 Y0 K0 knock");
    }
}

static void in_a_group_of_rgb_cmyk_is_converted_colour(void **state) {
    Room *r = *state;
    room_open(r, "", "", "0 0 0 0 k", NULL);
    room_press(r, NULL);
    assert_string_equal(painted(r, BLENDS_IN_RGB, mode1), "C0 M0 Y0 keep");
    assert_string_equal(painted(r, BLENDS_IN_GRAY, mode1), "K0 keep");
}

int main(void) {
    static struct CMUnitTest tests[CELLS + CASES];
    for (int i = 0; i < CELLS; i++)
        tests[i] = (struct CMUnitTest){cells[i].name, table_cell, NULL, NULL, &cells[i]};
    for (int i = 0; i < CASES; i++)
        tests[CELLS + i] = (struct CMUnitTest){cases[i].name, painted_case, NULL, NULL, &cases[i]};
    const struct CMUnitTest more_tests[] = {
        ROOM_TEST(rows_of_cmyk_are_not_given_directly),
        ROOM_TEST(in_a_group_of_rgb_cmyk_is_converted_colour),
    };
    int failed = cmocka_run_group_tests_name("overprint table", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("overprint rows", more_tests, NULL, NULL);
}
