#ifndef BILLFOLD_CJPEG_H
#define BILLFOLD_CJPEG_H

#include <stddef.h>

// What the header of a JPEG stream says.
typedef struct {
  int width;
  int height;
  // 1 grey, 3 colour, 4 CMYK or YCCK.
  int components;
  // Whether an Adobe marker is present: its CMYK is stored inverted.
  int has_adobe_marker;
} billfold_jpeg_header;

// Reads the header. Returns 1, or 0 with a message of at most `capacity` bytes.
int billfold_jpeg_read_header(const unsigned char *bytes, size_t count, billfold_jpeg_header *header, char *message, size_t capacity);

// Decodes every row into `pixels`, 4 bytes a pixel in the machine's order of 0x00RRGGBB, rows `stride` bytes apart; CMYK is turned into RGB.
// With `pixels` NULL the rows are decoded and dropped, which proves the file whole. A warning (cut-off data, bad codes) counts as failure.
// `scan_limit` bounds the scans of a progressive file. Returns 1, or 0 with a message.
int billfold_jpeg_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t stride, int scan_limit, char *message,
                         size_t capacity);

// The version of the header this was built with: the library itself does not tell its own.
const char *billfold_jpeg_header_version(void);

#endif
