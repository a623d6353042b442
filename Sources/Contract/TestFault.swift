/// A fault that a worker commits on purpose when it meets an account, to show that the rest of the cycle survives.
public struct TestFault: Sendable, Hashable {
  /// What the worker does.
  public enum Kind: String, Sendable, CaseIterable {
    /// Traps.
    case crash
    /// Spins for ever.
    case hang
    /// Waits for ever.
    case sleep
    /// Takes memory until it is stopped.
    case memory
  }

  /// What the worker does.
  public var kind: Kind
  /// The bytes of the account.
  public var account: [UInt8]

  /// Makes a fault.
  public init(_ kind: Kind, account: [UInt8]) { (self.kind, self.account) = (kind, account) }

  /// Reads `KIND:ACCOUNT`; `nil` for anything else.
  public init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), let kind = Kind(rawValue: String(text[..<colon])) else { return nil }
    let account = Array(text.utf8[text.utf8.index(after: colon)...])
    guard !account.isEmpty else { return nil }
    self.init(kind, account: account)
  }

  /// The form that is read.
  public var text: String { "\(kind.rawValue):\(String(decoding: account, as: UTF8.self))" }
}

extension TestFault: Fielded {
  package static var blank: TestFault { TestFault(.crash, account: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("kind", &kind)
      try walker.field("account", bytes: &account)
    }
  }
}

extension TestFault.Kind: FieldedWord {}
