#ifndef BILLFOLD_CCAIRO_SHIM_H
#define BILLFOLD_CCAIRO_SHIM_H

#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H

// FT_LOAD_NO_HINTING is a macro over a shifted constant that Swift does not import.
static const int billfold_ft_load_no_hinting = FT_LOAD_NO_HINTING;

// glibc's <malloc.h> is in no module Swift knows. Elsewhere these do nothing.
#include <zlib.h>

#if defined(__GLIBC__)
#include <malloc.h>
static inline void billfold_keep_freed_memory(int kept, int map_threshold) {
  mallopt(M_TRIM_THRESHOLD, kept);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_MMAP_THRESHOLD, map_threshold);
}
#else
static inline void billfold_keep_freed_memory(int kept, int map_threshold) {
  (void)kept;
  (void)map_threshold;
}
#endif

#endif
