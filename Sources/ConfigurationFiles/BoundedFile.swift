#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads small files whole: regular files only, never more than a limit.
public enum BoundedFile {
  /// Why a file could not be read, in words that follow its name: `does not exist`.
  public struct Failure: Error, Hashable, Sendable {
    /// Lower case, without the file's name.
    public let reason: String
    /// Makes a failure of its reason.
    public init(reason: String) { self.reason = reason }
  }

  /// All bytes of the file at `path`.
  ///
  /// - Throws: ``Failure`` where the file is missing, not a regular file, not readable or longer than `limit` bytes.
  public static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    // Without O_NONBLOCK a named pipe would be waited for before it is seen to be none of ours.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Failure(reason: words(for: errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(reason: words(for: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(reason: status.st_mode & S_IFMT == S_IFDIR ? "is a folder" : "is not a regular file")
    }
    guard status.st_size <= limit else {
      throw Failure(reason: "has \(status.st_size) bytes, more than the \(limit) allowed")
    }
    // One byte more than allowed is asked for, since the file may grow meanwhile.
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: min(limit, Int(status.st_size)) + 1) { buffer, count in
      while count < buffer.count, let base = buffer.baseAddress {
        let got = Int(_read(descriptor, base + count, buffer.count - count))
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    if failure != 0 { throw Failure(reason: words(for: failure)) }
    guard bytes.count <= limit else { throw Failure(reason: "has more than the \(limit) bytes allowed") }
    return bytes
  }

  private static func _read(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  static func words(for code: Int32) -> String {
    switch code {
    case ENOENT: "does not exist"
    case EACCES, EPERM: "may not be read"
    case ENOTDIR: "lies below something that is no folder"
    case ELOOP: "leads round in symbolic links"
    case ENAMETOOLONG: "has too long a name"
    default: "cannot be read (\(String(cString: strerror(code))))"
    }
  }

  /// The path with every symbolic link resolved.
  ///
  /// - Throws: ``Failure`` where there is no such file.
  public static func resolved(_ path: String) throws(Failure) -> String {
    guard let real = realpath(path, nil) else { throw Failure(reason: words(for: errno)) }
    defer { free(real) }
    return String(cString: real)
  }
}
