internal import Billing
internal import Diagnostics
internal import Money

/// Where profiles add by rules of their own.
extension InvoiceArithmetic {
  // MARK: Without lines

  /// The rules for MINIMUM and BASIC WL of Factur-X, each only where the profile has the figures.
  ///
  /// - Throws: `missing-field` where the profile is another one; else like ``check()``.
  mutating func checkWithoutLines() throws(RecordFault) -> [RecordWarning] {
    guard let profile = invoice.profile, profile.hasNoLines else {
      let named = invoice.specification.map { "this one names '\($0.text.prefix(120))'" } ?? "this one names none"
      throw invoice.root.fault(
        .missingField, "the invoice has no lines (BG-25); only the profiles MINIMUM and BASIC WL (BT-24) have none, \(named)")
    }
    try invoice.complete()
    let totals = invoice.totals
    guard let net = totals.net, let gross = totals.gross, let due = totals.due else {
      throw totals.element.fault(.missingField, "a total is missing; every invoice has BT-109, BT-112 and BT-115")
    }
    if profile != .minimum || !invoice.allowances.isEmpty {
      try listed(invoice.allowances.filter { !$0.isCharge }, totals.allowances, "BR-CO-11", "the allowances add up to", "BT-107")
      try listed(invoice.allowances.filter(\.isCharge), totals.charges, "BR-CO-12", "the charges add up to", "BT-108")
    }
    if let lines = totals.lines {
      let expected = try invoice.plus(
        try invoice.minus(lines.value, totals.allowances?.value ?? .zero, at: net.element), totals.charges?.value ?? .zero,
        at: net.element)
      try equal(expected, net, "BR-CO-13", "BT-106 − BT-107 + BT-108 is", "BT-109")
    }
    if let vat = totals.vat, !invoice.vat.isEmpty {
      try equal(try invoice.sum(invoice.vat.map(\.amount)), vat, "BR-CO-14", "the VAT of all categories adds up to", "BT-110")
    }
    try equal(
      try invoice.plus(net.value, totals.vat?.value ?? .zero, at: gross.element), gross, "BR-CO-15", "BT-109 + BT-110 is", "BT-112")
    // MINIMUM has no place for what is paid already, and so may leave a difference.
    if profile != .minimum || totals.paid != nil || totals.rounding != nil {
      try equal(try invoice.reckonedDue(), due, "BR-CO-16", "BT-112 − BT-113 + BT-114 is", "BT-115")
    }
    for vat in invoice.vat { try category(vat) }
    signs()
    return invoice.warnings
  }

  // MARK: Lines below lines

  /// Decides which lines make up BT-106 where the invoice does not say it.
  ///
  /// By the Extended profile all do but those of the kinds GROUP and INFORMATION. Where that does not come to BT-106 but the lines below no
  /// other do, by their own amounts, the rest are parts of these.
  mutating func weighLines() throws(RecordFault) {
    guard let stated = invoice.totals.lines, invoice.lines.contains(where: { $0.level > 0 && $0.role == nil }) else { return }
    guard try invoice.sum(invoice.countingLines.map(\.amount)) != stated.value else { return }
    let upper = invoice.lines.filter { $0.level == 0 && $0.role != .information }
    guard upper.allSatisfy(\.hasAmount), try invoice.sum(upper.map(\.amount)) == stated.value else { return }
    for index in invoice.lines.indices where invoice.lines[index].role != .information {
      invoice.lines[index].role = invoice.lines[index].level == 0 ? nil : .part
    }
  }

  /// A group's amount is the sum of the lines right below it (BR-FXEXT-08 of Factur-X), and so should be that of a line with parts
  /// (BR-DEX-02 of XRechnung, a mere warning there).
  mutating func checkLevels() throws(RecordFault) {
    let lines = invoice.lines
    guard lines.contains(where: { $0.level > 0 }) else { return }
    let parents = LineLevels(lines).parents
    var sums = [Amount](repeating: .zero, count: lines.count)
    // Whether anything below it has an amount, and whether it is made of parts.
    var (isWeighed, hasParts) = ([Bool](repeating: false, count: lines.count), [Bool](repeating: false, count: lines.count))
    for index in lines.indices.reversed() {
      guard let parent = parents[index], lines[index].role != .information else { continue }
      let amount = lines[index].hasAmount ? lines[index].amount.value : sums[index]
      sums[parent] = try invoice.plus(sums[parent], amount, at: lines[index].amount.element)
      if !amount.isZero { isWeighed[parent] = true }
      if lines[index].role == .part { hasParts[parent] = true }
    }
    for (index, line) in lines.enumerated() where line.hasAmount && isWeighed[index] {
      if hasParts[index], line.role != .group {
        try equal(sums[index], line.amount, "BR-DEX-02", "the lines inside it add up to", "BT-131", line: line.id, isWish: true)
      } else if line.role == .group {
        try equal(sums[index], line.amount, "BR-FXEXT-08", "the lines of the group add up to", "BT-131", line: line.id)
      }
    }
  }
}
