internal import Languages

/// Whose words are read, as messages name them.
enum WordsOwner: Hashable {
  /// Those of the one notice of a campaign that names none, which is `standard`.
  case notices
  /// Those of a notice with a name.
  case notice(String)
  /// Those of the postcard.
  case postcard
  /// Those of the e-mail.
  case email

  /// Whether they are those that every campaign has.
  var isStandard: Bool {
    switch self {
    case .notices: true
    case .notice(let name): name == Notice.standardName
    case .postcard, .email: false
    }
  }

  /// Whether they go out beside bills, and say what the standard notice says where they say nothing.
  var isChannel: Bool { self == .postcard || self == .email }

  /// Whether every language must be there in a phase that takes its words from no other, with all that words must have.
  func isComplete(in phase: Phase) -> Bool {
    switch self {
    case .notices, .notice: true
    case .postcard: false
    // Later phases hold on to what the first says.
    case .email: phase == .announce
    }
  }

  /// What they stand in, in a sentence.
  var noun: String {
    switch self {
    case .notices, .notice: "a notice"
    case .postcard: "a postcard"
    case .email: "an e-mail"
    }
  }

  /// What may be said in one language.
  var keys: [CampaignKey] {
    switch self {
    case .notices, .notice: isStandard ? CampaignKeys.words : CampaignKeys.otherWords
    // With the one that is refused with a reason of its own.
    case .postcard: CampaignKeys.postcardWords + [CampaignKeys.keepPaper]
    case .email: CampaignKeys.emailWords + [CampaignKeys.keepPaper]
    }
  }

  /// The words of a phase.
  func name(of phase: Phase) -> String {
    switch self {
    case .notices: "the notices of phase '\(phase.rawValue)'"
    case .notice(let name): "phase '\(phase.rawValue)' of the notice '\(name)'"
    case .postcard: "phase '\(phase.rawValue)' of the postcard's words"
    case .email: "phase '\(phase.rawValue)' of the e-mail's words"
    }
  }

  /// The words of a phase in one language.
  func name(of phase: Phase, _ language: LanguageTag) -> String {
    switch self {
    case .notices: "the notice '\(phase.rawValue)' in '\(language)'"
    case .notice(let name): "the notice '\(name)' in phase '\(phase.rawValue)' in '\(language)'"
    case .postcard: "the postcard in phase '\(phase.rawValue)' in '\(language)'"
    case .email: "the e-mail in phase '\(phase.rawValue)' in '\(language)'"
    }
  }
}
