internal import CGMime

/// The library that writes messages.
public enum MailEngine {
  /// Its version, such as `3.2.13`.
  public static var version: String {
    let number = cgmime_version()
    return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
  }

  /// Made ready, once a process.
  static let started: Void = cgmime_start()
}
