internal import Languages

/// Whose words are read, as messages name them.
enum WordsOwner: Hashable {
  /// Those of the one notice of a campaign that names none, which is `standard`.
  case notices
  /// Those of a notice with a name.
  case notice(String)
  /// Those of the postcard.
  case postcard

  /// Whether they are those that every campaign has.
  var isStandard: Bool {
    switch self {
    case .notices: true
    case .notice(let name): name == Notice.standardName
    case .postcard: false
    }
  }

  /// What may be said in one language.
  var keys: [CampaignKey] {
    switch self {
    case .notices, .notice: isStandard ? CampaignKeys.words : CampaignKeys.otherWords
    // With the one that is refused with a reason of its own.
    case .postcard: CampaignKeys.postcardWords + [CampaignKeys.keepPaper]
    }
  }

  /// The words of a phase.
  func name(of phase: Phase) -> String {
    switch self {
    case .notices: "the notices of phase '\(phase.rawValue)'"
    case .notice(let name): "phase '\(phase.rawValue)' of the notice '\(name)'"
    case .postcard: "phase '\(phase.rawValue)' of the postcard's words"
    }
  }

  /// The words of a phase in one language.
  func name(of phase: Phase, _ language: LanguageTag) -> String {
    switch self {
    case .notices: "the notice '\(phase.rawValue)' in '\(language)'"
    case .notice(let name): "the notice '\(name)' in phase '\(phase.rawValue)' in '\(language)'"
    case .postcard: "the postcard in phase '\(phase.rawValue)' in '\(language)'"
    }
  }
}
