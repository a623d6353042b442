internal import CLinux

/// A refusal of the operating system.
package struct SystemError: Error, Hashable {
  /// The errno, positive.
  package var number: Int32

  package init(_ number: Int32) { self.number = number }

  /// Throws what a function of `CLinux` returned if it is negative; gives it back otherwise.
  @discardableResult
  package static func check(_ result: Int32) throws(SystemError) -> Int32 {
    if result < 0 { throw SystemError(-result) }
    return result
  }

  /// What is wrong, in English whatever the locale, beginning in lower case.
  package var text: String {
    let text = String(cString: bf_error_text(number))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
