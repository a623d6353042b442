internal import Contract
internal import Diagnostics
internal import Files

/// Finds the place a message about a bill names, `(layout.xml:12:4)`, and gives the finding its excerpt.
struct MessagePlaces {
  /// Larger layout files are not opened for an excerpt.
  ///
  /// - Stops: a layout file that grew to gigabytes after it was read.
  private static let fileLimit = 4 << 20
  let folders: [String]
  private var files: [String: SourceFile] = [:]

  init(folders: [String]) { self.folders = folders }

  mutating func finding(_ diagnostic: Diagnostic) -> PreviewFinding {
    var diagnostic = diagnostic
    if diagnostic.range == nil, let place = place(in: diagnostic.message) { diagnostic.range = place }
    return PreviewFinding(diagnostic)
  }

  private mutating func place(in message: String) -> SourceRange? {
    for part in message.split(separator: "(").dropFirst() {
      let words = part.prefix { $0 != ")" }.split(separator: ":")
      guard words.count == 3, let line = Int(words[1]), let column = Int(words[2]), line > 0, column > 0 else { continue }
      guard let file = file(String(words[0])) else { continue }
      var (offset, current) = (0, 1)
      while current < line, let end = file.bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) {
        (offset, current) = (end + 1, current + 1)
      }
      guard current == line else { continue }
      offset += file.text(ofLine: line).prefix(column - 1).utf8.count
      let name = file.bytes[min(offset, file.bytes.count)...].prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x2D }
      return SourceRange(file: file, bytes: offset..<offset + max(1, name.count))
    }
    return nil
  }

  private mutating func file(_ name: String) -> SourceFile? {
    if let known = files[name] { return known }
    guard !name.split(separator: "/").contains("..") else { return nil }
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      guard let bytes = try? BoundedFile.read(path, limit: Self.fileLimit) else { continue }
      let file = SourceFile(name: path, bytes: bytes)
      files[name] = file
      return file
    }
    return nil
  }
}
