internal import Crypto

/// What run.json says of the data.
struct DataDigest: Equatable {
  /// One data file.
  struct Input: Equatable {
    var name: String
    var bytes: Int
    /// 32 bytes.
    var digest: [UInt8]
  }

  var inputs: [Input] = []

  /// SHA-256 of the inputs' digests, one behind the other: content and order count, names do not.
  var digest: [UInt8] { SHA256.digest(inputs.flatMap(\.digest)) }

  /// The cycle where the command names none.
  var defaultCycle: String { String(Hexadecimal.text(digest).prefix(12)) }
}
