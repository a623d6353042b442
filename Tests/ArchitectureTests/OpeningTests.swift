import Foundation
import TestSupport
import Testing

/// Files are opened in one place, where a pipe, a device or a socket is never waited for: in `Sources/Files`, by the calls of `CLinux`.
@Suite struct OpeningTests {
  /// What opens a file by its name, in Swift or in C, by the system or by a library.
  private struct Opening {
    var what: String
    /// One of these stands in a file that does so; looking for them is quick.
    var words: [String]
    /// What the line looks like.
    var pattern: String
  }

  private static let openings = [
    Opening(what: "open and its flags", words: ["O_"], pattern: #"\bO_(RDONLY|WRONLY|RDWR|CREAT)\b"#),
    Opening(what: "fopen", words: ["open", "creat("], pattern: #"\b(fopen|fopen64|freopen|creat|open64|openat|openat2)\s*\("#),
    Opening(what: "a folder", words: ["opendir", "scandir", "fts_open", "ftw("], pattern: #"\b(opendir|scandir|fts_open|nftw|ftw)\s*\("#),
    Opening(what: "a temporary file", words: ["temp", "tmp"], pattern: #"\b(mkstemp|mkostemp|tmpfile|mkdtemp)\s*\("#),
    Opening(
      what: "Foundation", words: ["FileHandle", "InputStream", "OutputStream", "contentsOf", "contents(atPath"],
      pattern: #"\b(FileHandle|InputStream|OutputStream)\b|\b(Data|String)\(contentsOf|contentsOf(File|:\s*(URL|url)\b)|contents\(atPath"#),
    Opening(what: "zip", words: ["zip_"], pattern: #"\b(zip_open|zip_source_file\w*)\s*\("#),
    Opening(what: "zlib", words: ["gzopen", "gzdopen"], pattern: #"\bgz(open|dopen)\s*\("#),
    Opening(what: "qpdf", words: ["qpdf_"], pattern: #"\bqpdf_(read|init_write)\s*\("#),
    Opening(what: "FreeType", words: ["FT_"], pattern: #"\bFT_(New_Face|Open_Face)\s*\("#),
    Opening(what: "HarfBuzz", words: ["create_from_file"], pattern: #"\bhb_(blob|face)_create_from_file"#),
    Opening(
      what: "cairo", words: ["cairo_"],
      pattern: #"\bcairo_(image_surface_create_from_png|surface_write_to_png|(pdf|svg|ps)_surface_create)\s*\("#),
    Opening(what: "librsvg", words: ["rsvg_"], pattern: #"\brsvg_handle_new_from_(file|gfile)"#),
    Opening(what: "libhyphen", words: ["hnj_"], pattern: #"\bhnj_hyphen_load\s*\("#),
    Opening(what: "SQLite", words: ["Database"], pattern: #"\bDatabase(Queue|Pool)\(path"#),
    Opening(what: "mapped files", words: ["mmap"], pattern: #"\bmmap\s*\("#),
    Opening(what: "CLinux", words: ["bf_open_"], pattern: #"\bbf_open_"#),
    Opening(what: "a stream for writing", words: ["write(to", "toFile"], pattern: #"\btoFile:|\.write\(to:\s*URL"#),
  ]

  /// Who may, beside `Sources/Files` and `Sources/CLinux`, and why.
  private static let allowed: [String: Set<String>] = [
    // SQLite opens its own files, in the work folder that this process holds the lock of; without a name, where it likes.
    "Pipeline/Output/Journal.swift": ["SQLite"], "Pipeline/Input/FirstPass.swift": ["SQLite"], "Pipeline/Run/RecordCheck.swift": ["SQLite"],
    "Pipeline/Plan/PlanDatabase.swift": ["SQLite"], "Pipeline/Verify/SampleRemaking.swift": ["SQLite"],
    "Pipeline/Verify/LineIndex.swift": ["SQLite"],
    // The output folder that is open, where the name has been looked at and locked.
    "Pipeline/Send/SendJournal.swift": ["SQLite"],
    // The ledger's own file, looked at before: no link, of one name.
    "Ledger/LedgerConnection.swift": ["SQLite"], "Ledger/LedgerCreation.swift": ["SQLite"],
    // Files of a folder that was made the moment before under a new name.
    "Commands/Workspace/LayoutStarter.swift": ["a stream for writing"],
    // What `Intake` has opened before and found to be a regular file.
    "EInvoice/Input/FileStream.swift": ["fopen"], "EInvoice/Input/InvoiceArchive.swift": ["zip"],
    "EInvoice/Input/ArchiveDirectory.swift": ["fopen"],
  ]

  @Test func nothingElseOpensFiles() throws {
    let sources = Project.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var looked = 0
    var met: [String: Set<String>] = [:]
    for case let file as String in files where [".swift", ".c", ".h"].contains(where: { file.hasSuffix($0) }) {
      if file.hasPrefix("Files/") || file.hasPrefix("CLinux/") { continue }
      looked += 1
      let data = try Data(contentsOf: sources.appendingPathComponent(file))
      let openings = Self.openings.filter { $0.words.contains { data.range(of: Data($0.utf8)) != nil } }
      for (index, line) in String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        for opening in openings where opening.words.contains(where: { line.contains($0) }) {
          // Comments open nothing.
          let code = line.replacing(#/\/\/.*/#, with: "")
          // By Unicode's rules no word ends at a full stop between letters.
          guard try code.firstMatch(of: Regex(opening.pattern).wordBoundaryKind(.simple)) != nil else { continue }
          met[file, default: []].insert(opening.what)
          #expect(
            Self.allowed[file]?.contains(opening.what) == true,
            "Sources/\(file):\(index + 1) opens a file by itself (\(opening.what)): \(line)")
        }
      }
    }
    #expect(looked > 300)
    // An exception nobody needs any more goes.
    for (file, whats) in Self.allowed { #expect(met[file, default: []] == whats, "Sources/\(file)") }
  }

  @Test func everyOpeningOfCLinuxDoesNotWait() throws {
    let text = try String(contentsOf: Project.root.appendingPathComponent("Sources/CLinux/system.c"), encoding: .utf8)
    let opens = text.split(separator: "\n").filter { $0.contains("openat(") || $0.contains("O_RDONLY") || $0.contains("O_WRONLY") }
    #expect(opens.count >= 4)
    for open in opens where !open.contains("/dev/null") && !open.contains("descriptor == 0") {
      // A folder or a new file is nothing that waits.
      let isSafe = ["O_NONBLOCK", "O_DIRECTORY", "O_EXCL", "O_TMPFILE", "flags"].contains { open.contains($0) }
      #expect(isSafe, "\(open)")
    }
  }
}
