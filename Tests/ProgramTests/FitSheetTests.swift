import Foundation
import Testing

/// `fit-sheet` through the whole program: which worker makes which bills is not to be seen in them.
@Suite struct FitSheetTests {
  private static let layout = """
    <bill paper="300pt 200pt" style="body" fit-sheet="space-80 space-50" fit-below="40%" xmlns="urn:billfold:layout:1">
      <style name="body" font="Inter" size="10pt" line-height="14pt"/>
      <page name="next" margin="10pt"/>
      <body gap="12pt">
        <box padding="2pt" fill="#eeeeee"><text>The same</text><text>on every bill</text></box>
        <text each="line in customer.address">{line}</text>
      </body>
    </bill>
    """

  private static func record(_ number: Int, lines: Int) -> String {
    let address = (1...lines).map { "\"Line \($0) of \(number)\"" }.joined(separator: ",")
    return """
      {"v":1,"account":"A-\(number)","invoice":"I-\(number)","kind":"bill","issued":"2026-11-23","due":"2026-12-14","currency":"USD",\
      "language":"en-US","customer":{"name":"Ana Petrović","address":[\(address)]},"delivery":"paper","format":"standard",\
      "sections":[{"title":"E","lines":[{"description":"Energy","amount":"10.25"}]}],"totals":{"charges":"10.25","due":"10.25"}}

      """
  }

  @Test func billsAreTheSameWithOneWorkerAndWithTwo() throws {
    let bench = try Bench(bills: 0)
    for folder in ["small", "small/strings"] {
      try FileManager.default.createDirectory(at: bench.root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    try bench.write("small/layout.xml", Self.layout)
    try bench.write("small/strings/en-US.yaml", "{}\n")
    // Bills that fit, that are made to by either step, and that no step helps, in turns.
    let expected = [3: "1 -", 5: "1 -", 6: "1 space-80", 7: "1 space-50", 8: "2 -"]
    let lines = [3, 6, 7, 5, 8, 7, 6, 8, 7, 6]
    try bench.write("small.jsonl", lines.enumerated().map { Self.record($0.offset, lines: $0.element) }.joined())
    for jobs in ["1", "2"] {
      let outcome = try bench.run(
        ["render", "--layout", "small", "--data", "small.jsonl", "--jobs", jobs, "--out", "out-\(jobs)"] + Bench.fonts)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    let (one, two) = (try bench.snapshot("out-1"), try bench.snapshot("out-2"))
    #expect(one.keys.sorted() == two.keys.sorted())
    for (name, bytes) in one { #expect(two[name] == bytes, "\(name)") }
    let fits = try bench.text("out-2/manifest.jsonl").split(separator: "\n").map { line in
      let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return "\(fields["account"] ?? "") \(fields["pages"] ?? "") \(fields["fit"] as? String ?? "-")"
    }
    #expect(fits == lines.enumerated().map { "A-\($0.offset) \(expected[$0.element] ?? "")" })
  }
}
