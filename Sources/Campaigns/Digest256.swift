internal import Crypto

/// Lower-case hexadecimal.
enum Hex {
  static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// SHA-256, lower-case hexadecimal.
enum Digest256 {
  static func hex(_ bytes: [UInt8]) -> String { Hex.encoded(SHA256.hash(data: bytes)) }
}
