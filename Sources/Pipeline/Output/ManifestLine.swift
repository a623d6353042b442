internal import Billing
internal import Money

/// A piece's line of `manifest.jsonl`.
struct ManifestLine {
  static let version = 1

  var facts: PieceFacts
  var cycle: String
  var isSpecimen: Bool
  /// Below the output folder.
  var file: String
  /// Digest of the file in hexadecimal.
  var digest: String
  var bytes: Int
  var record: RecordInput

  /// Sheets that so many pages take, printed on both sides.
  static func sheets(_ pages: Int) -> Int { (pages + 1) / 2 }

  /// The codes of the warnings, sorted, each once.
  var warnings: [String] { Set(facts.warnings.map(\.code.rawValue)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// The line with its line end.
  func line() -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("v", ManifestLine.version)
    json.member("kind", facts.kind.rawValue)
    json.member("bill_kind", facts.billKind.rawValue)
    json.member("channel", facts.channel.rawValue)
    json.member("cycle", cycle)
    json.member("account", facts.account)
    json.member("invoice", facts.invoice)
    json.member("file", file)
    json.member("sha256", digest)
    json.member("content", facts.content)
    json.member("first_page", facts.firstPage)
    json.member("pages", facts.pages)
    json.member("sheets", ManifestLine.sheets(facts.pages))
    json.member("bytes", bytes)
    json.member("amount_due", facts.due, decimals: facts.currency.decimals)
    json.member("currency", facts.currency.code)
    json.member("language", facts.language)
    json.member("format", facts.format.rawValue)
    json.key("notice")
    if let notice = facts.notice {
      json.beginObject()
      json.member("variant", notice.variant)
      json.member("phase", notice.phase)
      json.member("rule", notice.rule)
      json.member("words_digest", notice.wordsDigest)
      json.member("page", notice.page)
      json.key("area")
      json.value(digits: ManifestLine.thousandths(notice.area))
      json.key("contrast")
      json.value(digits: ManifestLine.thousandths(notice.contrast))
      json.key("heading_ratio")
      json.value(digits: ManifestLine.thousandths(notice.headingRatio))
      json.endObject()
    } else {
      json.null()
    }
    json.key("terms")
    if let terms = facts.terms {
      json.beginObject()
      json.member("version", terms.version)
      json.member("digest", terms.digest)
      json.member("first_page", terms.firstPage)
      json.endObject()
    } else {
      json.null()
    }
    json.key("record")
    json.beginObject()
    json.member("file", record.file)
    json.member("input", record.input)
    json.member("number", record.number)
    json.endObject()
    json.member("warnings", warnings)
    if isSpecimen { json.member("specimen", true) }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// A number with three decimals, halves away from zero; what is not finite becomes 0.
  static func thousandths(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "0.000" }
    let scaled = Int((value * 1000).rounded())
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return (scaled < 0 ? "-" : "") + padded.dropLast(3) + "." + padded.suffix(3)
  }
}
