#pragma once
#include <zlib.h>

/// inflateInit is a macro, which Swift does not see.
static inline int billfold_inflate_start(z_stream *stream) { return inflateInit(stream); }

/// The same for one member of a gzip file (RFC 1952).
static inline int billfold_inflate_start_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
