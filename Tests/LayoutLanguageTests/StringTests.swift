import Diagnostics
import LayoutLanguage
import Money
import Reporting
import Testing

@Suite struct StringTests {
  /// What `<t key="k" …/>` prints with the string `text`.
  private func say(_ text: String, _ arguments: String = "", extra: [Value] = [.absent]) throws -> String {
    let layout = Layout(
      body: "<text><t key=\"k\" \(arguments)/></text>",
      declarations: "<fields><field path=\"extra.n\" type=\"number\"/><field path=\"extra.f\" type=\"flag\"/></fields>",
      strings: "k: \(text)\n")
    let package = layout.load()
    guard let template = package.template else { return package.diagnostics.map { DiagnosticRenderer.text($0) }.joined(separator: "\n") }
    let outline = try Outline.text(template, .sample(template, bill: SampleBill.bill(extra: extra)))
    return String(outline.dropFirst(6).dropLast())
  }

  @Test func placeholdersPrintTheirArguments() throws {
    #expect(try say("Hello {name}", "name=\"{customer.name}\"") == "Hello ⟨Ana Petrović⟩")
    #expect(try say("\"{a}: {b} {{x}\"", "a=\"{totals.due}\" b=\"word {account}\"") == "⟨$87.02⟩: word ⟨4400-1182-07⟩ {x}")
    #expect(try say("it's '{a}'", "a=\"{issued}\"") == "it's '⟨Nov 23, 2026⟩'")
    #expect(try say("\"Page {page} of {pages}, terms {terms-page}\"") == "Page ‹page› of ‹pages›, terms ‹terms-page›")
    #expect(try say("\"Page {n}\"", "n=\"{page}\"") == "Page ‹page›")
  }

  @Test func pluralsFollowTheCategoryAndExactNumbers() throws {
    let text = "\"{n, plural, =0 {none} one {# line} other {# lines of {total}}}\""
    func lines(_ count: String) throws -> String {
      try say(text, "n=\"{extra.n}\" total=\"{totals.due}\"", extra: [SampleBill.number(count), .flag(true)])
    }
    #expect(try lines("0") == "none")
    #expect(try lines("1") == "⟨1⟩ line")
    #expect(try lines("1.0") == "⟨1.0⟩ line")
    #expect(try lines("1250") == "⟨1,250⟩ lines of ⟨$87.02⟩")
  }

  @Test func selectChoosesByTextOrFlag() throws {
    let text = "\"{d, select, paper {by post} both {twice} other {by e-mail}} {f, select, yes {now} other {later}}\""
    #expect(try say(text, "d=\"{delivery}\" f=\"{extra.f}\"", extra: [.absent, .flag(true)]) == "by post now")
    #expect(try say(text, "d=\"fax\" f=\"{extra.f}\"", extra: [.absent, .flag(false)]) == "by e-mail later")
  }

  @Test func wordsAreThoseOfTheBillsLanguage() throws {
    let layout = Layout(files: [
      "layout.xml": Layout(body: "<text>{t.due}: {totals.due | money}</text>").files["layout.xml"] ?? "",
      "strings/en-us.yaml": "due: Amount due\n", "strings/es.yaml": "due: Total a pagar\n", "strings/README": "",
    ])
    let package = layout.load()
    #expect(package.diagnostics == [])
    let template = try #require(package.template)
    #expect(template.languages == ["en-US", "es"])
    #expect(template.languageIndex(for: "es-MX") == 1)
    #expect(template.languageIndex(for: "EN-us") == 0)
    #expect(template.languageIndex(for: "en") == nil)
    #expect(try Outline.text(template, .sample(template, language: 1)) == "[text Total a pagar: ⟨$87.02⟩]")
  }

  @Test func yamlTextsStayTexts() throws {
    let layout = Layout(body: "<text>{t.a} {t.b} {t.no} {t.c} {t.d}</text>", strings: "a: no\nb: 1.10\nno: 2026-11-01\nc: ~\nd: \"\"\n")
    let template = try #require(layout.load().template)
    #expect(try Outline.text(template, .sample(template)) == "[text no 1.10 2026-11-01 ~ ]")
  }

  /// Carets are right in every YAML style: plain, quoted with escapes, folded and literal, with CRLF and a byte order mark.
  @Test(arguments: [
    ("k: Größe {n", "strings/en-US.yaml:1:10"), ("k: 'it''s {n'", "strings/en-US.yaml:1:11"),
    ("k: \"\\u00e4\\\"{n\"", "strings/en-US.yaml:1:13"),
    ("k: >\n  first\n  second {n\n", "strings/en-US.yaml:3:10"), ("k: |\r\n  first\r\n  second {n\r\n", "strings/en-US.yaml:3:10"),
    ("\u{FEFF}k: {{x {n", "strings/en-US.yaml:1:"), ("k: plain\n  goes on {n\n", "strings/en-US.yaml:2:11"),
  ]) func caretsPointIntoYaml(_ yaml: String, _ place: String) {
    let found = Layout(body: "<text>{t.k}</text>", strings: yaml).load().diagnostics.filter { $0.severity == .error }.map {
      DiagnosticRenderer.text($0)
    }
    #expect(found.first?.hasPrefix(place) == true, "\(found)")
  }

  @Test func casesAndPlaceholdersAreBounded() {
    func findings(_ text: String) -> [String] {
      Layout(body: "<text><t key=\"k\" n=\"{totals.due}\" s=\"{account}\"/></text>", strings: "k: \"\(text)\"\n").findings()
    }
    let (many, few) = (0..<40_000, 0..<400)
    let plural = { (range: Range<Int>) in "{n, plural, " + range.map { "=\($0) {a}" }.joined(separator: " ") + " other {b}}" }
    let select = { (range: Range<Int>) in "{s, select, " + range.map { "c\($0) {a}" }.joined(separator: " ") + " other {b}}" }
    #expect(findings(plural(many)).contains { $0.contains("at most \(LanguageLimits.stringCases) cases") })
    #expect(findings(select(many)).contains { $0.contains("at most \(LanguageLimits.stringCases) cases") })
    #expect(!findings(plural(few)).contains { $0.contains("at most") })
    #expect(!findings(select(few)).contains { $0.contains("at most") })
    let names = many.map { "{a\($0)}" }.joined()
    #expect(findings(names).contains { $0.contains("at most \(LanguageLimits.stringArguments) different placeholders") })
  }

  /// A file of one long line: each key's place took a walk from the line's beginning.
  @Test(.timeLimit(.minutes(1))) func placesInOneLongLineAreFound() throws {
    let yaml = "{" + (0..<9_000).map { "k\($0): \"ü\"" }.joined(separator: ", ") + ", last: \"{n\"}"
    let package = LayoutPackage.load(
      MemoryFiles([
        "layout.xml": "<bill paper=\"A5\" style=\"b\" xmlns=\"urn:billfold:layout:1\"><body/></bill>", "strings/en-US.yaml": yaml,
      ]))
    let fault = try #require(package.diagnostics.first { $0.message.contains("never closed") || $0.id == "string-syntax" })
    let range = try #require(fault.range)
    #expect(String(decoding: range.file.bytes[..<range.bytes.lowerBound].suffix(8), as: UTF8.self).contains("last: \""), "\(fault)")
  }

  @Test func aliasesAreRefusedBeforeTheyCanGrow() {
    var yaml = "a0: &a0 [x, x]\n"
    for level in 1..<40 { yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    yaml += "? *a39\n: x\n"
    #expect(Layout(body: "<text>{account}</text>", strings: yaml).load().diagnostics.map(\.id) == ["yaml-alias"])
    for text in ["k: R &D", "k: '&x'", "k: Terms & conditions", "k: a&b"] {
      #expect(!Layout(body: "<text>{t.k}</text>", strings: text).load().diagnostics.map(\.id).contains("yaml-alias"), "\(text)")
    }
    for text in ["k: &x a", "&r\nk: a", "k: !!str &x a", "k: [&x a]", "k: \n  - &x a"] {
      #expect(Layout(body: "<text>{t.k}</text>", strings: text).load().diagnostics.map(\.id).contains("yaml-alias"), "\(text)")
    }
  }
}
