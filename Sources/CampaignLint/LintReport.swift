internal import Campaigns
internal import Diagnostics
internal import Languages

/// Collects findings; one that holds for several phases is told once, with all of them.
struct LintReport {
  /// What says the words a finding is about.
  enum Teller: Hashable {
    /// A notice, by its name.
    case notice(String)
    case postcard
    case email

    /// In messages.
    var name: String {
      switch self {
      case .notice(let name): "notice '\(name)'"
      case .postcard: "the postcard"
      case .email: "the e-mail"
      }
    }
  }

  /// The words a finding is about.
  struct Scene: Hashable {
    let teller: Teller
    let language: LanguageTag
    let phase: Phase

    /// Whether they are those of the notice that every campaign has.
    var isStandard: Bool { teller == .notice(Notice.standardName) }

    /// Whether they go out beside a bill, and say what the standard notice says where they say nothing.
    var isChannel: Bool { teller == .postcard || teller == .email }
  }

  private struct Key: Hashable {
    let finding: Diagnostic
    let teller: Teller?
    let language: LanguageTag?
  }

  private var found: [(key: Key, phases: [Phase])] = []
  private var places: [Key: Int] = [:]

  /// Keeps a finding.
  ///
  /// - Parameter scene: The words it is about; `nil` where it is about the campaign as a whole.
  mutating func add(_ finding: Diagnostic, _ rule: RuleReference, in scene: Scene? = nil) {
    var finding = finding
    finding.rule = rule
    let key = Key(finding: finding, teller: scene?.teller, language: scene?.language)
    if let place = places[key] {
      if let phase = scene?.phase, !found[place].phases.contains(phase) { found[place].phases.append(phase) }
      return
    }
    places[key] = found.count
    found.append((key, scene.map { [$0.phase] } ?? []))
  }

  /// All findings: those of the campaign file in its order, then those of other files.
  func findings(campaign file: SourceFile) -> [Diagnostic] {
    let all = found.enumerated().map { index, entry in
      (
        isOther: entry.key.finding.range?.file != file, place: entry.key.finding.range?.bytes.lowerBound ?? 0, index: index,
        finding: told(entry.key, entry.phases)
      )
    }
    return all.sorted { ($0.isOther ? 1 : 0, $0.place, $0.index) < ($1.isOther ? 1 : 0, $1.place, $1.index) }.map(\.finding)
  }

  private func told(_ key: Key, _ phases: [Phase]) -> Diagnostic {
    guard let teller = key.teller, let language = key.language else { return key.finding }
    var finding = key.finding
    let when = phases.count == Phase.allCases.count ? "in all phases" : "in \(phases.sorted().map(\.rawValue).joined(separator: ", "))"
    finding.message += "; \(teller.name) \(when), \(language)"
    return finding
  }
}
