#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int32_t bf_ensure_standard_descriptors(void) {
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    // Opened the wrong way round: what is read from or written to a closed one must fail and not be lost unseen.
    int flags = descriptor == 0 ? O_WRONLY : O_RDONLY;
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF && open("/dev/null", flags) == -1) return -errno;
  }
  return 0;
}

int32_t bf_pipe(int32_t *read_end, int32_t *write_end, int32_t capacity) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) return -errno;
  (void)fcntl(ends[1], F_SETPIPE_SZ, capacity);
  *read_end = ends[0];
  *write_end = ends[1];
  return 0;
}

int32_t bf_set_nonblocking(int32_t descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags == -1 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == -1) return -errno;
  return 0;
}

int32_t bf_limit(uint64_t data_bytes, uint64_t file_bytes) {
  struct rlimit none = {0, 0};
  struct rlimit file = {file_bytes, file_bytes};
  if (setrlimit(RLIMIT_CORE, &none) == -1 || setrlimit(RLIMIT_FSIZE, &file) == -1) return -errno;
  if (data_bytes > 0) {
    struct rlimit data = {data_bytes, data_bytes};
    if (setrlimit(RLIMIT_DATA, &data) == -1) return -errno;
  }
  return 0;
}

int32_t bf_syncfs(int32_t descriptor) { return syncfs(descriptor) == -1 ? -errno : 0; }

int32_t bf_lock(int32_t descriptor) {
  int result;
  do result = flock(descriptor, LOCK_EX | LOCK_NB);
  while (result == -1 && errno == EINTR);
  return result == -1 ? -errno : 0;
}

int32_t bf_open_for_reading(int32_t folder, const char *path) {
  int descriptor = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_open_for_writing(int32_t folder, const char *path, uint32_t mode, bool append) {
  int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK | (append ? O_APPEND : O_TRUNC);
  int descriptor = openat(folder, path, flags, (mode_t)mode);
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_open_folder(int32_t folder, const char *path, bool follow) {
  int descriptor = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_open_way(int32_t folder, const char *path) {
  struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
  long descriptor = syscall(SYS_openat2, folder, path, &how, sizeof how);
  return descriptor == -1 ? -errno : (int32_t)descriptor;
}

int32_t bf_open_unnamed(int32_t folder, const char *path, uint32_t mode) {
  int descriptor = openat(folder, path, O_RDWR | O_TMPFILE | O_CLOEXEC, (mode_t)mode);
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_open_new(int32_t folder, const char *path, uint32_t mode) {
  int descriptor = openat(folder, path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_open_unfollowed(int32_t folder, const char *name, bool as_folder) {
  int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW | (as_folder ? O_DIRECTORY : 0);
  int descriptor = openat(folder, name, flags);
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_lock_shared(int32_t descriptor) {
  int result;
  do result = flock(descriptor, LOCK_SH | LOCK_NB);
  while (result == -1 && errno == EINTR);
  return result == -1 ? -errno : 0;
}

static void fill(bf_status *status, const struct stat *from) {
  status->is_regular = S_ISREG(from->st_mode);
  status->is_folder = S_ISDIR(from->st_mode);
  status->is_link = S_ISLNK(from->st_mode);
  status->names = from->st_nlink;
  status->mode = from->st_mode & 07777;
  status->owner = from->st_uid;
  status->device = from->st_dev;
  status->inode = from->st_ino;
  status->size = from->st_size;
  status->modified_seconds = from->st_mtim.tv_sec;
  status->modified_nanoseconds = from->st_mtim.tv_nsec;
}

int32_t bf_status_at(int32_t folder, const char *path, bool follow, bf_status *status) {
  struct stat found;
  if (fstatat(folder, path, &found, follow ? 0 : AT_SYMLINK_NOFOLLOW) == -1) return -errno;
  fill(status, &found);
  return 0;
}

int32_t bf_status_of(int32_t descriptor, bf_status *status) {
  struct stat found;
  if (fstat(descriptor, &found) == -1) return -errno;
  fill(status, &found);
  return 0;
}

int64_t bf_monotonic_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int32_t bf_processor_count(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : (int32_t)count;
}

bool bf_is_terminal(int32_t descriptor, int32_t *columns) {
  *columns = 0;
  if (!isatty(descriptor)) return false;
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) *columns = size.ws_col;
  return true;
}

const char *bf_error_text(int32_t error_number) {
  const char *text = strerrordesc_np(error_number);
  return text ? text : "unknown error";
}

int32_t bf_rename_new(int32_t folder, const char *path, int32_t target, const char *name) {
  if (renameat2(folder, path, target, name, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return -errno;
  if (faccessat(target, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) return -EEXIST;
  return renameat(folder, path, target, name) == 0 ? 0 : -errno;
}
