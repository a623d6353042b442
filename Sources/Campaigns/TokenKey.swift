internal import ConfigurationFiles
internal import Crypto
internal import Encodings
internal import Files

/// The secret that makes tokens. Its bytes never leave it.
public struct TokenKey: Sendable {
  /// The fewest bytes a key may have: as many as the digest's, below which the key is the weaker part (RFC 2104, section 3).
  public static let minimumLength = 32
  /// The most bytes read: a key file longer than this is some other file.
  public static let maximumLength = 64 * 1024

  /// Why there is no key.
  public struct Failure: Error, Hashable, Sendable {
    /// One sentence in lower case that names the file.
    public let message: String
    /// Makes a failure of its message.
    public init(message: String) { self.message = message }
  }

  private let key: SymmetricKey

  /// Reads a key file: its bytes as they are, a line end at the end included.
  ///
  /// - Throws: ``Failure`` where it cannot be read or has fewer than 32 bytes.
  public static func load(_ path: String) throws(Failure) -> TokenKey {
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.read(path, limit: maximumLength)
    } catch {
      throw Failure(message: "the token key '\(path)' \(error.reason)")
    }
    guard let key = TokenKey(bytes: bytes) else {
      throw Failure(message: "the token key '\(path)' has \(bytes.count) bytes; expected \(minimumLength) or more")
    }
    return key
  }

  /// Makes a key of its bytes; `nil` for fewer than ``minimumLength``.
  public init?(bytes: [UInt8]) {
    guard bytes.count >= TokenKey.minimumLength else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// The token of an account in a campaign.
  public func token(campaign id: String, account: some Sequence<UInt8>) -> OptInToken {
    OptInToken(digest: HMAC<SHA256>.authenticationCode(for: Array(id.utf8) + [0] + Array(account), using: key))
  }

  /// Whether a token, as a person may write it, is that account's.
  public func verify(_ written: String, campaign id: String, account: some Sequence<UInt8>) -> Bool {
    OptInToken.normalized(written) == token(campaign: id, account: account).text
  }

  /// What `run.json` holds of the key: the first 8 hexadecimal digits of HMAC-SHA256(key, "billfold run").
  public var check: String { Hexadecimal.text(HMAC<SHA256>.authenticationCode(for: Array("billfold run".utf8), using: key).prefix(4)) }
}
