internal import Billing
internal import Dates
package import Diagnostics
package import JSON
package import LayoutLanguage
internal import Money

/// Turns what a record holds under `extra` into the values of the layout's declared fields.
package enum ExtraBinding {
  /// The declared fields in the order of `type`; undeclared members are passed over.
  ///
  /// - Throws: `missing-field` or `wrong-type` with the path below `$.extra`.
  package static func record(_ json: JSONValue, as type: RecordType, path: String = "$.extra") throws(RecordFault) -> ValueRecord {
    var values: [Value] = []
    values.reserveCapacity(type.fields.count)
    for field in type.fields {
      values.append(try value(json[field.name], as: field.type, path: "\(path).\(field.name)", isOneLine: field.isIdentifier))
    }
    return ValueRecord(values)
  }

  /// The ways to members that hold something and are not declared, those of a list's elements once: what no layout of that type can show.
  package static func undeclared(_ json: JSONValue, as type: ValueType, path: String) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    func walk(_ json: JSONValue, _ type: ValueType, _ path: String) {
      switch (type.unwrapped, json) {
      case (.record(let record), .object(let members)):
        for member in members {
          let way = "\(path).\(member.name)"
          if let field = record.fields.first(where: { $0.name == member.name }) {
            walk(member.value, field.type, way)
          } else if member.value != .null, member.value != .list([]), member.value != .object([]), seen.insert(way).inserted {
            found.append(way)
          }
        }
      case (.list(let element), .list(let elements)): for json in elements { walk(json, element, path + "[]") }
      default: break
      }
    }
    walk(json, type, path)
    return found
  }

  /// - Parameter isOneLine: Whether texts in it are identifiers, which have no lines.
  private static func value(
    _ json: JSONValue?, as type: ValueType, path: String, isOneLine: Bool
  ) throws(RecordFault) -> Value {
    guard let json, json != .null else {
      if type.isOptional { return .absent }
      throw RecordFault(.missingField, "the field is missing; the layout declares it as \(type.phrase)", path: path)
    }
    switch (type.unwrapped, json) {
    case (.text, .text(let text)): return .text(isOneLine ? TextCheck.onOneLine(text) : text)
    case (.flag, .flag(let flag)): return .flag(flag)
    case (.number, .text(let digits)), (.number, .number(let digits)): return .number(try amount(digits, path))
    case (.amount, .text(let digits)), (.amount, .number(let digits)): return .amount(try amount(digits, path))
    case (.date, .text(let text)):
      guard let date = PlainDate(text) else {
        throw RecordFault(.badDate, "'\(text.prefix(40))' is no date; expected one like 2026-11-23", path: path)
      }
      return .date(date)
    case (.list(let element), .list(let elements)):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for (index, json) in elements.enumerated() {
        values.append(try value(json, as: element, path: "\(path)[\(index)]", isOneLine: isOneLine))
      }
      return .list(ValueArray(values))
    case (.record(let record), .object): return .record(try self.record(json, as: record, path: path))
    default: throw RecordFault(.wrongType, "found \(json.noun); the layout declares \(type.unwrapped.phrase)", path: path)
    }
  }

  private static func amount(_ digits: String, _ path: String) throws(RecordFault) -> Amount {
    do throws(AmountError) { return try Amount(digits) } catch {
      throw RecordFault(.badNumber, "'\(digits.prefix(40))' is no decimal number; expected digits like -12.50", path: path)
    }
  }
}

extension JSONValue {
  /// What it is, for messages.
  fileprivate var noun: String {
    switch self {
    case .null: "null"
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
