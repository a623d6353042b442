#define _GNU_SOURCE
#include "CLinux.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
  const char *name;
  uint8_t *bytes;
  int32_t capacity;
  int32_t count;
} search;

// Notes are made of a header, a name and a description, each padded to four bytes.
static int32_t build_id(const uint8_t *notes, size_t size, uint8_t *bytes, int32_t capacity) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    memcpy(&head, notes, sizeof head);
    size_t name = ((size_t)head.n_namesz + 3) & ~(size_t)3, description = ((size_t)head.n_descsz + 3) & ~(size_t)3;
    if (name > size - sizeof head || description > size - sizeof head - name) return 0;
    const uint8_t *text = notes + sizeof head;
    if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 && memcmp(text, "GNU", 4) == 0) {
      int32_t count = head.n_descsz < (uint32_t)capacity ? (int32_t)head.n_descsz : capacity;
      memcpy(bytes, text + name, (size_t)count);
      return count;
    }
    notes += sizeof head + name + description;
    size -= sizeof head + name + description;
  }
  return 0;
}

static int look(struct dl_phdr_info *object, size_t size, void *data) {
  (void)size;
  search *wanted = data;
  const char *slash = strrchr(object->dlpi_name, '/');
  if (strncmp(slash ? slash + 1 : object->dlpi_name, wanted->name, strlen(wanted->name)) != 0) return 0;
  for (int index = 0; index < object->dlpi_phnum && wanted->count == 0; index++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[index];
    if (part->p_type != PT_NOTE) continue;
    wanted->count = build_id((const uint8_t *)(object->dlpi_addr + part->p_vaddr), part->p_memsz, wanted->bytes, wanted->capacity);
  }
  return 1;
}

int32_t bf_library_build_id(const char *name, uint8_t *bytes, int32_t capacity) {
  search wanted = {name, bytes, capacity, 0};
  dl_iterate_phdr(look, &wanted);
  return wanted.count;
}

static int release(struct dl_phdr_info *object, size_t size, void *data) {
  (void)size;
  const uintptr_t page = *(const uintptr_t *)data;
  // The kernel's own object is no file. The program itself, which is the first, has no name.
  if (object->dlpi_name[0] != 0 && object->dlpi_name[0] != '/') return 0;
  for (int index = 0; index < object->dlpi_phnum; index++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[index];
    // What may be written to holds what was written.
    if (part->p_type != PT_LOAD || part->p_flags & PF_W) continue;
    // Whole pages only: what begins or ends within one may share it.
    uintptr_t start = (object->dlpi_addr + part->p_vaddr + page - 1) & ~(page - 1);
    uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
    if (end > start) (void)madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 0;
}

void bf_release_code(void) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  dl_iterate_phdr(release, &page);
}
