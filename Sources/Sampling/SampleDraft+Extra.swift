internal import Dates

extension SampleDraft {
  /// Writes an object with the declared fields below a place.
  mutating func extra(_ tree: SampleFieldTree, isTop: Bool = false, to out: inout [UInt8]) {
    out.literal("{")
    var isFirst = true
    for child in tree.children {
      if isTop, let metered, let known = self.known(child.name, metered) {
        guard !known.isEmpty else { continue }
        if !isFirst { out.literal(",") }
        isFirst = false
        out.quoted(child.name)
        out.literal(":")
        out += known
        continue
      }
      // Optional fields are there in four of five records, so that layouts show both.
      if let field = child.field, field.isOptional, !random.happens(80) { continue }
      if !isFirst { out.literal(",") }
      isFirst = false
      out.quoted(child.name)
      out.literal(":")
      if child.isList {
        list(child, to: &out)
      } else if child.children.isEmpty, let field = child.field, field.kind != .record {
        value(field, to: &out)
      } else {
        extra(child, to: &out)
      }
    }
    out.literal("}")
  }

  private mutating func list(_ tree: SampleFieldTree, to out: inout [UInt8]) {
    out.literal("[")
    // A list of which nothing is declared stays empty.
    let count = tree.children.isEmpty ? 0 : random.inside(1...4)
    for index in 0..<count {
      if index > 0 { out.literal(",") }
      if tree.children.count == 1, tree.children[0].name.isEmpty, let field = tree.children[0].field {
        value(field, to: &out)
      } else {
        extra(tree, to: &out)
      }
    }
    out.literal("]")
  }

  /// Writes a value like the field's sample: other digits in the same places.
  private mutating func value(_ field: SampleField, to out: inout [UInt8]) {
    switch field.kind {
    case .flag:
      out.literal(random.happens(50) ? "true" : "false")
    case .date:
      let base = field.sample.flatMap { PlainDate($0) } ?? sampler.issued
      out.quoted(Array((base.adding(days: -random.below(60)) ?? base).iso.utf8))
    case .number, .amount:
      let sample = field.sample.flatMap { SampleRange($0) == nil ? nil : $0 } ?? (field.kind == .amount && decimals > 0 ? "12.50" : "12")
      out.literal("\"")
      varied(sample, keepingFirst: true, to: &out)
      out.literal("\"")
    case .text, .list, .record:
      out.literal("\"")
      varied(field.sample.map { $0.isEmpty ? "–" : $0 } ?? "Sample", keepingFirst: false, to: &out)
      out.literal("\"")
    }
  }

  /// Writes `sample` with other digits; the first one is not zero, where numbers must not begin so.
  private mutating func varied(_ sample: String, keepingFirst: Bool, to out: inout [UInt8]) {
    var isFirst = true
    let bytes = sample.utf8.map { byte -> UInt8 in
      guard byte &- 0x30 < 10 else { return byte }
      defer { isFirst = false }
      if keepingFirst, isFirst { return byte == 0x30 ? byte : UInt8(0x31 + random.below(9)) }
      return UInt8(0x30 + random.below(10))
    }
    out += SamplePattern.escaped(String(decoding: bytes, as: UTF8.self))
  }
}

extension [UInt8] {
  /// Appends characters as they are.
  mutating func literal(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes between quotes; they are escaped already.
  mutating func quoted(_ text: [UInt8]) {
    append(UInt8(ascii: "\""))
    append(contentsOf: text)
    append(UInt8(ascii: "\""))
  }

  /// Appends `value × 10^-decimals`.
  mutating func decimal(_ value: Int, _ decimals: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    var power: UInt = 1
    for _ in 0..<decimals { power *= 10 }
    digits(magnitude / power)
    guard decimals > 0 else { return }
    append(UInt8(ascii: "."))
    var rest = magnitude % power
    while power > 1 {
      power /= 10
      append(UInt8(ascii: "0") + UInt8(rest / power))
      rest %= power
    }
  }

  /// Appends a number with zeros before it, `width` digits or more.
  mutating func padded(_ value: Int, _ width: Int) {
    var (power, count) = (10, 1)
    while count < width, value >= power { (power, count) = (power * 10, count + 1) }
    for _ in count..<Swift.max(count, width) { append(UInt8(ascii: "0")) }
    digits(value.magnitude)
  }

  private mutating func digits(_ value: UInt) {
    if value >= 10 { digits(value / 10) }
    append(UInt8(ascii: "0") + UInt8(value % 10))
  }
}
