/// What texts from outside may hold; all functions take valid UTF-8.
package enum TextCheck {
  /// How many Unicode scalar values the bytes make.
  package static func characters(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  /// Whether a character must not reach a page.
  private enum Verdict { case keep, drop, space }

  private static func verdict(_ scalar: Unicode.Scalar) -> Verdict {
    switch scalar.value {
    // White space among the controls keeps words apart; so do the line and paragraph separators.
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: .space
    // C0, DEL, C1 · bidi embeddings, overrides (U+202A–202E) and isolates (U+2066–2069): unbalanced, they would turn what stands behind.
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: .drop
    default: .keep
    }
  }

  /// Whether nothing of the text can be seen: white space, and what has no width by nature (Unicode's White_Space, Default_Ignorable_Code_Point and
  /// the categories Cc and Cf), such as zero-width spaces and joiners, soft hyphens, fillers, variation selectors and direction marks.
  package static func isBlank(_ text: String) -> Bool {
    // The usual case.
    if let first = text.utf8.first, first > 0x20, first < 0x7F { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      let properties = scalar.properties
      // U+2800, the Braille pattern without a dot, is a symbol by its category.
      if properties.isWhitespace || properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800 { return true }
      return switch properties.generalCategory {
      case .control, .format: true
      default: false
      }
    }
  }

  /// Whether U+FFFD stands in the text, the mark of a character that was lost on the way.
  package static func holdsReplacement(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while let place = bytes[index...].firstIndex(of: 0xEF) {
      if place + 2 < bytes.count, bytes[place + 1] == 0xBF, bytes[place + 2] == 0xBD { return true }
      index = place + 1
    }
    return false
  }

  /// Whether there are control characters, line separators or bidi overrides.
  ///
  /// - Parameter keepingLines: Whether LF is none of them.
  package static func isUnclean(_ bytes: [UInt8], keepingLines: Bool = false) -> Bool {
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x0A where keepingLines: break
      case 0..<0x20, 0x7F: return true
      case 0xC2: if bytes[index + 1] < 0xA0 { return true }
      case 0xE2:
        let (second, third) = (bytes[index + 1], bytes[index + 2])
        if second == 0x80, third >= 0xA8, third <= 0xAE { return true }
        if second == 0x81, third >= 0xA6, third <= 0xA9 { return true }
      default: break
      }
    }
    return false
  }

  /// The text without them; controls that are white space become a space.
  ///
  /// - Parameter keepingLines: Whether LF stays.
  package static func cleaned(_ bytes: [UInt8], keepingLines: Bool = false) -> [UInt8] {
    var result = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if keepingLines, scalar == "\n" {
        result.append(scalar)
        continue
      }
      switch verdict(scalar) {
      case .keep: result.append(scalar)
      case .space: result.append(" ")
      case .drop: break
      }
    }
    return Array(String(result).utf8)
  }

  /// Whether the text holds a line end of any kind or a tab: what ``lines(_:)`` gives a form.
  package static func hasLayout(_ bytes: [UInt8]) -> Bool {
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x09...0x0D: return true
      case 0xC2: if bytes[index + 1] == 0x85 { return true }
      case 0xE2: if bytes[index + 1] == 0x80, bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9 { return true }
      default: break
      }
    }
    return false
  }

  /// The text with LF as its only line end, whichever it had of those of Unicode (UAX #14, classes BK, CR, LF and NL: LF, CR, CR LF, VT, FF,
  /// NEL, LS, PS); tabs are spaces, and other controls stay. Blank lines at the ends are left out, several in a row are one, and no line ends in a
  /// space.
  package static func lines(_ bytes: [UInt8]) -> [UInt8] {
    var lines: [String.UnicodeScalarView] = [String.UnicodeScalarView()]
    var follows = false  // A CR, whose LF ends no second line.
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0A where follows: break
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029: lines.append(String.UnicodeScalarView())
      case 0x09: lines[lines.count - 1].append(" ")
      default: lines[lines.count - 1].append(scalar)
      }
      follows = scalar.value == 0x0D
    }
    if lines.count > 1 {
      for index in lines.indices { while lines[index].last == " " { lines[index].removeLast() } }
    }
    return Array(joined(lines.map { String($0) }).utf8)
  }

  /// Lines as one text, LF between them: those that are blank are left out at the ends, several in a row are one.
  package static func joined(_ lines: [String]) -> String {
    var result = ""
    var hasGap = false
    var isFirst = true
    for line in lines {
      if line.isEmpty, lines.count > 1 {
        hasGap = !isFirst
        continue
      }
      if !isFirst { result += hasGap ? "\n\n" : "\n" }
      result += line
      (isFirst, hasGap) = (false, false)
    }
    return result
  }

  /// The text on one line: a space for each line end.
  package static func onOneLine(_ text: String) -> String {
    guard text.utf8.contains(0x0A) else { return text }
    return text.split(separator: "\n").joined(separator: " ")
  }

  /// The most combining marks (general category M, joiners, tag characters) in a row.
  package static func longestMarkRun(_ bytes: [UInt8]) -> Int {
    // No mark lies below U+0300, whose lead byte is 0xCC.
    guard bytes.count > JSONLimits.marks, bytes.contains(where: { $0 >= 0xCC }) else { return 0 }
    var (run, longest) = (0, 0)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      run = extendsCluster(scalar) ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  private static func extendsCluster(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch scalar.value {
    case 0x200C, 0x200D, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: return true
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
