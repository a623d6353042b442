/// What tells the opt-in page which customer scanned the code, without anything of the account in it.
///
/// The first 10 bytes of HMAC-SHA256(key, campaign id ‖ 0 ‖ account bytes), big-endian, 5 bits a character, in the alphabet
/// `0123456789ABCDEFGHJKMNPQRSTVWXYZ` (D. Crockford's base 32).
public struct OptInToken: Sendable, Hashable {
  /// As it stands in the address: 16 characters; with hyphens in a specimen.
  public let text: String
  /// As it is printed: in fours, `7KQ4-MD2X-9T0B-HC5W`.
  public let grouped: String

  /// What specimens and previews without a key show.
  public static let specimen = OptInToken(text: "0000-0000-0000-0000", grouped: "0000-0000-0000-0000")

  private init(text: String, grouped: String) { (self.text, self.grouped) = (text, grouped) }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  init(digest: some Sequence<UInt8>) {
    var text: [UInt8] = []
    var grouped: [UInt8] = []
    var (held, bits) = (UInt32(0), 0)
    for byte in digest.prefix(10) {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        let character = OptInToken.alphabet[Int(held >> UInt32(bits) & 31)]
        if !text.isEmpty, text.count % 4 == 0 { grouped.append(UInt8(ascii: "-")) }
        text.append(character)
        grouped.append(character)
      }
    }
    self.text = String(decoding: text, as: UTF8.self)
    self.grouped = String(decoding: grouped, as: UTF8.self)
  }

  /// The 16 characters of a token as a person may write them; `nil` where it cannot be one.
  ///
  /// White space and hyphens are passed over, case does not count, and `O`, `I`, `L` are read as 0, 1, 1, as Crockford's base 32 has it.
  public static func normalized(_ written: String) -> String? {
    var result: [UInt8] = []
    for byte in written.utf8 {
      let upper = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & 0xDF : byte
      switch upper {
      case UInt8(ascii: "-"), UInt8(ascii: " "), 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: "O"): result.append(UInt8(ascii: "0"))
      case UInt8(ascii: "I"), UInt8(ascii: "L"): result.append(UInt8(ascii: "1"))
      default:
        guard alphabet.contains(upper) else { return nil }
        result.append(upper)
      }
    }
    return result.count == 16 ? String(decoding: result, as: UTF8.self) : nil
  }
}
