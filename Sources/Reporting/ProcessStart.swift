internal import CLinux
internal import Glibc

/// What a process inherits from whoever started it, made the same for all.
public enum ProcessStart {
  /// The one variable that stays: where temporary copies lie decides nothing that is made.
  private static let kept = "TMPDIR"

  /// A mask that leaves the owner everything.
  private static let ownersAlone: mode_t = 0o077

  /// Takes the environment away, fixes locale and time zone, fills standard descriptors that are closed, and gives signals and the mask of
  /// permissions the state a program expects.
  ///
  /// To be called first in `main`, while there is one thread, before any library reads a variable: of those the program stands on a dozen
  /// do, and some change what is made by it. What the loader and the C library have read by then (`LD_…`, `GLIBC_TUNABLES`) cannot be
  /// taken back here; workers never see it.
  public static func settle() {
    let folder = getenv(kept).flatMap { strdup($0) }
    clearenv()
    setenv("LC_ALL", "C", 1)
    setenv("TZ", "UTC0", 1)
    if let folder {
      setenv(kept, folder, 1)
      free(folder)
    }
    // Refused only where a machine forbids it, and then nothing is lost but words of an error.
    _ = bf_ensure_standard_descriptors()
    _ = bf_settle_signals()
    // Whatever the caller masks for others: what is made must be usable by who makes it.
    umask(umask(ownersAlone) & ownersAlone)
  }
}
