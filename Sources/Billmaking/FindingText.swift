internal import Billing
internal import Diagnostics
internal import Geometry
internal import JSON
internal import Layout
internal import LayoutLanguage

/// A finding of the layout engine as one of the bill: element, place in the layout, page, sizes, record path.
struct FindingText {
  private let finding: LayoutFinding
  private let template: Template
  private let subject: String

  /// What bills are called.
  static let bill = "the bill"

  /// - Parameter subject: What was laid out, for findings about the whole of it.
  init(_ finding: LayoutFinding, _ template: Template, subject: String = Self.bill) {
    (self.finding, self.template, self.subject) = (finding, template, subject)
  }

  /// The reject it leads to.
  var fault: RecordFault { RecordFault(code, statement, path: path) }
  /// The warning the manifest lists.
  var warning: RecordWarning { RecordWarning(code, statement, path: path) }

  private var code: RecordFault.Code { RecordFault.Code(rawValue: finding.cause.rawValue) }
  private var path: String { finding.origin.path?.text ?? "$" }
  private var page: Int? { finding.page > 0 ? finding.page : nil }

  private var statement: FindingStatement {
    // A bill is too long as a whole; no block and no page of it is at fault.
    if finding.cause == .tooManyPages {
      return FindingStatement("\(subject) has more pages than the \(points(finding.available.points)) allowed")
    }
    let block = block
    if finding.cause == .figureFar {
      return FindingStatement(
        claim, origin: block.map { .block($0) }, page: page,
        figures:
          "\(points(finding.wanted.millimetres)) mm apart, at most \(points(finding.available.millimetres)) mm are read at a glance"
      )
    }
    if finding.cause == .anchorMissing { return FindingStatement(claim, origin: block.map { .block($0) }, page: page) }
    return FindingStatement(
      block == nil ? "\(subject) \(claim)" : claim, origin: block.map { .block($0) }, page: page,
      figures: "\(measure) \(points(finding.wanted.points)) pt wanted, \(points(finding.available.points)) pt available")
  }

  private var measure: String { finding.measure == .width ? "width" : "height" }

  /// What is said of the block.
  private var claim: String {
    switch finding.cause {
    case .tooHigh: "is higher than a page's room"
    case .tooWide: "is wider than its room"
    case .shrunk: "was set smaller to fit"
    case .grown: "was made larger than its stated size"
    case .alternative: "was set in another of its alternatives"
    case .tabPassed: "has words that reach beyond their tab stop"
    case .figureFar: "has a figure far from its words, and no rule or fill within five rows leads the eye"
    case .labelsDropped: "has no room for all its labels, and some were left out"
    case .chartCrowded: "has more marks than its width can show apart"
    case .anchorMissing: "points to a block that stands on no page"
    case .doesNotFit: "does not fit into its place"
    case .tooManyPages: "has too many pages"
    case .keepBroken: "was broken although it was to stay together"
    case .wordBroken where finding.isToken:
      "has an amount, date, number or code that is wider than its room even in the smallest type allowed, and was broken in the middle"
    case .wordBroken: "has a word or number that is wider than its room and was broken in the middle"
    case .pictureTooHigh: "has a picture among its words that is higher than its line, which leaves a line of the baseline grid empty"
    case .cut: "is shown in part, as not all of it fits into its place"
    }
  }

  /// The element with its label and place; `nil` where the finding is about the whole bill.
  private var block: LayoutBlock? { FindingText.block(finding.origin.element, template) }

  /// The element of that number with its label and place; `nil` where there is none.
  static func block(_ element: Int, _ template: Template) -> LayoutBlock? {
    guard template.nodes.indices.contains(element) else { return nil }
    let node = template.nodes[element]
    return LayoutBlock(element: node.element, label: node.label, place: SourcePlace(node.nameRange))
  }

  private func points(_ value: Double) -> String {
    guard value.isFinite else { return "endless" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths % 10))")
  }
}

extension Diagnostic {
  /// An error of evaluation as a reject, at the expression's place.
  var recordFault: RecordFault {
    var statement = statement
    if let range { statement.origin = .source(SourcePlace(range)) }
    return RecordFault(RecordFault.Code(rawValue: id), statement, path: place?.path ?? "$", suggestion: suggestion)
  }
}

extension String {
  /// A character for messages: itself and its code points.
  var named: String {
    "'\(self)' ("
      + unicodeScalars.map {
        "U+" + String(repeating: "0", count: max(0, 4 - String($0.value, radix: 16).count))
          + String($0.value, radix: 16, uppercase: true)
      }.joined(separator: " ") + ")"
  }
}

extension Bill {
  /// The path of the first text in the record that holds `cluster`; `nil` where no text of it does.
  func path(of cluster: String) -> String? {
    let wanted = PrintedCluster(cluster)
    for (text, path) in texts where wanted.stands(in: text) { return path }
    return extra.path(of: wanted, at: "$.extra")
  }

  /// The record's printed texts with their paths, in the record's order.
  private var texts: [(String, String)] {
    var texts: [(String, String)] = [(account, "$.account"), (invoice, "$.invoice"), (customer.name, "$.customer.name")]
    texts += customer.address.enumerated().map { ($1, "$.customer.address[\($0)]") }
    if let email = customer.email { texts.append((email, "$.customer.email")) }
    let postal = customer.postal
    for (text, name) in [
      (postal?.city, "city"), (postal?.region, "region"), (postal?.code, "code"), (postal?.country, "country"),
      (postal?.imbRouting, "imb_routing"),
    ] {
      if let text { texts.append((text, "$.customer.postal.\(name)")) }
    }
    if let series { texts.append((series, "$.series")) }
    for (text, name) in [(consent?.source, "source"), (consent?.scope, "scope"), (consent?.evidence, "evidence")] {
      if let text { texts.append((text, "$.consent.\(name)")) }
    }
    if let segment { texts.append((segment, "$.segment")) }
    if let jurisdiction { texts.append((jurisdiction, "$.jurisdiction")) }
    for (index, section) in sections.enumerated() {
      texts.append((section.title, "$.sections[\(index)].title"))
      for (place, line) in section.lines.enumerated() {
        texts.append((line.description, "$.sections[\(index)].lines[\(place)].description"))
        if let unit = line.unit { texts.append((unit, "$.sections[\(index)].lines[\(place)].unit")) }
      }
    }
    texts += taxes.enumerated().map { ($1.label, "$.taxes[\($0)].label") }
    for (text, name) in [
      (payment?.name, "name"), (payment?.iban, "iban"), (payment?.reference, "reference"), (payment?.scanLine, "scan_line"),
    ] {
      if let text { texts.append((text, "$.payment.\(name)")) }
    }
    texts += usage.enumerated().map { ($1.label, "$.usage[\($0)].label") }
    return texts
  }
}

/// A cluster as it was set, to be found again in the texts it may come from.
///
/// What is set as one cluster need not be one `Character` of Swift, nor the other way round: in Devanagari a conjunct such as क्ष is one character to
/// Swift and two clusters to the shaper. So scalars are compared. Characters that only steer (joiners, soft hyphens, direction marks) are left out of
/// what is set, and so they are here.
private struct PrintedCluster {
  private let scalars: [Unicode.Scalar]

  init(_ cluster: String) { scalars = cluster.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint } }

  func stands(in text: String) -> Bool {
    guard let first = scalars.first else { return false }
    let held = text.unicodeScalars
    var start = held.startIndex
    while let place = held[start...].firstIndex(of: first) {
      var (at, matched) = (place, 0)
      while at < held.endIndex, matched < scalars.count {
        if held[at] == scalars[matched] { matched += 1 } else if !held[at].properties.isDefaultIgnorableCodePoint { break }
        at = held.index(after: at)
      }
      if matched == scalars.count { return true }
      start = held.index(after: place)
    }
    return false
  }
}

extension JSONValue {
  fileprivate func path(of cluster: PrintedCluster, at path: String) -> String? {
    switch self {
    case .text(let text): return cluster.stands(in: text) ? path : nil
    case .list(let elements):
      for (index, element) in elements.enumerated() { if let found = element.path(of: cluster, at: "\(path)[\(index)]") { return found } }
    case .object(let members):
      for member in members { if let found = member.value.path(of: cluster, at: "\(path).\(member.name)") { return found } }
    case .null, .flag, .number: break
    }
    return nil
  }
}
