package import Files

/// A CSV that is written beside its place and moved there when it is whole.
package final class CSVFile {
  /// Bytes collected before they are written.
  private static let chunk = 1 << 16

  private let name: String
  private let folder: OpenFile
  private var file: AtomicFile
  private var csv = CSVWriter()

  /// Begins the file and writes its header.
  ///
  /// - Throws: `SystemError`, where it cannot be made.
  package init(_ path: String, header: [String]) throws(SystemError) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let above = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    folder = try OpenFile(folder: above)
    file = try AtomicFile(temporary: ".\(name).tmp", in: folder.descriptor)
    csv.row(header)
  }

  /// Adds a row.
  ///
  /// - Throws: `SystemError`, mostly for want of room.
  package func row(_ fields: [String]) throws(SystemError) {
    csv.row(fields)
    if csv.bytes.count > Self.chunk { try file.write(csv.take()) }
  }

  /// Puts the file into its place.
  ///
  /// - Throws: `SystemError`, where the system refuses.
  package func place() throws(SystemError) {
    try file.write(csv.take())
    try file.sync()
    try file.place(as: name, in: folder.descriptor)
    try folder.sync()
  }
}
