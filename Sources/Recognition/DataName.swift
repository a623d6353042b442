/// What the name of a file, or of an archive's entry, says that it holds. One rule for folders and archives.
public enum DataName: Hashable, Sendable {
  /// The endings of data.
  public enum Ending: String, Hashable, Sendable, CaseIterable {
    /// JSON Lines: `.jsonl`, `.ndjson`.
    case lines
    case xml, pdf, zip
  }

  /// Data, by an ending in any case; `.gz` behind it means that it is packed once more.
  case data(Ending, isGzip: Bool)
  /// What a system keeps for itself: `.DS_Store`, `Thumbs.db`, `._…`, all below `__MACOSX`.
  case system
  /// Any other name.
  case other

  private static let endings: [(text: String, ending: Ending)] = [
    (".jsonl", .lines), (".ndjson", .lines), (".xml", .xml), (".pdf", .pdf), (".zip", .zip),
  ]

  /// Reads a path's last step; of the steps before it only whether one is `__MACOSX`.
  ///
  /// - Parameter path: Bytes with `/` between steps; they need not be UTF-8.
  public init(of path: some Collection<UInt8>) {
    let steps = path.split(separator: UInt8(ascii: "/"))
    guard let last = steps.last else {
      self = .other
      return
    }
    let name = last.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    if name.elementsEqual(".ds_store".utf8) || name.elementsEqual("thumbs.db".utf8) || name.starts(with: "._".utf8)
      || steps.contains(where: { $0.elementsEqual("__MACOSX".utf8) })
    {
      self = .system
      return
    }
    let isGzip = DataName.ends(name, in: ".gz")
    let stem = isGzip ? name.dropLast(3) : name[...]
    self = DataName.endings.first { DataName.ends(stem, in: $0.text) }.map { .data($0.ending, isGzip: isGzip) } ?? .other
  }

  private static func ends(_ name: some BidirectionalCollection<UInt8>, in suffix: String) -> Bool {
    name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
