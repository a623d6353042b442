// librsvg's pkg-config flags contain -pthread, which the Swift package manager rejects with a warning on every build. So its headers are not
// included; the few functions used are declared here, as documented for librsvg 2.52 and later (a stable C interface).
#include "CRsvg.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

// The library is loaded with the first drawing: with all that it brings along it takes a process some milliseconds. So each function is a
// pointer here, under its own name.
#define FUNCTIONS(F) \
  F(RsvgHandle *, rsvg_handle_new_from_data, (const unsigned char *data, size_t data_len, GError **error)) \
  F(void, rsvg_handle_set_dpi, (RsvgHandle *handle, double dpi)) \
  F(int, rsvg_handle_get_intrinsic_size_in_pixels, (RsvgHandle *handle, double *width, double *height)) \
  F(void, rsvg_handle_get_intrinsic_dimensions, \
    (RsvgHandle *handle, int *has_width, RsvgLength *width, int *has_height, RsvgLength *height, int *has_viewbox, \
     RsvgRectangle *viewbox)) \
  F(int, rsvg_handle_render_document, (RsvgHandle *handle, void *cairo, const RsvgRectangle *viewport, GError **error)) \
  F(void, g_object_unref, (void *object)) \
  F(void, g_error_free, (GError *error))

#define POINTER(result, name, parameters) static result(*name) parameters;
FUNCTIONS(POINTER)
#undef POINTER
static const unsigned *rsvg_major_version, *rsvg_minor_version, *rsvg_micro_version;

// A program that lacks one of its libraries ends, as it does where it is told so at its start.
static void *found(void *address) {
  if (address) return address;
  fprintf(stderr, "billfold: %s\n", dlerror());
  _exit(70);
}

static void load(void) {
  void *library = found(dlopen("librsvg-2.so.2", RTLD_LAZY));
#define FIND(result, name, parameters) *(void **)&name = found(dlsym(library, #name));
  FUNCTIONS(FIND)
#undef FIND
  rsvg_major_version = found(dlsym(library, "rsvg_major_version"));
  rsvg_minor_version = found(dlsym(library, "rsvg_minor_version"));
  rsvg_micro_version = found(dlsym(library, "rsvg_micro_version"));
}

static void ensure(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
}

billfold_svg *billfold_svg_open(const unsigned char *bytes, size_t count, char *message, size_t capacity) {
  ensure();
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

int billfold_svg_version(void) {
  ensure();
  return (int)(*rsvg_major_version * 10000 + *rsvg_minor_version * 100 + *rsvg_micro_version);
}
