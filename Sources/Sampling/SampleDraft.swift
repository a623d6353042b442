internal import Billing
internal import Dates
internal import Languages
internal import Money

/// One record while it is written.
///
/// Everything goes straight into bytes: a record of 38 lines is some 5 kB, and a load test wants a million of them.
struct SampleDraft {
  let sampler: BillSampler
  let index: Int
  var random: SampleRandom
  private let point: SamplePoint
  let situation: SampleSituation
  let voice: SampleSource.Voice
  let voiceIndex: Int
  private let segment: SampleSource.Segment?
  let decimals: Int
  private(set) var account: [UInt8] = []
  private(set) var invoice: [UInt8] = []
  private var given: [UInt8] = []
  private var family: [UInt8] = []
  /// What is to be paid, in minor units.
  private(set) var due = 0
  /// Of a metered service.
  var metered: MeteredUse?
  /// The lines of the address below each other, as one text.
  private(set) var place: [UInt8] = []

  init(_ sampler: BillSampler, _ index: Int) {
    self.sampler = sampler
    self.index = index
    random = SampleRandom(seed: sampler.seed, record: index)
    point = SamplePoint(seed: sampler.seed, record: index)
    situation = SampleSituation.at(point.situation)
    voiceIndex = sampler.voice(point.language)
    voice = sampler.source.voices[voiceIndex]
    decimals = sampler.source.currency.decimals
    segment = sampler.segment(&random)
  }

  /// Half of all bills have 38 lines, one in 500 has 300, the rest 1 to 90.
  mutating func lineCount() -> Int {
    let offset = Int(SampleRandom.mixed(sampler.seed) % 500)
    if index % 500 == offset { return 300 }
    return random.happens(50) ? 38 : random.inside(1...90)
  }

  mutating func write(to out: inout [UInt8]) {
    number(sampler.source.account, salt: 1, to: &account)
    number(sampler.source.invoice, salt: 2, to: &invoice)
    let isOrganisation = segment?.isOrganisation ?? false
    // Balance, totals and due date stand before or beside the sections, but follow from their sum.
    var sections: [UInt8] = []
    sections.reserveCapacity(8_192)
    let charges = self.sections(isOrganisation, to: &sections)
    // An e-invoice says what it comes to and nothing of what came before.
    let isInvoice = sampler.source.eInvoice != nil
    let balance = isInvoice ? nil : balance(charges)
    due = charges + (balance.map { $0.previous + $0.payments + $0.adjustments } ?? 0)
    out.literal("{\"v\":1,\"account\":\"")
    out += account
    out.literal("\",\"invoice\":\"")
    out += invoice
    out.literal("\",\"kind\":\"")
    out.literal(isInvoice ? "bill" : situation.kind)
    out.literal("\",\"issued\":\"")
    out += sampler.dates.issued
    out.literal("\",\"due\":")
    if due > 0 { out.quoted(sampler.dates.due) } else { out.literal("null") }
    out.literal(",\"period\":{\"from\":\"")
    out += sampler.dates.from
    out.literal("\",\"to\":\"")
    out += sampler.dates.to
    out.literal("\"},\"currency\":\"")
    out += sampler.source.currency.code.utf8
    out.literal("\",\"language\":\"")
    out += voice.tag.text.utf8
    out.literal("\"")
    if let segment {
      out.literal(",\"segment\":")
      out.quoted(segment.name)
    }
    let isElectronic = customerAndDelivery(isOrganisation, to: &out)
    let electronicFormat = isElectronic ? UInt64.max / 100 * 98 : UInt64.max / 100 * 94
    out.literal(!isInvoice && point.format > electronicFormat ? ",\"format\":\"large-print\"" : ",\"format\":\"standard\"")
    write(balance, to: &out)
    out += sections
    out.literal(",\"totals\":{\"charges\":\"")
    out.decimal(charges, decimals)
    out.literal("\",\"due\":\"")
    out.decimal(due, decimals)
    out.literal("\"}")
    payment(to: &out)
    usage(isOrganisation, to: &out)
    if !sampler.fields.children.isEmpty, !isInvoice {
      out.literal(",\"extra\":")
      extra(sampler.fields, isTop: true, to: &out)
    }
    out.literal("}")
  }

  // MARK: Numbers

  /// Writes a number that no other record of the seed has: an affine map of the record's index, a bijection since its factor ends in 9 or is 1.
  /// Accounts are scattered, invoices count up.
  private func number(_ pattern: SamplePattern, salt: UInt64, to out: inout [UInt8]) {
    var modulus = 1
    for _ in 0..<pattern.digits { modulus *= 10 }
    let shift = Int(SampleRandom.mixed(sampler.seed &+ salt) % UInt64(modulus))
    let stride = salt == 1 ? modulus / 1_000_000 * 618_033 / 10 * 10 + 9 : 1
    pattern.write(to: &out, number: Int((Int128(index) * Int128(stride) + Int128(shift)) % Int128(modulus)))
  }

  // MARK: Customer

  /// Writes jurisdiction, customer, delivery and consent; whether the bill is electronic only.
  private mutating func customerAndDelivery(_ isOrganisation: Bool, to out: inout [UInt8]) -> Bool {
    let source = sampler.source
    let place = source.places[sampler.pick(sampler.placeShares, &random)]
    if let jurisdiction = source.jurisdiction {
      out.literal(",\"jurisdiction\":\"")
      jurisdiction.write(to: &out, &random) { gap, out in out += gap == .region ? place.region : place.country }
      out.literal("\"")
    }
    // Seven in ten on paper, two electronic, one both.
    let delivery = SamplePoint.pick(point.delivery, [70, 19, 11], total: 100)
    // Who is billed without paper has agreed to that.
    let consents = random.happens(delivery == 1 ? 100 : delivery == 2 ? 30 : 2)
    given = source.names.given[random.below(source.names.given.count)]
    family = source.names.family[random.below(source.names.family.count)]
    out.literal(",\"customer\":{\"name\":\"")
    name(isOrganisation, to: &out)
    var code: [UInt8] = []
    place.code.write(to: &code, &random) { _, _ in }
    out.literal("\",\"address\":[")
    address(place, code, to: &out)
    out.literal("],\"postal\":{\"city\":\"")
    out += place.city
    if !place.region.isEmpty {
      out.literal("\",\"region\":\"")
      out += place.region
    }
    out.literal("\",\"code\":\"")
    out += code
    out.literal("\",\"country\":\"")
    out += place.country
    if let routing = source.routing {
      out.literal("\",\"imb_routing\":\"")
      routing.write(to: &out, &random) { _, out in out += code.filter { $0 &- 0x30 < 10 } }
    }
    out.literal("\"},\"email\":")
    if let email = source.email, delivery > 0 || random.happens(35) {
      out.literal("\"")
      let (account, given, family) = (account, given, family)
      email.write(to: &out, &random) { gap, out in
        switch gap {
        case .given: out += given
        case .family: out += family
        case .digits: out += account.filter { $0 &- 0x30 < 10 }
        default: out += account
        }
      }
      out.literal("\"")
    } else {
      out.literal("null")
    }
    out.literal("},\"delivery\":\"")
    out.literal(delivery == 0 ? "paper" : delivery == 1 ? "electronic" : "both")
    out.literal("\",\"consent\":")
    if consents {
      out.literal("{\"date\":\"")
      out += sampler.dates.from
      out.literal("\",\"source\":\"web\",\"scope\":\"bills\"}")
    } else {
      out.literal("null")
    }
    return delivery == 1
  }

  private mutating func name(_ isOrganisation: Bool, to out: inout [UInt8]) {
    let names = sampler.source.names
    if isOrganisation {
      out += names.organisations[random.below(names.organisations.count)]
      return
    }
    if !names.long.isEmpty, random.happens(3) {
      out += names.long[random.below(names.long.count)]
      return
    }
    out += given
    out.literal(" ")
    if random.happens(22) {
      out.append(UInt8(ascii: "A") + UInt8(random.below(23)))
      out.literal(". ")
    }
    out += family
    if random.happens(6) {
      out.literal("-")
      out += names.family[random.below(names.family.count)]
    }
  }

  private mutating func address(_ place: SampleSource.Place, _ code: [UInt8], to out: inout [UInt8]) {
    let source = sampler.source
    let street = source.streets[random.below(source.streets.count)]
    let hasUnit = !source.units.isEmpty && random.happens(35)
    var unit: [UInt8] = []
    if hasUnit { source.units[random.below(source.units.count)].write(to: &unit, &random) { _, _ in } }
    let house = random.happens(70) ? random.inside(1...999) : random.inside(1_000...19_999)
    var isFirst = true
    for line in source.address where hasUnit || !line.gaps.contains(.unit) {
      if !isFirst {
        out.literal(",")
        self.place.literal(", ")
      }
      isFirst = false
      out.literal("\"")
      let start = out.count
      line.write(to: &out, &random) { gap, out in
        switch gap {
        case .number: out.decimal(house, 0)
        case .street: out += street
        case .unit: out += unit
        case .city: out += place.city
        case .region: out += place.region
        case .code: out += code
        default: out += place.country
        }
      }
      self.place += out[start...]
      out.literal("\"")
    }
    // An address of nothing but a unit still needs a line.
    if isFirst { out.quoted(place.city) }
  }
}
