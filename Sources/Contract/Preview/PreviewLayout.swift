/// What the page must know of layout and campaign once they are loaded.
public struct PreviewLayout: Sendable, Hashable {
  /// A phase of the campaign.
  public struct PhaseDay: Sendable, Hashable {
    /// `announce`, `remind`, `final` or `active`.
    public var name: String
    /// Its first day, `YYYY-MM-DD`.
    public var day: String
    /// Makes a phase.
    public init(name: String, day: String) { (self.name, self.day) = (name, day) }
  }

  /// A notice of the campaign.
  public struct Notice: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What the layout calls its variants, the smallest last.
    public var variants: [String]
    /// Makes a notice.
    public init(name: String, variants: [String]) { (self.name, self.variants) = (name, variants) }
  }

  /// The languages of the layout.
  public var languages: [String]
  /// The formats of the layout, `standard` first.
  public var formats: [String]
  /// The kinds of pieces that layout or campaign know of, bills first.
  public var pieces: [PieceKind] = [.bill]
  /// The campaign's phases in order; empty without a campaign.
  public var phases: [PhaseDay]
  /// The rules of the campaign's audience in order; empty without one.
  public var rules: [String] = []
  /// The campaign's notices in order; empty without a campaign.
  public var notices: [Notice] = []
  /// The campaign's id; `nil` without a campaign.
  public var campaign: String?
  /// Whose campaign it is; `nil` where it does not say.
  public var company: String?
  /// Whether printed codes are specimens, since no key was given.
  public var hasSpecimenCodes: Bool
  /// The folders whose files decide how bills look.
  public var folders: [String]
  /// Findings that stop nothing.
  public var warnings: [PreviewFinding]

  /// Makes a description.
  public init(
    languages: [String], formats: [String], phases: [PhaseDay], hasSpecimenCodes: Bool, folders: [String], warnings: [PreviewFinding]
  ) {
    (self.languages, self.formats, self.phases) = (languages, formats, phases)
    (self.hasSpecimenCodes, self.folders, self.warnings) = (hasSpecimenCodes, folders, warnings)
  }
}

extension PreviewLayout: Fielded {
  package static var blank: PreviewLayout {
    PreviewLayout(languages: [], formats: [], phases: [], hasSpecimenCodes: false, folders: [], warnings: [])
  }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("languages", &languages)
      try walker.field("formats", &formats)
      try walker.field("pieces", &pieces)
      try walker.field("phases", &phases)
      try walker.field("rules", &rules)
      try walker.field("notices", &notices)
      try walker.field("campaign", &campaign)
      try walker.field("company", &company)
      try walker.field("has_specimen_codes", &hasSpecimenCodes)
      try walker.field("folders", &folders)
      try walker.field("warnings", &warnings)
    }
  }
}

extension PreviewLayout.Notice: Fielded {
  package static var blank: PreviewLayout.Notice { PreviewLayout.Notice(name: "", variants: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("variants", &variants)
    }
  }
}

extension PreviewLayout.PhaseDay: Fielded {
  package static var blank: PreviewLayout.PhaseDay { PreviewLayout.PhaseDay(name: "", day: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("day", &day)
    }
  }
}
