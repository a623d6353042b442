#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void stop_signals(sigset_t *set) {
  sigemptyset(set);
  sigaddset(set, SIGINT);
  sigaddset(set, SIGTERM);
  sigaddset(set, SIGHUP);
}

int32_t bf_spawn(const char *path, char *const arguments[], char *const environment[], int32_t input, int32_t output, int32_t log,
                 int32_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t blocked, defaults;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return -error;
  error = posix_spawnattr_init(&attributes);
  if (error) {
    posix_spawn_file_actions_destroy(&actions);
    return -error;
  }
  stop_signals(&blocked);
  // Whatever whoever started us ignores; but a log that has grown to its limit must not end a worker, so that its signal stays ignored.
  sigfillset(&defaults);
  sigdelset(&defaults, SIGXFSZ);
  // 3 comes last: until then any of the three given descriptors may itself be 3.
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, input, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, log, 1);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, log, 2);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, output, 3);
  // What is open beyond these is ours, or was left open by whoever started us.
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, 4);
  if (!error) error = posix_spawnattr_setsigmask(&attributes, &blocked);
  if (!error) error = posix_spawnattr_setsigdefault(&attributes, &defaults);
  if (!error) error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  if (!error) error = posix_spawn(&child, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  *process = child;
  return -error;
}

void bf_close_from(int32_t first) {
  // Below 2.34, glibc has no closefrom, and below 5.9 Linux has no close_range: then one by one.
  if (syscall(SYS_close_range, (unsigned)first, ~0U, 0) == 0) return;
  for (int descriptor = first; descriptor < 4096; descriptor++) (void)close(descriptor);
}

int32_t bf_die_with_parent(int32_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) return -errno;
  // The parent may have ended before the line above.
  return getppid() == parent ? 0 : -ESRCH;
}

int32_t bf_settle_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  if (sigprocmask(SIG_SETMASK, &none, NULL) == -1) return -errno;
  // Ignored, the one would hide how workers end; the other would end us where a limit of file sizes is to be an error of `write`.
  if (signal(SIGCHLD, SIG_DFL) == SIG_ERR || signal(SIGXFSZ, SIG_IGN) == SIG_ERR || signal(SIGPIPE, SIG_DFL) == SIG_ERR) return -errno;
  return 0;
}

int32_t bf_catch_stop_signals(void) {
  sigset_t set;
  struct sigaction hangup;
  stop_signals(&set);
  // A blocked signal arrives even if it is ignored; a run under nohup must outlive its terminal.
  if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler == SIG_IGN) sigdelset(&set, SIGHUP);
  if (sigprocmask(SIG_BLOCK, &set, NULL) == -1 || signal(SIGPIPE, SIG_IGN) == SIG_ERR) return -errno;
  int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor == -1 ? -errno : descriptor;
}

int32_t bf_next_signal(int32_t descriptor) {
  struct signalfd_siginfo info;
  ssize_t count = read(descriptor, &info, sizeof info);
  return count == (ssize_t)sizeof info ? (int32_t)info.ssi_signo : 0;
}

void bf_release_stop_signals(void) {
  sigset_t set;
  stop_signals(&set);
  (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void bf_end_by_signal(int32_t number) {
  sigset_t set;
  (void)signal(number, SIG_DFL);
  sigemptyset(&set);
  sigaddset(&set, number);
  (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
  (void)kill(getpid(), number);
  // Reached only where the signal is ignored by the system, as for process 1 of a container.
  _exit(128 + number);
}

int64_t bf_processor_time(int32_t process) {
  clockid_t clock;
  struct timespec used;
  int error = clock_getcpuclockid(process, &clock);
  if (error) return -error;
  if (clock_gettime(clock, &used) == -1) return -errno;
  return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

int64_t bf_resident_bytes(int32_t process) {
  char path[40], text[128];
  snprintf(path, sizeof path, "/proc/%d/statm", (int)process);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor == -1) return -errno;
  ssize_t count = read(descriptor, text, sizeof text - 1);
  int error = errno;
  close(descriptor);
  if (count <= 0) return count == 0 ? -ESRCH : -error;
  text[count] = 0;
  long long total = 0, resident = 0;
  if (sscanf(text, "%lld %lld", &total, &resident) != 2) return -EINVAL;
  return resident * sysconf(_SC_PAGESIZE);
}

void bf_kill(int32_t process) {
  if (process > 1) (void)kill(process, SIGKILL);
}

int32_t bf_reap(int32_t process, bool wait, bf_ending *ending) {
  int status = 0;
  struct rusage used;
  memset(ending, 0, sizeof *ending);
  pid_t found;
  do found = wait4(process, &status, wait ? 0 : WNOHANG, &used);
  while (found == -1 && errno == EINTR);
  if (found == -1) return -errno;
  if (found == 0) return 0;
  ending->ended = true;
  ending->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  ending->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  ending->peak_bytes = (int64_t)used.ru_maxrss * 1024;
  return 0;
}

void bf_fault_crash(void) { __builtin_trap(); }

void bf_fault_hang(void) {
  volatile unsigned count = 0;
  for (;;) count++;
}

void bf_fault_sleep(void) {
  for (;;) pause();
}

void bf_fault_memory(void) {
  const size_t step = 16 << 20;
  for (;;) {
    char *block = malloc(step);
    if (!block) abort();
    memset(block, 1, step);
    // Keeps the compiler from dropping the writes.
    __asm__ volatile("" : : "r"(block) : "memory");
  }
}
