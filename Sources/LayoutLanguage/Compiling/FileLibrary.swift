internal import Diagnostics

/// Reads the files of a layout, each once, and keeps them for the digest.
final class FileLibrary {
  private let source: any LayoutFiles
  private let findings: Findings
  private var sources: [String: SourceFile?] = [:]
  private var images: [String: Int] = [:]
  private(set) var imageReferences: [ImageReference] = []
  private var read: [String: [UInt8]] = [:]

  init(_ source: any LayoutFiles, findings: Findings) { (self.source, self.findings) = (source, findings) }

  /// One for another root of the same folder: files keep the bytes they were read with, pictures are numbered anew.
  init(continuing other: FileLibrary) {
    (source, findings) = (other.source, other.findings)
    (sources, read) = (other.sources, other.read)
  }

  /// Every file read so far, by the bytes of its path.
  var files: [LayoutPackage.File] {
    read.map { LayoutPackage.File(path: $0.key, bytes: $0.value) }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// A text file; `nil` once its absence is reported.
  func text(_ path: String, at range: SourceRange?) -> SourceFile? {
    if let known = sources[path] { return known }
    var file: SourceFile?
    if let bytes = bytes(path, limit: LanguageLimits.fileBytes, at: range) {
      file = SourceFile(name: source.displayName(of: path), path: path, bytes: bytes)
    }
    sources[path] = .some(file)
    return file
  }

  /// A text file that a folder may do without; `nil` where there is none, and once it is reported that it cannot be read.
  func textIfAny(_ path: String) -> SourceFile? {
    if sources[path] == nil, read[path] == nil {
      do { read[path] = try source.read(path, limit: LanguageLimits.fileBytes) } catch LayoutFileError.notFound { return nil } catch {}
    }
    return text(path, at: nil)
  }

  /// Whether there is such a file, readable or not.
  func has(_ path: String) -> Bool {
    if read[path] != nil { return true }
    do { _ = try source.read(path, limit: LanguageLimits.fileBytes) } catch { return error != .notFound }
    return true
  }

  /// The number of a picture; `nil` once its absence is reported.
  func image(_ path: String, at range: SourceRange) -> Int? {
    if let known = images[path] { return known }
    guard let bytes = bytes(path, limit: LanguageLimits.imageBytes, at: range) else { return nil }
    images[path] = imageReferences.count
    imageReferences.append(ImageReference(path: path, bytes: bytes, range: range))
    return imageReferences.count - 1
  }

  /// The names of the files in a folder, sorted by their bytes.
  func list(_ path: String) -> [String] {
    do {
      return try source.list(path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      report(error, path, LanguageLimits.fileBytes, at: nil)
      return []
    }
  }

  /// Reports a path that no file of the folder can have.
  func isValid(_ path: String, at range: SourceRange) -> Bool {
    var reason: String?
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    if path.isEmpty {
      reason = "a path is missing here"
    } else if path.utf8.count > LanguageLimits.pathBytes {
      reason = "a path has at most \(LanguageLimits.pathBytes) bytes"
    } else if path.utf8.first == UInt8(ascii: "/") {
      reason = "'\(path)' must be relative to the layout folder"
    } else if parts.contains("..") {
      reason = "'\(path)' must not leave the layout folder: '..' is not allowed"
    } else if path.utf8.contains(UInt8(ascii: "\\")) {
      reason = "'\(path)' must be written with '/'"
    } else if parts.contains("") || parts.contains(".") {
      reason = "'\(path)' must be written without '.' and '//'"
    }
    guard let reason else { return true }
    findings.error(.invalidPath, reason, at: range)
    return false
  }

  private func bytes(_ path: String, limit: Int, at range: SourceRange?) -> [UInt8]? {
    if let known = read[path] { return known }
    do {
      let bytes = try source.read(path, limit: limit)
      read[path] = bytes
      return bytes
    } catch {
      report(error, path, limit, at: range)
      return nil
    }
  }

  private func report(_ error: LayoutFileError, _ path: String, _ limit: Int, at range: SourceRange?) {
    // Without a place in a file the folder has to be named.
    let name = range == nil ? source.displayName(of: path) : path
    switch error {
    case .notFound:
      findings.error(
        .fileNotFound, range == nil ? "there is no file '\(name)'" : "there is no file '\(name)' in the layout folder", at: range,
        suggestion: suggestion(for: path))
    case .outsideFolder: findings.error(.fileOutsideLayout, "'\(name)' leads out of the layout folder", at: range)
    case .notAFile: findings.error(.fileUnreadable, "'\(name)' is not a file", at: range)
    case .tooLarge: findings.error(.fileTooLarge, "'\(name)' has more than \(limit >> 20) MiB", at: range)
    case .unreadable(let reason): findings.error(.fileUnreadable, "'\(name)' \(reason)", at: range)
    }
  }

  /// A file of a similar name in the same folder.
  private func suggestion(for path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let folder = String(path[..<slash])
    let names = ((try? source.list(folder)) ?? []).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Suggestion.nearest(to: String(path[path.index(after: slash)...]), among: names).map { "did you mean '\(folder)/\($0)'?" }
  }
}
