#ifndef BILLFOLD_CGMIME_H
#define BILLFOLD_CGMIME_H

#include <stdint.h>

// Makes the library ready; to be called once, before anything else of it.
void cgmime_start(void);
// The version of the library in use, as major * 10000 + minor * 100 + micro.
int32_t cgmime_version(void);

#endif
