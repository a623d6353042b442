internal import Dates

extension SampleDraft {
  /// Writes the sections and taxes of a metered bill, whose lines come to the use of its month; their sum in minor units.
  mutating func meteredSections(_ meter: SampleMeter, _ count: Int, _ isOrganisation: Bool, to out: inout [UInt8]) -> Int {
    let counts = lineCounts(count)
    let energy = voice.sections.firstIndex { !$0.tariffs.isEmpty } ?? 0
    metered = use(meter, isOrganisation, lines: counts[energy])
    out.literal(",\"sections\":[")
    var (charges, isFirst) = (0, true)
    for (index, section) in voice.sections.enumerated() where counts[index] > 0 {
      if !isFirst { out.literal(",") }
      isFirst = false
      out.literal("{\"title\":\"")
      out += section.title
      out.literal("\",\"lines\":[")
      let sum = index == energy ? tariffLines(meter, section, counts[index], to: &out) : itemLines(section, counts[index], to: &out)
      out.literal("],\"subtotal\":\"")
      out.decimal(sum, decimals)
      out.literal("\"}")
      charges += sum
    }
    out.literal("]")
    if !voice.taxes.isEmpty, !random.happens(3) { charges += taxes(on: charges, to: &out) }
    reckonEarlierBills(meter)
    return charges
  }

  /// How many lines each section has: its share, but no item twice; what is left over goes to the tariffs.
  private func lineCounts(_ count: Int) -> [Int] {
    var (left, shares) = (count, voice.sections.reduce(0) { $0 + $1.share })
    var counts = [Int](repeating: 0, count: voice.sections.count)
    for (index, section) in voice.sections.enumerated() {
      let lines = shares == section.share ? left : min(left, max(1, (left * section.share + shares / 2) / shares))
      (left, shares) = (left - lines, shares - section.share)
      counts[index] = section.tariffs.isEmpty ? min(lines, section.items.count) : lines
    }
    guard let energy = voice.sections.firstIndex(where: { !$0.tariffs.isEmpty }) else { return counts }
    counts[energy] += count - counts.reduce(0, +)
    if counts[energy] == 0, let other = counts.firstIndex(where: { $0 > 0 }) { (counts[other], counts[energy]) = (counts[other] - 1, 1) }
    return counts
  }

  /// The use of this month and of those before.
  private mutating func use(_ meter: SampleMeter, _ isOrganisation: Bool, lines: Int) -> MeteredUse {
    var use = MeteredUse()
    use.multiplier = isOrganisation ? meter.multiplier : 1
    guard let usage = sampler.source.usage else { return use }
    let level = usage.value.pick(&random) * (isOrganisation ? 12 : 1)
    /// A month's use, which the register can show.
    func shown(_ value: Int) -> Int { max(1, value / use.multiplier) * use.multiplier }
    use.history = (0..<13).map { place in
      let month = (sampler.dates.month + place) % 12
      return shown(level * usage.season[month] / 100 * random.inside(88...112) / 100)
    }
    // Something on each line.
    use.now = shown(max(use.history[12] ?? 1, lines * 3 + use.multiplier))
    use.history[12] = use.now
    // New customers have little history, and one customer in thirty has a month without a reading.
    if situation == .first {
      use.history = [use.now]
    } else if random.happens(3) {
      use.history = Array(use.history.suffix(random.inside(2...4)))
    } else if random.happens(3) {
      use.history[random.inside(1...10)] = nil
    }
    use.isEstimated = random.happens(meter.estimated)
    return use
  }

  /// Writes lines of the tariffs by days; their sum.
  private mutating func tariffLines(_ meter: SampleMeter, _ section: SampleSource.Section, _ count: Int, to out: inout [UInt8]) -> Int {
    let spots = sampler.calendars[voiceIndex].spots(count)
    let quantities = MeteredUse.parted(metered?.now ?? 0, spots.map { meter.tariffs[$0.tariff].share * random.inside(70...130) })
    var byTariff = [Int](repeating: 0, count: meter.tariffs.count)
    var sum = 0
    for (index, (spot, quantity)) in zip(spots, quantities).enumerated() {
      if index > 0 { out.literal(",") }
      let (price, words) = (meter.tariffs[spot.tariff].price, section.tariffs[spot.tariff])
      byTariff[spot.tariff] += quantity
      out.literal("{")
      if let day = spot.day {
        out.literal("\"date\":\"")
        out += sampler.dates.days[day]
        out.literal("\",")
      }
      out.literal("\"description\":\"")
      out += spot.block.map { words.blocks[$0] } ?? words.name
      out.literal("\"")
      sum += priced(quantity, 0, unit: meter.unit, price.bounds.lowerBound, price.decimals, to: &out)
    }
    metered?.quantities = byTariff
    return sum
  }

  /// Writes items of a section, each once and in their order, the first among them; their sum.
  private mutating func itemLines(_ section: SampleSource.Section, _ count: Int, to out: inout [UInt8]) -> Int {
    var (wanted, sum, isFirst) = (count, 0, true)
    for (index, item) in section.items.enumerated() where wanted > 0 {
      // Each of those left has the same chance.
      guard index == 0 || random.below(section.items.count - index) < wanted else { continue }
      wanted -= 1
      if !isFirst { out.literal(",") }
      isFirst = false
      out.literal("{\"description\":\"")
      let start = out.count
      item.description.write(to: &out, &random) { _, _ in }
      let name = Array(out[start...])
      out.literal("\"")
      if let price = item.price, item.isOfUse {
        let each = price.bounds.lowerBound
        sum += priced(metered?.now ?? 0, 0, unit: item.unit, each, price.decimals, to: &out)
        metered?.charges.append(MeteredUse.Charge(name: name, price: each, decimals: price.decimals))
        continue
      }
      var amount = 0
      if let quantity = item.quantity, let price = item.price {
        amount = priced(quantity.pick(&random), quantity.decimals, unit: item.unit, price.pick(&random), price.decimals, to: &out)
      } else if let range = item.amount {
        amount = range.pick(&random)
        for _ in range.decimals..<decimals { amount *= 10 }
        out.literal(",\"amount\":\"")
        out.decimal(amount, decimals)
        out.literal("\"}")
      }
      metered?.fixed += amount
      sum += amount
    }
    return sum
  }

  /// Writes quantity, unit, price and amount and the line's end; the amount.
  private func priced(_ quantity: Int, _ places: Int, unit: [UInt8]?, _ price: Int, _ pricePlaces: Int, to out: inout [UInt8]) -> Int {
    let amount = SampleDraft.rounded(quantity, price, scale: places + pricePlaces, decimals: decimals)
    out.literal(",\"quantity\":\"")
    out.decimal(quantity, places)
    out.literal("\"")
    if let unit {
      out.literal(",\"unit\":\"")
      out += unit
      out.literal("\"")
    }
    out.literal(",\"price\":\"")
    out.decimal(price, pricePlaces)
    out.literal("\",\"amount\":\"")
    out.decimal(amount, decimals)
    out.literal("\"}")
    return amount
  }

  /// What the last bill and the one a year ago charged: their use by tariff at the prices of the last bill, and all else as now.
  private mutating func reckonEarlierBills(_ meter: SampleMeter) {
    guard var use = metered else { return }
    func earlier(_ total: Int) -> (quantities: [Int], charges: Int) {
      let used = use.quantities.indices.filter { use.quantities[$0] > 0 }
      let parts = MeteredUse.parted(total, used.map { use.quantities[$0] * random.inside(90...110) })
      var quantities = [Int](repeating: 0, count: use.quantities.count)
      var sum = use.fixed
      for (tariff, part) in zip(used, parts) {
        quantities[tariff] = part
        let price = meter.tariffs[tariff].lastPrice
        sum += SampleDraft.rounded(part, price.bounds.lowerBound, scale: price.decimals, decimals: decimals)
      }
      for charge in use.charges { sum += SampleDraft.rounded(total, charge.price, scale: charge.decimals, decimals: decimals) }
      let taxed = use.taxes.reduce(0) { $0 + SampleDraft.rounded(sum, $1.rate, scale: decimals + $1.decimals + 2, decimals: decimals) }
      return (quantities, sum + taxed)
    }
    if let last = use.last {
      let bill = earlier(last)
      (use.lastQuantities, use.lastCharges) = (bill.quantities, bill.charges)
    }
    if let year = use.lastYear { use.lastYearCharges = earlier(year).charges }
    metered = use
  }

  /// Writes the usage history.
  func history(_ use: MeteredUse, to out: inout [UInt8]) {
    out.literal(",\"usage\":[")
    for (place, value) in use.history.enumerated() {
      if place > 0 { out.literal(",") }
      out.literal("{\"label\":\"")
      out += voice.months[(sampler.dates.month + 13 - use.history.count + place) % 12]
      out.literal("\",\"value\":")
      if let value {
        out.literal("\"")
        out.decimal(value, 0)
        out.literal("\"}")
      } else {
        out.literal("null}")
      }
    }
    out.literal("]")
  }
}
