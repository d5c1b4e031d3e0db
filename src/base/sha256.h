/* SHA-256 in one streamed pass (nettle, which uses the processor's SHA instructions where it has them). */
#ifndef CHUPIN_BASE_SHA256_H
#define CHUPIN_BASE_SHA256_H

#include <nettle/sha2.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_HEX = 65 };

typedef struct Sha256 {
    struct sha256_ctx state;
} Sha256;

void sha256_start(Sha256 *h);
void sha256_add(Sha256 *h, const void *p, size_t n);
void sha256_end(Sha256 *h, char hex[SHA256_HEX]);
void sha256_of(const void *p, size_t n, char hex[SHA256_HEX]);

#endif
