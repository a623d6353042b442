internal import CLinux
internal import Glibc

/// Ends of the process beyond `exit`.
public enum ProcessEnd {
  /// Ends this process by a signal that was caught, so that whoever started it sees 128 + its number.
  public static func bySignal(_ signal: Int32) -> Never {
    bf_end_by_signal(signal)
    exit(128 + signal)
  }
}
