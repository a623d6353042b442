import Campaigns
import Diagnostics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A campaign in a temporary folder, removed at the end.
final class CampaignFolder {
  let path: String
  private var made: [String] = []

  static let yaml = """
    billfold: 1
    id: paperless-2027
    languages: [en-US, es-US]
    mode: optional
    consent: before
    phases: {announce: 2026-11-01, remind: 2027-01-01, final: 2027-02-01, active: 2027-03-01}
    opt-in:
      url: "https://my.larkspur.example/p/{token}"
      show: my.larkspur.example/p
      phone: "+1 800 555 0142"
      hours: {en-US: "Mon–Fri 8–18 Pacific", es-US: "lun–vie 8–18"}
    terms:
      version: "2027-03"
      effective: 2027-03-01
      files: {en-US: terms/new.en.md, es-US: terms/new.es.md}
      previous: {version: "2024-01", files: {en-US: terms/old.en.md}}
    prominence: {page: 1, area: 0.08, heading: 1.3, contrast: 7}
    notices:
    \(["announce", "remind", "final", "active"].map { phase in
      """
        \(phase):
          en-US:
            heading: "Paper stops on {campaign.active | date('long')}"
            body: |
              We will tell **when** each bill is ready.

              Updated terms: page {terms-page}.
            action: Scan the code *today*
            keep-paper: "Prefer paper? Call {campaign.opt-in.phone}."
            benefits: [Reminders, "The same pages"]
            label: Important
          es-US: {heading: "El papel termina", body: "Le avisaremos.", action: "Escanee", keep-paper: "¿Papel?"}
      """
    }.joined(separator: "\n"))
    """

  static let oldTerms = "# Terms\n\nOne stays as it was.\n\nTwo costs five dollars a month.\n\n1. First point\n2. Second point\n"
  static let newTerms =
    "# Terms\n\nOne stays  as it\nwas.\n\nTwo costs six dollars a month.\n\nThree is wholly fresh.\n\n1. First point\n2. Second point, longer\n3. Third\n"

  init(_ yaml: String = CampaignFolder.yaml, terms: String = CampaignFolder.newTerms) throws {
    var name = Array("/tmp/billfold-campaign-XXXXXX".utf8CString)
    let isMade = name.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
    try #require(isMade)
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    mkdir(path + "/terms", 0o700)
    try write("campaign.yaml", Array(yaml.utf8))
    try write("terms/new.en.md", Array(terms.utf8))
    try write("terms/new.es.md", Array("Los términos.\n".utf8))
    try write("terms/old.en.md", Array(CampaignFolder.oldTerms.utf8))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(file >= 0)
    defer { close(file) }
    let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    try #require(written == bytes.count)
    made.append(name)
  }

  func link(_ name: String, to target: String) {
    symlink(target, path + "/" + name)
    made.append(name)
  }

  deinit {
    for name in made { unlink(path + "/" + name) }
    rmdir(path + "/terms")
    rmdir(path)
  }

  func load() throws(DiagnosticList) -> LoadedCampaign { try Campaign.load(path + "/campaign.yaml") }

  var findings: [Diagnostic] {
    do throws(DiagnosticList) {
      _ = try load()
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// What loading the campaign finds after one replacement; the piece must be there.
  static func findings(_ old: String, _ new: String) throws -> [Diagnostic] {
    try #require(yaml.contains(old))
    return try CampaignFolder(yaml.replacing(old, with: new, maxReplacements: 1)).findings
  }
}
