internal import Billing
internal import CZlib
internal import Diagnostics

/// Unpacks gzip data (RFC 1952), one member after the other.
final class GunzipStream: ByteStream {
  private let packed: any ByteStream
  /// For messages: `the file`, `the entry 'x.xml.gz'`.
  private let subject: String
  private var stream = z_stream()
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var (packedBytes, unpackedBytes): (UInt64, UInt64) = (0, 0)
  private var isInMember = false
  private var hasMember = false
  private var isAtEnd = false

  init(_ packed: any ByteStream, subject: String) { (self.packed, self.subject) = (packed, subject) }

  deinit {
    if hasMember { inflateEnd(&stream) }
    input.deallocate()
  }

  /// Where in what is unpacked.
  private var place: String { unpackedBytes == 0 ? "" : " behind the first \(unpackedBytes) bytes" }

  private func damaged(_ what: String) -> RecordFault {
    RecordFault(.archiveDamaged, "\(subject) cannot be unpacked: \(what)", path: "/")
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int {
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(clamping: buffer.count)
    let wanted = stream.avail_out
    while stream.avail_out == wanted, !isAtEnd, wanted > 0 {
      if stream.avail_in == 0 {
        let count = try packed.read(into: input)
        guard count > 0 else {
          if isInMember || !hasMember { throw damaged("its compressed data end too early\(place); is the file complete?") }
          isAtEnd = true
          break
        }
        packedBytes += UInt64(count)
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(count)
      }
      if !isInMember {
        // Behind the last member stands what fills up a block of a tape.
        if hasMember, stream.next_in?.pointee == 0 {
          isAtEnd = true
          break
        }
        if hasMember { inflateReset(&stream) } else if billfold_inflate_start_gzip(&stream) != Z_OK { throw damaged("out of memory") }
        (hasMember, isInMember) = (true, true)
      }
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_STREAM_END: isInMember = false
      case Z_OK, Z_BUF_ERROR: break
      default:
        throw damaged("its compressed data are damaged\(place)\(stream.msg.map { " (\(String(cString: $0)))" } ?? "")")
      }
    }
    let count = Int(wanted - stream.avail_out)
    unpackedBytes += UInt64(count)
    if unpackedBytes > InvoiceLimits.ratioFloor, unpackedBytes / max(1, packedBytes) > InvoiceLimits.ratio {
      throw RecordFault(
        .archiveLimit, "\(subject) unpacks to more than \(InvoiceLimits.ratio) times as much as it has", path: "/")
    }
    if unpackedBytes > InvoiceLimits.archiveBytes {
      throw RecordFault(.archiveLimit, "\(subject) unpacks to more than the \(InvoiceLimits.archiveBytes) bytes allowed", path: "/")
    }
    return count
  }
}
