public import Diagnostics

/// A piece of a source file after character references, escapes and the like have been put in: its bytes, and where each came from.
public struct SourceText: Sendable {
  /// A stretch that was copied, or one that stands for something written otherwise.
  struct Run: Sendable {
    /// Where the run begins in ``SourceText/bytes``.
    var start: Int
    /// What it was made from.
    var source: Range<Int>
    /// Whether the bytes are those of the source, one for one.
    var isVerbatim: Bool
  }

  /// The file it comes from.
  public let file: SourceFile
  /// The text itself, UTF-8.
  public private(set) var bytes: [UInt8]
  private(set) var runs: [Run]

  /// A range of a file, taken as it is written.
  public init(file: SourceFile, range: Range<Int>) {
    self.file = file
    bytes = Array(file.bytes[range])
    runs = [Run(start: 0, source: range, isVerbatim: true)]
  }

  /// A text that a reader has made from `range` of a file: verbatim where the bytes are the same, else every part of it is shown as the
  /// whole range.
  public init(file: SourceFile, range: Range<Int>, text: String) {
    self.file = file
    bytes = Array(text.utf8)
    runs = [Run(start: 0, source: range, isVerbatim: bytes.elementsEqual(file.bytes[range]))]
  }

  /// An empty text at `offset`, to be appended to.
  init(file: SourceFile, at offset: Int) {
    self.file = file
    bytes = []
    runs = [Run(start: 0, source: offset..<offset, isVerbatim: true)]
  }

  /// Adds a stretch of the file as it is.
  mutating func append(verbatim range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = runs.last, last.isVerbatim, last.source.upperBound == range.lowerBound {
      runs[runs.count - 1].source = last.source.lowerBound..<range.upperBound
    } else {
      runs.append(Run(start: bytes.count, source: range, isVerbatim: true))
    }
    bytes.append(contentsOf: file.bytes[range])
  }

  /// Adds what `range` of the file stands for.
  mutating func append(_ text: some Sequence<UInt8>, for range: Range<Int>) {
    runs.append(Run(start: bytes.count, source: range, isVerbatim: false))
    bytes.append(contentsOf: text)
  }

  /// Adds a part of another text of the file, which keeps its places.
  mutating func append(_ other: SourceText) {
    for run in other.runs { runs.append(Run(start: bytes.count + run.start, source: run.source, isVerbatim: run.isVerbatim)) }
    bytes += other.bytes
  }

  /// The place in the file of a range of ``bytes``.
  func range(_ range: Range<Int>) -> SourceRange {
    let start = source(of: range.lowerBound, isEnd: false)
    let end = range.isEmpty ? start : source(of: range.upperBound - 1, isEnd: true)
    return SourceRange(file: file, bytes: start..<max(start, end))
  }

  /// The place in the file of the whole text.
  var range: SourceRange {
    let end = runs.last?.source.upperBound ?? 0
    return SourceRange(file: file, bytes: min(runs.first?.source.lowerBound ?? 0, end)..<end)
  }

  private func source(of offset: Int, isEnd: Bool) -> Int {
    var (low, high) = (0, runs.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if runs[middle].start <= offset { low = middle } else { high = middle - 1 }
    }
    let run = runs[low]
    if run.isVerbatim { return min(run.source.upperBound, run.source.lowerBound + offset - run.start + (isEnd ? 1 : 0)) }
    return isEnd ? run.source.upperBound : run.source.lowerBound
  }

  /// The text as a string; faulty UTF-8 becomes U+FFFD.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// A part of the text, keeping its places.
  func slice(_ range: Range<Int>) -> SourceText {
    var result = SourceText(file: file, at: self.range(range.lowerBound..<range.lowerBound).bytes.lowerBound)
    result.runs.removeAll()
    for (index, run) in runs.enumerated() {
      let end = index + 1 < runs.count ? runs[index + 1].start : bytes.count
      let part = max(run.start, range.lowerBound)..<max(max(run.start, range.lowerBound), min(end, range.upperBound))
      guard !part.isEmpty else { continue }
      let source =
        run.isVerbatim
        ? run.source.lowerBound + part.lowerBound - run.start..<run.source.lowerBound + part.upperBound - run.start : run.source
      result.runs.append(Run(start: part.lowerBound - range.lowerBound, source: source, isVerbatim: run.isVerbatim))
    }
    if result.runs.isEmpty {
      let place = self.range(range.lowerBound..<range.lowerBound).bytes.lowerBound
      result.runs = [Run(start: 0, source: place..<place, isVerbatim: true)]
    }
    result.bytes = Array(bytes[range])
    return result
  }
}
