#include "base/yaml.h"
#include "facts/facts.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static Facts *facts;

static int start(void **state) {
    (void)state;
    facts = facts_new();
    return 0;
}

static int stop(void **state) {
    (void)state;
    facts_free(facts);
    return 0;
}

static const char *json_of(FactKind kind, const void *row) {
    Sink s = sink_memory(facts->document);
    Json j = json_to(&s, 0);
    row_json(&j, entity_of(kind), row);
    Str text = sink_text(&s);
    return arena_copy(facts->document, text.p, text.n);
}

static void every_field_of_every_new_row_is_unknown(void **state) {
    (void)state;
    for (int kind = 0; kind < FACT_COUNT; kind++) {
        const EntityDesc *e = entity_of((FactKind)kind);
        for (int i = 0; i < 300; i++) {
            const void *row = facts_add(facts, (FactKind)kind);
            for (size_t f = 0; f < e->count; f++)
                assert_false(field_known(&e->fields[f], row));
        }
    }
}

static void a_row_never_moves_while_others_are_added(void **state) {
    (void)state;
    Ink *first = facts_add(facts, FACT_ink);
    first->name = "Cyan";
    for (int i = 0; i < 1000; i++)
        facts_add(facts, FACT_ink);
    assert_ptr_equal(first, facts_at(facts, FACT_ink, 0));
    assert_string_equal(first->name, "Cyan");
    assert_int_equal(((Ink *)facts_at(facts, FACT_ink, 1000))->row, 1000);
}

static void the_end_of_a_page_takes_its_marks_and_leaves_the_document(void **state) {
    (void)state;
    facts_add(facts, FACT_stroke);
    facts_add(facts, FACT_ink);
    facts_end_page(facts);
    assert_int_equal(facts_count(facts, FACT_stroke), 0);
    assert_int_equal(facts_count(facts, FACT_ink), 1);
    assert_int_equal(arena_bytes(facts->page), 0);
    const Stroke *again = facts_add(facts, FACT_stroke);
    assert_int_equal(again->row, 0);
    assert_true(isnan(again->width_min));
}

static void entities_and_fields_are_found_by_either_name(void **state) {
    (void)state;
    assert_int_equal(entity_find(STR("stroke")), FACT_stroke);
    assert_int_equal(entity_find(STR("线条")), FACT_stroke);
    assert_int_equal(entity_find(STR("strok")), -1);
    const EntityDesc *page = entity_of(FACT_page);
    assert_ptr_equal(field_find(page, STR("number")), field_find(page, STR("页号")));
    assert_string_equal(field_nearest(page, "numbr"), "number");
}

static void names_are_unique_within_an_entity(void **state) {
    (void)state;
    for (int kind = 0; kind < FACT_COUNT; kind++) {
        const EntityDesc *e = entity_of((FactKind)kind);
        assert_true(e->count < 128);
        for (size_t i = 0; i < e->count; i++) {
            assert_ptr_equal(field_find(e, str_of(e->fields[i].name)), &e->fields[i]);
            assert_ptr_equal(field_find(e, str_of(e->fields[i].zh)), &e->fields[i]);
        }
    }
}

static void words_are_found_by_either_language(void **state) {
    (void)state;
    const EnumDesc *space = enum_find("Space");
    assert_int_equal(enum_value(space, STR("rgb")), SPACE_RGB);
    assert_int_equal(enum_value(space, STR("专色")), SPACE_SEPARATION);
    assert_int_equal(enum_value(space, STR("unknown")), -1);
    assert_string_equal(enum_word(space, SPACE_CMYK), "cmyk");
    assert_string_equal(enum_name(space, 250, LANG_ZH), "未知");
}

static void an_unknown_row_is_all_null_in_schema_order(void **state) {
    (void)state;
    assert_string_equal(json_of(FACT_pattern, facts_add(facts, FACT_pattern)),
                        "{\"seq\":null,\"parent\":null,\"style\":null,\"box\":null,\"clip\":null,"
                        "\"kind\":null,\"region\":null,\"visible\":null,\"hidden\":null,"
                        "\"coloured\":null}");
}

static void known_fields_are_written_by_their_type(void **state) {
    (void)state;
    facts_add(facts, FACT_style);
    Style *style = facts_add(facts, FACT_style);
    Pattern *p = facts_add(facts, FACT_pattern);
    p->seq = 7;
    p->style = style;
    p->box = (Box32){0, 0.5F, 10, 20.25F};
    p->kind = MARK_PATTERN;
    p->visible = 0;
    Mark *outer = facts_add(facts, FACT_mark);
    outer->seq = 3;
    p->parent = outer;
    assert_string_equal(json_of(FACT_pattern, p),
                        "{\"seq\":7,\"parent\":3,\"style\":1,\"box\":[0,0.5,10,20.25],"
                        "\"clip\":null,\"kind\":\"pattern\",\"region\":null,\"visible\":false,"
                        "\"hidden\":null,\"coloured\":null}");
}

static void a_list_of_texts_and_an_empty_one_differ_from_unknown(void **state) {
    (void)state;
    Paper *paper = facts_add(facts, FACT_paper);
    const char *names[] = {"FOGRA39", "FOGRA51"};
    paper->name = "";
    paper->conditions = strs_of(facts->document, names, 2);
    assert_string_equal(json_of(FACT_paper, paper),
                        "{\"name\":\"\",\"class\":null,\"conditions\":[\"FOGRA39\",\"FOGRA51\"]}");
    paper->conditions = strs_of(facts->document, NULL, 0);
    assert_string_equal(json_of(FACT_paper, paper),
                        "{\"name\":\"\",\"class\":null,\"conditions\":[]}");
}

static void a_table_is_an_array_of_its_rows(void **state) {
    (void)state;
    ((Ink *)facts_add(facts, FACT_ink))->name = "Cyan";
    facts_add(facts, FACT_ink);
    Sink s = sink_memory(facts->document);
    Json j = json_to(&s, 0);
    facts_table_json(&j, facts, FACT_ink);
    Str text = sink_text(&s);
    const char *all = arena_copy(facts->document, text.p, text.n);
    assert_true(str_starts(text, "[{\"name\":\"Cyan\","));
    assert_non_null(strstr(all, "},{\"name\":null,"));
}

static void merged(FactKind kind, void *into, const void *from) {
    row_merge(entity_of(kind), facts->document, into, from);
}

static void unknown_gives_way_to_known_when_rows_are_joined(void **state) {
    (void)state;
    Font *a = facts_add(facts, FACT_font), *b = facts_add(facts, FACT_font);
    b->name = "Song";
    b->embedded = 1;
    b->used = 0;
    a->subset = 1;
    merged(FACT_font, a, b);
    assert_string_equal(a->name, "Song");
    assert_ptr_not_equal(a->name, b->name);
    assert_int_equal(a->embedded, 1);
    assert_int_equal(a->used, 0);
    assert_int_equal(a->subset, 1);
}

static void joined_rows_combine_as_the_schema_says(void **state) {
    (void)state;
    Font *a = facts_add(facts, FACT_font), *b = facts_add(facts, FACT_font);
    a->used = 0;
    b->used = 1;
    a->first_page = 9;
    b->first_page = 4;
    merged(FACT_font, a, b);
    assert_int_equal(a->used, 1);
    assert_int_equal(a->first_page, 4);
    File *x = facts_add(facts, FACT_file), *y = facts_add(facts, FACT_file);
    x->all_pages_read = 1;
    y->all_pages_read = 0;
    merged(FACT_file, x, y);
    assert_int_equal(x->all_pages_read, 0);
}

static void a_first_page_of_none_gives_way_to_a_page(void **state) {
    (void)state;
    Font *a = facts_add(facts, FACT_font), *b = facts_add(facts, FACT_font);
    a->first_page = 0;
    b->first_page = 4;
    merged(FACT_font, a, b);
    assert_int_equal(a->first_page, 4);
}

static void lists_are_joined_without_repeats(void **state) {
    (void)state;
    Document *a = facts_add(facts, FACT_document), *b = facts_add(facts, FACT_document);
    const char *first[] = {"p1", "p2"}, *second[] = {"p2", "p3"};
    a->damage = strs_of(facts->document, first, 2);
    b->damage = strs_of(facts->document, second, 2);
    merged(FACT_document, a, b);
    assert_int_equal(a->damage->count, 3);
    assert_string_equal(a->damage->items[2], "p3");
}

static void a_count_of_different_things_is_unknown_after_a_join(void **state) {
    (void)state;
    Document *a = facts_add(facts, FACT_document), *b = facts_add(facts, FACT_document);
    a->trim_sizes = 1;
    b->trim_sizes = 1;
    merged(FACT_document, a, b);
    assert_int_equal(a->trim_sizes, UNKNOWN_INT);
}

static void the_manual_names_every_entity_field_and_word(void **state) {
    (void)state;
    Sink s = sink_memory(facts->document);
    facts_markdown(&s);
    Str text = sink_text(&s);
    const char *page = arena_copy(facts->document, text.p, text.n);
    for (int kind = 0; kind < FACT_COUNT; kind++) {
        const EntityDesc *e = entity_of((FactKind)kind);
        assert_non_null(strstr(page, arena_printf(facts->document, "## %s %s", e->name, e->zh)));
        for (size_t i = 0; i < e->count; i++)
            assert_non_null(strstr(page, arena_printf(facts->document, "| `%s` | %s |",
                                                      e->fields[i].name, e->fields[i].zh)));
    }
    assert_non_null(strstr(page, "`devicen` 多色 DeviceN"));
}

/* `make docs` rewrites it. */
static void the_manual_in_docs_is_the_one_the_tables_make(void **state) {
    (void)state;
    Sink s = sink_memory(facts->document);
    facts_markdown(&s);
    YamlText written;
    Result r = yaml_load(&written, facts->document, CHUPIN_RULES "/../docs/facts.md");
    assert_int_equal(r.kind, ERR_NONE);
    assert_true(str_eq(written.text, sink_text(&s)));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_field_of_every_new_row_is_unknown),
        CASE(a_row_never_moves_while_others_are_added),
        CASE(the_end_of_a_page_takes_its_marks_and_leaves_the_document),
        CASE(entities_and_fields_are_found_by_either_name),
        CASE(names_are_unique_within_an_entity),
        CASE(words_are_found_by_either_language),
        CASE(an_unknown_row_is_all_null_in_schema_order),
        CASE(known_fields_are_written_by_their_type),
        CASE(a_list_of_texts_and_an_empty_one_differ_from_unknown),
        CASE(a_table_is_an_array_of_its_rows),
        CASE(unknown_gives_way_to_known_when_rows_are_joined),
        CASE(joined_rows_combine_as_the_schema_says),
        CASE(a_first_page_of_none_gives_way_to_a_page),
        CASE(lists_are_joined_without_repeats),
        CASE(a_count_of_different_things_is_unknown_after_a_join),
        CASE(the_manual_names_every_entity_field_and_word),
        CASE(the_manual_in_docs_is_the_one_the_tables_make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
