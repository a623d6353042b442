internal import Billmaking
internal import Contract
internal import Diagnostics
internal import Files
internal import Foundation
internal import LayoutLanguage
internal import Sampling

/// A layout folder to be started: everything is read and checked before the first byte is written.
struct LayoutStarter {
  static let campaignFolder = "campaign"
  static let billsFile = "bills.jsonl"
  /// How many sample bills a new layout gets: enough for every situation the sampler knows, quick to render.
  static let billCount = 40
  /// The most files copied: a layout with its pictures has some twenty.
  ///
  /// - Stops: a home folder named as the layout to start from.
  private static let fileLimit = 1_000
  /// The most bytes copied, 64 MiB; a wrong folder must not be copied for minutes.
  ///
  /// - Stops: a folder of films named as the layout to start from.
  private static let byteLimit = 64 << 20

  /// Why nothing was started.
  struct Failure: Error {
    var code: ExitCode
    var findings: [Diagnostic]

    init(_ code: ExitCode, _ findings: [Diagnostic]) { (self.code, self.findings) = (code, findings) }
    init(_ code: ExitCode, _ id: String, _ message: String) { self.init(code, [Diagnostic(id: id, message)]) }
  }

  private struct CopiedFile {
    /// Relative to the new folder.
    var path: String
    var bytes: [UInt8]
  }
  private var files: [CopiedFile] = []

  /// Reads what is to be copied, and makes up the bills.
  init(like: String) throws(Failure) {
    guard let layout = LayoutStarter.layout(like) else {
      throw Failure(
        .configuration, "layout-unknown",
        like.contains("/")
          ? "'\(like)' is no layout: there is no '\(like)/layout.xml'"
          : "there is no 'Layouts/\(like)/layout.xml' here, above, or above the program")
    }
    try add(layout, under: "", leavingOut: [LayoutStarter.campaignFolder, LayoutStarter.billsFile])
    if let campaign = LayoutStarter.campaign(of: layout) { try add(campaign, under: LayoutStarter.campaignFolder + "/") }
    do throws(DiagnosticList) {
      let template = try LayoutPackage.template(folder: layout)
      let sampler = BillSampler(try SampleSource.load(layout: layout), fields: template.fields.map(\.sampleField), seed: 1)
      var bills: [UInt8] = []
      sampler.write(0..<LayoutStarter.billCount, to: &bills)
      files.append(CopiedFile(path: LayoutStarter.billsFile, bytes: bills))
    } catch {
      throw Failure(.configuration, error.diagnostics)
    }
  }

  // MARK: Finding

  private static func isLayout(_ folder: String) -> Bool { Folder.exists(folder + "/layout.xml") }

  /// The folder of a layout, by its path or by its name below `Layouts/`.
  private static func layout(_ like: String) -> String? {
    if like.contains("/") || like == "." || like == ".." { return isLayout(like) ? like : nil }
    return FontFolder.places.lazy.compactMap { place in above(place, "Layouts/" + like) }.first(where: isLayout)
  }

  /// The campaign that belongs to a layout: its own, or that of the sample company of the same name.
  private static func campaign(of layout: String) -> String? {
    let own = layout + "/" + campaignFolder
    if Folder.exists(own + "/campaign.yaml") { return own }
    guard let resolved = try? Folder.resolved(layout) else { return nil }
    let parts = resolved.split(separator: "/")
    guard parts.count >= 3, let name = parts.last else { return nil }
    let beside = "/" + parts.dropLast(2).joined(separator: "/") + "/Samples/\(name)/campaign"
    return Folder.exists(beside + "/campaign.yaml") ? beside : nil
  }

  /// `path` below `start` or the nearest folder above it that has one.
  private static func above(_ start: String, _ path: String) -> String? {
    var parts = start.split(separator: "/")
    while true {
      let candidate = "/" + (parts.map(String.init) + [path]).joined(separator: "/")
      if Folder.isFolder(candidate) { return candidate }
      if parts.popLast() == nil { return nil }
    }
  }

  // MARK: Reading

  /// Adds every plain file of a folder. Hidden files and symbolic links are left out.
  private mutating func add(_ folder: String, under prefix: String, leavingOut: Set<String> = []) throws(Failure) {
    var pending = [""]
    while let inner = pending.popLast() {
      let names: [String]
      do throws(SystemError) { names = try Folder.names(of: folder + "/" + inner).map { String(decoding: $0, as: UTF8.self) } } catch {
        throw Failure(.configuration, "unreadable-folder", "the folder '\(folder)/\(inner)' cannot be read")
      }
      for name in names where !name.hasPrefix(".") && !(inner.isEmpty && leavingOut.contains(name)) {
        let path = inner + name
        guard let status = try? Folder.status(folder + "/" + path, in: OpenFile.currentFolder) else { continue }
        if status.isFolder { pending.append(path + "/") }
        guard status.isRegular else { continue }
        guard files.count < LayoutStarter.fileLimit,
          files.reduce(Int(status.size), { $0 + $1.bytes.count }) <= LayoutStarter.byteLimit
        else {
          throw Failure(
            .configuration, "folder-too-large",
            "'\(folder)' has more than \(LayoutStarter.fileLimit) files or \(LayoutStarter.byteLimit) bytes; expected a layout's folder")
        }
        do throws(BoundedFile.Failure) {
          let bytes = try BoundedFile.read(folder + "/" + path, limit: LayoutStarter.byteLimit)
          files.append(CopiedFile(path: prefix + path, bytes: bytes))
        } catch {
          throw Failure(.configuration, "file-unreadable", "the file '\(folder)/\(path)' \(error.reason)")
        }
      }
    }
  }

  // MARK: Writing

  /// Writes everything beside `folder` first, so that it appears whole.
  func write(to folder: String) throws(Failure) {
    // Anything of that name counts, a broken link too.
    guard (try? Folder.status(folder, in: OpenFile.currentFolder)) == nil else {
      throw Failure(.otherRun, "folder-exists", "'\(folder)' is there already; expected a new name")
    }
    let temporary = folder + ".new-\(getpid())"
    let failure = Failure(.output, "output-failed", "cannot make the folder '\(folder)'; its parent must exist and be writable")
    // Whatever is there already is not ours to remove.
    guard mkdir(temporary, 0o755) == 0 else { throw failure }
    do {
      for file in files {
        let place = temporary + "/" + file.path
        if let slash = place.lastIndex(of: "/") {
          try FileManager.default.createDirectory(atPath: String(place[..<slash]), withIntermediateDirectories: true)
        }
        try Data(file.bytes).write(to: URL(fileURLWithPath: place))
      }
      guard rename(temporary, folder) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw failure
    }
  }
}
