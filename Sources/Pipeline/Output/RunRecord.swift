internal import Billing
internal import Contract
internal import Dates
internal import Digests
internal import Encodings
internal import Intake
internal import JSON

/// What run.json says: everything that decides the bytes of a run's output. Two runs with the same are the same run.
///
/// The file is a JSON object with one member a line, so that it is easy to compare, for people and for ``differences(from:)``.
struct RunRecord: Equatable {
  /// Version of the file's form.
  static let version = 1
  /// Bytes of a run.json at most: `--only` may name millions of accounts.
  ///
  /// - Stops: a file that is no run.json, read whole.
  static let maximumLength = 1 << 30

  /// Names and JSON values, in the order of the file.
  private(set) var members: [(name: String, json: [UInt8])] = []

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - ledger: The digest of what was read of the ledger; `nil` without one.
  ///   - program: The program's version.
  ///   - build: What ``ProgramBuild`` says of it.
  init(
    options: RenderOptions, filter: AccountFilter, prepared: PreparedRun, data: DataDigest, ledger: String?, cycle: String, program: String,
    build: String
  ) {
    let job = options.job
    add("v") { $0.value(RunRecord.version) }
    add("billfold") { $0.value(program) }
    add("build") { $0.value(build) }
    add("cycle") { $0.value(cycle) }
    add("layout") { $0.value(prepared.layoutDigest) }
    add("campaign") { Self.text(prepared.campaignDigest, &$0) }
    add("company") { Self.text(prepared.company, &$0) }
    add("rules") { Self.text(prepared.rulesDigest, &$0) }
    add("ledger") { Self.text(ledger, &$0) }
    add("fonts") { $0.value(prepared.fontsDigest) }
    add("key_check") { Self.text(prepared.keyCheck, &$0) }
    add("engines") { json in
      json.beginObject()
      for engine in prepared.engines + (data.needsReader ? options.readingEngines() : []) { json.member(engine.name, engine.version) }
      json.endObject()
    }
    add("data") { $0.value(Hexadecimal.text(data.digest)) }
    add("inputs") { json in
      json.beginList()
      for (position, input) in data.inputs.enumerated() {
        json.beginObject()
        json.member("input", position)
        json.member("file", input.name)
        json.member("sha256", Hexadecimal.text(input.digest))
        json.member("bytes", input.bytes)
        json.endObject()
      }
      json.endList()
    }
    add("as_of") { Self.text(job.asOf?.iso, &$0) }
    add("language") { Self.text(job.language, &$0) }
    add("only") { json in
      if let only = filter.only { Self.accounts(only, &json) } else { json.null() }
    }
    add("exclude") { Self.accounts(filter.excluded, &$0) }
    add("strict_lines") { $0.value(job.strictLines) }
    add("specimen") { $0.value(job.specimen) }
    add("accept") { json in
      json.beginList()
      for code in job.accepts { json.value(code) }
      json.endList()
    }
    add("pieces") { json in
      json.beginList()
      for kind in job.pieces { json.value(kind.rawValue) }
      json.endList()
    }
    add("marks") { $0.value(job.hasMarks) }
    add("record_seconds") { $0.value(options.limits.recordSeconds) }
    add("worker_memory") { $0.value(options.limits.memory) }
    if !options.faults.isEmpty {
      add("test_faults") { json in
        json.beginList()
        for fault in options.faults { json.value(fault.text) }
        json.endList()
      }
    }
  }

  private mutating func add(_ name: String, _ write: (inout JSONWriter) -> Void) {
    var json = JSONWriter()
    write(&json)
    members.append((name, json.bytes))
  }

  private static func text(_ text: String?, _ json: inout JSONWriter) {
    if let text { json.value(text) } else { json.null() }
  }

  private static func accounts(_ accounts: Set<[UInt8]>, _ json: inout JSONWriter) {
    json.beginList()
    for account in AccountFilter.sorted(accounts) { json.value(utf8: account) }
    json.endList()
  }

  /// The kinds of pieces that the run was asked for.
  var kinds: Set<PieceKind> {
    guard let names = json("pieces")?.list else { return [.bill, .terms] }
    return Set(names.compactMap { $0.text.flatMap(PieceKind.init(rawValue:)) })
  }

  /// The digest of what the run's snapshot of the ledger says; `nil` for a run without a ledger.
  var ledgerDigest: String? { json("ledger")?.text }

  /// The digest of what a run reads of the ledger that keeps to this run's snapshot and reads nothing anew.
  ///
  /// - Returns: `nil` without a ledger; no digest where the run is to have one and this one has none: the two are different runs.
  func ledger(keptBy job: JobOptions) -> String? { job.ledger == nil ? nil : ledgerDigest ?? "unread" }

  // MARK: The file

  /// The bytes of run.json.
  var bytes: [UInt8] {
    var result = Array("{\n".utf8)
    for (index, member) in members.enumerated() {
      result += "  \"\(member.name)\": ".utf8
      result += member.json
      result += (index + 1 < members.count ? ",\n" : "\n").utf8
    }
    result += "}\n".utf8
    return result
  }

  /// The digest of ``bytes`` in hexadecimal: the run's name in its journal.
  var digest: String { bytes.withUnsafeBytes { Digest256.hex($0) } }

  /// Reads what ``bytes`` wrote; `nil` for anything else.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0].elementsEqual("{".utf8), lines[lines.count - 2].elementsEqual("}".utf8), lines[lines.count - 1].isEmpty
    else { return nil }
    for (index, line) in lines[1..<(lines.count - 2)].enumerated() {
      guard line.starts(with: "  \"".utf8), let end = line.dropFirst(3).firstIndex(of: UInt8(ascii: "\"")),
        line[end...].starts(with: "\": ".utf8)
      else { return nil }
      var json = line[(end + 3)...]
      if index < lines.count - 4 {
        guard json.last == UInt8(ascii: ",") else { return nil }
        json.removeLast()
      }
      members.append((String(decoding: line[(line.startIndex + 3)..<end], as: UTF8.self), Array(json)))
    }
    guard members.first.map({ $0.name == "v" }) == true, members.dropFirst().first?.name == "billfold" else { return nil }
  }

  static func == (a: RunRecord, b: RunRecord) -> Bool { a.bytes == b.bytes }

  /// What distinguishes this run from the one that is there, in the words of the command line: `the layout`, `--as-of`. Of the program and
  /// the libraries it says the old value and the new one: `cairo 1.16.0 → 1.18.0`.
  func differences(from other: RunRecord) -> [String] {
    var names: [String] = []
    for member in members where other.value(member.name) != member.json { names.append(member.name) }
    for member in other.members where value(member.name) == nil { names.append(member.name) }
    // The digest of the data says it already, and by default the cycle follows from it.
    if names.contains("data") { names.removeAll { $0 == "cycle" && cycleFollowsData && other.cycleFollowsData } }
    if names.contains("data") { names.removeAll { $0 == "inputs" } }
    return names.flatMap { name -> [String] in
      let (old, new) = (other.json(name), json(name))
      switch name {
      case "billfold": return [RunRecord.change("the version of billfold", old?.text, new?.text)]
      case "build": return [RunRecord.change("the build of billfold", old?.text, new?.text, shown: RunRecord.shownDigits)]
      case "engines":
        let (before, after) = (old?.members ?? [], new?.members ?? [])
        let engines = after.map(\.name) + before.map(\.name).filter { name in !after.contains { $0.name == name } }
        let changes = engines.filter { old?[$0] != new?[$0] }.map { RunRecord.change("\($0)", old?[$0]?.text, new?[$0]?.text) }
        return changes.isEmpty ? [RunRecord.words[name] ?? name] : changes
      default: return [RunRecord.words[name] ?? "'\(name)'"]
      }
    }
  }

  /// Digits of a digest that are told, and characters of any other value.
  /// How many data files the run had. Complexity: O(bytes); there may be a million of them.
  var inputCount: Int {
    guard let json = value("inputs") else { return 0 }
    // Quotes within names are escaped.
    return json.ranges(of: Array("{\"input\":".utf8)).count
  }

  private static let shownDigits = 12
  private static let shownLength = 60

  private static func change(_ what: String, _ old: String?, _ new: String?, shown: Int = shownLength) -> String {
    func value(_ text: String?) -> String { text.map { String($0.prefix(shown)) } ?? "none" }
    return "\(what.prefix(shownLength)) \(value(old)) → \(value(new))"
  }

  /// A member as a value; `nil` where it is not there or is no JSON.
  func json(_ name: String) -> JSONValue? {
    guard let bytes = value(name), bytes.count <= RunRecord.maximumShown else { return nil }
    return try? JSONValue(parsing: bytes)
  }

  /// Members longer than this are lists of accounts, of which nothing is told.
  ///
  /// - Stops: an option of megabytes in a message.
  private static let maximumShown = 1 << 20

  private var cycleFollowsData: Bool {
    guard let cycle = value("cycle"), let data = value("data") else { return false }
    return data.starts(with: cycle.dropLast())
  }

  private func value(_ name: String) -> [UInt8]? { members.first { $0.name == name }?.json }

  private static let words = [
    "v": "the form of run.json", "cycle": "--cycle", "layout": "the layout",
    "campaign": "the campaign", "company": "the campaign's company", "rules": "the rules of law", "ledger": "--ledger",
    "fonts": "the fonts", "key_check": "the token key", "engines": "the versions of the libraries", "data": "the data",
    "inputs": "the names of the data files", "as_of": "--as-of", "language": "--language", "only": "--only", "exclude": "--exclude",
    "strict_lines": "--strict-lines", "specimen": "--specimen", "accept": "--accept", "pieces": "--pieces",
    "record_seconds": "--record-seconds",
    "worker_memory": "--worker-memory",
    "test_faults": "--test-fault",
  ]
}
