internal import Billing
public import Languages

/// How a customer confirms: a web address and a phone line.
public struct OptIn: Sendable, Hashable {
  /// The address in link and QR code, with `{token}` where the customer's token goes.
  public let url: String
  /// The address as printed.
  public let show: String
  /// The way in for mail that everybody can read: an address without a token.
  public let open: OpenAddress?
  let phones: [LanguageTag: String]
  let allHours: [LanguageTag: String]

  /// The phone number printed in a language of the campaign.
  public func phone(_ language: LanguageTag) -> String? { phones[language] }
  /// When the phone is answered, in a language of the campaign; `nil` where the campaign does not say.
  public func hours(_ language: LanguageTag) -> String? { allHours[language] }

  /// Where the customer's token goes in an address.
  static let tokenPlace = "{token}"

  /// Whether ``url`` holds `{token}`, so that a key is needed.
  public var needsToken: Bool { url.contains(Self.tokenPlace) }

  /// ``url`` with the token in place of `{token}`; the token is letters and digits, and hyphens in specimens.
  public func address(_ token: OptInToken) -> String { url.filled(with: token) }
}

extension String {
  /// The text with a token in every place of `{token}`.
  func filled(with token: OptInToken) -> String { replacing(OptIn.tokenPlace, with: token.text) }
}

/// An address without a token, for open mail.
public struct OpenAddress: Sendable, Hashable {
  /// The address in link and QR code.
  public let url: String
  /// The address as printed.
  public let show: String
}
