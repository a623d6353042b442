/// A field the layout declares below `extra`, for which sample values are made.
public struct SampleField: Sendable, Hashable {
  /// The types a layout's `<field>` may have.
  public enum Kind: String, Sendable, CaseIterable {
    case text, number, amount, date, flag, list, record
  }

  /// `extra.meter`; `extra.readings[].kwh` for each record of a list, `extra.notes[]` for each text of one.
  public let path: String
  /// The declared type.
  public let kind: Kind
  /// Whether records may lack it.
  public let isOptional: Bool
  /// What the layout gives as an example.
  public let sample: String?

  /// Makes a field.
  public init(path: String, kind: Kind, isOptional: Bool, sample: String?) {
    (self.path, self.kind, self.isOptional, self.sample) = (path, kind, isOptional, sample)
  }
}

/// Declared fields as a tree, as they nest in `extra`.
struct SampleFieldTree: Sendable {
  var name: [UInt8] = []
  /// Set where a field is declared at this very place.
  var field: SampleField?
  var isList = false
  var children: [SampleFieldTree] = []

  /// Builds the tree; paths that do not begin with `extra.` are passed over.
  init(_ fields: [SampleField]) {
    for field in fields {
      let steps = field.path.split(separator: ".").map(String.init)
      guard steps.first == "extra", steps.count > 1, steps.count <= 40 else { continue }
      insert(field, steps.dropFirst())
    }
  }

  private init(name: [UInt8]) { self.name = name }

  private mutating func insert(_ field: SampleField, _ steps: ArraySlice<String>) {
    guard let step = steps.first else { return }
    let isList = step.hasSuffix("[]")
    let name = SamplePattern.escaped(isList ? String(step.dropLast(2)) : step)
    let index = children.firstIndex { $0.name == name } ?? children.count
    if index == children.count { children.append(SampleFieldTree(name: name)) }
    if isList { children[index].isList = true }
    if steps.count == 1 {
      if field.kind == .list || isList {
        children[index].isList = true
        // Keeps whether the list may be absent.
        if children[index].field == nil { children[index].field = field }
        if field.kind != .list, field.kind != .record { children[index].children.append(SampleFieldTree(element: field)) }
      } else {
        children[index].field = field
      }
    } else {
      children[index].insert(field, steps.dropFirst())
    }
  }

  /// The element of a list of plain values.
  private init(element field: SampleField) { self.field = field }
}
