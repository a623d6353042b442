internal import Billing
internal import Money

/// What `summary.json` says: the cycle's counts and totals, over the bills that were written.
struct Summary {
  static let version = 1

  /// The bills of one currency.
  struct Totals {
    var bills = 0
    var charges = ExactSum()
    var due = ExactSum()
  }

  /// A kind of notice.
  struct Notice: Hashable {
    var phase: String
    var variant: String
  }

  var cycle: String
  var isSpecimen: Bool
  var records = 0
  var skipped = 0
  var written = 0
  var rejects: [String: Int] = [:]
  var totals: [String: Totals] = [:]
  var pages = 0
  var sheets = 0
  var notices: [Notice: Int] = [:]
  var warnings: [String: Int] = [:]

  var rejected: Int { rejects.values.reduce(0, +) }

  init(cycle: String, isSpecimen: Bool) { (self.cycle, self.isSpecimen) = (cycle, isSpecimen) }

  /// The file: one object on one line.
  func bytes() -> [UInt8] {
    var json = JSONWriter(capacity: 2048)
    json.beginObject()
    json.member("v", Summary.version)
    json.member("cycle", cycle)
    json.member("in", records)
    json.member("out", written)
    json.member("rejected", rejected)
    json.member("skipped", skipped)
    json.key("rejects")
    Summary.counts(rejects, &json)
    json.key("totals")
    json.beginObject()
    for (code, totals) in totals.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let decimals = Currency(code: code)?.decimals ?? 0
      json.key(code)
      json.beginObject()
      json.member("bills", totals.bills)
      json.member("charges", totals.charges.description(decimals: decimals))
      json.member("due", totals.due.description(decimals: decimals))
      json.endObject()
    }
    json.endObject()
    json.member("pages", pages)
    json.member("sheets", sheets)
    json.key("notices")
    json.beginList()
    for (notice, count) in sortedNotices {
      json.beginObject()
      json.member("phase", notice.phase)
      json.member("variant", notice.variant)
      json.member("count", count)
      json.endObject()
    }
    json.endList()
    json.key("warnings")
    Summary.counts(warnings, &json)
    if isSpecimen { json.member("specimen", true) }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  private var sortedNotices: [(Notice, Int)] {
    notices.sorted { a, b in
      a.key.phase == b.key.phase
        ? a.key.variant.utf8.lexicographicallyPrecedes(b.key.variant.utf8) : a.key.phase.utf8.lexicographicallyPrecedes(b.key.phase.utf8)
    }.map { ($0.key, $0.value) }
  }

  private static func counts(_ counts: [String: Int], _ json: inout JSONWriter) {
    json.beginObject()
    for (name, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { json.member(name, count) }
    json.endObject()
  }

  // MARK: For people

  /// A few lines for the end of the run: what came out, what did not, where to look.
  func lines(out: String) -> [String] {
    var lines = [
      "cycle \(cycle): \(Summary.count(records, "record")) in, \(Summary.count(written, "bill")) out, \(rejected) rejected, \(skipped) skipped"
    ]
    for (code, totals) in totals.sorted(by: { $0.key < $1.key }) {
      let decimals = Currency(code: code)?.decimals ?? 0
      lines.append(
        "\(code): \(Summary.count(totals.bills, "bill")), charges \(totals.charges.description(decimals: decimals)), "
          + "due \(totals.due.description(decimals: decimals))")
    }
    if written > 0 {
      lines.append(
        "\(Summary.count(pages, "page")) on \(Summary.count(sheets, "sheet")): \(out)/\(OutputFolder.billsName), \(out)/\(OutputFolder.manifestName)"
      )
    }
    if rejected > 0 {
      let codes = rejects.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      lines.append("rejects: \(codes.joined(separator: ", ")): \(out)/\(OutputFolder.rejectsName)")
    }
    return lines
  }

  private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
