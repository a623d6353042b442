internal import Glibc

/// Reads small files whole: regular files only, never more than a limit.
public enum BoundedFile {
  /// Why a file could not be read.
  public struct Failure: Error, Hashable, Sendable {
    /// What kind of thing is wrong.
    public enum Cause: Sendable, Hashable {
      /// There is nothing of that name.
      case missing
      /// A folder, a pipe, a device.
      case notAFile
      /// Longer than the limit.
      case tooLarge
      /// A path or link that leads out of the folder it is to stay in, or one that no honest layout writes.
      case outsideFolder
      /// Whatever else the operating system refuses.
      case unreadable
    }

    /// What kind of thing is wrong.
    public let cause: Cause
    /// In words that follow the file's name: `does not exist`. Lower case.
    public let reason: String
    /// Makes a failure of its reason.
    public init(_ cause: Cause, reason: String) { (self.cause, self.reason) = (cause, reason) }

    /// A refusal of the operating system.
    package init(_ error: SystemError) {
      cause =
        switch error.number {
        case ENOENT, ENOTDIR: .missing
        // A socket cannot even be opened to see that it is one.
        case ENXIO: .notAFile
        default: .unreadable
        }
      reason =
        switch error.number {
        case ENOENT: "does not exist"
        case EACCES, EPERM: "may not be read"
        case ENOTDIR: "lies below something that is no folder"
        case ELOOP: "leads round in symbolic links"
        case ENAMETOOLONG: "has too long a name"
        case ENXIO: "is not a regular file"
        default: "cannot be read (\(error.text))"
        }
    }
  }

  /// All bytes of the file at `path`.
  ///
  /// - Throws: ``Failure`` where the file is missing, not a regular file, not readable or longer than `limit` bytes.
  public static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    // Without waiting: a named pipe would be waited for before it is seen to be none of ours.
    let status: FileStatus
    do throws(SystemError) {
      let file = try OpenFile(lookingAt: path)
      status = try file.status()
      if status.isRegular, status.size <= limit { return try file.readAll(limit: limit, expected: Int(status.size)) }
    } catch {
      throw error.number == EFBIG ? Failure(.tooLarge, reason: "has more than the \(limit) bytes allowed") : Failure(error)
    }
    guard status.isRegular else { throw Failure(.notAFile, reason: status.isFolder ? "is a folder" : "is not a regular file") }
    throw Failure(.tooLarge, reason: "has \(status.size) bytes, more than the \(limit) allowed")
  }

  /// The path with every symbolic link resolved.
  ///
  /// - Throws: ``Failure`` where there is no such file.
  public static func resolved(_ path: String) throws(Failure) -> String {
    do throws(SystemError) { return try Folder.resolved(path) } catch { throw Failure(error) }
  }
}
