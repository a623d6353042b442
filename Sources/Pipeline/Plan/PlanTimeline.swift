internal import Dates

/// The days of a plan as a picture of characters.
public struct PlanTimeline: Sendable {
  /// In their order; see ``CampaignCalendar/timeline(asOf:cycles:)``.
  public var days: [CampaignCalendar.Day]

  /// Draws some days.
  public init(_ days: [CampaignCalendar.Day]) { self.days = days }

  /// Columns of a picture: wider ones only spread it.
  private static let widest = 100
  /// Columns below which a picture shows nothing that the list does not.
  private static let narrowest = 40

  /// What stands for a day that begins no phase.
  static func mark(_ event: CampaignCalendar.Event) -> Character {
    switch event {
    case .announce, .remind, .final, .active: "┣"
    case .plan: "●"
    case .cycle: "○"
    case .keepBy: "◆"
    case .terms: "▲"
    }
  }

  /// The picture: names of the phases, the phases as a line, cycles below it, and other days below them. No line ends in spaces.
  ///
  /// - Parameter columns: How wide it may be.
  /// - Returns: Nothing where that is too narrow, or all days are one.
  public func picture(columns: Int) -> [String] {
    guard columns >= Self.narrowest, let first = days.first?.date.daysSinceEpoch, let last = days.last?.date.daysSinceEpoch, first < last
    else { return [] }
    // Room for the arrow, behind which the last phase goes on.
    let width = min(columns, Self.widest) - 4
    func column(_ day: PlainDate) -> Int { (day.daysSinceEpoch - first) * (width - 1) / (last - first) }
    var names = Row(width + 4)
    var phases = Row(width + 4)
    var cycles = Row(width + 4)
    var others = Row(width + 4)
    if let begin = days.first(where: \.event.isPhase) {
      phases.fill(column(begin.date)..<width + 2, with: "━")
      phases.put("▶", at: width + 2)
    }
    for day in days {
      let place = column(day.date)
      switch day.event {
      case .announce, .remind, .final, .active:
        phases.put(Self.mark(day.event), at: place)
        names.write(day.event.rawValue, at: place)
      case .plan, .cycle: cycles.put(Self.mark(day.event), at: place)
      case .keepBy, .terms: others.put(Self.mark(day.event), at: place)
      }
    }
    return [names, phases, cycles, others].map(\.text).filter { !$0.isEmpty }
  }

  /// A line that is written into by columns.
  private struct Row {
    var cells: [Character]

    init(_ width: Int) { cells = Array(repeating: " ", count: width) }

    mutating func put(_ mark: Character, at column: Int) {
      // Two days in one column: of the same kind one mark tells both, else the later is a column further, as far as there is room.
      if cells[column] == mark { return }
      let free = cells.indices.dropFirst(column).first { cells[$0] == " " || cells[$0] == "━" }
      if let free { cells[free] = mark }
    }

    mutating func fill(_ columns: Range<Int>, with mark: Character) { for column in columns { cells[column] = mark } }

    /// Writes a word, further to the left where it does not fit; leaves it to the list of days where it would run into the one before.
    mutating func write(_ word: String, at column: Int) {
      let start = min(column, cells.count - word.count)
      let range = start..<start + word.count
      guard start >= 0, cells[max(0, start - 1)..<range.upperBound].allSatisfy({ $0 == " " }) else { return }
      for (place, letter) in zip(range, word) { cells[place] = letter }
    }

    var text: String {
      let end = cells.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
      return String(cells[..<end])
    }
  }
}
