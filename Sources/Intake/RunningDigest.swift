internal import Crypto

/// The SHA-256 of a data file as it is read, with the digest of all bytes so far after each block.
///
/// The first pass notes those digests. The second compares them before it uses the records of a block, so that no piece is ever made of data
/// that have changed in between.
package final class RunningDigest {
  /// The digest of everything before `position`, shortened to 16 bytes.
  package struct Checkpoint: Hashable {
    package var position: Int
    package var digest: [UInt8]
  }

  /// What is done with a checkpoint.
  package enum Use {
    case note
    /// Compared with the one the closure gives for that position; it gives `nil` where the first pass had none there.
    case compare((Int) -> [UInt8]?)
  }

  private var hasher = SHA256()
  package private(set) var position = 0
  /// Noted since they were last taken.
  package var noted: [Checkpoint] = []
  /// The first position at which a comparison failed.
  package private(set) var mismatch: Int?
  private let use: Use

  package init(_ use: Use) { self.use = use }

  /// Takes the next block.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    hasher.update(bufferPointer: bytes)
    position += bytes.count
    switch use {
    case .note: noted.append(Checkpoint(position: position, digest: shortened()))
    case .compare(let expected):
      if mismatch == nil, let digest = expected(position), digest != shortened() { mismatch = position }
    }
  }

  /// The digest of everything, 32 bytes.
  package func finish() -> [UInt8] {
    let copy = hasher
    return Array(copy.finalize())
  }

  private func shortened() -> [UInt8] {
    let copy = hasher
    return Array(copy.finalize().prefix(16))
  }
}
