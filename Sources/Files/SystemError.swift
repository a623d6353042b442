internal import CLinux
internal import Glibc

/// A refusal of the operating system.
package struct SystemError: Error, Hashable {
  /// The errno, positive; of ``notAFile`` none of them.
  package var number: Int32

  /// Something else stands where a regular file is expected: a folder, a pipe, a device, a socket.
  package static let notAFile = SystemError(-1)

  package init(_ number: Int32) { self.number = number }

  /// Throws what a function of `CLinux` returned if it is negative; gives it back otherwise.
  @discardableResult
  package static func check(_ result: Int32) throws(SystemError) -> Int32 {
    if result < 0 { throw SystemError(-result) }
    return result
  }

  /// What is wrong, in English whatever the locale, beginning in lower case.
  package var text: String {
    // A socket cannot even be opened to see that it is one.
    if self == .notAFile || number == ENXIO { return "it is no regular file" }
    let text = String(cString: bf_error_text(number))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
