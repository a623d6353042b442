internal import CHarfBuzz
internal import Layout

/// Shapes text word by word where that cannot be told from shaping it whole, so that the words of "Energy charge, off-peak hours 197" are
/// shaped once in a cycle and not once for each number.
///
/// A text is parted behind its spaces. A part is kept together with what HarfBuzz tells of its two ends when it stands among others: whether any
/// lookup of the face looked across them. What a lookup looks at is decided by the glyphs it starts from, so that parts whose ends nothing looks across
/// come out the same whatever stands beside them. Where one is looked across, as before the `x` of a face that makes a multiplication sign
/// of it between figures, the text is shaped whole.
///
/// Used by one task only.
final class WordShaper {
  /// Words kept with the spaces behind them, from bill to bill.
  ///
  /// - Stops: data without repetition, all of it kept.
  static let keptWords = 2_000
  /// The most memory they take, in bytes, about.
  ///
  /// - Stops: the same by its size.
  static let keptWordCost = 1 << 20
  /// The bytes of the longest text put together from words: longer ones are prose, which seldom returns with another number in it.
  ///
  /// - Stops: prose from data, each word of it kept.
  private static let longest = 200

  private let shaper: Shaper
  private let key = KeyBytes()
  private var words: KeyedCache<KeptWord>
  /// A word is worth an entry when it returns.
  private var met = MetKeys(count: 4_096)
  private var tables: [TableKey: FigureTable] = [:]
  private var glyphs: [ShapedText.Glyph] = []
  private var surrounded: [UInt8] = []

  /// Tables of figures kept: a layout has a handful of faces and settings.
  ///
  /// - Stops: ever new settings, each with a table.
  static let keptTables = 256

  private struct TableKey: Hashable {
    var shaping: UInt32
    var face: Int
    var script: UInt32
    var language: UInt16
  }

  init(shaper: Shaper) {
    self.shaper = shaper
    words = KeyedCache(entries: WordShaper.keptWords, cost: WordShaper.keptWordCost, keepsAtOnce: true)
  }

  /// Drops everything kept.
  func removeAll() {
    words.removeAll()
    tables.removeAll()
  }

  /// The shape of `text` by itself: what ``Shaper/shape(_:_:)`` gives.
  func shape(_ text: UnsafeBufferPointer<UInt8>, _ setting: Shaper.Setting) -> ShapedText {
    guard text.count <= WordShaper.longest, WordShaper.canPart(setting) else { return shaper.shape(text, setting) }
    let key = TableKey(
      shaping: setting.style.shapingIndex, face: setting.face.id.index, script: setting.script.rawValue, language: setting.language.index)
    if tables.count >= WordShaper.keptTables { tables.removeAll() }
    glyphs.removeAll(keepingCapacity: true)
    guard join(text, setting, &tables[key, default: FigureTable(setting, shaper)]) else { return shaper.shape(text, setting) }
    // A list of just that size: the one that is filled over and over has room for the longest text.
    let found = [ShapedText.Glyph](unsafeUninitializedCapacity: glyphs.count) { target, filled in
      _ = target.initialize(from: glyphs)
      filled = glyphs.count
    }
    return ShapedText(glyphs: found, isRightToLeft: false, byteCount: text.count)
  }

  /// Whether words can be shaped by themselves at all: scripts whose letters do not join, left to right.
  private static func canPart(_ setting: Shaper.Setting) -> Bool {
    guard !setting.isRightToLeft, setting.face.covers(ascii: 0x20) else { return false }
    switch setting.script {
    case HB_SCRIPT_LATIN, HB_SCRIPT_CYRILLIC, HB_SCRIPT_GREEK: return true
    default: return false
    }
  }

  /// Puts the glyphs of all parts together; false where the text has to be shaped whole.
  private func join(_ text: UnsafeBufferPointer<UInt8>, _ setting: Shaper.Setting, _ figures: inout FigureTable) -> Bool {
    var (start, new) = (0, 0)
    var isOpen = true
    while start < text.count {
      let end = WordShaper.end(of: start, in: text)
      guard start == 0 || (isOpen && WordShaper.mayBegin(text, at: start)) else { return false }
      let part = UnsafeBufferPointer(rebasing: text[start..<end])
      let known = glyphs.count
      if figures.append(part, at: start, isBehindSpace: start > 0, to: &glyphs, shaper) {
        start = end
        continue
      }
      glyphs.removeSubrange(known...)
      if start == 0, end == text.count { return false }
      writeKey(part, setting)
      // What is new throughout, such as a name, is sooner shaped whole.
      if !met.meet(key) {
        new += 1
        if new > 1 { return false }
      }
      let word = words.entry(for: key, isData: true) { self.make(part, setting, $0) }
      guard start == 0 || word.isFreeBefore else { return false }
      isOpen = word.isFreeBehind
      for glyph in word.glyphs {
        var glyph = glyph
        glyph.cluster += UInt32(start)
        glyphs.append(glyph)
      }
      start = end
    }
    return true
  }

  /// The end of the part that begins at `start`: behind the spaces behind its word.
  private static func end(of start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var end = start
    while end < text.count, text[end] != 0x20 { end += 1 }
    while end < text.count, text[end] == 0x20 { end += 1 }
    return end
  }

  /// Whether a part may begin there: no mark or joiner that goes with the character before it.
  private static func mayBegin(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    if text[start] < 0x7F { return true }
    let (scalar, _) = SpanScan.decode(text, at: start)
    return (0xC0...0x24F).contains(scalar) || (0x388...0x3CE).contains(scalar) || (0x400...0x481).contains(scalar)
      || (0x2010...0x2026).contains(scalar) || (0x20A0...0x20C0).contains(scalar) || scalar == 0x2212
  }

  private func writeKey(_ word: UnsafeBufferPointer<UInt8>, _ setting: Shaper.Setting) {
    key.clear()
    key.append(setting)
    key.append(UnsafeRawBufferPointer(word))
    key.finish()
  }

  /// Shapes one part among others, which are there to be looked at.
  private func make(_ word: UnsafeBufferPointer<UInt8>, _ setting: Shaper.Setting, _ key: KeyBytes?) -> KeptWord {
    let neighbour = WordShaper.neighbour
    let isFollowed = word.last == 0x20
    surrounded.removeAll(keepingCapacity: true)
    surrounded += [neighbour, 0x20]
    surrounded.append(contentsOf: word)
    if isFollowed { surrounded.append(neighbour) }
    let (first, behind) = (UInt32(2), UInt32(2 + word.count))
    var own: [ShapedText.Glyph] = []
    own.reserveCapacity(word.count)
    // A cluster that holds characters of both sides begins elsewhere, and neither place is met.
    var (isFreeBefore, isFreeBehind) = (false, !isFollowed)
    surrounded.withUnsafeBufferPointer { text in
      shaper.shapeTellingJoins(text, setting, features: setting.style.features) { glyph, isJoined in
        if glyph.cluster == first { isFreeBefore = !isJoined }
        if glyph.cluster == behind { isFreeBehind = !isJoined }
        guard glyph.cluster >= first, glyph.cluster < behind else { return }
        var glyph = glyph
        glyph.cluster -= first
        own.append(glyph)
      }
    }
    return KeptWord(key: key, glyphs: own, isFreeBefore: isFreeBefore, isFreeBehind: isFreeBehind)
  }

  /// Stands beside a word while that is shaped: a letter that is nothing special in any face.
  private static let neighbour = UInt8(ascii: "n")
}

/// A word and the spaces behind it, shaped.
private final class KeptWord: CacheEntry {
  let glyphs: [ShapedText.Glyph]
  /// Whether what stands before it has no say in it, nor it in that.
  let isFreeBefore: Bool
  /// The same of what stands behind it.
  let isFreeBehind: Bool

  override var cost: Int { super.cost + glyphs.count * MemoryLayout<ShapedText.Glyph>.stride + 64 }

  init(key: KeyBytes?, glyphs: [ShapedText.Glyph], isFreeBefore: Bool, isFreeBehind: Bool) {
    (self.glyphs, self.isFreeBefore, self.isFreeBehind) = (glyphs, isFreeBefore, isFreeBehind)
    super.init(key: key)
  }
}
