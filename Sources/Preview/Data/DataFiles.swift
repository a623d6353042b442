internal import CSystem
internal import Diagnostics
internal import Glibc

/// The data files of a command line, folders opened up.
struct DataFiles: Sendable {
  /// Names of data files that are taken out of a folder end so.
  private static let suffixes = [".jsonl", ".ndjson", ".json"]
  /// More files than a cycle has.
  private static let limit = 1_000

  /// The paths to open, in the order they are read.
  var paths: [String]

  /// Finds the files.
  ///
  /// - Throws: What cannot be read, with the name the user wrote.
  static func find(_ arguments: [String]) throws(DiagnosticList) -> DataFiles {
    var paths: [String] = []
    for argument in arguments {
      guard argument != "-" else {
        throw DiagnosticList([Diagnostic(id: "data-stream", "the preview goes back and forth in its data; '-' cannot be read twice")])
      }
      var status = bf_status()
      let result = bf_status_at(-100, argument, true, &status)
      guard result >= 0 else {
        let why = String(cString: bf_error_text(-result))
        throw DiagnosticList([Diagnostic(id: "data-unreadable", "cannot read the data '\(argument)': \(why)")])
      }
      if status.is_folder {
        let names = FolderListing.names(of: argument).filter { name in
          !name.hasPrefix(".") && suffixes.contains { name.hasSuffix($0) }
        }
        paths += names.map { argument.hasSuffix("/") ? argument + $0 : argument + "/" + $0 }
      } else if status.is_regular {
        paths.append(argument)
      } else {
        throw DiagnosticList([Diagnostic(id: "data-stream", "'\(argument)' is neither a file nor a folder; expected a file of JSON Lines")])
      }
    }
    guard !paths.isEmpty else {
      throw DiagnosticList([Diagnostic(id: "data-empty-folder", "there is no data: no file ends in .jsonl, .ndjson or .json")])
    }
    guard paths.count <= limit else {
      throw DiagnosticList([Diagnostic(id: "data-too-many", "there are \(paths.count) data files; at most \(limit) can be shown")])
    }
    return DataFiles(paths: paths)
  }
}

/// Names in a folder.
enum FolderListing {
  /// Without `.` and `..`, sorted by their bytes; empty where the folder cannot be read.
  static func names(of path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
