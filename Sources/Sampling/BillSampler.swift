public import Dates

/// Makes up plausible bills, for load tests and designers.
///
/// Record `i` depends on the source, the seed and `i` only, so that a longer file begins with the shorter one.
public struct BillSampler: Sendable {
  let source: SampleSource
  let fields: SampleFieldTree
  let seed: UInt64
  let issued: PlainDate
  private let voiceShares: [Int]
  private let segmentShares: [Int]
  let placeShares: [Int]
  let paymentShares: [Int]
  /// What the record begins with in every language and segment.
  let dates: Dates
  /// Where lines can stand, by voice; empty without a meter.
  let calendars: [SampleCalendar]

  /// The days every bill of a run shares, written out.
  struct Dates: Sendable {
    let issued: [UInt8]
    let due: [UInt8]
    let from: [UInt8]
    let to: [UInt8]
    /// The first day of the period.
    let firstDay: PlainDate
    /// The days of the period.
    let days: [[UInt8]]
    /// The month the period ends in, 0…11.
    let month: Int
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - fields: What the layout declares below `extra`.
  ///   - issued: The issue date of all bills; by default the source's.
  public init(_ source: SampleSource, fields: [SampleField] = [], seed: UInt64, issued: PlainDate? = nil) {
    self.source = source
    self.fields = SampleFieldTree(fields)
    self.seed = seed
    self.issued = issued ?? source.issued
    voiceShares = source.voices.map(\.share)
    segmentShares = source.segments.map(\.share)
    placeShares = source.places.map(\.share)
    paymentShares = source.payments.map(\.share)
    let dates = BillSampler.dates(source, self.issued)
    self.dates = dates
    calendars =
      source.meter.map { meter in
        source.voices.map { voice in
          let words = voice.sections.first { !$0.tariffs.isEmpty }?.tariffs ?? []
          return SampleCalendar(meter, from: dates.firstDay, days: source.periodDays, blockCounts: words.map(\.blocks.count))
        }
      } ?? []
  }

  private static func dates(_ source: SampleSource, _ issued: PlainDate) -> Dates {
    // Near the ends of the calendar days run together, which is as good as anything there.
    let to = issued.adding(days: -4) ?? issued
    let from = to.adding(days: 1 - source.periodDays) ?? to
    let days = (0..<source.periodDays).map { Array((from.adding(days: $0) ?? to).iso.utf8) }
    return Dates(
      issued: Array(issued.iso.utf8), due: Array((issued.adding(days: source.dueDays) ?? issued).iso.utf8), from: Array(from.iso.utf8),
      to: Array(to.iso.utf8), firstDay: from, days: days, month: to.month - 1)
  }

  /// Writes records as JSON Lines, each with its line end.
  ///
  /// - Parameter range: The records' numbers, from 0; not negative.
  /// - Complexity: About 1 µs a charge line.
  public func write(_ range: Range<Int>, to bytes: inout [UInt8]) {
    for index in range {
      add(index, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// One record, without a line end.
  public func record(_ index: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    add(index, to: &bytes)
    return bytes
  }

  private func add(_ index: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var draft = SampleDraft(self, index)
    draft.write(to: &bytes)
    if let invoice = source.eInvoice { addInvoice(invoice, index: index, to: &bytes, from: start) }
  }

  /// The index of the voice of a bill.
  func voice(_ fraction: UInt64) -> Int { SamplePoint.pick(fraction, voiceShares, total: voiceShares.reduce(0, +)) }

  func segment(_ random: inout SampleRandom) -> SampleSource.Segment? {
    source.segments.isEmpty ? nil : source.segments[pick(segmentShares, &random)]
  }

  func pick(_ shares: [Int], _ random: inout SampleRandom) -> Int {
    SamplePoint.pick(random.next(), shares, total: shares.reduce(0, +))
  }
}
