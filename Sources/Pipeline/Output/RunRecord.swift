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
  static let maximumLength = 1 << 30

  /// Names and JSON values, in the order of the file.
  private(set) var members: [(name: String, json: [UInt8])] = []

  /// Describes a run.
  init(options: RenderOptions, filter: AccountFilter, prepared: PreparedRun, data: DataDigest, cycle: String, program: String) {
    let job = options.job
    add("v") { $0.value(RunRecord.version) }
    add("billfold") { $0.value(program) }
    add("cycle") { $0.value(cycle) }
    add("layout") { $0.value(prepared.layoutDigest) }
    add("campaign") { Self.text(prepared.campaignDigest, &$0) }
    add("fonts") { $0.value(prepared.fontsDigest) }
    add("key_check") { Self.text(prepared.keyCheck, &$0) }
    add("engines") { json in
      json.beginObject()
      for engine in prepared.engines { json.member(engine.name, engine.version) }
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

  /// What distinguishes two runs, in the words of the command line: `the layout`, `--as-of`.
  func differences(from other: RunRecord) -> [String] {
    var names: [String] = []
    for member in members where other.value(member.name) != member.json { names.append(member.name) }
    for member in other.members where value(member.name) == nil { names.append(member.name) }
    // The digest of the data says it already, and by default the cycle follows from it.
    if names.contains("data") { names.removeAll { $0 == "cycle" && cycleFollowsData && other.cycleFollowsData } }
    if names.contains("data") { names.removeAll { $0 == "inputs" } }
    return names.map { RunRecord.words[$0] ?? "'\($0)'" }
  }

  private var cycleFollowsData: Bool {
    guard let cycle = value("cycle"), let data = value("data") else { return false }
    return data.starts(with: cycle.dropLast())
  }

  private func value(_ name: String) -> [UInt8]? { members.first { $0.name == name }?.json }

  private static let words = [
    "v": "the form of run.json", "billfold": "the version of billfold", "cycle": "--cycle", "layout": "the layout",
    "campaign": "the campaign",
    "fonts": "the fonts", "key_check": "the token key", "engines": "the versions of the libraries", "data": "the data",
    "inputs": "the names of the data files", "as_of": "--as-of", "language": "--language", "only": "--only", "exclude": "--exclude",
    "strict_lines": "--strict-lines", "specimen": "--specimen", "accept": "--accept", "record_seconds": "--record-seconds",
    "worker_memory": "--worker-memory",
    "test_faults": "--test-fault",
  ]
}
