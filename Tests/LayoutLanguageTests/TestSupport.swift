import Dates
import Diagnostics
import Geometry
import LayoutLanguage
import Money
import Reporting
internal import Vocabulary

/// A formatter for en-US without ICU: enough to see that the right thing was asked for.
final class PlainFormatter: ValueFormatter {
  func money(
    _ value: Amount, currency: Currency, decimals: ClosedRange<Int>?, negative: NegativeStyle, display: CurrencyDisplay
  ) -> String {
    let rounded = number((try? value.magnitude()) ?? value, decimals: decimals ?? currency.decimals...currency.decimals, grouping: true)
    let text =
      switch display {
      case .symbol: "$" + rounded
      case .code: currency.code + "\u{A0}" + rounded
      case .none: rounded
      }
    guard value.isNegative else { return text }
    switch negative {
    case .minus: return "−" + text
    case .hyphen: return "-" + text
    case .trailing: return text + "−"
    case .parentheses: return "(" + text + ")"
    case .cr: return text + "\u{A0}CR"
    }
  }

  func number(_ value: Amount, decimals: ClosedRange<Int>?, grouping: Bool) -> String {
    var value = value
    if let decimals { value = value.rounded(to: decimals.upperBound, rule: .halfUp) }
    var text = decimals.map { value.description(decimals: $0.lowerBound) } ?? value.description
    if grouping, let dot = text.firstIndex(of: ".") ?? Optional(text.endIndex) {
      var digits = Array(text[..<dot])
      let sign = digits.first == "-" ? 1 : 0
      var place = digits.count - 3
      while place > sign {
        digits.insert(",", at: place)
        place -= 3
      }
      text = String(digits) + text[dot...]
    }
    return text.replacing("-", with: "−")
  }

  func percent(_ value: Amount, decimals: ClosedRange<Int>?) -> String { number(value, decimals: decimals, grouping: true) + "%" }

  /// As ICU writes it in en-US where both days are of one year and two months.
  func range(_ first: PlainDate, _ last: PlainDate, format: DateFormat) -> String {
    let (first, last) = (date(first, format: format), date(last, format: format))
    return (first.prefix { $0 != "," } + " – " + last).replacing(" ", with: "\u{A0}").replacing("–\u{A0}", with: "– ")
  }

  func date(_ date: PlainDate, format: DateFormat) -> String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    let days = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    let month = months[date.month - 1]
    switch format {
    case .style(.full): return "\(days[((date.daysSinceEpoch % 7) + 7) % 7]), \(month) \(date.day), \(date.year)"
    case .style(.long): return "\(month) \(date.day), \(date.year)"
    case .style(.medium): return "\(month.prefix(3)) \(date.day), \(date.year)"
    case .style(.short): return "\(date.month)/\(date.day)/\(date.year % 100)"
    case .skeleton("MMMMy"), .skeleton("yMMMM"): return "\(month) \(date.year)"
    case .skeleton(let letters): return "<\(letters) \(date.iso)>"
    }
  }

  func uppercase(_ text: String) -> String { text.uppercased() }
  func lowercase(_ text: String) -> String { text.lowercased() }
  func titlecase(_ text: String) -> String {
    text.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }
  func pluralCategory(of value: Amount) -> PluralCategory { value == .one ? .one : .other }
}

/// The bill of the reference pages.
enum SampleBill {
  static func amount(_ text: String) -> Amount { (try? Amount(text)) ?? .zero }
  static func money(_ text: String) -> Value { .amount(amount(text)) }
  static func number(_ text: String) -> Value { .number(amount(text)) }
  static func date(_ text: String) -> Value { .optional(PlainDate(text)) }
  static func list(_ values: Value...) -> Value { .list(ValueArray(values)) }
  static func record(_ values: Value...) -> Value { .record(ValueRecord(values)) }

  static func line(
    _ description: String, _ sum: String, quantity: String? = nil, unit: String? = nil, price: String? = nil, date day: String? = nil
  )
    -> Value
  {
    record(
      day.map { date($0) } ?? .absent, .text(description), .optional(number: quantity.map { amount($0) }), .optional(unit),
      .optional(number: price.map { amount($0) }), money(sum))
  }

  static var sections: Value {
    list(
      record(
        .text("Electricity"),
        list(
          line("Peak energy", "30.64", quantity: "214", unit: "kWh", price: "0.1432", date: "2026-11-19"),
          line("Basic charge", "12.00")), money("42.64")),
      record(.text("Services"), list(line("Paper copy", "4.20", quantity: "1")), money("4.20")))
  }

  static func bill(
    due: String? = "2026-12-14", email: String? = nil, extra: [Value] = [], kind: String = "bill", sections: Value = sections
  ) -> ValueRecord {
    ValueRecord([
      number("1"), .text("4400-1182-07"), .text("2026-11-004711"), .text(kind), date("2026-11-23"), due.map { date($0) } ?? .absent,
      record(date("2026-10-20"), date("2026-11-19")), .text("USD"), .text("en-US"), .text("residential"), .absent,
      record(.text("Ana Petrović"), list(.text("18 Larkspur Ave Apt 4"), .text("Portland OR 97204")), .absent, .optional(email)),
      .text("paper"), .absent, .text("standard"), record(money("82.10"), money("-82.10"), money("0.00")), sections,
      list(record(.text("City tax"), number("3"), money("30.64"), money("0.92"))), record(money("47.76"), money("87.02")), .absent,
      list(record(.text("Oct"), number("411")), record(.text("Nov"), number("412"))), .record(ValueRecord(extra)),
    ])
  }

  static var campaign: Value {
    record(
      .text("optional"), .text("remind"), date("2027-03-01"), date("2026-11-01"), date("2027-01-01"), date("2027-02-01"),
      record(.text("2027-03"), date("2027-03-01"), .text("bill")),
      record(.text("my.larkspur.example/p"), .text("+1 800 555 0142"), .absent),
      .text("standard"))
  }
}

extension Environment {
  /// The environment of a bill in a template's first language.
  static func sample(_ template: Template? = nil, bill: ValueRecord = SampleBill.bill(), campaign: Value = .absent, language: Int = 0)
    -> Environment
  {
    Environment(
      bill: bill, campaign: campaign, formatter: PlainFormatter(), currency: Currency(code: "USD") ?? .none,
      strings: template?.strings[language] ?? .empty(language: "en-US"), localCount: template?.localCount ?? 0)
  }
}

/// A layout in memory.
struct Layout {
  var files: [String: String]

  /// `body` in a small layout.
  init(
    body: String, declarations: String = "", strings: String = "due: Amount due\n", page: String = "<page name=\"next\" margin=\"15mm\"/>",
    root: String = "", files: [String: String] = [:]
  ) {
    self.files = files
    self.files["layout.xml"] = """
      <bill paper="Letter" \(root)xmlns="urn:billfold:layout:1">
      \(declarations)
      \(page)
      <body>
      \(body)
      </body>
      </bill>
      """
    if self.files["strings/en-US.yaml"] == nil { self.files["strings/en-US.yaml"] = strings }
  }

  init(files: [String: String]) { self.files = files }

  func load() -> LayoutPackage { LayoutPackage.load(MemoryFiles(files)) }

  /// Findings of one id, or all errors, as text.
  func findings(warnings: Bool = false) -> [String] {
    load().diagnostics.filter { warnings || $0.severity == .error }.map { DiagnosticRenderer.text($0) }
  }
}

/// Walks a compiled layout and writes what a bill would say: `[kind words…]`.
struct Outline {
  static func text(_ template: Template, _ environment: Environment) throws -> String { try text(template.plain, environment) }

  static func text(_ edition: Edition, _ environment: Environment) throws -> String {
    var environment = environment
    return try text(edition.body.children, &environment)
  }

  static func text(_ contents: [TemplateContent], _ environment: inout Environment) throws -> String {
    var buffer = TextBuffer()
    return try text(contents, &environment, &buffer)
  }

  private static func text(_ contents: [TemplateContent], _ environment: inout Environment, _ buffer: inout TextBuffer) throws -> String {
    var result = ""
    for content in contents {
      switch content {
      case .text(let template):
        try template.append(to: &buffer, in: environment)
        for segment in buffer.take() {
          switch segment {
          case .words(let words): result += words
          case .data(let data), .token(let data, _): result += "⟨" + data + "⟩"
          case .late(let name): result += "‹" + name.rawValue + "›"
          case .mark(let number): result += "‹\(number)›"
          }
        }
      case .node(let node):
        if let loop = node.each {
          let (list, path) = try environment.list(of: loop)
          for index in 0..<list.count {
            try environment.enter(loop, element: index, of: list, path: path)
            result += try self.node(node, &environment, &buffer)
          }
        } else {
          result += try self.node(node, &environment, &buffer)
        }
      case .choice(let branches):
        for branch in branches {
          if try branch.condition?.isTrue(in: environment) ?? true {
            result += try text(branch.contents, &environment, &buffer)
            break
          }
        }
      case .repeat(let loop, let contents):
        let (list, path) = try environment.list(of: loop)
        for index in 0..<list.count {
          try environment.enter(loop, element: index, of: list, path: path)
          result += try text(contents, &environment, &buffer)
        }
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        result += try text(contents, &environment, &buffer)
      }
    }
    return result
  }

  private static func node(_ node: TemplateNode, _ environment: inout Environment, _ buffer: inout TextBuffer) throws -> String {
    guard try node.condition?.isTrue(in: environment) ?? true else { return "" }
    if node.kind == .text || node.kind == .cell { buffer = TextBuffer() }
    if node.kind == .lineBreak { buffer.breakLine() }
    let inside = try text(node.children, &environment, &buffer)
    return "[" + node.kind.tag + (inside.isEmpty ? "" : " " + inside) + "]"
  }
}
