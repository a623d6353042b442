public import Consents
internal import Contract
internal import Dates
internal import JSON
public import Jurisdictions

/// All that the ledger knows of one account.
public struct AccountEntries: Sendable, Hashable {
  /// The account.
  public var account: String
  /// In the order of their days.
  public var events: [LedgerEvent] = []
  /// In the order of invoice, series, copy and kind.
  public var pieces: [MailedPiece] = []

  /// An account of which nothing is known.
  public init(account: String) { self.account = account }
}

/// What the billing system is to do with an account.
public struct SwitchAdvice: Sendable, Hashable {
  /// Why an account may be switched to paperless bills, or may not.
  public enum Why: String, Sendable, CaseIterable {
    /// The customer agreed.
    case agreed
    /// The customer said nothing, or took consent back.
    case undecided
    /// The customer chose paper.
    case paper
    /// The customer's e-mail fails.
    case bounced
    /// The customer agreed in a way that makes no consent where the customer lives.
    case consentSource = "consent-source"
    /// Nothing was mailed to the account, a run did not say for which places it was made, or law of a place that no file of rules knows may hold.
    case notChecked = "not-checked"
  }

  /// Where the customer stands.
  public var standing: CustomerStanding
  /// Why.
  public var reason: Why
  /// The places that no file of rules knows.
  public var unchecked: [String]
  /// Whether there are pieces, and all of them say for which places they were made.
  public var hasPlaces: Bool
  /// Whether paper may stop.
  public var maySwitch: Bool { reason == .agreed }

  /// Judges an account by the law of the places its pieces were made for.
  public init(_ entries: AccountEntries, _ book: JurisdictionBook) {
    let places = entries.pieces.map(\.wording.jurisdictions)
    let law = book.law(of: Set(places.compactMap(\.self).joined()))
    standing = CustomerStanding(entries.events.map(\.event), sources: law.consentSources)
    unchecked = law.unchecked
    hasPlaces = !places.isEmpty && places.allSatisfy { $0 != nil }
    reason =
      if !hasPlaces || !law.unchecked.isEmpty {
        .notChecked
      } else if standing.refused != nil, standing.state == .undecided {
        .consentSource
      } else {
        switch standing.state {
        case .agreed: .agreed
        case .undecided: .undecided
        case .paper: .paper
        case .bounced: .bounced
        }
      }
  }
}

extension AccountEntries {
  /// The account's line of `ledger export`, with its line end.
  public func line(_ book: JurisdictionBook) -> [UInt8] {
    let advice = SwitchAdvice(self, book)
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("account", account)
    json.member("state", advice.standing.state.rawValue)
    json.member("date", advice.standing.since?.iso)
    json.member("source", advice.standing.source)
    json.member("may_switch", advice.maySwitch)
    json.member("why", advice.reason.rawValue)
    json.key("events")
    json.beginList()
    for event in events { event.write(to: &json) }
    json.endList()
    json.key("pieces")
    json.beginList()
    for piece in pieces { piece.write(to: &json) }
    json.endList()
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// The account's history for people, a line each, by days.
  public func lines(company: String, _ book: JurisdictionBook) -> [String] {
    let advice = SwitchAdvice(self, book)
    let standing = advice.standing
    var first = "\(account), a customer of \(company): \(standing.state.rawValue)"
    if let since = standing.since { first += " since \(since.iso)" }
    if let source = standing.source { first += " by \(source)" }
    var lines = [first, advice.sentence]
    var history: [(day: String, rank: Int, text: String)] = events.map { ($0.event.date.iso, 1, $0.sentence) }
    history += pieces.map { ($0.mailed.iso, 0, $0.sentence) }
    let sorted = history.enumerated().sorted { ($0.element.day, $0.element.rank, $0.offset) < ($1.element.day, $1.element.rank, $1.offset) }
    lines += sorted.map { "\($0.element.day)  \($0.element.text)" }
    if history.isEmpty { lines.append("nothing is known of this account") }
    return lines
  }
}

extension SwitchAdvice {
  fileprivate var sentence: String {
    switch reason {
    case .agreed: "may be switched to paperless bills"
    case .undecided: "may not be switched: has not agreed"
    case .paper: "may not be switched: chose paper"
    case .bounced: "may not be switched: e-mail comes back"
    case .consentSource:
      "may not be switched: agreed\(standing.refused?.date.map { " on \($0.iso)" } ?? "")\(standing.refused?.source.map { " by \($0)" } ?? ""), which makes no consent where the customer lives"
    case .notChecked where !hasPlaces:
      "may not be switched: not checked, since nothing was mailed to this account that says whose law holds"
    case .notChecked: "may not be switched: not checked, since there are no rules for \(unchecked.joined(separator: ", "))"
    }
  }
}

extension LedgerEvent {
  fileprivate var sentence: String {
    let details = [
      event.source.isEmpty ? nil : "by \(event.source)", scope.isEmpty ? nil : "for \(scope)",
      evidence.isEmpty ? nil : "evidence: \(evidence)",
    ].compactMap(\.self)
    return ([event.kind.rawValue] + details).joined(separator: ", ")
  }
}

extension MailedPiece {
  fileprivate var sentence: String {
    var parts = ["mailed \(kind.traits.noun) \(invoice)\(series.isEmpty ? "" : " of \(series)")\(copy > 1 ? ", copy \(copy)" : "")"]
    parts.append("cycle \(wording.cycle)")
    if let campaign = wording.campaign { parts.append("campaign \(campaign)") }
    if let phase = wording.phase { parts.append("phase \(phase)") }
    if let rule = wording.rule { parts.append("rule \(rule)") }
    if let notice = wording.notice {
      var text = "notice \(notice)\(wording.variant.map { " as \($0)" } ?? "")"
      if let page { text += " on page \(page)" }
      let measures = [
        area.map { "area \(Self.decimal($0))" }, contrast.map { "contrast \(Self.decimal($0))" },
        textSize.map { "text \(Self.decimal($0)) pt" },
      ].compactMap(\.self)
      parts.append(([text] + measures).joined(separator: ", "))
    } else {
      parts.append("no notice")
    }
    if let version = wording.termsVersion { parts.append("terms \(version)") }
    return parts.joined(separator: "; ")
  }
}
