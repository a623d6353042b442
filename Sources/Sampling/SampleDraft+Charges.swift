internal import Money

extension SampleDraft {
  /// Writes sections and taxes; their sum in minor units.
  mutating func sections(_ isOrganisation: Bool, to out: inout [UInt8]) -> Int {
    let count = lineCount()
    if let meter = sampler.source.meter { return meteredSections(meter, count, isOrganisation, to: &out) }
    let total = voice.sections.reduce(0) { $0 + $1.share }
    var (left, shares, charges) = (count, total, 0)
    out.literal(",\"sections\":[")
    var isFirst = true
    for section in voice.sections {
      // Each section takes its share of what is left, so that the counts add up.
      let lines = shares == section.share ? left : min(left, max(1, (left * section.share + shares / 2) / shares))
      (left, shares) = (left - lines, shares - section.share)
      guard lines > 0 else { continue }
      if !isFirst { out.literal(",") }
      isFirst = false
      charges += self.section(section, lines, isOrganisation, to: &out)
    }
    out.literal("]")
    // What is exempt from VAT needs a reason, which no made-up e-invoice has.
    if !voice.taxes.isEmpty, sampler.source.eInvoice != nil || !random.happens(3) { charges += taxes(on: charges, to: &out) }
    return charges
  }

  private mutating func section(_ section: SampleSource.Section, _ lines: Int, _ isOrganisation: Bool, to out: inout [UInt8]) -> Int {
    out.literal("{\"title\":\"")
    out += section.title
    out.literal("\",\"lines\":[")
    var sum = 0
    let start = lines < section.items.count ? random.below(section.items.count) : 0
    let days = sampler.dates.days
    for line in 0..<lines {
      if line > 0 { out.literal(",") }
      let item = section.items[(start + line) % section.items.count]
      out.literal("{\"date\":\"")
      out += days[min(days.count - 1, (line * days.count + random.below(days.count)) / lines)]
      out.literal("\",\"description\":\"")
      item.description.write(to: &out, &random) { _, _ in }
      out.literal("\"")
      var amount = 0
      if let quantity = item.quantity, let price = item.price {
        let count = quantity.pick(&random) * (isOrganisation ? 12 : 1)
        let each = price.pick(&random)
        amount = SampleDraft.rounded(count, each, scale: quantity.decimals + price.decimals, decimals: decimals)
        out.literal(",\"quantity\":\"")
        out.decimal(count, quantity.decimals)
        out.literal("\"")
        if let unit = item.unit {
          out.literal(",\"unit\":\"")
          out += unit
          out.literal("\"")
        }
        out.literal(",\"price\":\"")
        out.decimal(each, price.decimals)
        out.literal("\"")
      } else if let range = item.amount {
        amount = range.pick(&random)
        for _ in range.decimals..<decimals { amount *= 10 }
      }
      out.literal(",\"amount\":\"")
      out.decimal(amount, decimals)
      out.literal("\"}")
      sum += amount
    }
    out.literal("],\"subtotal\":\"")
    out.decimal(sum, decimals)
    out.literal("\"}")
    return sum
  }

  mutating func taxes(on base: Int, to out: inout [UInt8]) -> Int {
    var sum = 0
    out.literal(",\"taxes\":[")
    for (index, tax) in voice.taxes.enumerated() {
      if index > 0 { out.literal(",") }
      let rate = tax.rate.pick(&random)
      metered?.taxes.append((rate, tax.rate.decimals))
      let amount = SampleDraft.rounded(base, rate, scale: decimals + tax.rate.decimals + 2, decimals: decimals)
      out.literal("{\"label\":\"")
      out += tax.label
      out.literal("\",\"rate\":\"")
      out.decimal(rate, tax.rate.decimals)
      out.literal("\",\"base\":\"")
      out.decimal(base, decimals)
      out.literal("\",\"amount\":\"")
      out.decimal(amount, decimals)
      out.literal("\"}")
      sum += amount
    }
    out.literal("]")
    return sum
  }

  /// `a × b ÷ 10^scale`, in units of `10^-decimals`, halves away from zero.
  static func rounded(_ a: Int, _ b: Int, scale: Int, decimals: Int) -> Int {
    var product = Int128(a) * Int128(b)
    var divisor: Int128 = 1
    if scale > decimals {
      for _ in decimals..<scale { divisor *= 10 }
    } else {
      for _ in scale..<decimals { product *= 10 }
    }
    let half = product < 0 ? -divisor / 2 : divisor / 2
    return Int((product + half) / divisor)
  }

  /// What came before, in minor units; `nil` for a first bill.
  mutating func balance(_ charges: Int) -> (previous: Int, payments: Int, adjustments: Int)? {
    var previous = max(100, abs(charges)) * random.inside(60...130) / 100
    if let metered, metered.last != nil { previous = metered.lastCharges }
    return switch situation {
    case .first: nil
    case .paid, .final: (previous, -previous, 0)
    case .overdue: (previous, 0, 0)
    case .partlyPaid: (previous, -previous * random.inside(20...80) / 100, 0)
    case .nothingDue: (-charges, 0, 0)
    case .credit: (-charges - max(1, previous / random.inside(2...6)), 0, 0)
    case .adjusted: (previous, -previous, -min(max(0, charges) / 2, 1_000 + random.below(2_000)))
    case .termination: (previous, -previous / 2, -previous / 4)
    }
  }

  func write(_ balance: (previous: Int, payments: Int, adjustments: Int)?, to out: inout [UInt8]) {
    guard let balance else { return }
    out.literal(",\"balance\":{\"previous\":\"")
    out.decimal(balance.previous, decimals)
    out.literal("\",\"payments\":\"")
    out.decimal(balance.payments, decimals)
    out.literal("\",\"adjustments\":\"")
    out.decimal(balance.adjustments, decimals)
    out.literal("\"}")
  }

  mutating func payment(to out: inout [UInt8]) {
    let source = sampler.source
    guard !source.payments.isEmpty else { return }
    let payment = source.payments[sampler.pick(sampler.paymentShares, &random)]
    out.literal(",\"payment\":{")
    let (account, invoice, due) = (account, invoice, due)
    var isFirst = true
    let parts: [(StaticString, SamplePattern?)] = [
      ("\"iban\":", payment.iban), ("\"name\":", payment.name), ("\"reference\":", payment.reference), ("\"scan_line\":", payment.scanLine),
    ]
    for (key, pattern) in parts {
      if !isFirst { out.literal(",") }
      isFirst = false
      out.literal(key)
      guard let pattern else {
        out.literal("null")
        continue
      }
      out.literal("\"")
      pattern.write(to: &out, &random) { gap, out in
        switch gap {
        case .account: out += account
        case .invoice: out += invoice
        case .digits: out += account.filter { $0 &- 0x30 < 10 }
        default: out.padded(max(0, due), 8)
        }
      }
      out.literal("\"")
    }
    out.literal("}")
  }

  /// Thirteen months, the last of them the period's.
  mutating func usage(_ isOrganisation: Bool, to out: inout [UInt8]) {
    if let metered { return history(metered, to: &out) }
    guard let usage = sampler.source.usage, !random.happens(4) else { return }
    let level = usage.value.pick(&random) * (isOrganisation ? 12 : 1)
    // One customer in thirty has a month without a reading.
    let gap = random.happens(3) ? random.below(12) : -1
    out.literal(",\"usage\":[")
    for place in 0..<13 {
      if place > 0 { out.literal(",") }
      let month = (sampler.dates.month + place) % 12
      out.literal("{\"label\":\"")
      out += voice.months[month]
      out.literal("\",\"value\":")
      if place == gap {
        out.literal("null}")
      } else {
        out.literal("\"")
        out.decimal(level * usage.season[month] / 100 * random.inside(88...112) / 100, usage.value.decimals)
        out.literal("\"}")
      }
    }
    out.literal("]")
  }
}
