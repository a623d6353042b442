internal import Billing
internal import Dates
internal import Languages
internal import Money

/// Collects the extreme bills, each an ordinary one bent in one respect.
struct ExtremeBook {
  private let setting: ExtremeSetting
  /// The only kind that is made; `nil` for all.
  private let wanted: ExtremeBills.Kind?
  private(set) var records: [ExtremeBills.Record] = []
  /// Bills so far, those that are not wanted among them: a bill's number is the same whatever else is made.
  private var count = 0

  init(_ setting: ExtremeSetting, only wanted: ExtremeBills.Kind? = nil) { (self.setting, self.wanted) = (setting, wanted) }

  private mutating func add(
    _ kind: ExtremeBills.Kind, _ detail: String, language: LanguageTag? = nil, _ bend: (inout ExtremeDraft) -> Void
  ) {
    count += 1
    guard wanted.map({ $0 == kind }) ?? true else { return }
    var draft = ExtremeDraft(setting, number: count, language: language ?? setting.language)
    bend(&draft)
    records.append(ExtremeBills.Record(kind: kind, detail: detail, json: draft.json()))
  }

  // MARK: What is there, and how the bill stands

  mutating func addStates() {
    add(.least, "every optional field absent, lines without words or without an amount") { draft in
      draft.strip()
      draft.bill.sections = [
        Section(
          title: draft.texts.text(.title),
          lines: [
            ChargeLine(description: "", amount: draft.amount(1_234)),
            ChargeLine(description: draft.texts.text(.description), amount: .zero, hasAmount: false),
          ], subtotal: .zero)
      ]
    }
    add(.most, "every field filled, lists of 40 entries, 90 lines") { draft in
      draft.fill(consents: false)
      (draft.fields.end, draft.fields.entries) = (.highest, 40)
      draft.bill.sections = (0..<6).map { draft.section($0, lines: 15) }
      draft.settle(taxes: 6)
    }
    add(.noDueDate, "an amount to pay, but no day") { draft in draft.bill.due = nil }
    add(.electronic, "electronic only, with consent, every field filled") { draft in
      draft.fill(consents: true)
      draft.bill.delivery = .electronic
    }
    add(.finalBill, "the last bill of an account") { draft in draft.bill.kind = .final }
    add(.termination, "a bill that ends the service, not paid before") { draft in
      draft.bill.kind = .termination
      draft.bill.balance.payments = .zero
    }
    add(.credit, "a credit from before, more than the charges") { draft in
      draft.bill.due = nil
      draft.bill.balance = Bill.Balance(previous: draft.amount(-123_456_789))
    }
    add(.credit, "a credit bill: every line below zero, with a day") { draft in
      draft.bill.kind = .credit
      draft.negate { _, _ in true }
      draft.settle(taxes: 2)
      draft.bill.balance = Bill.Balance()
    }
    add(.zeroDue, "a credit from before that covers the charges exactly") { draft in
      draft.bill.due = nil
      draft.bill.balance = Bill.Balance(previous: draft.amount(-draft.charges))
    }
    add(.overdue, "nothing paid of the last bill") { draft in
      draft.bill.balance = Bill.Balance(previous: draft.amount(987_654), adjustments: draft.amount(2_500))
    }
    add(.returnedPayment, "a payment that went back, above zero") { draft in
      draft.bill.balance = Bill.Balance(previous: draft.amount(9_876), payments: draft.amount(9_876), adjustments: draft.amount(1_500))
    }
  }

  // MARK: Charges

  mutating func addCharges() {
    add(.negativeLines, "every other line, a section and a tax below zero") { draft in
      draft.bill.sections.append(draft.section(2, lines: 3))
      draft.negate { section, line in section == 1 || line % 2 == 1 }
      draft.settle(taxes: 2)
      draft.bill.taxes.append(draft.tax(2, rate: Amount(mantissa: -500, scale: 2), base: draft.base))
    }
    add(.noLines, "no sections, nothing but what a record must have") { draft in
      draft.strip()
      draft.bill.sections = []
    }
    add(.noLines, "two sections without lines") { draft in
      draft.bill.sections = (0..<2).map { draft.section($0, lines: 0) }
      draft.settle(taxes: 0)
    }
    add(.oneLine, "one section of one line, no taxes") { draft in
      draft.bill.sections = [draft.section(0, lines: 1)]
      draft.settle(taxes: 0)
    }
    add(.manyLines, "300 lines in one section") { draft in
      draft.bill.sections = [draft.section(0, lines: 300)]
      draft.settle(taxes: 2)
    }
    add(.manySections, "60 sections of one line, one of none") { draft in
      draft.bill.sections = (0..<60).map { draft.section($0, lines: 1) } + [draft.section(60, lines: 0)]
      draft.settle(taxes: 2)
    }
    add(.manyTaxes, "24 taxes") { draft in draft.settle(taxes: 24) }
    add(.manyTaxes, "taxes without a rate, and without a base") { draft in
      draft.settle(taxes: 3)
      (draft.bill.taxes[0].rate, draft.bill.taxes[1].base) = (nil, nil)
      (draft.bill.taxes[2].rate, draft.bill.taxes[2].base) = (nil, nil)
    }
  }

  // MARK: Figures and days

  mutating func addFigures() {
    let decimals = setting.currency.decimals
    let widest = ExtremeDraft.widest(decimals: decimals).description(decimals: decimals) + " " + setting.currency.code
    add(.wideAmounts, "\(widest) to pay, every other amount as wide") { draft in draft.widen() }
    add(.wideAmounts, "a credit of \(widest)") { draft in
      draft.widen()
      draft.negate { _, _ in true }
      for index in draft.bill.taxes.indices {
        let tax = draft.bill.taxes[index]
        (draft.bill.taxes[index].base, draft.bill.taxes[index].amount) = (tax.base.map(draft.turned), draft.turned(tax.amount))
      }
      let balance = draft.bill.balance
      draft.bill.balance = Bill.Balance(
        previous: draft.turned(balance.previous), payments: draft.turned(balance.payments), adjustments: draft.turned(balance.adjustments))
      draft.bill.due = nil
    }
    add(.manyDecimals, "six decimals in quantities, eight in prices, four in rates") { draft in
      draft.bill.sections = (0..<2).map { section in
        Section(
          title: draft.texts.text(.title, section),
          lines: (0..<4).map { place in
            draft.line(
              section * 7 + place, quantity: Amount(mantissa: 1_234_567_123_457 + Int64(place) * 2, scale: 6),
              price: Amount(mantissa: 12_345_679 + Int64(place) * 2, scale: 8))
          }, subtotal: .zero)
      }
      draft.bill.taxes = [draft.tax(0, rate: Amount(mantissa: 123_457, scale: 4), base: draft.base)]
      for index in draft.bill.usage.indices { draft.bill.usage[index].value = Amount(mantissa: 12_345_671 + Int64(index), scale: 4) }
    }
    add(.wideDates, "September to September, due in September") { draft in
      let year = min(max(draft.setting.issued.year, 2), 9_998)
      draft.bill.period = Bill.Period(
        from: PlainDate(year: year - 1, month: 9, day: 28), to: PlainDate(year: year, month: 9, day: 30))
      draft.bill.due = PlainDate(year: year + 1, month: 9, day: 30)
      for section in draft.bill.sections.indices {
        for line in draft.bill.sections[section].lines.indices {
          draft.bill.sections[section].lines[line].date = PlainDate(year: year, month: 9, day: 20 + line % 10)
        }
      }
    }
    addHistories()
  }

  private mutating func addHistories() {
    let setting = setting
    func history(_ detail: String, _ values: [Int?]) {
      add(.history, detail) { draft in
        draft.bill.usage = values.enumerated().map { index, value in
          Bill.Usage(
            label: (values.count <= 13 ? setting.usageLabel(index) : nil) ?? draft.texts.text(.usage, index),
            value: value.map { Amount(mantissa: Int64($0)) })
        }
      }
    }
    let months = 0..<13
    history("zeros and one huge bar", months.map { $0 == 8 ? 987_654_321 : 0 })
    history("above and below zero", months.map { month -> Int in month % 2 == 0 ? 900 - month * 11 : month * 31 - 700 })
    history("zeros only", months.map { _ in 0 })
    history("gaps at both ends and between", months.map { month -> Int? in month % 3 == 0 ? nil : 200 + month })
    history("one bar", [412])
    history("two bars, no use in the last", [412, nil])
    history("60 bars", (0..<60).map { bar -> Int in 100 + bar * 61 % 900 })
    history("none", [])
  }

  // MARK: Texts

  mutating func addTexts() {
    func length(_ role: ExtremeTexts.Role) -> Int { role.lengths.long }
    add(.longName, "a name of \(length(.name)) characters") { draft in
      draft.texts.mood = .long
      draft.bill.customer.name = draft.texts.text(.name)
    }
    add(.longAddress, "\(RecordLimits.addressLines) lines of \(length(.addressLine)) characters, the most a record allows") { draft in
      draft.texts.mood = .long
      draft.bill.customer.address = (0..<RecordLimits.addressLines).map { draft.texts.text(.addressLine, $0) }
    }
    add(.longNumbers, "account and invoice numbers of 35 characters") { draft in
      func long(_ number: String) -> String { String(repeating: "0", count: max(0, 35 - number.unicodeScalars.count)) + number }
      (draft.bill.account, draft.bill.invoice) = (long(draft.bill.account), long(draft.bill.invoice))
    }
    let lengths = "names of \(length(.name)), 7 address lines of \(length(.addressLine)), descriptions of \(length(.description))"
    add(.longTexts, lengths) { draft in draft.lengthen(.long) }
    add(.longWords, "words of up to \(ExtremeTexts.Role.description.lengths.word) characters without a place to break") { draft in
      draft.lengthen(.unbroken)
    }
    add(.emptyTexts, "names, address lines, titles and descriptions of no characters") { draft in draft.retext(.empty) }
    add(.digits, "every text made of digits") { draft in draft.retext(.digits) }
    add(.markup, "every text like XML, Markdown or a template") { draft in
      draft.fill(consents: false)
      draft.retext(.markup)
    }
    add(.tallMarks, "marks above and below the letters of every text") { draft in draft.retext(.tall) }
    add(.rightToLeft, "Hebrew in every text, with Latin letters and digits") { draft in draft.retext(.mixed(.hebrew)) }
    add(.rightToLeft, "Arabic in every text, with Latin letters and digits") { draft in draft.retext(.mixed(.arabic)) }
  }

  // MARK: Declared fields

  mutating func addFields() {
    guard !setting.fields.children.isEmpty else { return }
    add(.fields, "declared fields: highest numbers, far days, flags set, lists of 40") { draft in
      (draft.fields.end, draft.fields.entries) = (.highest, 40)
    }
    add(.fields, "declared fields: lowest numbers, days long past, flags not set, lists of one") { draft in
      (draft.fields.end, draft.fields.entries) = (.lowest, 1)
    }
    add(.fields, "declared fields: zeros, empty lists") { draft in (draft.fields.end, draft.fields.entries) = (.zero, 0) }
    add(.fields, "declared fields: long texts, lists of 40") { draft in
      (draft.fields.texts.mood, draft.fields.entries) = (.long, 40)
    }
    add(.fields, "declared fields: every optional one absent") { draft in draft.fields.isFull = false }
  }

  // MARK: Languages and formats

  mutating func addEditions() {
    for language in setting.languages {
      add(.language, "\(language): every field filled", language: language) { draft in draft.fill(consents: false) }
    }
    guard setting.offersLargePrint else { return }
    for language in setting.languages {
      add(.largePrint, "\(language): every field filled, 40 lines", language: language) { draft in
        draft.fill(consents: false)
        draft.bill.format = .largePrint
        draft.bill.sections = (0..<4).map { draft.section($0, lines: 10) }
        draft.settle(taxes: 3)
      }
    }
    add(.largePrint, "long texts") { draft in
      draft.bill.format = .largePrint
      draft.lengthen(.long)
    }
    add(.largePrint, "words without a place to break") { draft in
      draft.bill.format = .largePrint
      draft.lengthen(.unbroken)
    }
    add(.largePrint, "the widest amounts") { draft in
      draft.bill.format = .largePrint
      draft.widen()
    }
  }
}

extension ExtremeDraft {
  func turned(_ amount: Amount) -> Amount { Amount(mantissa: -amount.mantissa, scale: Int(amount.scale)) }

  /// Turns the sign of some lines; taxes stay.
  fileprivate mutating func negate(_ isNegative: (_ section: Int, _ line: Int) -> Bool) {
    for section in bill.sections.indices {
      for place in bill.sections[section].lines.indices where isNegative(section, place) {
        let line = bill.sections[section].lines[place]
        bill.sections[section].lines[place].quantity = line.quantity.map(turned)
        bill.sections[section].lines[place].amount = turned(line.amount)
      }
    }
  }

  /// Every text in a mood that takes much room, with all fields filled and seven address lines.
  fileprivate mutating func lengthen(_ mood: ExtremeTexts.Mood) {
    fill(consents: false)
    bill.customer.address = Array(repeating: "", count: 7)
    retext(mood)
    bill.payment?.reference = texts.text(.reference)
    bill.customer.email = String(repeating: "lorem.ipsum.", count: 5) + "dolor@sit.amet.consectetur.example"
  }

  /// Makes every amount twelve digits wide, the due one all nines.
  fileprivate mutating func widen() {
    let ones = 111_111_111_111
    bill.sections = [3, 4].enumerated().map { section, count in
      Section(
        title: texts.text(.title, section),
        // 111,111 × 1,000,001 in smallest units.
        lines: (0..<count).map { line(section * 7 + $0, quantity: Amount(mantissa: 111_111), price: amount(1_000_001)) }, subtotal: .zero)
    }
    bill.taxes = [tax(0, rate: Amount(mantissa: 20), base: 5 * ones)]
    bill.balance = Bill.Balance(
      previous: amount(ExtremeDraft.widest), payments: amount(-ExtremeDraft.widest), adjustments: amount(ones))
    for index in bill.usage.indices { bill.usage[index].value = Amount(mantissa: 987_654_321 - Int64(index) * 31_415_926) }
    fields.end = .highest
  }
}
