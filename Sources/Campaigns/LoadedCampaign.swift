public import Diagnostics
internal import ConfigurationFiles
internal import Files

/// A file a campaign consists of.
public struct CampaignFile: Sendable, Hashable {
  /// Relative to the campaign's folder; of the campaign file its name.
  public let path: String
  /// As they were read, a byte order mark included.
  public let bytes: [UInt8]
}

/// A campaign with the files it was made of, for the digest.
public struct LoadedCampaign: Sendable {
  /// The campaign.
  public let campaign: Campaign
  /// The campaign file and every file it refers to, each once, sorted by the bytes of their paths.
  public let files: [CampaignFile]
  /// What is odd about them and stops nothing, in the order of the files.
  public let warnings: [Diagnostic]
}

extension Campaign {
  /// The most bytes of a campaign file: words in twenty languages take about 200 kB.
  ///
  /// - Stops: a file that is no campaign, such as a disk image, read whole.
  public static let maximumLength = 1 << 20

  /// Reads a campaign file and the terms it refers to, checks all of it, and parses its words.
  ///
  /// - Parameters:
  ///   - path: The campaign file as the user wrote it; terms lie relative to its folder.
  ///   - layout: The layout's folder: findings about records name the campaign's files from it where the campaign lies in it, else from the
  ///     campaign's own folder.
  /// - Throws: Every finding, each with its place, in the order of the file.
  public static func load(_ path: String, layout: String? = nil) throws(DiagnosticList) -> LoadedCampaign {
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.read(path, limit: maximumLength)
    } catch {
      throw DiagnosticList([Diagnostic(id: "campaign-unreadable", "the campaign file '\(path)' \(error.reason)")])
    }
    let cut = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
    // A byte order mark is no part of the YAML.
    let visible = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let shownFolder = cut.map { String(path[...$0]) } ?? ""
    let inLayout = layout.map { $0.utf8.last == UInt8(ascii: "/") ? $0 : $0 + "/" }
      .flatMap { shownFolder.hasPrefix($0) ? String(shownFolder.dropFirst($0.count)) : nil }
    var reading = CampaignReading(folder: folder, shownFolder: shownFolder, namedFolder: inLayout ?? "")
    let root = try YAMLParser.parse(reading.source(name, visible))
    let campaign = reading.campaign(root)
    let diagnostics = reading.findings.diagnostics
    guard let campaign, !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DiagnosticList(
        diagnostics.isEmpty
          ? [Diagnostic(id: "campaign-unreadable", "the campaign is incomplete", at: root.range)] : inFileOrder(diagnostics))
    }
    let files = [CampaignFile(path: name, bytes: bytes)] + reading.files.filter { $0.path != name }
    return LoadedCampaign(
      campaign: campaign, files: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }, warnings: inFileOrder(diagnostics))
  }

  /// The campaign file's findings by their place, then those of other files.
  private static func inFileOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let file = diagnostics.lazy.compactMap { $0.range?.file }.first
    let keyed = diagnostics.enumerated().map { index, diagnostic in
      (rank: diagnostic.range?.file == file ? 0 : 1, place: diagnostic.range?.bytes.lowerBound ?? 0, index: index, diagnostic: diagnostic)
    }
    return keyed.sorted { ($0.rank, $0.rank == 0 ? $0.place : 0, $0.index) < ($1.rank, $1.rank == 0 ? $1.place : 0, $1.index) }
      .map(\.diagnostic)
  }
}
