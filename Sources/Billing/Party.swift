/// The customer as the bill addresses them.
public struct Party: Sendable, Hashable {
  /// The address taken apart, for sorting and postal codes.
  public struct PostalAddress: Sendable, Hashable {
    /// The town.
    public var city: String?
    /// State, province or county.
    public var region: String?
    /// The postal code.
    public var code: String?
    /// ISO 3166 by intent; not checked.
    public var country: String?
    /// Routing digits for the Intelligent Mail barcode (`imb_routing`).
    public var imbRouting: String?
    /// Makes an address of its parts.
    public init(city: String? = nil, region: String? = nil, code: String? = nil, country: String? = nil, imbRouting: String? = nil) {
      (self.city, self.region, self.code, self.country, self.imbRouting) = (city, region, code, country, imbRouting)
    }
  }

  /// The name as it is printed.
  public var name: String
  /// One to eight lines as they are printed, without the name.
  public var address: [String]
  /// The same address taken apart, where the record has it.
  public var postal: PostalAddress?
  /// Where electronic bills go.
  public var email: String?

  /// Makes a party of its parts.
  public init(name: String, address: [String], postal: PostalAddress? = nil, email: String? = nil) {
    (self.name, self.address, self.postal, self.email) = (name, address, postal, email)
  }
}
