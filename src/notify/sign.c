#include "notify/sign.h"

#include <ctype.h>
#include <inttypes.h>
#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <string.h>

static const char *hmac_base64(Arena *a, const char *key, const char *message) {
    struct hmac_sha256_ctx hmac;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char *out = arena_alloc(a, BASE64_ENCODE_RAW_LENGTH(sizeof digest) + 1);
    hmac_sha256_set_key(&hmac, strlen(key), (const uint8_t *)key);
    hmac_sha256_update(&hmac, strlen(message), (const uint8_t *)message);
    hmac_sha256_digest(&hmac, sizeof digest, digest);
    base64_encode_raw(out, sizeof digest, digest);
    return out;
}

const char *sign_dingtalk(Arena *a, int64_t milliseconds, const char *secret) {
    return hmac_base64(a, secret, arena_printf(a, "%" PRId64 "\n%s", milliseconds, secret));
}

const char *sign_feishu(Arena *a, int64_t seconds, const char *secret) {
    return hmac_base64(a, arena_printf(a, "%" PRId64 "\n%s", seconds, secret), "");
}

const char *url_escaped(Arena *a, const char *text) {
    static const char hex[] = "0123456789ABCDEF";
    char *out = arena_alloc(a, 3 * strlen(text) + 1), *to = out;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if ((*p < 128 && isalnum(*p)) || strchr("-._~", *p)) {
            *to++ = (char)*p;
            continue;
        }
        *to++ = '%';
        *to++ = hex[*p >> 4];
        *to++ = hex[*p & 15];
    }
    return out;
}
