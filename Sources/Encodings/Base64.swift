/// Base64 with padding (RFC 4648, section 4).
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The digits of the bytes, four for each three.
  package static func encoded(_ bytes: some Collection<UInt8>) -> [UInt8] {
    bytes.withContiguousStorageIfAvailable(digits(of:)) ?? Array(bytes).withUnsafeBufferPointer(digits(of:))
  }

  private static func digits(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let length = (bytes.count + 2) / 3 * 4
    return Array(unsafeUninitializedCapacity: length) { digits, count in
      alphabet.withUnsafeBufferPointer { alphabet in
        var (place, written) = (0, 0)
        while place < bytes.count {
          let left = bytes.count - place
          var group = UInt32(bytes[place]) << 16
          if left > 1 { group |= UInt32(bytes[place + 1]) << 8 }
          if left > 2 { group |= UInt32(bytes[place + 2]) }
          digits[written] = alphabet[Int(group >> 18)]
          digits[written + 1] = alphabet[Int(group >> 12 & 63)]
          digits[written + 2] = left > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "=")
          digits[written + 3] = left > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "=")
          (place, written) = (place + 3, written + 4)
        }
      }
      count = length
    }
  }
}
