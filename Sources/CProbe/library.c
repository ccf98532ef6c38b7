// dladdr and gnu_get_libc_version are hidden from Swift, which does not define _GNU_SOURCE.
#define _GNU_SOURCE
#include "CProbe.h"

#include <dlfcn.h>
#include <stddef.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>

const char *assay_glibc_version(void) { return gnu_get_libc_version(); }
#else
const char *assay_glibc_version(void) { return NULL; }
#endif

const char *assay_library_file(const char *function) {
    Dl_info found;
    void *address = dlsym(RTLD_DEFAULT, function);
    return address && dladdr(address, &found) ? found.dli_fname : NULL;
}
