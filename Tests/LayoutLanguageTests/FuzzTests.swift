import Diagnostics
import Foundation
import Reporting
import TestSupport
import Testing

@testable import LayoutLanguage

/// Changes texts a little: what a tired designer or a broken disk would do. `FUZZ_SECONDS` sets how long each reader is tried.
@Suite(.serialized) struct FuzzTests {
  static let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 6

  static func mutate(_ bytes: [UInt8], _ words: [String], _ generator: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 0...20, using: &generator))
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
      case 2: if !bytes.isEmpty { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
      case 3: bytes.insert(contentsOf: words.randomElement(using: &generator)?.utf8 ?? "".utf8, at: place)
      case 4: bytes.insert("<>&\"'{}|/.,:-()[]# \n%;*".utf8.randomElement(using: &generator) ?? 0, at: place)
      case 5: bytes.removeLast(bytes.count - place)
      default:
        let other = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &generator)
        if !bytes.isEmpty { bytes.swapAt(place, other) }
      }
    }
    return bytes
  }

  /// Runs `body` on mutations for some seconds, and fails where one takes longer than a second. Every range found lies within its file.
  private func run(seed: UInt64, _ start: [[UInt8]], _ words: [String], _ body: ([UInt8]) -> [Diagnostic]) {
    var generator = SeededNumbers(seed: seed)
    let clock = ContinuousClock()
    let begin = clock.now
    var pool = start
    var count = 0
    while clock.now - begin < .seconds(Self.seconds) {
      let parent = pool.randomElement(using: &generator) ?? []
      let bytes = Self.mutate(parent, words, &generator)
      let before = clock.now
      let diagnostics = body(bytes)
      #expect(clock.now - before < .seconds(2), "slow: \(String(decoding: bytes, as: UTF8.self))")
      count += 1
      for diagnostic in diagnostics {
        if let range = diagnostic.range { #expect(range.bytes.lowerBound >= 0 && range.bytes.upperBound <= range.file.bytes.count) }
        if count % 50 == 0 { #expect(!DiagnosticRenderer.text(diagnostic).isEmpty) }
      }
      // A few mutations become parents, so that faults pile up.
      if bytes.count < 20_000, Int.random(in: 0..<8, using: &generator) == 0 {
        if pool.count < 60 { pool.append(bytes) } else { pool[Int.random(in: 0..<60, using: &generator)] = bytes }
      }
      if count % 400 == 0 { pool = start }
    }
    print("fuzz \(seed): \(count) mutations")
  }

  private static let attributeWords =
    AttributeName.allCases.map { " \($0.rawValue)=\"" } + ["auto", "12pt", "{", "}", "<!--", "<![CDATA[", "&#x10FFFF;", "&lt;"]

  @Test func layouts() {
    let partial =
      "<partial xmlns=\"urn:billfold:layout:1\"><param name=\"a\" type=\"text\" optional=\"yes\"/><text>{a | default('')}</text></partial>"
    let words =
      ElementKind.allCases.flatMap { ["<\($0.tag)>", "</\($0.tag)>", "<\($0.tag)/>"] } + Self.attributeWords + [
        "<include src=\"p.xml\" a=\"x\"/>"
      ]
    let gallery = GalleryTests.names.compactMap { try? GalleryTests.files($0)["layout.xml"] }.filter { $0.count < 3_000 }
    run(seed: 1, [Array(SmokeTests.design.utf8)] + gallery, words) { bytes in
      LayoutPackage.load(
        MemoryFiles(["layout.xml": bytes, "p.xml": Array(partial.utf8), "strings/en-US.yaml": Array(SmokeTests.strings.utf8)])
      ).diagnostics
    }
  }

  @Test func expressions() {
    let start = FilterRegistry.all.flatMap { $0.examples.map { Array($0.expression.utf8) } }
    let words =
      FilterName.allCases.map { "| \($0.rawValue)(" } + [
        "and ", "or ", "not ", " - ", "totals.due", "sections", "'x'", "((((", " eq ", "field: ",
      ]
    let scope = Scope(schema: BillSchema.standard, strings: nil)
    run(seed: 2, start, words) { bytes in
      let findings = Findings()
      let file = SourceFile(name: "e", bytes: bytes)
      let source = SourceText(file: file, range: 0..<bytes.count)
      var parser = ExpressionParser(source, findings: findings)
      if let syntax = parser.expression() {
        let checker = ExpressionChecker(source: source, scope: scope, findings: findings)
        let typed = checker.value(syntax)
        // What is checked can be evaluated, if only to a named fault.
        if !findings.hasErrors, typed.type != .late {
          _ = try? checker.expression(typed).string(in: .sample(campaign: SampleBill.campaign))
        }
      }
      return findings.all
    }
  }

  @Test func strings() {
    let start = [
      SmokeTests.strings, "k: \"{n, plural, =0 {none} one {# {s, select, a {x} other {y}}} other {#}}\"\n",
      "k: >\n  folded {x}\n  text\nl: |\n  a\n  b\nm: 'it''s'\n",
    ]
    let words = [
      "{n, plural, ", "one {", "other {", "}", "{{", "#", "k: ", "\n  ", "&a ", "*a", "? ", "- ", "!!str ", "'", "\"", "|\n", ">\n", "[",
      "{x}",
    ]
    run(seed: 3, start.map { Array($0.utf8) }, words) { bytes in
      LayoutPackage.load(
        MemoryFiles(["layout.xml": Array((Layout(body: "<text>{t.k}</text>").files["layout.xml"] ?? "").utf8), "strings/en-US.yaml": bytes])
      ).diagnostics
    }
  }

  @Test func codes() {
    let start = [
      CodeListTests.colours,
      CodeListTests.head + "fallback: en\ncodes: {R: red, G: {en: green, de-AT: grün}, B: {en-US: blue, de: blau}}\n",
    ]
    let words = [
      "codes:", "fallback: de\n", "list: x\n", "  r: {de: rot, en: red}\n", "{", "}", "&a ", "*a", "? ", "- ", "!!str ", "'", "\"", "|\n",
      ">\n",
      "[", "~", "\t",
    ]
    let layout = Layout(body: "<text>{account | code('colours') | default('')}</text>").files["layout.xml"] ?? ""
    run(seed: 5, start.map { Array($0.utf8) }, words) { bytes in
      LayoutPackage.load(
        MemoryFiles([
          "layout.xml": Array(layout.utf8), "codes/colours.yaml": bytes, "strings/de.yaml": Array("{}".utf8),
          "strings/en-US.yaml": Array("{}".utf8),
        ])
      ).diagnostics
    }
  }

  @Test func formats() {
    let gallery = GalleryTests.names.compactMap { try? GalleryTests.files($0)["layout.xml"] }.filter { $0.count < 3_000 }
    let strings = Array(SmokeTests.strings.utf8)
    func messages(_ bytes: [UInt8]) -> [String] {
      LayoutPackage.load(MemoryFiles(["layout.xml": bytes, "strings/en-US.yaml": strings])).diagnostics.map {
        $0.message.filter { $0 != " " }
      }.sorted()
    }
    run(
      seed: 4, [Array(SmokeTests.design.utf8)] + gallery,
      ["<!-- c -->", "<b> x </b>", "<if test=\"due\">", "</if>", "{'a  b'}", "\n\n\n", "  ", "{{ "]
    ) { bytes in
      guard let once = try? LayoutFormatter.format(bytes) else { return [] }
      let twice = try? LayoutFormatter.format(once)
      #expect(twice == once, "\(String(decoding: bytes, as: UTF8.self))")
      // Messages quote what is written; only its white space may differ.
      #expect(messages(once) == messages(bytes), "\(String(decoding: bytes, as: UTF8.self))")
      return []
    }
  }
}
