internal import PostalAddresses

extension TradeAddress {
  /// The country's code after ISO 3166-1 where it is one, in whichever way it is written.
  var countryCode: String? { country.map { CountryCode.canonical($0.text) } }

  /// The parts as the rules of the country's post take them.
  var postal: PostalAddress {
    PostalAddress(
      street: [line1, line2, line3].compactMap { $0?.text }, city: city?.text, code: code?.text, region: region?.text,
      country: country?.text)
  }
}
