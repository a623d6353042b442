import Billing
import Campaigns
import Composition
import Contract
import Dates
import Diagnostics
import Foundation
import Languages
import Layout
import Money
import TestSupport
import Testing

@testable import Billmaking

/// The sample company's whole cycle, made in this process and read back by programs that are not ours.
@Suite(.serialized) struct LarkspurTests {
  /// One bill with what it was made of and what must stand on it.
  struct Sample: Sendable {
    var bill: Bill
    var facts: PieceFacts
    var pdf: [UInt8]
    /// The address behind the code; `nil` without the standard notice.
    var address: String?
    /// As printed, in fours.
    var token: String?
  }

  private static func readJob() throws -> LayoutJob {
    let root = Project.root.path
    return try LayoutJob(
      JobOptions(
        layout: root + "/Layouts/larkspur", campaign: root + "/Samples/larkspur/campaign",
        tokenKey: Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key")))
  }

  private static let cycle: Result<[Sample], any Error> = Result {
    let job = try readJob()
    let maker = BillMaker(job)
    return try Project.records("Samples/larkspur/bills.jsonl").map { record in
      let printed = try maker.print(record)
      let bill = try maker.read(Array(record.utf8))
      let token = printed.facts.notice?.name != "standard" ? nil : job.campaign?.token(for: bill.account)
      return Sample(
        bill: bill, facts: printed.facts, pdf: printed.pdf, address: token.flatMap { job.campaign?.campaign.optIn.address($0) },
        token: token?.grouped)
    }
  }

  private let bills: [Sample]
  init() throws { bills = try Self.cycle.get() }

  /// The text of a bill with white space folded and marks of direction left out, as two programs see it.
  private func texts(_ sample: Sample) throws -> (poppler: String, mupdf: String) {
    (try Tool.text(of: sample.pdf).undirected.folded, Tool.exists("mutool") ? try Tool.muText(of: sample.pdf).undirected.folded : "")
  }

  @Test func everyBillOfTheSampleIsMade() throws {
    #expect(bills.count == 40)
    for sample in bills {
      #expect(sample.facts.account == sample.bill.account && sample.facts.due == sample.bill.totals.due)
      #expect(sample.facts.language == sample.bill.language.text)
      let isLeaving = sample.bill.kind == .termination || sample.bill.kind == .final
      let notice = isLeaving ? nil : sample.bill.consent == nil ? "standard" : "thanks"
      #expect(sample.facts.notice?.name == notice, "\(sample.bill.account): notice")
      // Businesses have them on a leaflet.
      #expect((sample.facts.terms == nil) == (isLeaving || sample.facts.rule == "business"), "\(sample.bill.account): terms")
      #expect(sample.facts.channel == (sample.bill.delivery == .electronic ? .electronic : .print))
    }
    #expect(Set(bills.map(\.facts.language)) == ["en-US", "es-US"])
    #expect(bills.contains { $0.facts.format == .largePrint })
  }

  @Test func noticesAreAsProminentAsTheCampaignAsks() throws {
    for sample in bills {
      guard let notice = sample.facts.notice, notice.name == "standard" else { continue }
      #expect(
        notice.page == 1 && notice.area >= 0.0795 && notice.contrast >= 6.9995 && notice.headingRatio >= 1.2995, "\(sample.bill.account)")
    }
  }

  /// The coupon's zones are there where the coupon is, folds where the bill is printed.
  @Test func zonesAreThoseOfTheSheet() throws {
    let maker = BillMaker(try Self.readJob())
    var kinds: Set<String> = []
    for (record, sample) in zip(try Project.records("Samples/larkspur/bills.jsonl"), bills) {
      let bill = sample.bill
      guard kinds.insert("\(bill.format) \(bill.totals.due.signum) \(bill.delivery)").inserted else { continue }
      var warnings: [RecordWarning] = []
      let laidOut = try maker.layOut(try maker.compose(try maker.read(Array(record.utf8)), maker.occasion, &warnings))
      let hasCoupon = bill.format == .standard && bill.totals.due.signum > 0 && bill.delivery != .electronic
      let folds = bill.delivery == .electronic ? [] : ["fold-1", "fold-2"]
      #expect(
        laidOut.pagination.zones(page: 1).map(\.name) == ["window"] + folds + (hasCoupon ? ["return", "scan"] : []), "\(bill.account)")
    }
    #expect(kinds.count >= 6)
    #expect(bills.allSatisfy { $0.facts.warnings.allSatisfy { !$0.code.rawValue.hasPrefix("zone-") } })
  }

  @Test(.needs("qpdf"))
  func filesAreSoundPDF() throws {
    for index in [0, 1, 6, 11, 20, 21] { #expect(try Tool.faults(of: bills[index].pdf) == "", "bill \(index + 1)") }
  }

  @Test(.needs("pdffonts"))
  func fontsAreEmbeddedSubsetsWithUnicode() throws {
    for index in [0, 1, 6, 11, 20, 21] {
      let fonts = try Tool.fonts(of: bills[index].pdf)
      #expect(!fonts.isEmpty)
      for font in fonts { #expect(font.isEmbedded && font.isSubset && font.hasUnicode, "bill \(index + 1): \(font.name)") }
    }
  }

  @Test(.needs("pdftotext"))
  func nameAmountAndDateAreReadable() throws {
    for sample in bills {
      let (poppler, mupdf) = try texts(sample)
      let bill = sample.bill
      // Both programs have their own ideas about right-to-left order; one of them must see the name as it is written.
      #expect(
        poppler.contains(bill.customer.name.folded) || mupdf.contains(bill.customer.name.folded), "\(bill.account): \(bill.customer.name)")
      #expect(poppler.contains(Printed.dollars(bill.totals.due)), "\(bill.account): \(Printed.dollars(bill.totals.due))")
      if let due = bill.due, bill.kind != .credit {
        let date = Printed.date(year: due.year, month: due.month, day: due.day, language: sample.facts.language)
        #expect(poppler.contains(date), "\(bill.account): \(date)")
      }
    }
  }

  @Test(.needs("pdftotext"))
  func noticeAndTermsAreReadable() throws {
    let headings = [
      "en-US": "Your choice: bills by e-mail from March 1, 2027", "es-US": "Factura digital desde el 1 de marzo de 2027",
    ]
    let active = ["en-US": "March 1, 2027", "es-US": "1 de marzo de 2027"]
    var seen = 0
    for sample in bills where sample.facts.notice?.name == "standard" {
      seen += 1
      let text = try texts(sample).poppler
      let language = sample.facts.language
      let enclosed = try #require(["en-US": "Terms: leaflet enclosed.", "es-US": "Condiciones: folleto adjunto."][language])
      let last =
        try sample.facts.terms == nil ? enclosed : lastSentence(of: "Samples/larkspur/campaign/terms/2027-03.\(language.prefix(2)).md")
      let token = try #require(sample.token)
      for words in [
        try #require(headings[language]), try #require(active[language]), "my.larkspur.example/p", token, "1-800-555-0142", last,
      ] {
        #expect(text.contains(words.folded), "\(sample.bill.account), \(language): '\(words)'")
      }
      #expect(token.filter { $0 != "-" }.count == 16)
    }
    #expect(seen >= 25)
    // And on no other bill.
    for sample in bills where sample.facts.notice?.name != "standard" {
      #expect(try !texts(sample).poppler.contains("my.larkspur.example/p "))
    }
  }

  private func lastSentence(of path: String) throws -> String {
    let paragraph = try #require(try Project.text(path).split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) })
    let plain = paragraph.replacingOccurrences(of: "**", with: "").replacingOccurrences(of: "*", with: "").folded
    let cut = plain.dropLast().range(of: ". ", options: .backwards)
    return String(cut.map { plain[$0.upperBound...] } ?? plain[...])
  }

  @Test(.needs("pdftoppm", "zbarimg"))
  func codeOpensTheCustomersOwnAddress() throws {
    for index in [0, 2, 6, 7] {
      let sample = bills[index]
      let address = try #require(sample.address)
      #expect(address.hasPrefix("https://my.larkspur.example/p/") && address.count == 46)
      let page = try #require(sample.facts.notice?.page)
      #expect(try Tool.qrCodes(on: page, of: sample.pdf) == [address], "\(sample.bill.account)")
    }
    #expect(Set(bills.compactMap(\.address)).count == bills.count { $0.address != nil })
  }

  @Test func neitherOrderNorWorkerShowsInTheBytes() throws {
    // Another worker, the other way round: whatever was cached before must not matter.
    let maker = BillMaker(try Self.readJob())
    for (record, sample) in try zip(Project.records("Samples/larkspur/bills.jsonl"), bills).reversed() {
      let again = try maker.print(record)
      #expect(again.pdf == sample.pdf, "\(sample.bill.account)")
      #expect(again.facts == sample.facts)
    }
  }

  @Test(.needs("pdftotext"))
  func carriedSumsAddUpOnEveryPage() throws {
    for index in [1, 22] {
      let sample = bills[index]
      let words = sample.facts.language == "en-US" ? Printed.english : Printed.spanish
      var ledger = RunningLedger(words: words, bill: sample.bill)
      for page in try Tool.pageTexts(of: sample.pdf) { ledger.read(page) }
      #expect(ledger.faults == [])
      // Lines that are told by tariff do not go on to another page.
      #expect(ledger.carried >= (index == 1 ? 3 : 0) && ledger.carried == ledger.brought)
      let lines = sample.bill.sections.flatMap(\.lines)
      #expect(ledger.lines == lines.count)
      #expect(ledger.sum == lines.reduce(0) { $0 + (TestRecord.minor(Printed.plain($1.amount)) ?? 0) })
    }
  }

  @Test(.needs("pdftotext"))
  func whatIsPrintedAddsUp() throws {
    for index in [0, 2, 5, 24] {
      let sample = bills[index]
      let words = sample.facts.language == "en-US" ? Printed.english : Printed.spanish
      var ledger = RunningLedger(words: words, bill: sample.bill)
      let pages = try Tool.pageTexts(of: sample.pdf)
      for page in pages { ledger.read(page) }
      let taxes = sample.bill.taxes.reduce(0) { $0 + (TestRecord.minor(Printed.plain($1.amount)) ?? 0) }
      let total = pages.joined(separator: "\n").split(separator: "\n").last { $0.folded.hasPrefix(words.total) }
      let printed = try #require(total?.folded.split(separator: " ").last.flatMap { TestRecord.minor($0) })
      #expect(ledger.sum + taxes == printed, "\(sample.bill.account)")
      for tax in sample.bill.taxes { #expect(pages.joined().contains(tax.label)) }
    }
  }
}

/// What English and Spanish bills of the sample print, written here independently of the program's own formats.
enum Printed {
  struct Words: Sendable {
    /// The heads of the first two columns.
    var date: String
    var description: String
    var brought: String
    var carried: String
    var total: String
    /// Over the taxes, with their sum.
    var taxes: String
  }
  static let english = words("en-US")
  static let spanish = words("es-US")

  /// What a strings file of the sample says.
  private static func words(_ language: String) -> Words {
    var values: [String: String] = [:]
    for line in (try? Project.text("Layouts/larkspur/strings/\(language).yaml"))?.split(separator: "\n") ?? [] {
      guard let colon = line.range(of: ": ") else { continue }
      values[String(line[..<colon.lowerBound])] = line[colon.upperBound...].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
    }
    return Words(
      date: values["date"] ?? "", description: values["description"] ?? "", brought: values["brought-forward"] ?? "",
      carried: values["carried-forward"] ?? "",
      total: values["new-charges"] ?? "", taxes: values["taxes"] ?? "")
  }

  static func plain(_ amount: Amount) -> String { amount.description }

  static func dollars(_ amount: Amount) -> String {
    let digits = plain(amount).filter { $0 != "-" }.split(separator: ".")
    var whole = String(digits[0])
    for place in stride(from: whole.count - 3, to: 0, by: -3) { whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place)) }
    let cents = digits.count > 1 ? String(digits[1]) : ""
    return "$\(whole)." + cents + String(repeating: "0", count: 2 - cents.count)
  }

  static func date(year: Int, month: Int, day: Int, language: String) -> String {
    let english = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    let spanish = [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ]
    return language.hasPrefix("es") ? "\(day) de \(spanish[month - 1]) de \(year)" : "\(english[month - 1]) \(day), \(year)"
  }
}

/// Adds the amounts of charge lines up, page by page of extracted text, and compares each carried and brought sum.
struct RunningLedger {
  private let words: Printed.Words
  private let titles: [String]
  private let taxes: [String]
  private var isInTable = false
  private(set) var sum = 0
  private(set) var lines = 0
  private(set) var carried = 0
  private(set) var brought = 0
  private(set) var faults: [String] = []
  /// The row read last, and of a tariff that is told by the day what its days have to come to and do so far.
  private var last = 0
  private var tariff: (told: Int, days: Int)?

  init(words: Printed.Words, bill: Bill) {
    (self.words, titles, taxes) = (words, bill.sections.map(\.title), bill.taxes.map(\.label))
  }

  mutating func read(_ page: String) {
    for line in page.split(separator: "\n").map(\.folded) {
      // The first word alone stands over other things, too.
      if line.hasPrefix(words.date + " " + words.description) || line.hasPrefix(words.description + " ") {
        isInTable = true
        continue
      }
      if isInTable, readDays(line) { continue }
      if let tariff, tariff.told != tariff.days { faults.append("days of \(tariff.days), told as \(tariff.told)") }
      tariff = nil
      // The same words stand in the summary, before the table.
      if line.hasPrefix(words.total) { isInTable = false }
      guard isInTable, let last = line.split(separator: " ").last, let amount = TestRecord.minor(last) else { continue }
      if line.hasPrefix(words.brought) {
        brought += 1
        if amount != sum { faults.append("brought \(amount), summed up \(sum)") }
      } else if line.hasPrefix(words.carried) {
        carried += 1
        isInTable = false
        if amount != sum { faults.append("carried \(amount), summed up \(sum)") }
      } else if !(titles + [words.taxes]).contains(where: { line == "\($0) \(last)" }), !taxes.contains(where: line.contains) {
        lines += 1
        sum += amount
        self.last = amount
      }
    }
  }

  /// Days of a tariff side by side, "Oct 20 31 kWh 3.02 Oct 26 …": they stand for the row above, which told them together.
  private mutating func readDays(_ line: String) -> Bool {
    let days = line.matches(of: #/(?:\p{L}+ \d{1,2}|\d{1,2} \p{L}+) [\d,]+ kWh (-?[\d,]+\.\d\d)(?= |$)/#)
    guard let first = days.first, first.range.lowerBound == line.startIndex else { return false }
    if tariff == nil {
      tariff = (last, 0)
      lines -= 1
      sum -= last
    }
    for day in days {
      guard let amount = TestRecord.minor(day.1) else { continue }
      lines += 1
      sum += amount
      tariff?.days += amount
    }
    return true
  }
}

extension String {
  /// The text without marks of direction, which programs that extract text put in and leave out as they like.
  var undirected: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.filter {
          !(0x200E...0x200F).contains($0.value) && !(0x202A...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
            && $0.value != 0x2060
        }))
  }
}
