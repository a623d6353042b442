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
static const int billfold_ft_load_no_scale = FT_LOAD_NO_SCALE;

#include <zlib.h>

#endif
