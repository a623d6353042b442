#ifndef BILLFOLD_CCURL_H
#define BILLFOLD_CCURL_H

// The version of the library in use, such as "7.88.1".
const char *ccurl_version(void);

#endif
