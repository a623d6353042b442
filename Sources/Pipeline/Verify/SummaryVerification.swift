internal import Diagnostics
internal import Digests
internal import Intake
internal import JSON

/// Compares `summary.json` with what manifest and rejects add up to, and with the digests it ends in.
struct SummaryVerification {
  /// Bytes of the file at most: a few kilobytes, whatever the run.
  ///
  /// - Stops: a file that is no summary, read whole.
  static let limit = 16 << 20
  /// Figures that are told of one file.
  ///
  /// - Stops: a summary of thousands of wrong figures.
  private static let told = 1_000

  let file = OutputFolder.summaryName
  private let bytes: [UInt8]
  private var findings: [Diagnostic] = []

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What is wrong.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - counted: What manifest and rejects add up to; of the records, what their number should be where the data were read.
  ///   - digests: Of the files beside it, by name.
  ///   - writesBills: Whether the run wrote bills; without, their number follows from that of the records.
  ///   - hasCountedData: Whether `counted` knows how many records there are, were left out, and how many files were passed over.
  static func findings(
    _ bytes: [UInt8], counted: Summary, digests: [String: String], hasCountedData: Bool, writesBills: Bool = true
  ) -> [Diagnostic] {
    var verification = SummaryVerification(bytes)
    verification.compare(counted, digests, hasCountedData, writesBills)
    return verification.findings
  }

  private mutating func tell(_ reason: VerifyFinding.Reason, _ message: String, _ path: String) {
    guard findings.count < SummaryVerification.told else { return }
    findings.append(VerifyFinding.diagnostic(reason, message, file: file, path: path))
  }

  private mutating func compare(_ counted: Summary, _ digests: [String: String], _ hasCountedData: Bool, _ writesBills: Bool) {
    let value: JSONValue
    do throws(RecordFault) { value = try JSONValue(parsing: bytes) } catch {
      return tell(.summaryDiffers, "is no JSON: \(error.message)", "$")
    }
    guard value.members != nil else { return tell(.summaryDiffers, "expected an object", "$") }
    var counted = counted
    // What lines do not say is taken as it is, but must hold together.
    if !hasCountedData {
      (counted.records, counted.skipped) = (value["in"]?.integer ?? -1, value["skipped"]?.integer ?? -1)
      counted.ignored.system = value["ignored"]?["system"]?.integer ?? -1
      counted.ignored.ending = value["ignored"]?["ending"]?.integer ?? -1
    }
    // Bills that were only judged stand in no line.
    if !writesBills { counted.unwritten = max(0, counted.records - counted.skipped - counted.rejected) }
    if let records = value["in"]?.integer, let out = value["out"]?.integer, let rejected = value["rejected"]?.integer,
      let skipped = value["skipped"]?.integer
    {
      let (first, a) = out.addingReportingOverflow(rejected)
      let (sum, b) = first.addingReportingOverflow(skipped)
      if a || b || sum != records || min(out, rejected, skipped) < 0 {
        tell(.countsDiffer, "\(records) in are not \(out) out, \(rejected) rejected and \(skipped) skipped", "$.in")
      }
    }
    guard let expected = try? JSONValue(parsing: Array(counted.bytes().dropLast())) else { return }
    compare(value, expected)
    compareDigests(value[Summary.digestsKey], digests)
  }

  /// - Parameter names: The way to both, member by member.
  private mutating func compare(_ found: JSONValue, _ expected: JSONValue, _ names: [String] = []) {
    let path = (["$"] + names).joined(separator: ".")
    switch (found, expected) {
    case (.object(let found), .object(let expected)):
      var known: Set<String> = []
      for member in found where !known.insert(member.name).inserted { tell(.summaryDiffers, "'\(member.name)' stands twice", path) }
      for member in expected {
        guard let value = found.first(where: { $0.name == member.name })?.value else {
          tell(.summaryDiffers, "'\(member.name)' is missing; manifest and rejects give \(SummaryVerification.text(member.value))", path)
          continue
        }
        compare(value, member.value, names + [member.name])
      }
      for member in found
      where !expected.contains(where: { $0.name == member.name }) && !(names.isEmpty && member.name == Summary.digestsKey) {
        tell(.summaryDiffers, "'\(member.name)' is nothing that manifest and rejects give", path)
      }
    case (.text(let text), .text) where names.count == 3 && names.first == "totals" && names.last == "charges":
      // Charges stand in no line; that they are the run's is what the digest is for.
      if Double(text) == nil { tell(.summaryDiffers, "expected an amount", path) }
    default:
      guard found != expected else { return }
      tell(
        .summaryDiffers, "says \(SummaryVerification.text(found)); manifest and rejects give \(SummaryVerification.text(expected))", path)
    }
  }

  private static func text(_ value: JSONValue) -> String { String(String(decoding: value.canonical, as: UTF8.self).prefix(200)) }

  private mutating func compareDigests(_ found: JSONValue?, _ digests: [String: String]) {
    let path = "$.\(Summary.digestsKey)"
    guard let found, found.members != nil else { return tell(.summaryDiffers, "has no digests of the files beside it", path) }
    for (name, digest) in digests.sorted(by: { $0.key < $1.key }) where found[name]?.text != digest {
      tell(.summaryDiffers, "'\(name)' has the SHA-256 \(digest); the summary was made with another", path)
    }
    // Its own digest is over all that stands before them.
    let mark = Array(",\"\(Summary.digestsKey)\":".utf8)
    let before = bytes.firstRange(of: mark).map { Array(bytes[..<$0.lowerBound]) } ?? []
    if found[file]?.text != Digest256.hex(before) { tell(.summaryDiffers, "was changed since it was written", path) }
    let names = Set(digests.keys).union([file])
    for member in found.members ?? [] where !names.contains(member.name) && !SummaryVerification.unread.contains(member.name) {
      tell(.summaryDiffers, "has a digest of '\(member.name)', which is no result of a run", path)
    }
  }

  /// Files that have a digest even where they could not be read.
  private static let unread: Set<String> = Set(OutputFolder.results + [OutputFolder.runName])
}
