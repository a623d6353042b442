internal import Contract

/// What goes over the pipe between a parent and its worker: `BF`, the protocol's version, the kind, the length as four bytes, then fields.
///
/// Both ends are the same program, so that a version never has to be negotiated; it is checked so that a mix-up is seen at once.
package enum Frame {
  /// What a frame carries.
  package enum Kind: UInt8, Sendable {
    /// Parent to worker, once, first: ``WorkerOrders``, to a reader `ReaderOrders`.
    case orders = 1
    /// Parent to worker: a ticket and a `RecordInput`.
    case record = 2
    /// Worker to parent, once, first: the renderer is made, the reader ready.
    case ready = 3
    /// Worker to parent, instead of `ready`: `WorkerStartFailure`.
    case failed = 4
    /// Worker to parent: a ticket and what became of its record, an `Outcome`.
    case outcome = 5
    /// Preview to worker: read the inputs of these `JobOptions`.
    case load = 6
    /// Preview to worker: a `PreviewRequest`.
    case show = 7
    /// Worker to preview: read; a `PreviewLayout`.
    case loaded = 8
    /// Worker to preview: what is wrong with the inputs, a list of `PreviewFinding`.
    case refused = 9
    /// Worker to preview: a `PreviewReply`.
    case reply = 10
    /// Parent to reader: a `ReadingRequest`.
    case read = 20
    /// Reader to parent: a `ReadRecord`, and the record's bytes behind it.
    case recordRead = 21
    /// Reader to parent: a `ReadingStep` is about to be taken.
    case stepBegins = 22
    /// Reader to parent: the `ReadingStep` was left out, as it was asked to.
    case stepLeftOut = 23
    /// Reader to parent: the `ReadingStep` gave no record.
    case stepEmpty = 24
    /// Reader to parent: the end of the file, a `ReadingBookmark`.
    case fileRead = 25
    /// Reader to parent: why the file cannot be opened, a text.
    case fileRefused = 26
    /// Parent to a trial of fonts: try the fonts of these `JobOptions`.
    case tryFonts = 31
    /// Trial to parent: the file of the font that is tried next, a text.
    case trying = 32
    /// Trial to parent, once, last: what is wrong with fonts, as a `WorkerStartFailure`.
    case tried = 33
  }

  static let mark: [UInt8] = Array("BF".utf8)
  static let version: UInt8 = 2
  static let headerLength = 8
  /// Bytes of one frame: far above any bill (a page takes about 10 kB, forty pages of SVG 20 MB), far below what would hurt the parent.
  ///
  /// - Stops: a worker that was taken over and states a frame of gigabytes.
  static let maximumLength = 512 << 20

  /// Reads a header.
  static func header(_ bytes: UnsafeRawBufferPointer) throws(FieldFailure) -> (kind: Kind, length: Int) {
    guard bytes.count >= headerLength else { throw .truncated }
    guard bytes[0] == mark[0], bytes[1] == mark[1], bytes[2] == version, let kind = Kind(rawValue: bytes[3]) else { throw .malformed }
    let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
    guard length <= maximumLength else { throw .malformed }
    return (kind, length)
  }
}
