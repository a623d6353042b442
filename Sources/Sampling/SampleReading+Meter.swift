internal import ConfigurationFiles
internal import Dates
internal import Diagnostics

extension SampleReading {
  /// What makes bills metered ones.
  func meter(_ value: YAMLValue) -> SampleMeter? {
    guard
      let mapping = findings.mapping(
        value, "'meter'", required: ["number", "unit", "tariffs"], optional: ["digits", "multiplier", "estimated", "next", "holidays"])
    else { return nil }
    let number = mapping["number"].flatMap { pattern($0, "the meter's 'number'", []) }
    if let number, number.digits > 12 {
      findings.report("bad-value", "the meter's 'number' has more than 12 places '#'", at: mapping["number"]?.range)
    }
    var holidays: Set<Int> = []
    for day in mapping["holidays"].map({ list($0, "'holidays'") }) ?? [] {
      guard let text = findings.text(day, "a holiday", limit: 5) else { continue }
      guard let date = PlainDate("2028-" + text) else {
        findings.report("bad-date", "'\(text)' is not a day of the form MM-DD", at: day.range)
        continue
      }
      holidays.insert(date.month * 100 + date.day)
    }
    let entries = mapping["tariffs"].map { list($0, "the meter's 'tariffs'") } ?? []
    if entries.count > SampleReading.tariffs {
      findings.report("bad-value", "'tariffs' has more than the \(SampleReading.tariffs) allowed", at: mapping["tariffs"]?.range)
    }
    let tariffs = entries.prefix(SampleReading.tariffs).compactMap { tariff($0) }
    for (days, owner) in [(SampleMeter.Days.weekdays, "weekdays"), (.weekends, "weekends")]
    where tariffs.count == entries.count && !tariffs.contains(where: { $0.days == .any || $0.days == days }) {
      findings.report("bad-value", "no tariff holds on \(owner)", at: mapping["tariffs"]?.range)
    }
    func whole(_ key: String, _ range: ClosedRange<Int>, _ other: Int) -> Int {
      mapping[key].map { self.number($0, "the meter's '\(key)'", range) } ?? other
    }
    guard let pattern = number else { return nil }
    return SampleMeter(
      number: pattern, unit: mapping["unit"].map { text($0, "the meter's 'unit'") } ?? [], digits: whole("digits", 4...7, 5),
      multiplier: whole("multiplier", 1...1_000, 1),
      estimated: whole("estimated", 0...100, 0), next: whole("next", 1...400, 30), holidays: holidays, tariffs: tariffs)
  }

  private func tariff(_ value: YAMLValue) -> SampleMeter.Tariff? {
    guard let mapping = findings.mapping(value, "a tariff", required: ["days", "price"], optional: ["share", "last-price"]),
      let days = mapping["days"].flatMap({ findings.choice($0, "the tariff's 'days'", SampleMeter.Days.self) }),
      let price = mapping["price"].flatMap({ one($0, "the tariff's 'price'") })
    else { return nil }
    let last = mapping["last-price"].flatMap { one($0, "the tariff's 'last-price'") } ?? price
    return SampleMeter.Tariff(days: days, share: share(mapping["share"]), price: price, lastPrice: last)
  }

  /// One value: a tariff has one price.
  private func one(_ value: YAMLValue, _ owner: String) -> SampleRange? {
    guard let range = range(value, owner) else { return nil }
    guard range.bounds.count == 1, range.magnitude <= 1_000 else {
      findings.report("bad-value", "\(owner) must be one value, at most 1000: a tariff has one price on all bills", at: value.range)
      return nil
    }
    return range
  }

  /// What a language calls the meter's tariffs.
  func tariffWords(_ value: YAMLValue, _ meter: SampleMeter?) -> [SampleMeter.Words] {
    let words = list(value, "the section's 'tariffs'").prefix(SampleReading.tariffs).compactMap { entry -> SampleMeter.Words? in
      guard let mapping = findings.mapping(entry, "a tariff", required: ["name"], optional: ["blocks"]) else { return nil }
      return SampleMeter.Words(
        name: mapping["name"].map { text($0, "the tariff's 'name'") } ?? [], blocks: mapping["blocks"].map { texts($0, "'blocks'") } ?? [])
    }
    guard let meter else {
      findings.report("missing-key", "a section has 'tariffs', but there is no 'meter'", at: value.range)
      return words
    }
    if words.count != meter.tariffs.count {
      findings.report("bad-value", "the section names \(words.count) tariffs; the meter has \(meter.tariffs.count)", at: value.range)
    }
    return words
  }

  /// The most tariffs of a meter.
  ///
  /// - Stops: a calendar of a thousand tariffs for every day, made at each start.
  static let tariffs = 24
}
