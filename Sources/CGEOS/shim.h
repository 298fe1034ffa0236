// The functions without a context share global state between threads: they are not even declared.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
