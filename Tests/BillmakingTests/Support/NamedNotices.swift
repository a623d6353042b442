import Foundation
import TestSupport
import Testing

/// The shared campaign in a folder of its own, whose notice has the name `standard` beside another one, `thanks`.
struct NamedNotices {
  /// Removed with the last use of it.
  let folder: TemporaryFolder
  /// The campaign file.
  var file: String { folder.path("campaign/campaign.yaml") }
  /// The campaign's key.
  var tokenKey: String { folder.path("campaign/token.key") }

  /// Makes the campaign.
  ///
  /// - Parameters:
  ///   - thanks: The notice `thanks` without its name.
  ///   - keys: Lines of the campaign file beside those it has.
  init(thanks: String, keys: String = "") throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Project.url("Tests/BillmakingTests/Traces/shared/campaign"), to: folder.url.appendingPathComponent("campaign"))
    let text = try folder.text("campaign/campaign.yaml")
    let start = try #require(text.firstRange(of: "notices:\n"))
    let standard = text[start.upperBound...].split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    try folder.write(
      "campaign/campaign.yaml", text[..<start.lowerBound] + keys + "notices:\n  thanks: \(thanks)\n  standard:\n\(standard)\n")
  }
}
