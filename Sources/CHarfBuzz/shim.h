#ifndef BILLFOLD_CHARFBUZZ_SHIM_H
#define BILLFOLD_CHARFBUZZ_SHIM_H

#include <hb.h>
#include <hb-ot.h>

#endif
