internal import Contract
internal import Digests
internal import Intake
internal import JSON
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
    var name: String
    var phase: String
    var variant: String

    /// What a list of them is sorted by, one after the other.
    fileprivate var sortKey: [String] { [name, phase, variant] }
  }

  /// A rule of the audience in one phase.
  struct Rule: Hashable {
    var name: String
    var phase: String

    /// What a list of them is sorted by, one after the other.
    fileprivate var sortKey: [String] { [phase, name] }
  }

  var cycle: String
  var isSpecimen: Bool
  var records = 0
  var skipped = 0
  /// Files and entries of archives that are no data.
  var ignored = IgnoredFiles()
  /// Pieces written, by their kind.
  var pieces: [PieceKind: Int] = [:]
  /// Bills that were laid out and judged, and not asked for.
  var unwritten = 0
  /// Records rejected, by the fault's code.
  var rejects: [String: Int] = [:]
  /// Pieces other than bills that could not be made.
  var faults: [PieceKind: Int] = [:]
  var totals: [String: Totals] = [:]
  var pages = 0
  var sheets = 0
  var notices: [Notice: Int] = [:]
  var rules: [Rule: Int] = [:]
  var warnings: [String: Int] = [:]
  /// SHA-256 of the other files of the run, by their names: whether one was changed since shows in the summary. Empty before all are known.
  var digests: [String: String] = [:]
  /// The same for who ran it, by code: more than counts.
  var tallies: [String: WarningTally] = [:]

  /// Bills written.
  var written: Int { pieces[.bill] ?? 0 }

  /// Records whose bill could be made, written or not.
  var out: Int { written + unwritten }

  var rejected: Int { rejects.values.reduce(0, +) }

  init(cycle: String, isSpecimen: Bool) { (self.cycle, self.isSpecimen) = (cycle, isSpecimen) }

  /// Counts a piece. Totals, pages, sheets, notices and warnings are those of bills.
  mutating func add(_ facts: PieceFacts) {
    if !facts.isWritten {
      // A postcard without a file is one that could not be painted, which its reject says.
      guard facts.kind == .bill else { return }
      unwritten += 1
      return WarningTally.add(facts, to: &tallies)
    }
    pieces[facts.kind, default: 0] += 1
    guard facts.kind == .bill else { return }
    var sums = totals[facts.currency.code] ?? Totals()
    sums.bills += 1
    sums.charges.add(facts.charges)
    sums.due.add(facts.due)
    totals[facts.currency.code] = sums
    pages += facts.pages
    sheets += facts.sheets
    if let notice = facts.notice { notices[Notice(name: notice.name, phase: notice.phase, variant: notice.variant), default: 0] += 1 }
    if let rule = facts.rule, let phase = facts.phase { rules[Rule(name: rule, phase: phase), default: 0] += 1 }
    for code in facts.warningCodes { warnings[code, default: 0] += 1 }
    WarningTally.add(facts, to: &tallies)
  }

  /// Counts a reject: of a record, or of one of its pieces.
  mutating func add(reject kind: PieceKind, code: String) {
    if kind == .bill { rejects[code, default: 0] += 1 } else { faults[kind, default: 0] += 1 }
  }

  /// The last member: the digests of the files, at last its own, which is over the bytes before this member.
  static let digestsKey = "sha256"

  /// The file: one object on one line.
  func bytes() -> [UInt8] {
    var json = JSONWriter(capacity: 2048)
    json.beginObject()
    json.member("v", Summary.version)
    json.member("cycle", cycle)
    json.member("in", records)
    json.member("out", out)
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
    for (notice, count) in Summary.sorted(notices, by: \.sortKey) {
      json.beginObject()
      json.member("name", notice.name)
      json.member("phase", notice.phase)
      json.member("variant", notice.variant)
      json.member("count", count)
      json.endObject()
    }
    json.endList()
    json.key("warnings")
    Summary.counts(warnings, &json)
    json.key("pieces")
    json.beginObject()
    for kind in PieceKind.allCases where (pieces[kind] ?? 0) + (faults[kind] ?? 0) > 0 || kind == .bill {
      json.key(kind.rawValue)
      json.beginObject()
      json.member("out", pieces[kind] ?? 0)
      json.member("rejected", kind == .bill ? rejected : faults[kind] ?? 0)
      json.endObject()
    }
    json.endObject()
    json.key("rules")
    json.beginList()
    for (rule, count) in Summary.sorted(rules, by: \.sortKey) {
      json.beginObject()
      json.member("rule", rule.name)
      json.member("phase", rule.phase)
      json.member("count", count)
      json.endObject()
    }
    json.endList()
    json.key("ignored")
    json.beginObject()
    json.member("system", ignored.system)
    json.member("ending", ignored.ending)
    json.endObject()
    if isSpecimen { json.member("specimen", true) }
    if !digests.isEmpty {
      let own = Digest256.hex(json.bytes)
      json.key(Summary.digestsKey)
      json.beginObject()
      for (name, digest) in digests.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { json.member(name, digest) }
      json.member(OutputFolder.summaryName, own)
      json.endObject()
    }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// Counts in the order of their keys' bytes.
  private static func sorted<Key>(_ counts: [Key: Int], by key: (Key) -> [String]) -> [(Key, Int)] {
    counts.map { ($0.key, $0.value) }.sorted {
      key($0.0).lexicographicallyPrecedes(key($1.0)) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  private static func counts(_ counts: [String: Int], _ json: inout JSONWriter) {
    json.beginObject()
    for (name, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { json.member(name, count) }
    json.endObject()
  }

  // MARK: For people

  /// A few lines for the end of the run: what came out, what did not, where to look.
  func lines(out folder: String) -> [String] {
    var lines = [
      "cycle \(cycle): \(Summary.count(records, "record")) in, \(Summary.count(out, "bill")) \(unwritten > 0 ? "judged and not written" : "out"), "
        + "\(rejected) rejected, \(skipped) skipped"
    ]
    for (code, totals) in totals.sorted(by: { $0.key < $1.key }) {
      let decimals = Currency(code: code)?.decimals ?? 0
      lines.append(
        "\(code): \(Summary.count(totals.bills, "bill")), charges \(totals.charges.description(decimals: decimals)), "
          + "due \(totals.due.description(decimals: decimals))")
    }
    if written > 0 {
      lines.append(
        "\(Summary.count(pages, "page")) on \(Summary.count(sheets, "sheet")): \(folder)/\(PieceKind.bill.traits.folder), \(folder)/\(OutputFolder.manifestName)"
      )
    }
    for kind in PieceKind.allCases where kind != .bill {
      let (made, refused) = (pieces[kind] ?? 0, faults[kind] ?? 0)
      guard made + refused > 0 else { continue }
      let noun = made == 1 ? kind.traits.noun : kind.traits.plural
      lines.append("\(made) \(noun)\(refused > 0 ? ", \(refused) rejected" : ""): \(folder)/\(kind.traits.folder)")
    }
    if rejected > 0 {
      let codes = rejects.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      lines.append("rejects: \(codes.joined(separator: ", ")): \(folder)/\(OutputFolder.rejectsName)")
    }
    return lines
  }

  private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
