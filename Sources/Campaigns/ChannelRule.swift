/// One rule on who gets a message of a channel: a postcard, an e-mail.
///
/// Rules are tried in the order of the file; the first whose condition holds decides.
public struct ChannelRule: Sendable {
  /// Goes into the manifest; no two rules of a channel have one name.
  public let name: String
  /// When it applies, as rules of the audience have it; `nil` for always.
  public let condition: ConditionText?
  /// Whether those it applies to get a message.
  public let sends: Bool

  /// The rule of a channel without any: undecided customers, with bills that the channel takes for the customer's.
  static let standard = ChannelRule(name: "undecided", condition: nil, sends: true)
}

/// How often an account gets a message of a channel.
public enum ChannelFrequency: String, Sendable, CaseIterable {
  /// Once in the campaign: not again where the ledger knows of one.
  case campaign
  /// Once in each run.
  case cycle
}

/// What a rule of a channel says of those it applies to.
enum ChannelSending: String, CaseIterable {
  case send, none
}
