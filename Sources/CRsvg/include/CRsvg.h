#ifndef BILLFOLD_CRSVG_H
#define BILLFOLD_CRSVG_H

#include <stddef.h>

// An SVG document that librsvg has read.
typedef struct billfold_svg billfold_svg;

// Opens a document held in memory, without a base address, so that nothing outside it can be reached.
// Returns NULL and fills `message` (at most `capacity` bytes with the NUL) on error.
billfold_svg *billfold_svg_open(const unsigned char *bytes, size_t count, char *message, size_t capacity);

// The document's size in CSS pixels: from width and height, else from the view box. 0 where it states neither.
int billfold_svg_size(billfold_svg *svg, double *width, double *height);

// Paints the document into the rectangle from the origin on `context`, a cairo_t. Returns 0 on failure.
int billfold_svg_render(billfold_svg *svg, void *context, double width, double height);

void billfold_svg_close(billfold_svg *svg);

// The version of the library in use, as major * 10000 + minor * 100 + micro.
int billfold_svg_version(void);

#endif
