// The few calls of the operating system that Swift's Glibc module cannot reach or makes awkward: variadic functions, macros,
// spawn attributes. Plain functions over plain types; every one returns 0 (or a count) on success and a negative errno on failure,
// unless its comment says otherwise.
#ifndef BILLFOLD_CLINUX_H
#define BILLFOLD_CLINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Fills each of the descriptors 0, 1 and 2 that is closed with one that can be neither read nor written as it should, so that no file of
/// ours ever becomes one of them and what goes there is an error.
int32_t bf_ensure_standard_descriptors(void);

/// A pipe whose ends are both close-on-exec; `capacity` bytes are asked for and a smaller pipe is accepted.
int32_t bf_pipe(int32_t *read_end, int32_t *write_end, int32_t capacity);

/// Makes reads and writes of a descriptor return instead of waiting.
int32_t bf_set_nonblocking(int32_t descriptor);

/// Starts `path` with `input` as descriptor 0, `log` as 1 and 2, and `output` as 3, and nothing else open.
/// SIGINT, SIGTERM and SIGHUP stay blocked in the child (the parent ends it by closing its input or by SIGKILL); every signal has its default
/// action but SIGXFSZ, which stays as it is here.
int32_t bf_spawn(const char *path, char *const arguments[], char *const environment[], int32_t input, int32_t output, int32_t log,
                 int32_t *process);

/// Has the kernel kill this process when `parent` ends, and fails with -ESRCH if that has happened already.
int32_t bf_die_with_parent(int32_t parent);

/// Closes every descriptor from `first` on.
void bf_close_from(int32_t first);

/// Limits this process: private writable memory (0: no limit), no core dumps, and files of at most `file_bytes`.
int32_t bf_limit(uint64_t data_bytes, uint64_t file_bytes);

/// Writes everything that was written to the file system of `descriptor` to the disk.
int32_t bf_syncfs(int32_t descriptor);

/// Takes an exclusive lock without waiting: 0, -EWOULDBLOCK if another process has it, or another negative errno.
int32_t bf_lock(int32_t descriptor);

/// Opens a file below the folder `folder` (AT_FDCWD: -100), close-on-exec, without waiting for the other end of a pipe, and so that reading
/// one does not wait either: a descriptor or a negative errno.
int32_t bf_open_for_reading(int32_t folder, const char *path);
/// Creates or truncates a file for writing with `mode`, never following a symbolic link nor waiting for the other end of a pipe: a
/// descriptor or a negative errno.
int32_t bf_open_for_writing(int32_t folder, const char *path, uint32_t mode, bool append);
/// Opens a folder itself, through a symbolic link at the path's end only if `follow`: a descriptor or a negative errno.
int32_t bf_open_folder(int32_t folder, const char *path, bool follow);
/// Opens a folder below `folder` as a place for calls on what is in it, no symbolic link and no `..` on the way: a descriptor or a negative
/// errno, -ENOSYS, -EPERM or -EINVAL where the system has no such call.
int32_t bf_open_way(int32_t folder, const char *path);
/// Makes a file without a name in the folder `path`, for writing and reading; -EOPNOTSUPP and others where its file system has no such files.
int32_t bf_open_unnamed(int32_t folder, const char *path, uint32_t mode);
/// Creates a file that must not be there, for writing and reading: a descriptor or a negative errno.
int32_t bf_open_new(int32_t folder, const char *path, uint32_t mode);

/// Renames a file to a name that must not be there: -EEXIST where it is. Where the file system cannot do both at once, it is looked first.
int32_t bf_rename_new(int32_t folder, const char *path, int32_t target, const char *name);

/// Opens a file for reading, or with `as_folder` a folder, without following a symbolic link in its place and without waiting for the other
/// end of a pipe: a descriptor or a negative errno (-ELOOP or -ENOTDIR for a link).
int32_t bf_open_unfollowed(int32_t folder, const char *name, bool as_folder);
/// Takes a lock that any number may have while nobody has the exclusive one, without waiting: 0, -EWOULDBLOCK, or another negative errno.
int32_t bf_lock_shared(int32_t descriptor);

/// What kind of thing a path names, and enough to tell whether it is still the same one.
typedef struct {
  bool is_regular;
  bool is_folder;
  bool is_link;
  /// How many names it has.
  uint64_t names;
  /// Permissions only.
  uint32_t mode;
  /// Whose it is.
  uint32_t owner;
  uint64_t device, inode;
  int64_t size;
  int64_t modified_seconds;
  int64_t modified_nanoseconds;
} bf_status;
/// The status of a path, following symbolic links if `follow`.
int32_t bf_status_at(int32_t folder, const char *path, bool follow, bf_status *status);
/// The status of an open descriptor.
int32_t bf_status_of(int32_t descriptor, bf_status *status);

/// Gives signals the state a program expects, whatever whoever started it blocks or ignores: none blocked; SIGCHLD and SIGPIPE with their
/// default actions, SIGXFSZ ignored. Whether SIGINT, SIGTERM and SIGHUP are ignored stays as it is.
int32_t bf_settle_signals(void);
/// Blocks SIGINT, SIGTERM and SIGHUP, ignores SIGPIPE, and gives a descriptor that becomes readable when one arrives.
int32_t bf_catch_stop_signals(void);
/// The number of a signal that has arrived at that descriptor, or 0.
int32_t bf_next_signal(int32_t descriptor);
/// Lets the signals act again as they do by default, so that a second one ends the process at once.
void bf_release_stop_signals(void);
/// Ends this process by `signal`, as if it had never been caught.
void bf_end_by_signal(int32_t signal);

/// The processor time another process has used, in nanoseconds; negative errno if it is gone.
int64_t bf_processor_time(int32_t process);
/// The memory another process has resident, in bytes; negative errno if it is gone.
int64_t bf_resident_bytes(int32_t process);
/// Sends SIGKILL.
void bf_kill(int32_t process);

/// How a child ended.
typedef struct {
  bool ended;
  /// The exit code, or -1 if a signal ended it.
  int32_t code;
  /// The signal that ended it, or 0.
  int32_t signal;
  /// The most memory it had resident, in bytes.
  int64_t peak_bytes;
} bf_ending;
/// Looks whether a child has ended (`wait`: waits until it has) and if so removes it from the process table.
int32_t bf_reap(int32_t process, bool wait, bf_ending *ending);

/// Nanoseconds of a clock that never jumps; only for time-outs and the progress bar, never for output.
int64_t bf_monotonic_nanoseconds(void);

/// The number of processors this process may use.
int32_t bf_processor_count(void);

/// Whether a descriptor is a terminal, and the terminal's width in columns (0: unknown).
bool bf_is_terminal(int32_t descriptor, int32_t *columns);

/// The build ID that the linker gave a library loaded into this process, as bytes: how many were written, at most `capacity`; 0 if no
/// library whose file name begins with `name` is loaded, or it has none.
int32_t bf_library_build_id(const char *name, uint8_t *bytes, int32_t capacity);

/// Takes the pages of code and constants of the program and all libraries out of this process's memory. They are the files' own, and those that are
/// needed come back by themselves.
void bf_release_code(void);

/// `fd 1` reads as a message; the text of an errno, in English whatever the locale.
const char *bf_error_text(int32_t error_number);

/// Crashes by an illegal instruction, as a failed Swift precondition does. For `--test-fault`.
_Noreturn void bf_fault_crash(void);
/// Spins for ever. For `--test-fault`.
_Noreturn void bf_fault_hang(void);
/// Waits for ever without using the processor. For `--test-fault`.
_Noreturn void bf_fault_sleep(void);
/// Takes and touches memory until something ends the process. For `--test-fault`.
_Noreturn void bf_fault_memory(void);

#endif
