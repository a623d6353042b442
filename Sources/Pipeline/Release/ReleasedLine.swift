internal import Contract
internal import Dates
internal import JSON
internal import Ledger

extension MailedPiece {
  /// Characters of a text that goes into the ledger from a manifest.
  ///
  /// - Stops: a manifest that fills the ledger, which is kept for years.
  private static let longest = 1_000

  /// What the ledger is told of a piece, from its line of the manifest.
  ///
  /// - Throws: What keeps the line from being one of a manifest.
  init(_ entry: ManifestEntry, mailed: PlainDate) throws(EntryFault) {
    let (facts, line) = (entry.facts, try EntryReader(line: entry.line))
    let notice = try line.optionalObject("notice")
    var wording = Wording(
      channel: facts.channel, cycle: facts.cycle, campaign: try line.textIfAny("campaign"), phase: try line.textIfAny("phase"),
      rule: try line.textIfAny("rule"), termsVersion: facts.terms?.version, termsDigest: facts.terms?.digest,
      wordsDigest: facts.notice?.wordsDigest, jurisdictions: line.has("jurisdictions") ? try line.texts("jurisdictions") : nil)
    var textSize: Int?
    if let notice {
      if wording.phase == nil { wording.phase = try notice.textIfAny("phase") }
      if wording.rule == nil { wording.rule = try notice.textIfAny("rule") }
      wording.notice = try notice.textIfAny("name")
      // A notice without a name is that of a campaign that has one only.
      if wording.notice == nil { wording.notice = "standard" }
      wording.variant = try notice.textIfAny("variant")
      if notice.has("text_size") { textSize = Self.thousandths(try notice.measure("text_size")) }
    }
    self.init(
      account: facts.account, invoice: facts.invoice, series: facts.series, copy: facts.copy, kind: facts.kind, wording: wording,
      sha256: Self.bytes(ofDigest: facts.sha256), page: facts.notice?.page, area: facts.notice.map { Self.thousandths($0.area) },
      contrast: facts.notice.map { Self.thousandths($0.contrast) }, textSize: textSize, mailed: mailed)
    let texts = [account, invoice, series, wording.cycle, wording.campaign, wording.phase, wording.rule, wording.notice, wording.variant]
    for text in (texts + [wording.termsVersion]).compactMap(\.self) + (wording.jurisdictions ?? [])
    where TextCheck.isUnclean(Array(text.utf8)) || text.unicodeScalars.count > Self.longest {
      throw EntryFault(.lineMalformed, "expected texts of at most \(Self.longest) characters, none of them a control character")
    }
  }

  /// A measure as the manifest has it, with three decimals.
  private static func thousandths(_ measure: Double) -> Int { Int(min(measure * 1_000, Double(EntryReader.largest)).rounded()) }

  /// The bytes of 64 hexadecimal digits.
  private static func bytes(ofDigest digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
  }
}

extension EntryReader {
  /// A text; `nil` where there is none, or null.
  fileprivate func textIfAny(_ name: String) throws(EntryFault) -> String? {
    guard has(name), try value(name) != .null else { return nil }
    return try text(name)
  }
}
