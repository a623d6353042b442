public import Contract
public import Dates
internal import Encodings
internal import Foundation
internal import GRDB
internal import JSON

/// A piece that was mailed: which, when, and what it told whom.
public struct MailedPiece: Sendable, Hashable {
  /// What many pieces of one run have in common.
  public struct Wording: Sendable, Hashable {
    /// How it travelled.
    public var channel: PieceKind.Channel
    /// The billing run.
    public var cycle: String
    /// The campaign's id; `nil` without one, or where the run did not say.
    public var campaign: String?
    /// The campaign's phase; `nil` without one.
    public var phase: String?
    /// The rule of the campaign's audience that decided.
    public var rule: String?
    /// The notice's name; `nil` where the piece has none.
    public var notice: String?
    /// Which of the notice's variants it is.
    public var variant: String?
    /// The version of the terms in it; `nil` where it has none.
    public var termsVersion: String?
    /// SHA-256 of the terms' file, as hexadecimal digits.
    public var termsDigest: String?
    /// SHA-256 of the notice's words before expressions, as hexadecimal digits.
    public var wordsDigest: String?
    /// The places whose law was held to, as record and campaign named them; `nil` where the run did not say, so that nothing can be checked.
    public var jurisdictions: [String]?

    /// Makes a wording.
    public init(
      channel: PieceKind.Channel, cycle: String, campaign: String? = nil, phase: String? = nil, rule: String? = nil, notice: String? = nil,
      variant: String? = nil, termsVersion: String? = nil, termsDigest: String? = nil, wordsDigest: String? = nil,
      jurisdictions: [String]? = nil
    ) {
      (self.channel, self.cycle, self.campaign, self.phase, self.rule) = (channel, cycle, campaign, phase, rule)
      (self.notice, self.variant, self.termsVersion, self.termsDigest) = (notice, variant, termsVersion, termsDigest)
      (self.wordsDigest, self.jurisdictions) = (wordsDigest, jurisdictions)
    }
  }

  /// Whose it is.
  public var account: String
  /// The bill it is, or belongs to.
  public var invoice: String
  /// The series the invoice's number stands in; may be empty.
  public var series: String
  /// Which of several of one identity, from 1.
  public var copy: Int
  /// What it is.
  public var kind: PieceKind
  /// What it says, and to whom.
  public var wording: Wording
  /// The 32 bytes of its file's digest.
  public var sha256: [UInt8]
  /// The page the notice stands on; `nil` without a notice.
  public var page: Int?
  /// The notice's share of the page, in thousandths.
  public var area: Int?
  /// The notice's least contrast, in thousandths.
  public var contrast: Int?
  /// The notice's least type size, in thousandths of a point.
  public var textSize: Int?
  /// When it was mailed.
  public var mailed: PlainDate

  /// Makes a piece.
  public init(
    account: String, invoice: String, series: String = "", copy: Int = 1, kind: PieceKind, wording: Wording, sha256: [UInt8],
    page: Int? = nil, area: Int? = nil, contrast: Int? = nil, textSize: Int? = nil, mailed: PlainDate
  ) {
    (self.account, self.invoice, self.series, self.copy, self.kind) = (account, invoice, series, copy, kind)
    (self.wording, self.sha256, self.page, self.area) = (wording, sha256, page, area)
    (self.contrast, self.textSize, self.mailed) = (contrast, textSize, mailed)
  }

  /// The cycle where one identity may have a piece of this kind in each, else nothing: a part of what the ledger knows a piece by.
  var ofCycle: String {
    switch kind {
    case .postcard, .email: wording.cycle
    case .bill, .terms: ""
    }
  }
}

// MARK: - In the ledger

extension MailedPiece.Wording {
  static let columns = [
    "channel", "cycle", "campaign", "phase", "rule", "notice", "variant", "terms_version", "terms_digest", "words_digest", "jurisdictions",
  ]

  /// The values in the order of the columns; what is not there is empty.
  var values: [String] {
    [channel.rawValue, cycle]
      + [campaign, phase, rule, notice, variant, termsVersion, termsDigest, wordsDigest].map { $0 ?? "" }
      + [jurisdictions.map(Self.text) ?? ""]
  }

  init(_ row: LedgerRow, from index: Int) throws {
    self.init(
      channel: try row.word(index, PieceKind.Channel.self), cycle: try row.text(index + 1), campaign: try row.textIfAny(index + 2),
      phase: try row.textIfAny(index + 3), rule: try row.textIfAny(index + 4), notice: try row.textIfAny(index + 5),
      variant: try row.textIfAny(index + 6), termsVersion: try row.textIfAny(index + 7), termsDigest: try row.textIfAny(index + 8),
      wordsDigest: try row.textIfAny(index + 9),
      jurisdictions: try row.textIfAny(index + 10).map(Self.list))
  }

  /// A list of texts as one: JSON.
  private static func text(_ texts: [String]) -> String {
    var json = JSONWriter()
    json.beginList()
    for text in texts { json.value(text) }
    json.endList()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func list(_ text: String) throws -> [String] {
    guard let list = try? JSONValue(parsing: Array(text.utf8)).list else { throw LedgerFailure.Damage("a row holds no list of places") }
    return list.compactMap(\.text)
  }
}

extension MailedPiece {
  /// All that ``init(_:)`` takes, of `piece` and its `wording`.
  static let columns =
    "account, invoice, series, copy, kind, sha256, page, area, contrast, text_size, mailed, "
    + Wording.columns.joined(separator: ", ")
  static let tables = "piece CROSS JOIN wording ON wording.id = piece.wording"

  init(_ row: LedgerRow) throws {
    self.init(
      account: try row.text(0), invoice: try row.text(1), series: try row.text(2), copy: try row.integer(3),
      kind: try row.word(4, PieceKind.self), wording: try Wording(row, from: 11), sha256: try row.bytes(5), page: try row.integerIfAny(6),
      area: try row.integerIfAny(7), contrast: try row.integerIfAny(8), textSize: try row.integerIfAny(9), mailed: try row.date(10))
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("kind", kind.rawValue)
    json.member("invoice", invoice)
    if !series.isEmpty { json.member("series", series) }
    if copy > 1 { json.member("copy", copy) }
    json.member("channel", wording.channel.rawValue)
    json.member("cycle", wording.cycle)
    json.member("mailed", mailed.iso)
    json.member("sha256", Hexadecimal.text(sha256))
    json.member("campaign", wording.campaign)
    json.member("phase", wording.phase)
    json.member("rule", wording.rule)
    json.member("notice", wording.notice)
    json.member("variant", wording.variant)
    json.member("terms_version", wording.termsVersion)
    json.member("terms_digest", wording.termsDigest)
    json.member("words_digest", wording.wordsDigest)
    json.member("page", page)
    for (name, thousandths) in [("area", area), ("contrast", contrast), ("text_size", textSize)] {
      json.key(name)
      if let thousandths { json.value(digits: Self.decimal(thousandths)) } else { json.null() }
    }
    if let places = wording.jurisdictions {
      json.member("jurisdictions", places)
    } else {
      json.key("jurisdictions")
      json.null()
    }
    json.endObject()
  }

  /// Thousandths as a decimal number without needless zeros.
  static func decimal(_ thousandths: Int) -> String {
    let rest = String(thousandths % 1_000)
    var decimals = String(repeating: "0", count: 3 - rest.count) + rest
    while decimals.last == "0" { decimals.removeLast() }
    return String(thousandths / 1_000) + (decimals.isEmpty ? "" : "." + decimals)
  }
}
