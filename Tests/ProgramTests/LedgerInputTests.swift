import Foundation
import TestSupport
import Testing

/// `--ledger` and `--rules` of `render`, `check` and `verify`: what is known of customers decides what their bills carry, up to the bill's day.
@Suite struct LedgerInputTests {
  /// A layout that costs little, with three notices.
  private static let layout = """
    <bill paper="400pt 500pt" style="body" xmlns="urn:billfold:layout:1">
      <style name="body" font="Inter" size="10pt" line-height="14pt"/>
      <page name="next" margin="10pt"/>
      <body><text>{customer.name}</text><messages>
        <notice padding="4pt"><text size="15pt" line-height="18pt"><slot name="heading"/></text><slot name="body"/><slot name="action"/>
          <slot name="keep-paper"/><slot name="address"/><slot name="phone"/><opt-in-qr size="60pt"/></notice>
        <notice name="thanks"><text><slot name="body"/></text></notice>
        <notice name="again"><text><slot name="body"/></text></notice>
      </messages><messages><terms/></messages></body>
    </bill>

    """

  private static let rules = """
    company: Larkspur
    paper: {fee: "0.00", currency: USD}
    disclosures:
      - {id: mode, where: notice, text: {en-US: "Your bill can come by e-mail."}}
      - {id: if-nothing, where: notice, text: {en-US: "Do nothing."}}
      - {id: keep-paper, where: notice, text: {en-US: "Prefer paper? Do nothing."}}
      - {id: paper-cost, where: notice, text: {en-US: "Prefer paper? Do nothing."}}
    audience:
      - {rule: agreed, when: "customer-state eq 'agreed'", notice: thanks, terms: none}
      - {rule: keeps-paper, when: "customer-state eq 'paper'", notice: none, terms: bill}
      - {rule: told, when: "mailed.notices gt 1 and (mailed.days | default(0)) gt 30", notice: again, terms: none}
      - {rule: undecided, notice: standard}

    """

  /// A bench with four customers, a campaign of several notices and an empty ledger.
  private static func bench(issued: String = "2026-11-23") throws -> Bench {
    let bench = try Bench(bills: 0)
    for name in ["layout", "campaign"] { try FileManager.default.removeItem(atPath: bench.path(name)) }
    for folder in ["layout", "layout/strings"] {
      try FileManager.default.createDirectory(atPath: bench.path(folder), withIntermediateDirectories: true)
    }
    try bench.write("layout/layout.xml", layout)
    try bench.write("layout/strings/en-US.yaml", "specimen: Specimen\n")
    try FileManager.default.copyItem(
      at: Project.url("Tests/BillmakingTests/Traces/shared/campaign"), to: bench.root.appendingPathComponent("campaign"))
    let text = try bench.text("campaign/campaign.yaml")
    let start = try #require(text.firstRange(of: "notices:\n"))
    let standard = text[start.upperBound...].split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let others = ["thanks", "again"].map { "  \($0): {prominence: none, announce: {en-US: {body: \"Once more: \($0).\"}}}\n" }
    try bench.write(
      "campaign/campaign.yaml", text[..<start.lowerBound] + rules + "notices:\n\(others.joined())  standard:\n\(standard)\n")
    try write(bench, issued: issued)
    let made = try bench.run(["ledger", "create", "--ledger", "ledger", "--company", "Larkspur"])
    #expect(made.code == 0, "\(made.errors)")
    return bench
  }

  private static func write(_ bench: Bench, _ name: String = "bills.jsonl", invoice: String = "1", issued: String) throws {
    let bills = ["a", "b", "c", "d"].map { account in
      """
      {"v":1,"account":"\(account)","invoice":"\(invoice)","kind":"bill","issued":"\(issued)","due":null,"currency":"USD","language":"en-US",\
      "customer":{"name":"Customer \(account)","address":["1 Main St","Portland OR 97204"]},"delivery":"paper","format":"standard",\
      "sections":[{"title":"Charges","lines":[{"description":"Energy","amount":"5.00"}]}],"totals":{"charges":"5.00","due":"5.00"}}
      """
    }
    try bench.write(name, bills.joined(separator: "\n") + "\n")
  }

  private static func importing(_ bench: Bench, _ rows: String) throws {
    try bench.write("events.csv", "account,state,date,source,scope,evidence\n" + rows)
    let ran = try bench.run(["ledger", "import", "events.csv", "--ledger", "ledger"])
    #expect(ran.code == 0, "\(ran.errors)")
  }

  private static func render(_ bench: Bench, _ data: String = "bills.jsonl", out: String = "out", _ more: String...) throws -> Bench.Outcome
  {
    try bench.run(bench.render([data], out: out, ["--ledger", "ledger"] + more))
  }

  /// What each customer got: state, rule, notice.
  private static func decisions(_ bench: Bench, _ out: String = "out") throws -> [String] {
    try bench.text("\(out)/manifest.jsonl").split(separator: "\n").map { line in
      let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let notice = (entry["notice"] as? [String: Any])?["name"] as? String
      return (["account", "state", "rule"].map { entry[$0] as? String } + [notice]).map { $0 ?? "-" }.joined(separator: " ")
    }
  }

  @Test func ledgerDecidesByTheDayOfEachBill() throws {
    let bench = try Self.bench()
    try Self.importing(
      bench,
      "a,consent,2026-11-23,web,,\nb,paper,2026-11-01,phone,,\nc,consent,2026-11-24,web,,\nd,consent,2026-11-02,web,,\nd,withdrawn,2026-11-03,web,,\n"
    )
    let first = try Self.render(bench)
    #expect(first.code == 0, "\(first.errors)")
    let expected = ["a agreed agreed thanks", "b paper keeps-paper -", "c undecided undecided standard", "d undecided undecided standard"]
    #expect(try Self.decisions(bench) == expected)
    // A day that is said holds for all bills.
    #expect(try Self.render(bench, out: "later", "--as-of", "2026-11-24").code == 0)
    #expect(try Self.decisions(bench, "later")[2] == "c agreed agreed thanks")
    // What is checked is what would be rendered.
    let checked = try bench.run(bench.check(["bills.jsonl"], ["--ledger", "ledger"]))
    #expect((checked.code, checked.output) == (0, "4 bills, no faults\n"), "\(checked)")
  }

  @Test func mailedNoticesCountButThoseOfTheOwnCycleDoNot() throws {
    let bench = try Self.bench()
    let days = [("1", "2026-11-23"), ("2", "2026-12-23"), ("3", "2027-01-25")]
    for (number, issued) in days {
      try Self.write(bench, "\(number).jsonl", invoice: number, issued: issued)
      let ran = try Self.render(bench, "\(number).jsonl", out: number)
      #expect(ran.code == 0, "\(ran.errors)")
      // The day before the next bill's, and after this one's.
      let released = try bench.run(["release", number, "--ledger", "ledger", "--mailed", issued])
      #expect(released.code == 0, "\(released)")
    }
    let rule = { (out: String) in try Self.decisions(bench, out)[0] }
    #expect(try [rule("1"), rule("2")] == ["a undecided undecided standard", "a undecided undecided standard"])
    // Two notices, the last one 33 days ago.
    #expect(try rule("3") == "a undecided told again")
    // A cycle that was released is made again with the same bytes.
    for (number, _) in days {
      // But for run.json, whose digest the summary has: the ledger knows more now than when it was read.
      func results() throws -> [String: Data] { try bench.snapshot(number).filter { !["run.json", "summary.json"].contains($0.key) } }
      let before = try results()
      #expect(try Self.render(bench, "\(number).jsonl", out: number, "--force").code == 0)
      #expect(try before.count > 5 && results() == before)
    }
  }

  @Test func runThatIsContinuedKeepsToWhatItHasRead() throws {
    let bench = try Self.bench()
    #expect(try Self.render(bench).code == 0)
    let before = try bench.snapshot("out")
    // A release of the run itself moves nothing.
    #expect(try bench.run(["release", "out", "--ledger", "ledger", "--mailed", "2026-11-25"]).code == 0)
    #expect(try !Self.render(bench).errors.contains("ledger-moved-on"))
    try Self.importing(bench, "a,consent,2026-11-01,web,,\n")
    for (name, _) in before where name.hasSuffix(".pdf") { try FileManager.default.removeItem(atPath: bench.path("out/" + name)) }
    let again = try Self.render(bench)
    #expect(
      again.code == 0
        && again.errors.contains(
          "warning: the ledger has entries that this run does not know: it keeps to what it read at its beginning; --force begins anew [ledger-moved-on]"
        ),
      "\(again.errors)")
    #expect(try bench.snapshot("out") == before)
    // Made again from what the run had read.
    let inputs = ["--layout", "layout", "--data", "bills.jsonl", "--campaign", "campaign", "--token-key", "key"] + Bench.fonts
    let verified = try bench.run(["verify", "out", "--sample", "4", "--seed", "1"] + inputs + ["--ledger", "ledger"])
    #expect(verified.code == 0 && verified.output.contains("4 bills made again"), "\(verified)")
    let without = try bench.run(["verify", "out"] + inputs)
    #expect(without.code == 73 && without.errors.contains("with a difference in: --ledger;"), "\(without)")
    #expect(try bench.run(bench.render()).errors.contains("holds another run, with a difference in: --ledger;"))
    // A run that has lost its snapshot cannot be continued with another.
    try FileManager.default.removeItem(atPath: bench.path("out/.work/journal.sqlite"))
    let lost = try Self.render(bench)
    #expect(
      lost.code == 73
        && lost.errors.contains(
          "error: the output folder 'out' holds a run that has lost what it had read of the ledger, and the ledger has moved on since; --force removes it and begins anew [output-other-run]"
        ), "\(lost)")
    let verifying = try bench.run(["verify", "out", "--sample", "4"] + inputs + ["--ledger", "ledger"])
    #expect(verifying.code == 73 && verifying.errors.contains("[journal-missing]"), "\(verifying)")
    #expect(try Self.render(bench, "bills.jsonl", out: "out", "--force").code == 0)
    #expect(try Self.decisions(bench)[0] == "a agreed agreed thanks")
  }

  @Test func whatCannotBeUsedIsToldAtStart() throws {
    let bench = try Self.bench()
    func told(_ arguments: [String]) throws -> String {
      let ran = try bench.run(arguments)
      let line = (ran.output + ran.errors).split(separator: "\n").first { $0.hasPrefix("error:") || $0.hasPrefix("Error:") } ?? ""
      return "\(ran.code) \(line)"
    }
    func both(_ ledger: String) throws -> [String] {
      try [told(bench.render(out: "none", ["--ledger", ledger])), told(bench.check([], ["--ledger", ledger]))]
    }
    let missing = "78 error: there is no ledger 'none.db'; 'billfold ledger create' makes one [ledger-missing]"
    #expect(try both("none.db") == [missing, missing])
    #expect(try bench.run(["ledger", "create", "--ledger", "other", "--company", "Another & Co"]).code == 0)
    let other = "78 error: the ledger 'other' is that of 'Another & Co', and the campaign that of 'Larkspur' [ledger-other-company]"
    #expect(try both("other") == [other, other])
    let alone = try bench.run(["render", "--layout", "layout", "--data", "bills.jsonl", "--out", "none", "--ledger", "ledger"])
    #expect(alone.code == 64 && alone.errors.contains("'--ledger' says where customers stand in a campaign: it needs '--campaign'."))
    try bench.write("campaign/campaign.yaml", try bench.text("campaign/campaign.yaml").replacing("company: Larkspur\n", with: ""))
    let nobody =
      "78 error: the campaign does not say whose it is, which a ledger asks for; expected 'company: NAME' in 'campaign/campaign.yaml', the name "
      + "that was given to 'ledger create' [company-missing]"
    #expect(try both("ledger") == [nobody, nobody])
    #expect(!bench.exists("none"))
  }

  @Test func ownRulesHoldBesideTheProgramsAndBelongToTheRun() throws {
    let bench = try Self.bench()
    try FileManager.default.createDirectory(atPath: bench.path("rules"), withIntermediateDirectories: true)
    func rules(_ sources: String) throws {
      try bench.write(
        "rules/XX.yaml",
        """
        billfold: 1
        jurisdiction: XX
        name: Nowhere
        rules:
          - {id: xx-consent, title: Consent, source: Its code, seen: 2026-11-28, confirmed: no, consent-sources: [\(sources)], points: []}

        """)
    }
    try rules("form")
    try bench.write("bills.jsonl", bench.text("bills.jsonl").replacing("\"v\":1,", with: "\"v\":1,\"jurisdiction\":\"XX\","))
    try Self.importing(bench, "a,consent,2026-11-01,web,,\nb,consent,2026-11-01,form,,\n")
    #expect(try Self.render(bench, out: "plain").code == 0)
    #expect(try Self.decisions(bench, "plain").prefix(2) == ["a agreed agreed thanks", "b agreed agreed thanks"])
    let ran = try Self.render(bench, "bills.jsonl", out: "out", "--rules", "rules")
    #expect(ran.code == 0 && ran.errors.contains("[consent-source]"), "\(ran.errors)")
    #expect(try Self.decisions(bench).prefix(2) == ["a undecided undecided standard", "b agreed agreed thanks"])
    try rules("web, form")
    let other = try Self.render(bench, "bills.jsonl", out: "out", "--rules", "rules")
    #expect(other.code == 73 && other.errors.contains("with a difference in: the rules of law;"), "\(other.errors)")
    for name in ["none", "layout"] {
      let bad = try bench.run(bench.check([], ["--rules", name]))
      #expect(bad.code == 78 && bad.output.contains("[rules-unreadable]"), "\(bad)")
    }
  }
}
