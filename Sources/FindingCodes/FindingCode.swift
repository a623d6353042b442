/// A code that findings carry, with what it means: the reference page and the codes of `--accept` are made from these.
public struct FindingCode: Sendable, Hashable {
  /// What a finding is about.
  public enum Area: String, Sendable, CaseIterable {
    /// One record of the data, an e-invoice included.
    case record
    /// The pages made of a record.
    case page
    /// A layout's files, its strings and pictures.
    case layout
    /// A campaign's files.
    case campaign
    /// A layout's `sample.yaml`.
    case sample
    /// The folders of fonts.
    case font
    /// Data files, output folder and the run itself.
    case run
    /// A finished output folder, as `verify` finds it.
    case verification
    /// The ledger, what is taken into it, and rules of law.
    case ledger
    /// E-mails on their way to a server.
    case sending
  }

  /// What comes of it.
  public enum Effect: String, Sendable, CaseIterable {
    /// The record makes no bill and stands in `rejects.jsonl`; all others are written.
    case reject
    /// The command stops before the first bill, or where it is.
    case error
    /// Worth a look; nothing stops.
    case warning
    /// Something is not as it was written; `verify` goes on and tells all.
    case finding
    /// An explanation.
    case note
  }

  /// The code, in kebab case.
  public let id: String
  /// What it is about. A code may stand in several areas, with a meaning in each.
  public let area: Area
  /// What comes of it, the usual first.
  public let effects: [Effect]
  /// What was found, in a sentence.
  public let meaning: String
  /// What to do about it, in a sentence.
  public let remedy: String
  /// Whether `--accept` takes the code: the reject becomes a warning and the bill is made.
  public let isAcceptable: Bool

  init(
    _ id: String, _ area: Area, _ effect: Effect, or other: Effect? = nil, acceptable: Bool = false, _ meaning: String, _ remedy: String
  ) {
    self.id = id
    self.area = area
    effects = [effect] + (other.map { [$0] } ?? [])
    self.meaning = meaning
    self.remedy = remedy
    isAcceptable = acceptable
  }
}

/// All codes.
public enum FindingCodes {
  /// By area, in the order of the reference page.
  public static let all: [FindingCode] =
    records + pages + layouts + campaigns + lint + samples + fonts + runs + verification + ledgers + sending

  /// The codes that `--accept` takes, sorted.
  public static let acceptable: [String] = Set(all.filter(\.isAcceptable).map(\.id)).sorted()
}
