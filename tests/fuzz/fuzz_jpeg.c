/* Arbitrary bytes as a JPEG. */
#include "codec_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    uint8_t *copy = malloc(n ? n : 1); /* so that a byte too far is seen */
    if (!copy)
        abort();
    memcpy(copy, p, n);
    codec_bytes(&jpeg_codec, copy, n);
    free(copy);
    return 0;
}
