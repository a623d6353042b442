#pragma once
#include <zlib.h>

/// inflateInit is a macro, which Swift does not see.
static inline int billfold_inflate_start(z_stream *stream) { return inflateInit(stream); }
