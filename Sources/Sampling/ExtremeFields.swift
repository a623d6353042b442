internal import Billing
internal import Dates
internal import JSON
internal import Money

/// Makes values of the fields a layout declares below `extra`.
struct ExtremeFields {
  /// Where in their range numbers, amounts, dates and flags lie.
  enum End: Sendable {
    case ordinary, highest, lowest, zero
  }

  var texts: ExtremeTexts
  var end = End.ordinary
  /// Whether optional fields are there.
  var isFull = true
  /// The entries of a list; lists inside lists have fewer.
  var entries = 3
  var decimals: Int
  var issued: PlainDate

  /// How many values a record has before its lists stay empty: 40 entries with 40 fields in each of three lists.
  ///
  /// - Stops: lists in lists that multiply.
  private static let mostValues = 5_000
  /// Entries of a list inside a list, and of all deeper ones.
  private static let nestedEntries = [3, 2]

  /// The object at the top.
  func value(of tree: SampleFieldTree) -> JSONValue {
    var room = ExtremeFields.mostValues
    return record(tree, depth: 0, &room)
  }

  private func record(_ tree: SampleFieldTree, depth: Int, _ room: inout Int) -> JSONValue {
    var members: [JSONValue.Member] = []
    for (index, child) in tree.children.enumerated() {
      if !isFull, child.field?.isOptional ?? false { continue }
      room -= 1
      // Names in the tree are escaped for JSON; names of fields hold nothing to escape.
      let name = String(decoding: child.name, as: UTF8.self)
      members.append(JSONValue.Member(name, value(child, index, depth: depth, &room)))
    }
    return .object(members)
  }

  private func value(_ tree: SampleFieldTree, _ index: Int, depth: Int, _ room: inout Int) -> JSONValue {
    if tree.isList { return list(tree, depth: depth, &room) }
    guard tree.children.isEmpty, let field = tree.field, field.kind != .record else { return record(tree, depth: depth, &room) }
    return leaf(field, .field, index)
  }

  private func list(_ tree: SampleFieldTree, depth: Int, _ room: inout Int) -> JSONValue {
    let nested = ExtremeFields.nestedEntries
    let most = depth == 0 ? entries : min(entries, nested[min(depth, nested.count) - 1])
    var elements: [JSONValue] = []
    for index in 0..<most where room > 0 {
      room -= 1
      if tree.children.isEmpty {
        // The layout language takes a list of which nothing is declared for one of texts.
        elements.append(tree.field?.kind == .record ? .object([]) : .text(texts.text(.entry, index)))
      } else if tree.children.count == 1, tree.children[0].name.isEmpty, let field = tree.children[0].field {
        elements.append(leaf(field, .entry, index))
      } else {
        elements.append(record(tree, depth: depth + 1, &room))
      }
    }
    return .list(elements)
  }

  private func leaf(_ field: SampleField, _ role: ExtremeTexts.Role, _ index: Int) -> JSONValue {
    switch field.kind {
    case .flag:
      switch end {
      case .ordinary: .flag(field.sample == "yes" || field.sample == "true")
      case .highest: .flag(true)
      case .lowest, .zero: .flag(false)
      }
    case .date:
      switch end {
      case .ordinary: .text((field.sample.flatMap { PlainDate($0) } ?? issued).iso)
      case .highest: .text("9999-12-31")
      case .lowest: .text("1900-01-01")
      case .zero: .text(issued.iso)
      }
    // A million: layouts multiply such numbers, and sum up a list of what comes out, within the digits an amount has.
    case .number: number(field, highest: "999999.99", fallback: "12")
    case .amount:
      number(
        field, highest: ExtremeDraft.widest(decimals: decimals).description(decimals: decimals), fallback: decimals > 0 ? "12.50" : "12")
    case .text, .list, .record: .text(text(field, role, index))
    }
  }

  private func number(_ field: SampleField, highest: String, fallback: String) -> JSONValue {
    switch end {
    case .ordinary: .text(field.sample.flatMap { (try? Amount($0)) == nil ? nil : $0 } ?? fallback)
    case .highest: .text(highest)
    case .lowest: .text("-" + highest)
    case .zero: .text("0")
    }
  }

  private func text(_ field: SampleField, _ role: ExtremeTexts.Role, _ index: Int) -> String {
    guard let sample = field.sample, !sample.isEmpty else { return texts.text(role, index) }
    // A sample of digits only says that the field holds a code, perhaps one that becomes a barcode.
    let isCode = sample.utf8.allSatisfy { $0 &- 0x30 < 10 }
    return isCode || texts.mood == .ordinary ? sample : texts.text(role, index, usual: sample.unicodeScalars.count)
  }
}
