/* Decodes a TIFF or JPEG and looks at nothing: what reading the pixels costs anybody.
 *
 *     bench-decode FILE */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <tiffio.h>

static bool decode_tiff(const char *path) {
    TIFF *t = TIFFOpen(path, "r");
    if (!t)
        return false;
    tmsize_t size = TIFFIsTiled(t) ? TIFFTileSize(t) : TIFFStripSize(t);
    uint32_t count = TIFFIsTiled(t) ? TIFFNumberOfTiles(t) : TIFFNumberOfStrips(t);
    void *strile = malloc((size_t)size);
    bool whole = strile != NULL;
    for (uint32_t i = 0; whole && i < count; i++)
        whole = (TIFFIsTiled(t) ? TIFFReadEncodedTile(t, i, strile, size)
                                : TIFFReadEncodedStrip(t, i, strile, size)) >= 0;
    free(strile);
    TIFFClose(t);
    return whole;
}

/* Trouble ends the program, as libjpeg does by itself. */
static bool decode_jpeg(FILE *file) {
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr errors;
    d.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&d);
    jpeg_stdio_src(&d, file);
    jpeg_read_header(&d, TRUE);
    if (d.num_components == 4)
        d.out_color_space = JCS_CMYK;
    jpeg_start_decompress(&d);
    JSAMPROW row = malloc((size_t)d.output_width * (size_t)d.output_components);
    while (row && d.output_scanline < d.output_height)
        jpeg_read_scanlines(&d, &row, 1);
    jpeg_finish_decompress(&d);
    jpeg_destroy_decompress(&d);
    free(row);
    return true;
}

int main(int argc, char **argv) {
    unsigned char magic[2] = {0};
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file || fread(magic, 1, sizeof magic, file) != sizeof magic) {
        fputs("usage: bench-decode FILE\n", stderr);
        return 2;
    }
    rewind(file);
    bool whole = magic[0] == 0xff && magic[1] == 0xd8 ? decode_jpeg(file) : decode_tiff(argv[1]);
    fclose(file);
    return whole ? 0 : 1;
}
