import Foundation
import TestSupport

/// A number that bounds what comes from outside, as the sources state it: a static constant whose comment says what it counts and why, and in
/// a line `- Stops:` what it is there against.
struct StatedBound {
  var module: String
  /// The types around it and its own name.
  var name: String
  /// The number as it is written.
  var expression: String
  /// What it counts and why it is as large as it is.
  var reason: String
  /// The attack or the mistake that ends there; `nil` for a constant that bounds nothing.
  var stops: String?
  /// Its file below `Sources` without the ending, a full stop, and its name.
  var key: String

  /// Every static constant below `Sources` that is a number, by modules from the bottom up.
  static func all(_ modules: [String]) throws -> [StatedBound] {
    var found: [StatedBound] = []
    for module in modules {
      for file in Project.files(below: "Sources/\(module)", ending: ".swift") { found += try stated(in: file, module) }
    }
    return found
  }

  /// A constant with its type, if it has one, and what it is set to.
  private static var declaration: Regex<(Substring, Substring, Substring, Substring)> {
    /^( *)(?:(?:public|package|private|fileprivate) )*static let (\w+)(?:: *[\w.]+)? *= *(.+?) *(?:\/\/.*)?$/
  }
  /// What is a number: literals, also shifted and multiplied, a count of others like it, a time, a length, a bound of another type.
  private static var number: Regex<Substring> {
    /-?(?:\d[\d_]*(?:\.\d+)?(?: *(?:<<|\*|\+|-) .+)?|(?:TimeAmount)?\.(?:seconds|milliseconds|minutes)\(\d+\)|[A-Z]\w*Limits\.\w+)/
  }

  private static func stated(in file: String, _ module: String) throws -> [StatedBound] {
    let lines = try Project.text(file).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var found: [StatedBound] = []
    for (index, line) in lines.enumerated() where line.contains("static let") {
      guard let match = line.wholeMatch(of: declaration), match.3.wholeMatch(of: number) != nil else { continue }
      var first = index
      while first > 0, lines[first - 1].trimmingCharacters(in: .whitespaces).hasPrefix("///") { first -= 1 }
      let comment = lines[first..<index].map { $0.trimmingCharacters(in: .whitespaces).dropFirst(3).trimmingCharacters(in: .whitespaces) }
      let parts = comment.joined(separator: " ").components(separatedBy: "- Stops:")
      let path = file.dropFirst("Sources/".count).dropLast(".swift".count)
      found.append(
        StatedBound(
          module: module, name: (types(around: index, match.1.count, lines) + [String(match.2)]).joined(separator: "."),
          expression: String(match.3), reason: parts[0].trimmingCharacters(in: .whitespaces),
          stops: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : nil, key: "\(path).\(match.2)"))
    }
    return found
  }

  /// The types whose braces a line stands in, by their indentation.
  private static func types(around index: Int, _ indentation: Int, _ lines: [String]) -> [String] {
    var (names, indentation): ([String], Int) = ([], indentation)
    for line in lines[..<index].reversed() where indentation > 0 {
      let depth = line.prefix { $0 == " " }.count
      guard depth < indentation, let match = line.firstMatch(of: /\b(?:enum|struct|class|actor|extension|protocol) ([\w.]+)/),
        !line.trimmingCharacters(in: .whitespaces).hasPrefix("//")
      else { continue }
      names.insert(String(match.1), at: 0)
      indentation = depth
    }
    return names
  }

  // MARK: The number in words

  /// The number as a reader of the page wants it.
  func value(_ others: [StatedBound]) -> String {
    if let time = expression.firstMatch(of: /\.(seconds|milliseconds|minutes)\((\d+)\)/) {
      return "\(time.2) \(["seconds": "s", "milliseconds": "ms", "minutes": "min"][String(time.1)] ?? "")"
    }
    if let other = others.first(where: { $0.name == expression }) { return other.value(others) }
    guard let number = evaluated(others) else { return "`\(expression)`" }
    let countsBytes = (name + " " + reason).lowercased().contains(/bytes|mib|memory|larger? (?:\w+ )?files?\b|largest (?:\w+ )?file\b/)
    if countsBytes, expression.contains(/<< *(10|20|30)|1024/) {
      for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where number >= Double(1 << shift) {
        return StatedBound.grouped(number / Double(1 << shift)) + " " + unit
      }
    }
    return StatedBound.grouped(number)
  }

  /// The value of a literal, a shift, a product or a sum of two.
  private func evaluated(_ others: [StatedBound]) -> Double? {
    func term(_ text: Substring) -> Double? {
      let text = text.trimmingCharacters(in: .whitespaces)
      if let number = Double(text.replacing("_", with: "")) { return number }
      return others.first { $0.key == key.prefix { $0 != "." } + "." + text }?.evaluated(others)
    }
    if let match = expression.wholeMatch(of: /(\S+) << (\S+) - 1/) {
      return term(match.1).flatMap { left in term(match.2).map { left * pow(2, $0) - 1 } }
    }
    if let match = expression.wholeMatch(of: /(\S+) << (\S+)/) {
      return term(match.1).flatMap { left in term(match.2).map { left * pow(2, $0) } }
    }
    if expression.contains("+") { return nil }
    return expression.split(separator: "*").reduce(1) { result, part in result.flatMap { left in term(part).map { left * $0 } } }
  }

  /// With commas between the thousands.
  private static func grouped(_ number: Double) -> String {
    guard number == number.rounded() else { return "\(number)" }
    var text = String(Int(number))
    for place in stride(from: text.count - 3, to: 0, by: -3) { text.insert(",", at: text.index(text.startIndex, offsetBy: place)) }
    return text
  }
}
