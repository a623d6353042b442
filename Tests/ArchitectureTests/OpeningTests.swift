import Foundation
import Testing

/// Files are opened in one place, where a pipe, a device or a socket is never waited for: in `Sources/Files`, by the calls of `CLinux`.
@Suite struct OpeningTests {
  private static let root: URL = {
    var place = URL(fileURLWithPath: #filePath)
    while place.path != "/", !FileManager.default.fileExists(atPath: place.appendingPathComponent("Package.swift").path) {
      place.deleteLastPathComponent()
    }
    return place
  }()

  /// What opens a file by its name, in Swift or in C, by the system or by a library.
  private static let openings: [(what: String, pattern: String)] = [
    ("open and its flags", #"\bO_(RDONLY|WRONLY|RDWR|CREAT)\b"#), ("fopen", #"\b(fopen|fopen64|freopen|creat|open64|openat2)\s*\("#),
    ("a folder", #"\b(opendir|scandir|fts_open|nftw|ftw)\s*\("#), ("a temporary file", #"\b(mkstemp|mkostemp|tmpfile|mkdtemp)\s*\("#),
    ("Foundation", #"\b(FileHandle|InputStream|OutputStream|NSData|NSString)\b|contentsOf(File)?:\s*(URL|url|path|file)|contents\(atPath"#),
    ("zip", #"\b(zip_open|zip_source_file\w*)\s*\("#), ("zlib", #"\bgz(open|dopen)\s*\("#),
    ("qpdf", #"\bqpdf_(read|init_write)\s*\("#), ("FreeType", #"\bFT_(New_Face|Open_Face)\s*\("#),
    ("HarfBuzz", #"\bhb_(blob|face)_create_from_file"#),
    ("cairo", #"\bcairo_\w+_(create|create_from_png|write_to_png)\s*\(\s*(path|file|"|name)"#),
    ("librsvg", #"\brsvg_handle_new_from_(file|gfile)"#), ("libhyphen", #"\bhnj_hyphen_load\s*\("#),
    ("SQLite", #"\bDatabase(Queue|Pool)\(path"#),
    ("YAML", #"Yams\.load\w*\(\s*contentsOf"#), ("mapped files", #"\bmmap\s*\("#), ("CLinux", #"\bbf_open_"#),
    ("a stream for writing", #"\btoFile:|\.write\(to:"#),
  ]

  /// Who may, beside `Sources/Files` and `Sources/CLinux`, and why.
  private static let allowed: [String: Set<String>] = [
    // SQLite opens its own files, in the work folder that this process holds the lock of; without a name, where it likes.
    "Pipeline/Output/Journal.swift": ["SQLite"], "Pipeline/Input/FirstPass.swift": ["SQLite"], "Pipeline/Run/RecordCheck.swift": ["SQLite"],
    // Files of a folder that was made the moment before under a new name.
    "Commands/Workspace/LayoutStarter.swift": ["a stream for writing"],
    // What `Intake` has opened before and found to be a regular file.
    "EInvoice/Input/FileStream.swift": ["fopen"], "EInvoice/Input/InvoiceArchive.swift": ["zip"],
  ]

  @Test func nothingElseOpensFiles() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var looked = 0
    var met: [String: Set<String>] = [:]
    for case let file as String in files where [".swift", ".c", ".h"].contains(where: { file.hasSuffix($0) }) {
      if file.hasPrefix("Files/") || file.hasPrefix("CLinux/") { continue }
      looked += 1
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        // Comments open nothing.
        let code = line.replacing(#/\/\/.*/#, with: "")
        for (what, pattern) in Self.openings where try code.firstMatch(of: Regex(pattern)) != nil {
          met[file, default: []].insert(what)
          #expect(Self.allowed[file]?.contains(what) == true, "Sources/\(file):\(index + 1) opens a file by itself (\(what)): \(line)")
        }
      }
    }
    #expect(looked > 300)
    // An exception nobody needs any more goes.
    for (file, whats) in Self.allowed { #expect(met[file, default: []] == whats, "Sources/\(file)") }
  }

  @Test func everyOpeningOfCLinuxDoesNotWait() throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent("Sources/CLinux/system.c"), encoding: .utf8)
    let opens = text.split(separator: "\n").filter { $0.contains("openat(") || $0.contains("O_RDONLY") || $0.contains("O_WRONLY") }
    #expect(opens.count >= 4)
    for open in opens where !open.contains("/dev/null") && !open.contains("descriptor == 0") {
      // A folder or a new file is nothing that waits.
      let isSafe = ["O_NONBLOCK", "O_DIRECTORY", "O_EXCL", "flags"].contains { open.contains($0) }
      #expect(isSafe, "\(open)")
    }
  }
}
