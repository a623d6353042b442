internal import Dates

extension SampleDraft {
  /// What a metered bill knows of a field right below `extra`, as JSON: nothing where the bill has none, `nil` for fields it does not know.
  mutating func known(_ name: [UInt8], _ use: MeteredUse) -> [UInt8]? {
    guard let meter = sampler.source.meter else { return nil }
    var out: [UInt8] = []
    switch String(decoding: name, as: UTF8.self) {
    case "meter": out.quoted(meterNumber(meter))
    case "estimated": if use.isEstimated { out.literal("true") }
    case "rate": if let rate = voice.rate { out.quoted(rate) }
    case "service_address": out.quoted(place)
    case "next_reading":
      if situation != .final, situation != .termination, let day = end.adding(days: meter.next) { out.quoted(Array(day.iso.utf8)) }
    case "readings": readings(meter, use, to: &out)
    case "price_date":
      let isChanged = meter.tariffs.indices.contains { use.quantities[$0] > 0 && meter.tariffs[$0].isChanged }
      if use.last != nil, isChanged { out.quoted(sampler.dates.from) }
    case "prices": if use.last != nil { prices(meter, use, to: &out) }
    case "last_bill":
      if let last = use.last { earlier(last, use.lastCharges, endingDaysBefore: days, days: days, to: &out) }
    case "last_year":
      if let year = use.lastYear { earlier(year, use.lastYearCharges, endingDaysBefore: 365, days: days - 1, to: &out) }
    default: return nil
    }
    return out
  }

  private var days: Int { sampler.source.periodDays }

  /// The last day of the period.
  private var end: PlainDate { sampler.dates.firstDay.adding(days: days - 1) ?? sampler.dates.firstDay }

  /// The account's meter: the same wherever it is asked for.
  private func meterNumber(_ meter: SampleMeter) -> [UInt8] {
    var modulus = 1
    for _ in 0..<meter.number.digits { modulus *= 10 }
    var number: [UInt8] = []
    meter.number.write(to: &number, number: Int(SampleRandom.mixed(sampler.seed &+ UInt64(index) &* 2_654_435_761) % UInt64(modulus)))
    return number
  }

  private mutating func readings(_ meter: SampleMeter, _ use: MeteredUse, to out: inout [UInt8]) {
    var most = 1
    for _ in 0..<meter.digits { most *= 10 }
    let counted = use.now / use.multiplier
    let previous = random.inside(min(100, max(0, most - 1 - counted))...max(100, most - 1 - counted))
    out.literal("[{\"meter\":")
    out.quoted(meterNumber(meter))
    out.literal(",\"from\":")
    out.quoted(sampler.dates.from)
    out.literal(",\"to\":")
    out.quoted(sampler.dates.to)
    out.literal(",\"previous\":\"")
    out.decimal(previous, 0)
    out.literal("\",\"current\":\"")
    out.decimal(previous + counted, 0)
    out.literal("\",\"multiplier\":\"")
    out.decimal(use.multiplier, 0)
    out.literal("\",\"use\":\"")
    out.decimal(use.now, 0)
    out.literal("\",\"estimated\":")
    out.literal(use.isEstimated ? "true}]" : "false}]")
  }

  private func prices(_ meter: SampleMeter, _ use: MeteredUse, to out: inout [UInt8]) {
    let words = voice.sections.first { !$0.tariffs.isEmpty }?.tariffs ?? []
    var isFirst = true
    func price(_ name: [UInt8], _ isEnergy: Bool, _ quantity: Int, _ price: Int, _ places: Int, _ before: Int, _ old: Int, _ oldPlaces: Int)
    {
      out.literal(isFirst ? "[{\"name\":" : ",{\"name\":")
      isFirst = false
      out.quoted(name)
      out.literal(isEnergy ? ",\"energy\":true,\"quantity\":\"" : ",\"energy\":false,\"quantity\":\"")
      out.decimal(quantity, 0)
      out.literal("\",\"price\":\"")
      out.decimal(price, places)
      out.literal("\",\"last_quantity\":\"")
      out.decimal(before, 0)
      out.literal("\",\"last_price\":\"")
      out.decimal(old, oldPlaces)
      out.literal("\"}")
    }
    for (index, tariff) in meter.tariffs.enumerated() where use.quantities[index] > 0 {
      price(
        words[index].name, true, use.quantities[index], tariff.price.bounds.lowerBound, tariff.price.decimals, use.lastQuantities[index],
        tariff.lastPrice.bounds.lowerBound, tariff.lastPrice.decimals)
    }
    for charge in use.charges {
      price(charge.name, false, use.now, charge.price, charge.decimals, use.last ?? 0, charge.price, charge.decimals)
    }
    out.literal(isFirst ? "[]" : "]")
  }

  /// Writes an earlier bill: its days, charges and use.
  private func earlier(_ use: Int, _ charges: Int, endingDaysBefore before: Int, days: Int, to out: inout [UInt8]) {
    let last = end.adding(days: -before) ?? end
    let first = last.adding(days: 1 - max(1, days)) ?? last
    out.literal("{\"from\":")
    out.quoted(Array(first.iso.utf8))
    out.literal(",\"to\":")
    out.quoted(Array(last.iso.utf8))
    out.literal(",\"charges\":\"")
    out.decimal(charges, decimals)
    out.literal("\",\"use\":\"")
    out.decimal(use, 0)
    out.literal("\"}")
  }
}
