// libjpeg reports errors by longjmp, which must not cross Swift frames; so the whole conversation with it stays in this file.
#include "CJPEG.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf escape;
  char text[JMSG_LENGTH_MAX];
} error_state;

typedef struct {
  struct jpeg_progress_mgr base;
  int scan_limit;
} progress_state;

static void fail(j_common_ptr info) {
  error_state *state = (error_state *)info->err;
  state->base.format_message(info, state->text);
  longjmp(state->escape, 1);
}

static void keep_first_warning(j_common_ptr info, int level) {
  error_state *state = (error_state *)info->err;
  if (level < 0) {
    if (state->base.num_warnings == 0) state->base.format_message(info, state->text);
    state->base.num_warnings++;
  }
}

static void stay_quiet(j_common_ptr info) { (void)info; }

static void watch_scans(j_common_ptr info) {
  progress_state *state = (progress_state *)info->progress;
  if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > state->scan_limit) {
    error_state *errors = (error_state *)info->err;
    snprintf(errors->text, sizeof errors->text, "more than %d scans", state->scan_limit);
    longjmp(errors->escape, 1);
  }
}

static void tell(char *message, size_t capacity, const char *text) {
  if (capacity == 0) return;
  strncpy(message, text, capacity - 1);
  message[capacity - 1] = 0;
}

static void prepare(struct jpeg_decompress_struct *info, error_state *errors) {
  memset(info, 0, sizeof *info);
  info->err = jpeg_std_error(&errors->base);
  errors->base.error_exit = fail;
  errors->base.emit_message = keep_first_warning;
  errors->base.output_message = stay_quiet;
  errors->text[0] = 0;
}

int billfold_jpeg_read_header(const unsigned char *bytes, size_t count, billfold_jpeg_header *header, char *message, size_t capacity) {
  struct jpeg_decompress_struct info;
  error_state errors;
  prepare(&info, &errors);
  if (setjmp(errors.escape)) {
    tell(message, capacity, errors.text);
    jpeg_destroy_decompress(&info);
    return 0;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes, count);
  jpeg_read_header(&info, TRUE);
  header->width = (int)info.image_width;
  header->height = (int)info.image_height;
  header->components = info.num_components;
  header->has_adobe_marker = info.saw_Adobe_marker ? 1 : 0;
  jpeg_destroy_decompress(&info);
  return 1;
}

static unsigned char multiply(unsigned a, unsigned b) { return (unsigned char)((a * b + 127) / 255); }

static void convert(const unsigned char *row, uint32_t *pixels, unsigned width, int components, int inverted) {
  for (unsigned i = 0; i < width; i++) {
    const unsigned char *c = row + (size_t)i * components;
    unsigned r, g, b;
    if (components == 1) {
      r = g = b = c[0];
    } else if (components == 3) {
      r = c[0], g = c[1], b = c[2];
    } else {
      // Adobe stores the inks inverted: 255 is none.
      unsigned cyan = inverted ? c[0] : 255 - c[0], magenta = inverted ? c[1] : 255 - c[1];
      unsigned yellow = inverted ? c[2] : 255 - c[2], black = inverted ? c[3] : 255 - c[3];
      r = multiply(cyan, black), g = multiply(magenta, black), b = multiply(yellow, black);
    }
    pixels[i] = r << 16 | g << 8 | b;
  }
}

int billfold_jpeg_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t stride, int scan_limit, char *message,
                         size_t capacity) {
  struct jpeg_decompress_struct info;
  error_state errors;
  progress_state progress;
  unsigned char *volatile row = NULL;
  prepare(&info, &errors);
  if (setjmp(errors.escape)) {
    tell(message, capacity, errors.text);
    jpeg_destroy_decompress(&info);
    free(row);
    return 0;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes, count);
  memset(&progress, 0, sizeof progress);
  progress.base.progress_monitor = watch_scans;
  progress.scan_limit = scan_limit;
  info.progress = &progress.base;
  jpeg_read_header(&info, TRUE);
  info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : info.num_components == 4 ? JCS_CMYK : JCS_RGB;
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  row = malloc((size_t)info.output_width * info.output_components);
  if (row == NULL) {
    tell(message, capacity, "out of memory");
    jpeg_destroy_decompress(&info);
    return 0;
  }
  while (info.output_scanline < info.output_height) {
    JSAMPROW rows[1] = {row};
    unsigned line = info.output_scanline;
    jpeg_read_scanlines(&info, rows, 1);
    if (pixels != NULL)
      convert(row, (uint32_t *)(void *)(pixels + stride * line), info.output_width, info.output_components, info.saw_Adobe_marker);
  }
  jpeg_finish_decompress(&info);
  int whole = errors.base.num_warnings == 0;
  if (!whole) tell(message, capacity, errors.text);
  jpeg_destroy_decompress(&info);
  free(row);
  return whole;
}

#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)

const char *billfold_jpeg_header_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
  return TEXT_OF(LIBJPEG_TURBO_VERSION);
#else
  return TEXT_OF(JPEG_LIB_VERSION);
#endif
}
