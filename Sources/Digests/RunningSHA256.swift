internal import Crypto

/// SHA-256 (FIPS 180-4) of bytes that come one part after the other.
package struct RunningSHA256: Sendable {
  private var hasher = SHA256()

  package init() {}

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

  /// Adds bytes.
  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) } }

  /// The 32 bytes of the digest of all that was added; more may be added afterwards.
  package func finish() -> [UInt8] { Array(hasher.finalize()) }
}
