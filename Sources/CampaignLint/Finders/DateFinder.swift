internal import Dates
internal import Formats
internal import Vocabulary

/// Finds days in running text by the language's own names of months and weekdays, as ICU has them.
struct DateFinder {
  /// A day as it is written.
  struct Day {
    let day: Int
    let month: Int
    /// `nil` where the text leaves it out.
    let year: Int?
    /// From 1, Monday, to 7; `nil` where no weekday stands beside it.
    let weekday: Int?
    /// The words, the weekday's among them.
    let text: Substring

    /// Whether it may be that day.
    func isDay(_ date: PlainDate) -> Bool { date.day == day && date.month == month && (year ?? date.year) == date.year }
  }

  /// The names of months in lower case, with a capital and in capitals.
  private let months: [String: (number: Int, isShort: Bool)]
  private let weekdays: [(name: String, day: Int)]
  /// Words that stand beside the month in every date, such as "de".
  private let particles: Set<String>
  private let formats: LocaleFormats

  init(_ formats: LocaleFormats) {
    self.formats = formats
    var months: [(name: String, month: Int, isShort: Bool)] = []
    var particles: Set<String> = []
    for (skeleton, isShort) in [("MMMM", false), ("MMMMd", false), ("MMM", true), ("MMMd", true)] {
      let names = (1...12).map { month in
        PlainDate(year: 2027, month: month, day: 15).map { Self.letters(of: formats.date($0, .skeleton(skeleton))) } ?? []
      }
      let common = names.dropFirst().reduce(Set(names.first ?? [])) { $0.intersection($1) }
      particles.formUnion(common)
      for (index, words) in names.enumerated() {
        let own = words.filter { !common.contains($0) }
        guard let name = own.max(by: { $0.count < $1.count }) else { continue }
        let isKnown = months.contains { $0.name == name && $0.month == index + 1 }
        if !isKnown { months.append((name, index + 1, isShort)) }
      }
    }
    // A name that is short for two months is none.
    var known: [String: (number: Int, isShort: Bool)] = [:]
    for entry in months where !months.contains(where: { $0.name == entry.name && $0.month != entry.month }) {
      let name = entry.name
      for form in [name, name.prefix(1).uppercased() + name.dropFirst(), name.uppercased()] where known[form] == nil {
        known[form] = (entry.month, entry.isShort)
      }
    }
    self.months = known
    var weekdays: [(name: String, day: Int)] = []
    for skeleton in ["EEEE", "EEE"] {
      for day in 1...7 {
        // March 1, 2027 is a Monday.
        guard let date = PlainDate(year: 2027, month: 3, day: day) else { continue }
        var name = formats.date(date, .skeleton(skeleton)).lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        if !name.isEmpty { weekdays.append((name, day)) }
      }
    }
    self.weekdays = weekdays.filter { entry in !weekdays.contains { $0.name == entry.name && $0.day != entry.day } }
    self.particles = particles
  }

  private static func letters(of text: String) -> [String] { TextRun.all(text).filter { $0.kind == .letters }.map { String($0.text) } }

  /// The weekday of a date, from 1, Monday.
  static func weekday(of date: PlainDate) -> Int { ((date.daysSinceEpoch + 3) % 7 + 7) % 7 + 1 }

  /// The weekday's name, as the language writes it.
  func name(ofWeekdayOf date: PlainDate) -> String { formats.date(date, .skeleton("EEEE")) }

  /// Whether a text names a day with its month as a word and its year, in any of the language's usual forms.
  func names(_ date: PlainDate, in text: String) -> Bool {
    if days(in: text).contains(where: { $0.year != nil && $0.isDay(date) }) { return true }
    // Languages whose months are numbers with a word behind them.
    let forms = [
      formats.date(date, .style(.long)), formats.date(date, .style(.full)), formats.date(date, .skeleton("yMMMMd")),
    ]
    let folded = text.filter { !$0.isWhitespace }
    return forms.contains { folded.contains($0.filter { !$0.isWhitespace }) }
  }

  /// The days of a text, in order.
  func days(in text: String) -> [Day] {
    let runs = TextRun.all(text)
    var days: [Day] = []
    for index in runs.indices where runs[index].kind == .letters {
      guard let month = months[String(runs[index].text)] else { continue }
      if let day = day(at: index, month, runs, in: text) { days.append(day) }
    }
    return days
  }

  private func day(at index: Int, _ month: (number: Int, isShort: Bool), _ runs: [TextRun], in text: String) -> Day? {
    var (first, last) = (index, index)
    var day: Int?
    if let before = step(from: index, by: -1, runs, stops: true, commas: false), let number = dayNumber(runs, before) {
      (day, first) = (number, before)
    } else if let after = step(from: index, by: 1, runs, stops: month.isShort), let number = dayNumber(runs, after) {
      (day, last) = (number, after)
    }
    guard let day else { return nil }
    // "1st", "1er": letters right behind the digits.
    if last > index, last + 1 < runs.count, runs[last + 1].kind == .letters, runs[last + 1].text.count <= 2 { last += 1 }
    var year: Int?
    if let after = step(from: last, by: 1, runs, stops: true), let number = yearNumber(runs[after]) {
      (year, last) = (number, after)
    } else if let before = step(from: first, by: -1, runs, stops: true), let number = yearNumber(runs[before]) {
      (year, first) = (number, before)
    }
    let range = runs[first].text.startIndex..<runs[last].text.endIndex
    let weekday = weekday(beside: range, in: text)
    let start = min(weekday?.range.lowerBound ?? range.lowerBound, range.lowerBound)
    let end = max(weekday?.range.upperBound ?? range.upperBound, range.upperBound)
    return Day(day: day, month: month.number, year: year, weekday: weekday?.day, text: text[start..<end])
  }

  /// The next number beside a run, over separators, particles and the letters of an ordinal.
  ///
  /// - Parameters:
  ///   - stops: Whether a full stop may stand between.
  ///   - commas: Whether a comma may.
  private func step(from index: Int, by step: Int, _ runs: [TextRun], stops: Bool, commas: Bool = true) -> Int? {
    var (place, words) = (index + step, 0)
    while runs.indices.contains(place) {
      let run = runs[place]
      switch run.kind {
      case .digits: return place
      case .other:
        guard run.text.allSatisfy({ $0.isWhitespace || "ºª°/-".contains($0) || (commas && ",،".contains($0)) || (stops && $0 == ".") }),
          run.text.count <= 3
        else {
          return nil
        }
      case .letters:
        words += 1
        guard words <= 2, particles.contains(String(run.text)) || run.text.count <= 2 else { return nil }
      }
      place += step
    }
    return nil
  }

  /// A day's number, which is no part of an hour or a decimal.
  private func dayNumber(_ runs: [TextRun], _ place: Int) -> Int? {
    guard let number = runs[place].number, runs[place].text.count <= 2, (1...31).contains(number) else { return nil }
    for (other, next) in [(place - 1, place - 2), (place + 1, place + 2)] {
      guard runs.indices.contains(other), runs.indices.contains(next), runs[next].kind == .digits else { continue }
      if [":", ".", ","].contains(runs[other].text) { return nil }
    }
    return number
  }

  private func yearNumber(_ run: TextRun) -> Int? {
    run.text.count == 4 ? run.number.flatMap { (1900...2199).contains($0) ? $0 : nil } : nil
  }

  /// The weekday right before a day or right behind it.
  private func weekday(beside range: Range<String.Index>, in text: String) -> (day: Int, range: Range<String.Index>)? {
    let runs = TextRun.all(text)
    /// Lower-cased words with hyphens, as weekdays have them, and their place.
    func name(_ place: Int) -> (Int, Range<String.Index>)? {
      for length in [3, 1] {
        let window = place..<place + length
        guard runs.indices.contains(window.lowerBound), window.upperBound <= runs.count, runs[place].kind == .letters else { continue }
        let whole = runs[window.lowerBound].text.startIndex..<runs[window.upperBound - 1].text.endIndex
        if let found = weekdays.first(where: { $0.name == text[whole].lowercased() }) { return (found.day, whole) }
      }
      return nil
    }
    guard let first = runs.firstIndex(where: { $0.text.startIndex == range.lowerBound }),
      let last = runs.firstIndex(where: { $0.text.endIndex == range.upperBound })
    else { return nil }
    /// Whether only what may part a weekday from its day stands there: one short word, commas, brackets.
    func isNear(_ between: Range<Int>) -> Bool {
      runs[between].count { $0.kind == .letters } <= 1
        && runs[between].allSatisfy { run in
          switch run.kind {
          case .letters: run.text.count <= 4
          case .digits: false
          case .other: run.text.allSatisfy { $0.isWhitespace || ",،.(-–".contains($0) } && run.text.count <= 3
          }
        }
    }
    for place in max(0, first - 6)..<first {
      if let found = name(place), let end = runs.firstIndex(where: { $0.text.endIndex == found.1.upperBound }), end < first,
        isNear(end + 1..<first)
      {
        return (found.0, found.1)
      }
    }
    for place in (last + 1)..<min(runs.count, last + 4) where runs[place].kind == .letters {
      if let found = name(place), isNear(last + 1..<place) { return (found.0, found.1) }
    }
    return nil
  }

  /// A date in digits, such as 03/01/2027.
  struct Digits {
    let text: Substring
    /// The days it may mean.
    let readings: [PlainDate]
  }

  /// The dates in digits of a text: two numbers and a year, or a year and two numbers.
  static func digits(in text: String) -> [Digits] {
    let runs = TextRun.all(text)
    guard runs.count >= 5 else { return [] }
    var found: [Digits] = []
    for place in 0...(runs.count - 5) {
      let part = runs[place..<place + 5]
      let (a, b, c) = (runs[place], runs[place + 2], runs[place + 4])
      let mark = runs[place + 1].text
      guard part.allSatisfy({ $0.kind != .letters }), let first = a.number, let second = b.number, let third = c.number,
        ["/", ".", "-", ". "].contains(mark), mark == runs[place + 3].text, b.text.count <= 2
      else { continue }
      // Not the middle of a longer number, such as an address of the network or a telephone number.
      if place > 0, runs[place - 1].text.last.map({ "/.-".contains($0) }) == true, place > 1, runs[place - 2].kind == .digits { continue }
      if place + 5 < runs.count, runs[place + 5].text == mark, place + 6 < runs.count, runs[place + 6].kind == .digits { continue }
      var readings: [PlainDate?] = []
      if a.text.count == 4, c.text.count <= 2 {
        readings = [PlainDate(year: first, month: second, day: third)]
      } else if a.text.count <= 2, c.text.count == 4 || c.text.count == 2 {
        let year = c.text.count == 2 ? 2000 + third : third
        readings = [PlainDate(year: year, month: first, day: second), PlainDate(year: year, month: second, day: first)]
      }
      let days = Set(readings.compactMap { $0 }).sorted()
      if !days.isEmpty { found.append(Digits(text: text[a.text.startIndex..<c.text.endIndex], readings: days)) }
    }
    return found
  }
}
