// librsvg's pkg-config flags contain -pthread, which the Swift package manager rejects with a warning on every build. So its headers are not
// included; the few functions used are declared here, as documented for librsvg 2.52 and later (a stable C interface).
#include "CRsvg.h"

#include <string.h>

typedef struct {
  unsigned domain;
  int code;
  char *message;
} GError;

typedef struct {
  double length;
  int unit;
} RsvgLength;

typedef struct {
  double x, y, width, height;
} RsvgRectangle;

typedef struct _RsvgHandle RsvgHandle;

extern const unsigned rsvg_major_version, rsvg_minor_version, rsvg_micro_version;
extern RsvgHandle *rsvg_handle_new_from_data(const unsigned char *data, size_t data_len, GError **error);
extern void rsvg_handle_set_dpi(RsvgHandle *handle, double dpi);
extern int rsvg_handle_get_intrinsic_size_in_pixels(RsvgHandle *handle, double *width, double *height);
extern void rsvg_handle_get_intrinsic_dimensions(RsvgHandle *handle, int *has_width, RsvgLength *width, int *has_height, RsvgLength *height,
                                                 int *has_viewbox, RsvgRectangle *viewbox);
extern int rsvg_handle_render_document(RsvgHandle *handle, void *cairo, const RsvgRectangle *viewport, GError **error);
extern void g_object_unref(void *object);
extern void g_error_free(GError *error);

billfold_svg *billfold_svg_open(const unsigned char *bytes, size_t count, char *message, size_t capacity) {
  GError *error = NULL;
  RsvgHandle *handle = rsvg_handle_new_from_data(bytes, count, &error);
  if (handle == NULL && capacity > 0) {
    strncpy(message, error != NULL ? error->message : "not an SVG document", capacity - 1);
    message[capacity - 1] = 0;
  }
  if (error != NULL) g_error_free(error);
  if (handle != NULL) rsvg_handle_set_dpi(handle, 96);
  return (billfold_svg *)handle;
}

int billfold_svg_size(billfold_svg *svg, double *width, double *height) {
  RsvgHandle *handle = (RsvgHandle *)svg;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle, width, height)) return 1;
  int has_width, has_height, has_box;
  RsvgLength stated_width, stated_height;
  RsvgRectangle box;
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &stated_width, &has_height, &stated_height, &has_box, &box);
  if (!has_box) return 0;
  *width = box.width;
  *height = box.height;
  return 1;
}

int billfold_svg_render(billfold_svg *svg, void *context, double width, double height) {
  RsvgRectangle viewport = {0, 0, width, height};
  return rsvg_handle_render_document((RsvgHandle *)svg, context, &viewport, NULL) ? 1 : 0;
}

void billfold_svg_close(billfold_svg *svg) { g_object_unref(svg); }

int billfold_svg_version(void) { return (int)(rsvg_major_version * 10000 + rsvg_minor_version * 100 + rsvg_micro_version); }
