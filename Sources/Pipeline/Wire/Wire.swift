/// The protocol between the parent and its workers, over two pipes.
///
/// Each message is a header (`BF`, the protocol's version, the kind, the length as four bytes) and its fields. Both ends are the same program,
/// so that a version never has to be negotiated; it is checked so that a mix-up is seen at once.
enum Wire {
  /// What a message is.
  enum Kind: UInt8 {
    /// Parent to worker, once, first: ``WorkerOrders``.
    case orders = 1
    /// Parent to worker: ``RecordInput`` with its ticket.
    case record = 2
    /// Worker to parent, once, first: the renderer is made.
    case ready = 3
    /// Worker to parent, instead of `ready`: ``WorkerStartFailure``.
    case failed = 4
    /// Worker to parent: a piece for a ticket.
    case piece = 5
    /// Worker to parent: a reject for a ticket.
    case reject = 6
  }

  static let mark: [UInt8] = Array("BF".utf8)
  static let version: UInt8 = 1
  static let headerLength = 8
  /// Bytes of one message: far above any bill (a page takes about 10 kB), far below what would hurt the parent.
  static let maximumLength = 512 << 20

  /// The descriptors of a worker: records come in here,
  static let input: Int32 = 0
  /// and results go out here. 1 and 2 are a log, since a C library may print.
  static let output: Int32 = 3

  /// Reads a header.
  static func header(_ bytes: UnsafeRawBufferPointer) throws(WireFailure) -> (kind: Kind, length: Int) {
    guard bytes.count >= headerLength else { throw .truncated }
    guard bytes[0] == mark[0], bytes[1] == mark[1], bytes[2] == version, let kind = Kind(rawValue: bytes[3]) else { throw .malformed }
    let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
    guard length <= maximumLength else { throw .malformed }
    return (kind, length)
  }
}

/// A message that does not follow the protocol: the other end is broken.
enum WireFailure: Error {
  case truncated
  case malformed
}
