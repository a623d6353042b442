internal import Billing
internal import Dates
internal import Languages
internal import Money

/// What made-up bills of one company have in common.
struct ExtremeSetting: Sendable {
  /// The layout's languages; at least one.
  let languages: [LanguageTag]
  /// The language of bills that do not try another.
  let language: LanguageTag
  let offersLargePrint: Bool
  let fields: SampleFieldTree
  let currency: Currency
  let issued: PlainDate
  let due: PlainDate
  let period: Bill.Period?
  let jurisdiction: String?
  let segment: String?
  let country: String
  let routing: String?
  let payment: Bill.Payment?
  let account: String
  let invoice: String
  /// What stands below the bars of a usage history in ``language``; empty where nothing is known.
  let usageLabels: [String]

  init(
    languages tags: [String], formats: [String], fields: [SampleField], base: Bill?, currency code: String, issued day: PlainDate?
  ) {
    let offered = tags.compactMap { LanguageTag($0) }
    let known = base.flatMap { base in base.language.lookup(in: offered) == nil ? nil : base.language }
    let first = known ?? offered.first ?? base?.language ?? ExtremeSetting.english
    languages = offered.isEmpty ? [first] : offered
    language = first
    offersLargePrint = formats.contains(Bill.Format.largePrint.rawValue)
    self.fields = SampleFieldTree(fields)
    currency = base?.currency ?? Currency(code: code) ?? ExtremeSetting.dollar
    issued = base?.issued ?? day ?? ExtremeSetting.newYear
    // Near the ends of the calendar days run together, which is as good as anything there.
    due = base?.due ?? issued.adding(days: 21) ?? issued
    let ended = issued.adding(days: -4) ?? issued
    period = base == nil ? Bill.Period(from: ended.adding(days: -30) ?? ended, to: ended) : base?.period
    jurisdiction = base?.jurisdiction
    segment = base?.segment
    country = base?.customer.postal?.country ?? "US"
    routing = base?.customer.postal?.imbRouting
    payment = base?.payment
    account = base?.account ?? "0000-0000-00"
    invoice = base?.invoice ?? "0000-00-000000"
    usageLabels = known == nil ? [] : base?.usage.map(\.label) ?? []
  }

  /// What stands below a bar of a year's history, if it is known.
  func usageLabel(_ index: Int) -> String? { usageLabels.isEmpty ? nil : usageLabels[index % usageLabels.count] }

  private static let english = constant(LanguageTag("en"))
  private static let dollar = constant(Currency(code: "USD"))
  private static let newYear = constant(PlainDate(year: 2026, month: 1, day: 15))

  /// A value written in this file, which is well formed.
  static func constant<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a constant is malformed") }
    return value
  }

  /// `form` with its digits counting up: zeros but for the last, so that it is nobody's.
  static func numbered(_ form: String, _ number: Int) -> String {
    var rest = number
    var places = 0
    var bytes = Array(form.utf8)
    for index in bytes.indices.reversed() where bytes[index] &- 0x30 < 10 {
      bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
      places += 1
    }
    let counted = String(decoding: bytes, as: UTF8.self)
    if places >= 3 { return counted }
    // Too few places to tell bills apart.
    var longer = counted.unicodeScalars.prefix(RecordLimits.identity - 8).reduce(into: "") { $0.unicodeScalars.append($1) }
    longer += "-\(1_000 + number)"
    return longer
  }
}
