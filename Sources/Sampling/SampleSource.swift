internal import Billing
public import Dates
public import Diagnostics
internal import Files
public import Languages
public import Money
internal import ConfigurationFiles

/// What made-up bills are made of: the contents of a layout's `sample.yaml`.
public struct SampleSource: Sendable {
  /// The issue date of the bills unless another is asked for.
  public let issued: PlainDate
  /// The currency of all bills.
  public let currency: Currency
  /// The bills' languages, in the order of the file.
  public var languages: [LanguageTag] { voices.map(\.tag) }

  /// The bills' languages with the places that name them.
  public var languagePlaces: [(tag: LanguageTag, range: SourceRange)] { voices.map { ($0.tag, $0.range) } }

  let periodDays: Int
  let dueDays: Int
  let account: SamplePattern
  let invoice: SamplePattern
  let jurisdiction: SamplePattern?
  let email: SamplePattern?
  let routing: SamplePattern?
  let segments: [Segment]
  let names: Names
  let streets: [[UInt8]]
  let units: [SamplePattern]
  let places: [Place]
  let address: [SamplePattern]
  let usage: UsageRange?
  let payments: [Payment]
  let voices: [Voice]
  /// What makes the bills e-invoices; `nil` for plain records.
  let eInvoice: SampleInvoice?
  /// What makes the bills those of a metered service; `nil` where lines are made up one by one.
  let meter: SampleMeter?

  /// A kind of customer.
  struct Segment: Sendable {
    let name: [UInt8]
    let share: Int
    /// Whether its customers are organisations, which use more.
    let isOrganisation: Bool
  }

  /// Names of people and organisations, ready to stand inside JSON quotes.
  struct Names: Sendable {
    let given: [[UInt8]]
    let family: [[UInt8]]
    /// Whole names that try a layout's patience.
    let long: [[UInt8]]
    let organisations: [[UInt8]]
  }

  struct Place: Sendable {
    let city: [UInt8]
    let region: [UInt8]
    let country: [UInt8]
    let code: SamplePattern
    let share: Int
  }

  /// Monthly use: a range, and what each calendar month takes of it in percent.
  struct UsageRange: Sendable {
    let value: SampleRange
    let season: [Int]
  }

  struct Payment: Sendable {
    let share: Int
    let iban: SamplePattern?
    let name: SamplePattern?
    let reference: SamplePattern?
    let scanLine: SamplePattern?
  }

  /// What bills say in one language.
  struct Voice: Sendable {
    let tag: LanguageTag
    /// Where the file names it.
    let range: SourceRange
    let share: Int
    /// January to December.
    let months: [[UInt8]]
    /// The name of the rate, of metered bills.
    let rate: [UInt8]?
    let sections: [Section]
    let taxes: [Tax]
  }

  struct Section: Sendable {
    let title: [UInt8]
    let share: Int
    let items: [Item]
    /// What the meter's tariffs are called, in the one section that has them.
    let tariffs: [SampleMeter.Words]
  }

  struct Item: Sendable {
    let description: SamplePattern
    let unit: [UInt8]?
    /// Whether its quantity is the use of the month.
    let isOfUse: Bool
    let quantity: SampleRange?
    let price: SampleRange?
    /// The amount itself, where there are no quantity and price.
    let amount: SampleRange?
  }

  struct Tax: Sendable {
    let label: [UInt8]
    /// In percent.
    let rate: SampleRange
  }

  /// The most bytes of a sample file.
  ///
  /// - Stops: a file that is no sample, read whole.
  public static let maximumLength = 1 << 20

  /// Reads `sample.yaml` in a layout's folder.
  ///
  /// - Throws: Every finding, each with its place.
  public static func load(layout folder: String) throws(DiagnosticList) -> SampleSource {
    let path = folder + (folder.hasSuffix("/") ? "" : "/") + "sample.yaml"
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.read(path, limit: maximumLength)
    } catch {
      throw DiagnosticList([Diagnostic(id: "sample-unreadable", "the sample file '\(path)' \(error.reason)")])
    }
    return try parse(bytes, name: path)
  }

  /// Reads the bytes of a sample file.
  ///
  /// - Throws: All that is wrong with the file.
  public static func parse(_ bytes: [UInt8], name: String) throws(DiagnosticList) -> SampleSource {
    let visible = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let root = try YAMLParser.parse(SourceFile(name: name, bytes: visible))
    let reading = SampleReading()
    let source = reading.source(root)
    guard let source, reading.findings.diagnostics.isEmpty else {
      let none = [Diagnostic(id: "sample-unreadable", "the sample file is incomplete", at: root.range)]
      throw DiagnosticList(reading.findings.diagnostics.isEmpty ? none : reading.findings.diagnostics)
    }
    return source
  }
}
