#ifndef BILLFOLD_CHYPHEN_SHIM_H
#define BILLFOLD_CHYPHEN_SHIM_H

#include <hyphen.h>

#endif
