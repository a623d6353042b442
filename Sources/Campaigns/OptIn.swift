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
  /// What stands in ``url`` before, between and behind the places of the token.
  private let parts: [String]

  init(url: String, show: String, open: OpenAddress?, phones: [LanguageTag: String], hours: [LanguageTag: String]) {
    (self.url, self.show, self.open, self.phones, allHours) = (url, show, open, phones, hours)
    parts = url.split(separator: Self.tokenPlace, omittingEmptySubsequences: false).map(String.init)
  }

  /// The phone number printed in a language of the campaign.
  public func phone(_ language: LanguageTag) -> String? { phones[language] }
  /// When the phone is answered, in a language of the campaign; `nil` where the campaign does not say.
  public func hours(_ language: LanguageTag) -> String? { allHours[language] }

  /// Where the customer's token goes in an address.
  static let tokenPlace = "{token}"

  /// Whether ``url`` holds `{token}`, so that a key is needed.
  public var needsToken: Bool { parts.count > 1 }

  /// ``url`` with the token in place of `{token}`; the token is letters and digits, and hyphens in specimens.
  public func address(_ token: OptInToken) -> String { parts.joined(separator: token.text) }
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
