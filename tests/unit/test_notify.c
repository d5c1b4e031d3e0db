/* Signatures against vectors made with Python's hmac, secrets that are not written out, and what a
 * digest shows of hostile names. */
#include "notify/digest.h"
#include "notify/sign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define SECRET "SEC0123456789abcdef"

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_dingtalk(void **state) {
    (void)state;
    const char *sign = sign_dingtalk(arena, 1577262236757, SECRET);
    assert_string_equal(sign, "Pgr6tpIpjVrMPPJUPkaI9sivFPPTYOy5zIOMF2GPFMA=");
    assert_string_equal(url_escaped(arena, sign), "Pgr6tpIpjVrMPPJUPkaI9sivFPPTYOy5zIOMF2GPFMA%3D");
}

static void test_feishu(void **state) {
    (void)state;
    assert_string_equal(sign_feishu(arena, 1599360473, SECRET),
                        "o4rYuzS+vyYu0ScPJVg0TrKMaVksgOXu1MYbxvtUINE=");
}

static void test_secrets_are_named(void **state) {
    (void)state;
    NotifyPlan plan = {0};
    Where at = {0};
    assert_int_equal(notify_set(&plan, arena, "企业微信", "693a91f6-7xxx", true, at).kind,
                     ERR_USAGE);
    assert_int_equal(notify_set(&plan, arena, "wecom", "https://example.com/x", false, at).kind,
                     ERR_USAGE);
    assert_false(notify_wanted(&plan));
    assert_int_equal(notify_set(&plan, arena, "ＷｅＣｏｍ", "env:KEY", true, at).kind, ERR_NONE);
    assert_true(notify_wanted(&plan));
    assert_int_equal(notify_set(&plan, arena, "smtp", "smtp://evil", true, at).kind, ERR_USAGE);
    assert_int_equal(notify_set(&plan, arena, "smtp", "smtp://own", false, at).kind, ERR_NONE);
    assert_int_equal(notify_set(&plan, arena, "slack", "env:X", true, at).kind, ERR_USAGE);
    NotifyPlan again;
    notify_from_text(&again, arena, notify_text(arena, &plan));
    assert_string_equal(again.values[NOTIFY_WECOM], "env:KEY");
    assert_string_equal(again.values[NOTIFY_SMTP], "smtp://own");
    assert_null(again.values[NOTIFY_FEISHU]);
}

static void test_digest_is_bounded(void **state) {
    (void)state;
    enum { MOST = 4000, FILES = 100 };
    Digest d = {0};
    for (int i = 0; i < FILES; i++)
        digest_add(&d, arena,
                   &(ToldFile){.name = "名字*很[长](http://x)<@all>\n的\xe2\x80\xae稿子.pdf",
                               .place = "不通过/a.pdf",
                               .stage = "不通过",
                               .line = "必须改 3",
                               .folder = "/srv/出品",
                               .worst_count = 2,
                               .worst = {"第 1 页 太细", "第 2 页 太粗"}});
    const char *text = digest_markdown(arena, &d, "\\\\server\\出品", LANG_ZH, MOST);
    assert_true(strlen(text) <= MOST);
    assert_true(text_valid(text, strlen(text)));
    assert_non_null(strstr(text, "100 个文件"));
    assert_int_equal(d.worst_count, DIGEST_WORST);
    assert_null(strstr(text, "<@all>"));
    assert_null(strstr(text, "](http"));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "server"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_dingtalk, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_feishu, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_secrets_are_named, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_digest_is_bounded, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
