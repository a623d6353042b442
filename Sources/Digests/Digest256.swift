internal import Crypto
internal import Encodings

/// SHA-256 (FIPS 180-4).
package enum Digest256 {
  /// The 32 bytes of the digest.
  package static func bytes(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { self.bytes($0) } }

  /// The 32 bytes of the digest.
  package static func bytes(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    return Array(hasher.finalize())
  }

  /// The digest as 64 lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String { Hexadecimal.text(self.bytes(bytes)) }

  /// The digest as 64 lower-case hexadecimal digits.
  package static func hex(_ bytes: UnsafeRawBufferPointer) -> String { Hexadecimal.text(self.bytes(bytes)) }

  /// One digest for several files: over each file's name, length and bytes in the order given, as lower-case hexadecimal.
  package static func hex(files: [(name: String, bytes: [UInt8])]) -> String {
    var hash = SHA256()
    for file in files {
      hash.update(data: Array("\(file.name.utf8.count):\(file.name)\0\(file.bytes.count)\0".utf8))
      hash.update(data: file.bytes)
    }
    return Hexadecimal.text(hash.finalize())
  }
}
