internal import Digests
internal import Encodings

/// What run.json says of the data.
package struct DataDigest: Equatable {
  /// One data file.
  package struct Input: Equatable {
    package var name: String
    package var bytes: Int
    /// 32 bytes.
    package var digest: [UInt8]

    package init(name: String, bytes: Int, digest: [UInt8]) { (self.name, self.bytes, self.digest) = (name, bytes, digest) }
  }

  package var inputs: [Input]
  /// Whether any of them is opened up in a process of its own: then run.json names the libraries that do so, too.
  package var needsReader = false

  package init(inputs: [Input] = []) { self.inputs = inputs }

  /// SHA-256 of the inputs' digests, one behind the other: content and order count, names do not.
  package var digest: [UInt8] { Digest256.bytes(inputs.flatMap(\.digest)) }

  /// The cycle where the command names none.
  package var defaultCycle: String { String(Hexadecimal.text(digest).prefix(12)) }
}
