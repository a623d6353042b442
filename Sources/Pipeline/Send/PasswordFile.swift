internal import Contract
internal import Files
internal import Glibc

/// A file that holds a password and nothing else.
enum PasswordFile {
  /// Bytes of the file: no server takes a password that fills them.
  ///
  /// - Stops: a wrong file named, all of it sent to a server.
  static let limit = 1_024

  /// Reads a password; the line end behind it is none of it.
  ///
  /// - Throws: ``RunFailure`` 78 where others may read the file, it is not the user's own, no regular file, empty, too long or no single line of
  ///   UTF-8. Nothing of what is in it is repeated.
  static func read(_ path: String) throws(RunFailure) -> String {
    let (bytes, status): ([UInt8], FileStatus)
    do throws(SystemError) {
      let file = try OpenFile(reading: path)
      (status, bytes) = (try file.status(), try file.readAll(limit: limit))
    } catch {
      throw failure(path, error.number == EFBIG ? "it has more than \(limit) bytes" : error.text)
    }
    guard status.owner == geteuid() else { throw failure(path, "it is another user's") }
    guard [0o600, 0o400].contains(status.mode) else {
      throw failure(path, "others may use it; its mode must be 0600, and is 0\(String(status.mode, radix: 8))")
    }
    var rest = bytes[...]
    if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    guard !rest.isEmpty else { throw failure(path, "it is empty") }
    guard let password = String(validating: rest, as: UTF8.self), !rest.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw failure(path, "it is no single line of UTF-8")
    }
    return password
  }

  private static func failure(_ path: String, _ why: String) -> RunFailure {
    RunFailure(.configuration, id: "password-unusable", "cannot use the password in '\(path)': \(why)")
  }
}
