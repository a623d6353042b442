internal import Diagnostics
internal import JSON

/// What is wrong with one line of a result file.
struct EntryFault: Error, Equatable {
  var reason: VerifyFinding.Reason
  var message: String
  var path: String

  init(_ reason: VerifyFinding.Reason, _ message: String, path: String = "$") {
    (self.reason, self.message, self.path) = (reason, message, path)
  }
}

/// Reads the members of one JSON object and says which is missing or of another type than expected.
struct EntryReader {
  /// Bytes of a text at most: names of files in archives are long, all others are short.
  ///
  /// - Stops: a manifest with texts of megabytes.
  private static let longest = 1 << 16
  /// The largest number: sums over all lines must not overflow.
  ///
  /// - Stops: a manifest whose figures overflow the sums.
  static let largest = 1 << 40 - 1

  private let members: [String: JSONValue]
  private let path: String

  /// Reads a line that holds one object.
  init(line: [UInt8]) throws(EntryFault) {
    let value: JSONValue
    do throws(RecordFault) { value = try JSONValue(parsing: line) } catch {
      throw EntryFault(.lineMalformed, "is no JSON: \(error.message)")
    }
    try self.init(value, path: "$")
  }

  private init(_ value: JSONValue, path: String) throws(EntryFault) {
    guard let list = value.members else { throw EntryFault(.lineMalformed, "expected an object", path: path) }
    var members: [String: JSONValue] = [:]
    for member in list where members.updateValue(member.value, forKey: member.name) != nil {
      throw EntryFault(.lineMalformed, "the key '\(member.name.prefix(40))' stands twice", path: path)
    }
    (self.members, self.path) = (members, path)
  }

  /// Whether there is such a member.
  func has(_ name: String) -> Bool { members[name] != nil }

  func value(_ name: String) throws(EntryFault) -> JSONValue {
    guard let value = members[name] else { throw EntryFault(.lineMalformed, "'\(name)' is missing", path: path) }
    return value
  }

  /// A text that is not empty.
  func text(_ name: String) throws(EntryFault) -> String {
    guard let text = try value(name).text, !text.isEmpty else { throw expected("a text", name) }
    guard text.utf8.count <= EntryReader.longest else { throw expected("a text of at most \(EntryReader.longest) bytes", name) }
    return text
  }

  /// A whole number.
  func integer(_ name: String, from least: Int, to most: Int = EntryReader.largest) throws(EntryFault) -> Int {
    guard let number = try value(name).integer, number >= least, number <= most else {
      throw expected("a whole number from \(least) to \(most)", name)
    }
    return number
  }

  /// A number with decimals, which is not negative.
  func measure(_ name: String) throws(EntryFault) -> Double {
    guard let number = try value(name).digits.flatMap({ Double($0) }), number.isFinite, number >= 0 else {
      throw expected("a number", name)
    }
    return number
  }

  /// SHA-256 as 64 lower-case hexadecimal digits.
  func digest(_ name: String) throws(EntryFault) -> String {
    let text = try text(name)
    guard EntryReader.isDigest(text) else { throw expected("64 lower-case hexadecimal digits", name) }
    return text
  }

  static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f"))
      }
  }

  /// A word out of a fixed list.
  func word<Word: RawRepresentable & CaseIterable>(_ name: String, _ type: Word.Type) throws(EntryFault) -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: try text(name)) else {
      throw expected("one of \(Word.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))", name)
    }
    return word
  }

  /// A list of texts.
  func texts(_ name: String) throws(EntryFault) -> [String] {
    guard let list = try value(name).list else { throw expected("a list", name) }
    let texts = list.compactMap(\.text)
    guard texts.count == list.count else { throw expected("a list of texts", name) }
    return texts
  }

  /// A list of objects.
  func objects(_ name: String) throws(EntryFault) -> [EntryReader] {
    guard let list = try value(name).list else { throw expected("a list", name) }
    var readers: [EntryReader] = []
    for (index, value) in list.enumerated() { readers.append(try EntryReader(value, path: "\(path).\(name)[\(index)]")) }
    return readers
  }

  /// An object.
  func object(_ name: String) throws(EntryFault) -> EntryReader { try EntryReader(try value(name), path: "\(path).\(name)") }

  /// An object, or `nil` for null.
  func optionalObject(_ name: String) throws(EntryFault) -> EntryReader? { try value(name) == .null ? nil : try object(name) }

  /// A member that is a text or null.
  func optionalText(_ name: String) throws(EntryFault) -> String? { try value(name) == .null ? nil : try text(name) }

  /// A fault of a member's value.
  func expected(_ what: String, _ name: String) -> EntryFault {
    EntryFault(.lineMalformed, "expected \(what)", path: "\(path).\(name)")
  }
}
