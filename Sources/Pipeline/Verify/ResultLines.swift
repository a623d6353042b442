internal import Billing
internal import Digests
internal import Encodings
internal import Files

/// The lines of `manifest.jsonl` or `rejects.jsonl`, a bounded number of bytes at a time, with the digest of the whole file.
final class ResultLines {
  /// Bytes of a line at most: a reject's record may have 64 KiB, and a finding names no more than a hundred places.
  ///
  /// - Stops: a result file without line ends.
  static let longest = 4 << 20

  /// One line.
  struct Line: Sendable {
    /// From 1.
    var number: Int
    /// Without its end; of a line longer than ``longest`` only the beginning.
    var bytes: [UInt8]
    /// Bytes it has.
    var length: Int
    var isTooLong: Bool { length > ResultLines.longest }
  }

  private let file: OpenFile
  private let lines: RecordLines
  private let digest: Digest

  private final class Digest {
    var hasher = RunningSHA256()
  }

  init(_ file: consuming OpenFile) {
    let digest = Digest()
    lines = RecordLines(descriptor: file.descriptor) { digest.hasher.update($0) }
    self.file = file
    self.digest = digest
  }

  /// The next lines, so many and so many bytes at most but for one line; empty at the end of the file.
  ///
  /// - Throws: `SystemError` where the file cannot be read.
  func next(lines limit: Int, bytes room: Int) throws(SystemError) -> [Line] {
    var (batch, bytes): ([Line], Int) = ([], 0)
    while batch.count < limit, bytes < room {
      do throws(RecordLines.ReadFailure) {
        guard let line = try lines.next() else { break }
        batch.append(Line(number: line.number, bytes: Array(line.bytes.prefix(ResultLines.longest)), length: line.length))
        bytes += line.length
      } catch {
        throw SystemError(error.code)
      }
    }
    return batch
  }

  /// SHA-256 of all bytes of the file, as hexadecimal digits; to be asked at its end.
  func finish() -> String { Hexadecimal.text(digest.hasher.finish()) }
}
