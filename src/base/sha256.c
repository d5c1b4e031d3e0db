#include "base/sha256.h"

void sha256_start(Sha256 *h) {
    sha256_init(&h->state);
}

void sha256_add(Sha256 *h, const void *p, size_t n) {
    sha256_update(&h->state, n, p);
}

void sha256_end(Sha256 *h, char hex[SHA256_HEX]) {
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(&h->state, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[SHA256_HEX - 1] = '\0';
}

void sha256_of(const void *p, size_t n, char hex[SHA256_HEX]) {
    Sha256 h;
    sha256_start(&h);
    sha256_add(&h, p, n);
    sha256_end(&h, hex);
}
