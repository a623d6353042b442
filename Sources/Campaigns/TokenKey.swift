internal import ConfigurationFiles
internal import Crypto
public import Diagnostics
internal import Encodings
internal import Files

/// The secret that makes tokens. Its bytes never leave it.
public struct TokenKey: Sendable {
  /// The fewest bytes a key may have: as many as the digest's, below which the key is the weaker part (RFC 2104, section 3).
  ///
  /// - Stops: a key that can be guessed.
  public static let minimumLength = 32
  /// The most bytes read: a key file longer than this is some other file.
  ///
  /// - Stops: a file that is no key, read whole.
  public static let maximumLength = 64 * 1024

  /// Why there is no key.
  public struct Failure: Error, Hashable, Sendable {
    /// One sentence in lower case that names the file.
    public let message: String
    /// Makes a failure of its message.
    public init(message: String) { self.message = message }
  }

  /// Fewer different bytes than this have no 32 of a generator: of a million keys none (the expected number is 30).
  ///
  /// - Stops: a password or a repeated word in the place of a key.
  public static let minimumVariety = 16

  private let key: SymmetricKey
  /// What is doubtful about the file the key was read from.
  public let warnings: [Diagnostic]

  /// Reads a key file: its bytes as they are, a line end at the end included. What is doubtful about it is in ``warnings``.
  ///
  /// - Throws: ``Failure`` where it cannot be read or has fewer than 32 bytes.
  public static func load(_ path: String) throws(Failure) -> TokenKey {
    let bytes: [UInt8]
    let status: FileStatus?
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.read(path, limit: maximumLength)
      status = try? Folder.status(path, in: OpenFile.currentFolder, following: true)
    } catch {
      throw Failure(message: "the token key '\(path)' \(error.reason)")
    }
    var warnings: [Diagnostic] = []
    if let status, status.mode & othersMayRead != 0 {
      warnings.append(
        Diagnostic(
          .warning, id: "token-key-readable", "the token key '\(path)' may be read by every user of this machine",
          suggestion: "chmod 600"))
    }
    let variety = Set(bytes).count
    if variety < minimumVariety {
      warnings.append(
        Diagnostic(
          .warning, id: "token-key-plain",
          "the token key '\(path)' has only \(variety) different byte\(variety == 1 ? "" : "s"), so that it may be guessed; expected random bytes",
          suggestion: "head -c 32 /dev/urandom"))
    }
    guard let key = TokenKey(bytes: bytes, warnings: warnings) else {
      throw Failure(message: "the token key '\(path)' has \(bytes.count) bytes; expected \(minimumLength) or more")
    }
    return key
  }

  /// The permission of everyone to read.
  private static let othersMayRead: UInt32 = 0o004

  /// Makes a key of its bytes; `nil` for fewer than ``minimumLength``.
  public init?(bytes: [UInt8]) { self.init(bytes: bytes, warnings: []) }

  private init?(bytes: [UInt8], warnings: [Diagnostic]) {
    guard bytes.count >= TokenKey.minimumLength else { return nil }
    (key, self.warnings) = (SymmetricKey(data: bytes), warnings)
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
