internal import CLinux

/// A refusal of the operating system.
struct SystemError: Error, Hashable {
  /// The errno, positive.
  var number: Int32

  init(_ number: Int32) { self.number = number }

  /// Throws what a function of `CLinux` returned if it is negative; gives it back otherwise.
  @discardableResult
  static func check(_ result: Int32) throws(SystemError) -> Int32 {
    if result < 0 { throw SystemError(-result) }
    return result
  }

  /// What is wrong, in English whatever the locale, beginning in lower case.
  var text: String {
    let text = String(cString: bf_error_text(number))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
