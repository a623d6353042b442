internal import Billing
public import Diagnostics

/// The JSON Lines of an archive's entry or a gzip file, a piece at a time, so that they need not fit into memory.
///
/// Not `Sendable`: one owner reads. It keeps the archive it comes from open.
public final class LineBytes {
  private let stream: any ByteStream
  init(_ stream: any ByteStream) { self.stream = stream }

  /// Fills `buffer` from its start.
  ///
  /// - Returns: The number of bytes; 0 at the end. Fewer than fit do not mean the end.
  /// - Throws: `archive-damaged` or `archive-limit`; nothing comes after it.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int { try stream.read(into: buffer) }
}
