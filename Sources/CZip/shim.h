#pragma once
#include <dlfcn.h>
#include <stdio.h>
#include <zip.h>
#include <unistd.h>

// The library is loaded when its functions are asked for: with all that it brings along it takes a process some milliseconds to start, and
// only a reader of archives needs it. So each function in use is a member here, under its own name.
#define CZIP_FUNCTIONS(F) \
  F(zip_discard) \
  F(zip_error_code_zip) \
  F(zip_error_fini) \
  F(zip_error_init) \
  F(zip_error_init_with_code) \
  F(zip_error_strerror) \
  F(zip_fclose) \
  F(zip_file_get_error) \
  F(zip_fopen_index) \
  F(zip_fread) \
  F(zip_get_error) \
  F(zip_get_name) \
  F(zip_get_num_entries) \
  F(zip_libzip_version) \
  F(zip_open) \
  F(zip_open_from_source) \
  F(zip_source_buffer_create) \
  F(zip_source_free) \
  F(zip_stat_index) \
  F(zip_stat_init)

#define CZIP_MEMBER(name) __typeof__(name) *name;
typedef struct {
  CZIP_FUNCTIONS(CZIP_MEMBER)
} czip_functions;
#undef CZIP_MEMBER

// A program that lacks one of its libraries ends, as it does where it is told so at its start.
static inline void *czip_found(void *address) {
  if (address) return address;
  fprintf(stderr, "billfold: %s\n", dlerror());
  _exit(70);
}

static inline czip_functions czip_load(void) {
  // Debian long kept the older of the two names.
  void *library = dlopen("libzip.so.4", RTLD_LAZY);
  if (!library) library = czip_found(dlopen("libzip.so.5", RTLD_LAZY));
  czip_functions functions;
#define CZIP_FIND(name) *(void **)&functions.name = czip_found(dlsym(library, #name));
  CZIP_FUNCTIONS(CZIP_FIND)
#undef CZIP_FIND
  return functions;
}
