/// What stands before the root element: declaration, comments, processing instructions, document type declaration (XML 1.0, 2.8).
enum XMLProlog {
  /// A document type declaration.
  struct Doctype {
    /// The offset behind its `>`.
    var end: Int
    /// Whether it has an internal subset that declares anything. What an external one declares is never fetched.
    var hasDeclarations: Bool
  }

  /// The declaration that begins at `start` with `<!DOCTYPE`; `nil` where it is never closed.
  static func doctype(in bytes: [UInt8], at start: Int) -> Doctype? {
    var index = start + 9
    var hasDeclarations = false
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: ">"): return Doctype(end: index + 1, hasDeclarations: hasDeclarations)
      case 0x22, 0x27:
        guard let end = bytes[(index + 1)...].firstIndex(of: bytes[index]) else { return nil }
        index = end + 1
      case UInt8(ascii: "["):
        guard let end = subset(bytes, index + 1, &hasDeclarations) else { return nil }
        index = end
      default: index += 1
      }
    }
    return nil
  }

  /// The offset behind the `]` of an internal subset.
  private static func subset(_ bytes: [UInt8], _ start: Int, _ hasDeclarations: inout Bool) -> Int? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "]"): return index + 1
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "<") where starts(bytes, index, "<!--"):
        guard let end = find("-->", in: bytes, from: index + 4) else { return nil }
        index = end
      default:
        hasDeclarations = true
        if bytes[index] == 0x22 || bytes[index] == 0x27 {
          guard let end = bytes[(index + 1)...].firstIndex(of: bytes[index]) else { return nil }
          index = end + 1
        } else {
          index += 1
        }
      }
    }
    return nil
  }

  /// The offset of the root element's `<`, behind all that may stand before it; `nil` where there is none.
  ///
  /// - Complexity: O(offset), whatever the length of comments.
  static func rootOffset(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] <= 0x20 {
        index += 1
        continue
      }
      guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else { return nil }
      let end: Int?
      if bytes[index + 1] == UInt8(ascii: "?") {
        end = find("?>", in: bytes, from: index + 2)
      } else if starts(bytes, index, "<!--") {
        end = find("-->", in: bytes, from: index + 4)
      } else if bytes[index + 1] == UInt8(ascii: "!") {
        // Web pages write 'doctype' as they like.
        guard bytes[index...].dropFirst(2).prefix(7).map({ $0 & ~0x20 }).elementsEqual("DOCTYPE".utf8) else { return nil }
        end = doctype(in: bytes, at: index)?.end
      } else {
        return index
      }
      guard let end else { return nil }
      index = end
    }
    return nil
  }

  static func starts(_ bytes: [UInt8], _ offset: Int, _ text: StaticString) -> Bool {
    guard bytes.count - offset >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[offset + index] != text.utf8Start[index] { return false }
    return true
  }

  /// The offset behind the next `text`.
  private static func find(_ text: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + text.utf8CodeUnitCount <= bytes.count {
      if bytes[index] == text.utf8Start[0], starts(bytes, index, text) { return index + text.utf8CodeUnitCount }
      index += 1
    }
    return nil
  }
}
