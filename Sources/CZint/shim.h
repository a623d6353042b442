#ifndef BILLFOLD_CZINT_SHIM_H
#define BILLFOLD_CZINT_SHIM_H

#include <zint.h>

// Large C arrays reach Swift as tuples that cannot be indexed; these read them in place.

// Whether the module in that row and column is dark.
static inline int billfold_zint_module(const struct zint_symbol *symbol, int row, int column) {
  return (symbol->encoded_data[row][column >> 3] >> (column & 7)) & 1;
}

// The message of the last error or warning, NUL-terminated.
static inline const char *billfold_zint_message(const struct zint_symbol *symbol) { return symbol->errtxt; }

// ZINT_VERSION of the headers is not enough: the library found at run time is what encodes.
static inline int billfold_zint_version(void) { return ZBarcode_Version(); }

#endif
