/* Arbitrary bytes as a PNG, as they are and with the sums of all chunks put right, without which
 * hardly any change would get past the sums. */
#include "codec_bytes.h"
#include "read/bytes.h"

#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { SIGNATURE = 8, FRAME = 12 };

static void put_sums_right(uint8_t *p, size_t n) {
    for (size_t at = SIGNATURE; n >= FRAME && at <= n - FRAME;) {
        size_t length = be32(p + at);
        if (length > n - FRAME - at)
            return;
        uLong sum = crc32_z(0, p + at + 4, length + 4);
        for (size_t i = 0; i < 4; i++)
            p[at + 8 + length + i] = (uint8_t)(sum >> (24 - 8 * i));
        at += FRAME + length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    codec_bytes(&png_codec, p, n);
    uint8_t *copy = malloc(n ? n : 1);
    if (!copy)
        abort();
    memcpy(copy, p, n);
    put_sums_right(copy, n);
    codec_bytes(&png_codec, copy, n);
    free(copy);
    return 0;
}
