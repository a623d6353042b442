internal import Glibc

/// The lines of a libhyphen pattern file, found by the letters they match.
///
/// libhyphen makes an automaton of all patterns' beginnings, which takes it seconds where there are tens of thousands of them: German has 78,000.
/// Of that automaton a word only meets the states whose letters occur in it. A file of the patterns that make these states parts the word in
/// the same places and is read in no time.
struct HyphenationPatterns {
  private struct Line {
    /// Where its letters stand in `letters`.
    var letters: Int32
    var count: Int32
    /// Where it stands in the file.
    var start: Int32
    var length: Int32
  }

  /// One of the file's levels: compounds first, then syllables; a file without `NEXTLEVEL` has one.
  private struct Level {
    /// What holds for every word, such as `LEFTHYPHENMIN 2`, each with its line end.
    var directives: [UInt8] = []
    /// By their letters, those of equal letters in the order of the file.
    var lines: [Line] = []
  }

  private static let directives = ["LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN", "NOHYPHEN"]
    .map { Array($0.utf8) }
  private static let next = Array("NEXTLEVEL".utf8)
  private static let lineEnd = UInt8(ascii: "\n")
  /// Stands for the edge of a word.
  private static let edge = UInt8(ascii: ".")

  private let bytes: [UInt8]
  private var letters: [UInt8] = []
  private var levels = [Level()]

  /// Reads the lines of a file whose first line names the character set. Complexity: O(bytes + lines · log lines).
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    letters.reserveCapacity(bytes.count)
    bytes.withUnsafeBytes { file in
      var position = HyphenationPatterns.lineEnd(in: file, from: 0) + 1
      while position < file.count {
        let end = HyphenationPatterns.lineEnd(in: file, from: position)
        add(position..<end, of: file)
        position = end + 1
      }
    }
    letters.withUnsafeBytes { letters in
      guard let base = letters.baseAddress else { return }
      for level in levels.indices {
        levels[level].lines.sort { a, b in
          let order = memcmp(base + Int(a.letters), base + Int(b.letters), Int(min(a.count, b.count)))
          // Of two that begin alike the shorter stands first.
          return order != 0 ? order < 0 : a.count != b.count ? a.count < b.count : a.start < b.start
        }
      }
    }
  }

  /// Where the line that begins at `start` ends, its line end not counted.
  private static func lineEnd(in file: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard start < file.count, let base = file.baseAddress else { return file.count }
    return memchr(base + start, Int32(lineEnd), file.count - start).map { UnsafeRawPointer($0) - base } ?? file.count
  }

  private mutating func add(_ range: Range<Int>, of file: UnsafeRawBufferPointer) {
    let level = levels.count - 1
    guard let first = range.first.map({ file[$0] }), first != UInt8(ascii: "%") else { return }
    // Only what begins with a capital can be a word of the format's own.
    if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) {
      let line = bytes[range]
      if line.starts(with: HyphenationPatterns.next), level == 0 {
        levels.append(Level())
        return
      }
      if HyphenationPatterns.directives.contains(where: { line.starts(with: $0) }) {
        levels[level].directives += line + [HyphenationPatterns.lineEnd]
        return
      }
    }
    let start = letters.count
    // Digits are values. What stands behind a slash says how to respell, and behind a space nothing.
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = file[position]
      if byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "/") { break }
      if byte < UInt8(ascii: "0") || byte > UInt8(ascii: "9") { letters.append(byte) }
      position += 1
    }
    guard letters.count > start else { return }
    levels[level].lines.append(
      Line(letters: Int32(start), count: Int32(letters.count - start), start: Int32(range.lowerBound), length: Int32(range.count)))
  }

  /// A pattern file that parts `word` in the places in which the whole file does.
  ///
  /// Complexity: O(letters² · log lines).
  func file(for word: [UInt8]) -> [UInt8] {
    var file = Array("UTF-8\n".utf8)
    for (place, level) in levels.enumerated() {
      if place > 0 { file += HyphenationPatterns.next + [HyphenationPatterns.lineEnd] }
      file += level.directives
      var found: [Int] = []
      // A part of a compound has edges inside the word, so that any letter may stand behind one and before one.
      for start in word.indices where word[start] & 0xC0 != 0x80 {
        follow(word[start...], from: nil, in: level.lines, &found)
        follow(word[start...], from: HyphenationPatterns.edge, in: level.lines, &found)
      }
      found.sort { level.lines[$0].start < level.lines[$1].start }
      var last = -1
      for index in found where index != last {
        last = index
        let line = level.lines[index]
        file += bytes[Int(line.start)..<Int(line.start + line.length)]
        file.append(HyphenationPatterns.lineEnd)
      }
    }
    return file
  }

  /// Adds the patterns that match at the beginning of `text`, and of those that match only in part the one that does so farthest.
  private func follow(_ text: ArraySlice<UInt8>, from edge: UInt8?, in lines: [Line], _ found: inout [Int]) {
    var range = 0..<lines.count
    var depth = 0
    if let edge {
      range = narrowed(range, lines, at: depth, to: edge)
      depth += 1
    }
    for byte in text {
      guard !range.isEmpty else { return }
      let next = narrowed(range, lines, at: depth, to: byte)
      // The edge of a part may come here.
      take(narrowed(range, lines, at: depth, to: HyphenationPatterns.edge), lines, depth: depth + 1, &found)
      if next.isEmpty, let first = range.first { found.append(first) }
      range = next
      depth += 1
      take(range, lines, depth: depth, &found)
    }
    take(narrowed(range, lines, at: depth, to: HyphenationPatterns.edge), lines, depth: depth + 1, &found)
    if let first = range.first { found.append(first) }
  }

  /// Adds the lines of a range that end at that depth: they stand first.
  private func take(_ range: Range<Int>, _ lines: [Line], depth: Int, _ found: inout [Int]) {
    for index in range {
      guard lines[index].count == depth else { return }
      found.append(index)
    }
  }

  /// The lines of a range, all alike up to `depth`, that go on with `byte` there.
  private func narrowed(_ range: Range<Int>, _ lines: [Line], at depth: Int, to byte: UInt8) -> Range<Int> {
    func first(from low: Int, where isBehind: (UInt8) -> Bool) -> Int {
      var (low, high) = (low, range.upperBound)
      while low < high {
        let middle = (low + high) / 2
        let line = lines[middle]
        // One that ends here stands before all that go on.
        if Int(line.count) > depth, isBehind(letters[Int(line.letters) + depth]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let start = first(from: range.lowerBound) { $0 >= byte }
    return start..<first(from: start) { $0 > byte }
  }
}
