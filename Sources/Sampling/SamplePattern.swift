internal import Billing
internal import JSON

/// A text with gaps: `#` is a digit by chance, `{name}` something known of the bill.
struct SamplePattern: Sendable {
  /// What may stand in braces.
  enum Gap: String, Sendable, CaseIterable {
    case account, invoice, digits, due, number, street, unit, city, region, code, country, given, family
  }

  private enum Part: Sendable {
    /// Bytes ready to stand inside JSON quotes.
    case literal([UInt8])
    case digit
    case gap(Gap)
  }

  private let parts: [Part]
  /// How many `#` there are.
  let digits: Int
  /// The gaps in braces.
  let gaps: [Gap]

  /// Reads a pattern.
  ///
  /// - Returns: `nil` and the name, where a gap is not one of `allowed`.
  static func read(_ text: String, allowed: [Gap]) -> Result<SamplePattern, Unknown> {
    var parts: [Part] = []
    var (digits, gaps): (Int, [Gap]) = (0, [])
    var literal = ""
    func flush() {
      if !literal.isEmpty { parts.append(.literal(SamplePattern.escaped(literal))) }
      literal = ""
    }
    var rest = text[...]
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case "#":
        flush()
        parts.append(.digit)
        digits += 1
      case "{":
        let name = rest.prefix { $0 != "}" }
        guard name.endIndex < rest.endIndex, let gap = Gap(rawValue: String(name)), allowed.contains(gap) else {
          return .failure(Unknown(name: String(name)))
        }
        rest = rest[name.endIndex...].dropFirst()
        flush()
        parts.append(.gap(gap))
        gaps.append(gap)
      default: literal.append(character)
      }
    }
    flush()
    return .success(SamplePattern(parts: parts, digits: digits, gaps: gaps))
  }

  /// A gap no pattern of that place has.
  struct Unknown: Error {
    let name: String
  }

  /// The text as it stands inside JSON quotes.
  static func escaped(_ text: String) -> [UInt8] {
    var json = JSONWriter(capacity: text.utf8.count + 2)
    json.value(text)
    return Array(json.bytes.dropFirst().dropLast())
  }

  /// Writes the pattern filled in.
  func write(to bytes: inout [UInt8], _ random: inout SampleRandom, _ fill: (Gap, inout [UInt8]) -> Void) {
    for part in parts {
      switch part {
      case .literal(let literal): bytes.append(contentsOf: literal)
      case .digit: bytes.append(UInt8(ascii: "0") + UInt8(random.below(10)))
      case .gap(let gap): fill(gap, &bytes)
      }
    }
  }

  /// Writes the pattern with the digits of `number` in place of `#`.
  func write(to bytes: inout [UInt8], number: Int) {
    var power = 1
    for _ in 1..<max(1, digits) { power *= 10 }
    for part in parts {
      switch part {
      case .literal(let literal): bytes.append(contentsOf: literal)
      case .digit:
        bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
        power = max(1, power / 10)
      case .gap: break
      }
    }
  }
}
