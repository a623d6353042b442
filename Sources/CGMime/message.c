// GMime's pkg-config flags contain -pthread, which the Swift package manager rejects with a warning on every build. So its headers are not
// included; the few functions used are declared here, as documented for GMime 3.2 (a stable C interface).
#include "CGMime.h"

extern const unsigned gmime_major_version, gmime_minor_version, gmime_micro_version;
extern void g_mime_init(void);

void cgmime_start(void) { g_mime_init(); }

int32_t cgmime_version(void) { return (int32_t)(gmime_major_version * 10000 + gmime_minor_version * 100 + gmime_micro_version); }
